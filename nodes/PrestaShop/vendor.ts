import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { InputError } from '../shared/protocol/errors';
import { normaliseShopUrl } from '../shared/http/shopUrl';
import { isTimeZone } from '../shared/text/time';
import type { ShopAddress, Vendor } from '../shared/protocol/vendor';
import type { Call } from '../shared/protocol/call';
import { decode, decodeRecords } from './api/codec';
import type { PrestaShopRecord } from './api/records';
import { errorTexts } from './api/errorTexts';
import { classify } from './api/classify';
import { shopContext } from './api/shopContext';

/** A webservice key is exactly this long (error 18 otherwise). */
const KEY_LENGTH = 32;

/** PrestaShop, as the core sees it. Facts from the PrestaShop webservice reference. */
export const prestaShop: Vendor<PrestaShopRecord> = {
	name: 'PrestaShop',
	credential: 'prestaShopApi',
	limits: {
		// The server works on each request alone; two at once use both cores of a small host (section 13).
		concurrency: 2,
		// `display=full` pages take seconds on slow hosts; proxies give up after about a minute.
		timeoutMs: 60_000,
		maxReplyBytes: 16 * 1024 * 1024,
		maxFileBytes: 64 * 1024 * 1024,
	},
	address,
	authenticate,
	secrets: (credentials) => [keyOf(credentials)],
	locate,
	classify,
	decode: (reply) => decodeRecords(reply.text),
	idOf: ({ id }) => id,
	errorTexts,
	scope: shopContext,
	probe: {
		// The root needs no right beyond a working key (section 2.1).
		call: { method: 'GET', path: [] },
		success: (reply) => {
			const decoded = decode(reply.text);
			if (decoded.kind !== 'root') return 'Connection successful';
			const { shopName, rights } = decoded.root;
			const version = reply.headers['psws-version'] ?? 'unknown version';
			return `Connected to "${shopName}" (PrestaShop ${version}); the key has rights on ${rights.length} resources`;
		},
		alternative: (at) =>
			at.settings.useDispatcher
				? undefined
				: {
						address: { ...at, settings: { ...at.settings, useDispatcher: true } },
						message:
							'This is a PrestaShop shop, but its address for programs (/api) is not switched on: URL rewriting does not work. In the shop, go to Shop Parameters > Traffic & SEO and save with "Friendly URL" on, or switch on "Use Dispatcher" here.',
					},
	},
};

function address(credentials: ICredentialDataDecryptedObject): ShopAddress {
	const url = normaliseShopUrl(String(credentials.shopUrl ?? ''), {
		allowHttp: credentials.allowHttp === true,
		// /api, /webservice/dispatcher.php, /index.php and the back office (/admin, or /admin with a
		// random ending) are not part of the shop's base address.
		notPath: /\/(api|webservice|index\.php|admin[^/]*)(\/.*)?$/i,
	});
	const key = keyOf(credentials);
	if (key.length !== KEY_LENGTH) {
		throw new InputError(
			key === ''
				? 'The API key is empty.'
				: `The API key has ${key.length} characters, but PrestaShop keys have ${KEY_LENGTH}.`,
			'Copy the key from Advanced Parameters > Webservice in the shop.',
		);
	}
	const timezone = String(credentials.timezone ?? '').trim();
	if (timezone !== '' && !isTimeZone(timezone)) {
		throw new InputError(
			`The time zone "${timezone}" is not known.`,
			'Enter a name such as Europe/Warsaw, or leave it empty.',
		);
	}
	return {
		url: url.href.replace(/\/$/, ''),
		host: `${url.host}${url.pathname.replace(/\/$/, '')}`,
		settings: { useDispatcher: credentials.useDispatcher === true, timezone },
	};
}

function keyOf(credentials: ICredentialDataDecryptedObject): string {
	return String(credentials.apiKey ?? '').trim();
}

/** Basic with the key as user name, or `ws_key` for servers that drop the header (section 1.2). */
function authenticate(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const key = keyOf(credentials);
	if (credentials.sendKeyAs === 'query') {
		return { ...request, qs: { ...request.qs, ws_key: key } };
	}
	const basic = Buffer.from(`${key}:`).toString('base64');
	return { ...request, headers: { ...request.headers, Authorization: `Basic ${basic}` } };
}

function locate(
	at: ShopAddress,
	{ path, query }: Call,
): { url: string; headers: Record<string, string> } {
	const resource = path.map(encodeURIComponent).join('/');
	const parameters = Object.entries(query ?? {}).map(
		([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
	);
	if (at.settings.useDispatcher)
		parameters.unshift(`url=${path.map(encodeURIComponent).join('/')}`);
	// The root is /api/ with the slash: without it, shops up to 1.7.4 answer 404 (section 1.1).
	const base = at.settings.useDispatcher ? '/webservice/dispatcher.php' : `/api/${resource}`;
	const question = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
	return { url: `${at.url}${base}${question}`, headers: { Accept: 'application/xml, */*' } };
}
