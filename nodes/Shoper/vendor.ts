import { parseJson } from '../shared/text/userInput';
import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { RateLimitUsage } from '../shared/protocol/rateLimit';
import { InputError } from '../shared/protocol/errors';
import { tokenOf } from '../shared/http/loginSession';
import { normaliseShopUrl } from '../shared/http/shopUrl';
import type { Login, ShopAddress, Vendor } from '../shared/protocol/vendor';
import type { Failure } from '../shared/protocol/failure';
import type { Call, Reply } from '../shared/protocol/call';
import { decodeRecords, isRecord } from './api/codec';
import { idOf } from './api/resources';
import type { ShoperRecord } from './api/codec';
import { errorTexts } from './api/errorTexts';
import { classify } from './api/classify';
import { nameRight, rightName } from './api/rights';

/** Path of the API below the shop's address (Shoper REST reference 1.1). */
const API = '/webapi/rest';

/** How a login becomes a token that lives for 30 days (Shoper REST reference 1.3). */
const login: Login = {
	call: { method: 'POST', path: ['auth'] },
	request: (credentials, { url }) => {
		if (!usesLogin(credentials)) return undefined;
		const pair = `${textOf(credentials.username)}:${String(credentials.password ?? '')}`;
		return {
			method: 'POST',
			url: `${url}${API}/auth`,
			headers: {
				Accept: 'application/json',
				Authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`,
			},
		};
	},
	token: ({ text }) => {
		const body = parseJson(text);
		const given = isRecord(body) ? body.access_token : undefined;
		return typeof given === 'string' && given !== '' ? given : undefined;
	},
	identity: (credentials) => [
		textOf(credentials.authentication),
		textOf(credentials.shopUrl),
		textOf(credentials.username),
		String(credentials.password ?? ''),
	],
};

/** Shoper, as the core sees it. Facts from the Shoper REST reference. */
export const shoper: Vendor<ShoperRecord> & { login: Login } = {
	name: 'Shoper',
	credential: 'shoperApi',
	limits: {
		concurrency: 4,
		timeoutMs: 60_000,
		maxReplyBytes: 16 * 1024 * 1024,
		// As documented; every answer tells the truth (section 2).
		pace: { limit: 10, perSecond: 2 },
	},
	address,
	authenticate,
	secrets: (credentials) => [
		textOf(credentials.apiToken),
		String(credentials.password ?? ''),
		tokenOf(login, credentials) ?? '',
	],
	locate,
	classify,
	decode: decodeRecords,
	// Of resources nobody described, the name of the ID is a guess.
	idOf: (record, resource) => idOf(resource, record) || undefined,
	usage,
	login,
	errorTexts,
	nameRight,
	probe: {
		// Needs no area of rights (section 1.5).
		call: { method: 'GET', path: ['application-config'] },
		also: [
			{ method: 'GET', path: ['application-version'] },
			{ method: 'GET', path: ['orders'], query: { limit: '1' } },
		],
		success: greeting,
	},
};

function usesLogin(credentials: ICredentialDataDecryptedObject): boolean {
	return credentials.authentication === 'login';
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function address(credentials: ICredentialDataDecryptedObject): ShopAddress {
	const url = normaliseShopUrl(String(credentials.shopUrl ?? ''), {
		allowHttp: credentials.allowHttp === true,
		// Shops live at the root of their host; a copied address may go on with /admin, /webapi or a page.
		notPath: /\/.*$/s,
	});
	const needed: Array<[string, string]> = usesLogin(credentials)
		? [
				['Username', textOf(credentials.username)],
				['Password', String(credentials.password ?? '')],
			]
		: [['API Token', textOf(credentials.apiToken)]];
	const empty = needed.find(([, value]) => value === '');
	if (empty) {
		throw new InputError(`"${empty[0]}" in the credential is empty.`, 'Enter it.');
	}
	// The shop counts by token or account: credentials with the same one share its allowance.
	const account = createHash('sha256')
		.update(JSON.stringify([usesLogin(credentials), needed[0]?.[1]]))
		.digest('hex')
		.slice(0, 16);
	return { url: url.origin, host: url.host, settings: {}, account };
}

function authenticate(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const token = usesLogin(credentials) ? tokenOf(login, credentials) : textOf(credentials.apiToken);
	// Without a valid token the shop answers 401, and n8n gets one.
	if (!token) return request;
	return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
}

function locate(
	at: ShopAddress,
	{ path, query }: Call,
): { url: string; headers: Record<string, string> } {
	const resource = path.map(encodeURIComponent).join('/');
	const parameters = Object.entries(query ?? {}).map(
		([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
	);
	const question = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
	return {
		url: `${at.url}${API}/${resource}${question}`,
		headers: { Accept: 'application/json' },
	};
}

/** How full the bucket is, as every answer tells (section 2). */
function usage({ headers }: Reply): RateLimitUsage | undefined {
	const used = numberIn(headers['x-shop-api-calls']);
	if (used === undefined) return undefined;
	const limit = numberIn(headers['x-shop-api-limit']);
	const perSecond = numberIn(headers['x-shop-api-bandwidth']);
	return { used, ...(limit && { limit }), ...(perSecond && { perSecond }) };
}

function numberIn(header: string | undefined): number | undefined {
	const value = Number(header ?? Number.NaN);
	return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** What a good credential is told: the shop, its version, and whether the orders can be read. */
function greeting(reply: Reply, also: ReadonlyArray<Reply | Failure> = []): string {
	const [config, version] = [reply, also[0]].map((each) =>
		each && 'text' in each ? decodeRecords(each, { method: 'GET', path: [] })[0] : undefined,
	);
	const name = textOf(config?.shop_name) || 'the shop';
	const number = textOf(version?.version) || 'unknown version';
	const orders = also[1];
	const note =
		orders && 'kind' in orders && orders.kind === 'permission'
			? `; the right "${rightName('orders', 'GET')}" is missing`
			: '';
	return `Connected to "${name}" (Shoper ${number})${note}`;
}
