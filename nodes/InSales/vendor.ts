import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { RateLimitUsage } from '../shared/protocol/rateLimit';
import { InputError } from '../shared/protocol/errors';
import { normaliseShopUrl } from '../shared/http/shopUrl';
import type { ShopAddress, Vendor } from '../shared/protocol/vendor';
import type { Call, Reply } from '../shared/protocol/call';
import { decodeRecords, idOf } from './api/codec';
import type { InSalesRecord } from './api/codec';
import { errorTexts } from './api/errorTexts';
import { classify } from './api/classify';
import { nameRight } from './api/rights';

/** InSales, as the core sees it. Facts from the InSales API reference. */
export const inSales: Vendor<InSalesRecord> = {
	name: 'InSales',
	credential: 'inSalesApi',
	limits: {
		// Requests are counted, not spread (section 2); two at once are enough to be quick.
		concurrency: 2,
		// The server itself gives up after 50 seconds (section 10, no. 24).
		timeoutMs: 60_000,
		maxReplyBytes: 16 * 1024 * 1024,
		// The window opens with the first request of a series and does not slide (section 2).
		pace: { limit: 500, windowMs: 300_000 },
	},
	address,
	authenticate,
	secrets: ({ password }) => [textOf(password)],
	locate,
	classify,
	decode: decodeRecords,
	idOf: (record) => idOf(record) || undefined,
	usage,
	errorTexts,
	nameRight,
	probe: {
		// A key that may not read it has a right missing, not a wrong password (1.3).
		call: { method: 'GET', path: ['account'] },
		success: (reply) => {
			const [account] = decodeRecords(reply);
			if (account?.id === undefined) throw new Error('It is not the description of a shop');
			const { title, main_host: host } = account;
			const used = reply.headers['api-usage-limit'];
			const count = used === undefined ? '' : `; requests counted in this window: ${used}`;
			return `Connected to "${String(title ?? host ?? account.id)}"${count}`;
		},
		accepts: ({ kind, code }) =>
			kind === 'permission' && code === undefined
				? 'Identifier and password are right. The key may not view the shop settings; run "Access Rights: Check Permissions" to see what it may do.'
				: undefined,
	},
};

/** Hosts of the service itself; a shop's name alone means this one (section 1.1). */
const SHOP_DOMAIN = 'myinsales.ru';

function address(credentials: ICredentialDataDecryptedObject): ShopAddress {
	const url = normaliseShopUrl(String(credentials.shopUrl ?? ''), {
		allowHttp: credentials.allowHttp === true,
		// Shops live at the root of their host: whatever is behind it belongs to a page.
		notPath: /\/.*$/s,
	});
	const isName = !/[.:[]/.test(url.hostname) && url.hostname !== 'localhost';
	if (isName) url.hostname = `${url.hostname}.${SHOP_DOMAIN}`;
	const identifier = textOf(credentials.identifier);
	if (identifier === '') throw missing('identifier', 'Идентификатор');
	if (textOf(credentials.password) === '') throw missing('password', 'Пароль');
	return {
		url: url.href.replace(/\/$/, ''),
		host: url.host,
		settings: {},
		// The limit is one per key and shop (section 2), whatever credential holds the key.
		account: createHash('sha256').update(identifier).digest('hex').slice(0, 16),
	};
}

function textOf(value: unknown): string {
	return String(value ?? '').trim();
}

function missing(field: string, label: string): InputError {
	return new InputError(
		`The ${field} of the access key is empty.`,
		`Copy it ("${label}") from Расширения > Разработчикам in the back office of the shop.`,
	);
}

/** HTTP Basic for keys of one shop and for installed applications alike (section 1.2). */
function authenticate(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const login = `${textOf(credentials.identifier)}:${textOf(credentials.password)}`;
	const basic = Buffer.from(login).toString('base64');
	return { ...request, headers: { ...request.headers, Authorization: `Basic ${basic}` } };
}

/**
 * `/admin/<path>.json`: the suffix selects the format, `Accept` does not (section 1.1). A query name that
 * ends in `[]` is a list, its values separated by commas in `call.query`.
 */
function locate(
	at: ShopAddress,
	{ path, query, method }: Call,
): { url: string; headers: Record<string, string> } {
	const parameters = Object.entries(query ?? {}).flatMap(([name, value]) =>
		(name.endsWith('[]') ? value.split(',') : [value]).map(
			(each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`,
		),
	);
	const question = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
	const writes = method === 'POST' || method === 'PUT' || method === 'PATCH';
	return {
		url: `${at.url}/admin/${path.map(encodeURIComponent).join('/')}.json${question}`,
		headers: {
			Accept: 'application/json',
			// Without it a write is refused with 422, even when it has no body (section 4.2).
			...(writes && { 'Content-Type': 'application/json' }),
		},
	};
}

/** `API-Usage-Limit: 137/500` comes with each answer (section 2). */
function usage({ headers }: Reply): RateLimitUsage | undefined {
	const match = /^\s*(\d+)\s*\/\s*(\d+)/.exec(headers['api-usage-limit'] ?? '');
	return match ? { used: Number(match[1]), limit: Number(match[2]) } : undefined;
}
