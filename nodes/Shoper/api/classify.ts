import { parseJson } from '../../shared/text/userInput';
import { cleanShopWords } from '../../shared/http/errors';
import { parseRetryAfter } from '../../shared/http/retry';
import type { Failure, FailureKind } from '../../shared/protocol/failure';
import type { Call, Reply } from '../../shared/protocol/call';
import { faultIn, isRecord } from './codec';

/** Failures this node tells apart beyond the shop's own codes. */
export const CODES = {
	/** A list was asked for by a field, or in an order, that the resource does not know. */
	unknownField: 'UNKNOWN_FIELD',
	/** No resource of this name on this shop. */
	noResource: 'NO_RESOURCE',
	/** The shop answered a write with "nothing done". */
	notDone: 'NOT_DONE',
	firewall: 'FIREWALL',
} as const;

/** Codes of a refused login (Shoper REST reference 1.5); the first needs a setting rather than another password. */
const KIND_OF_LOGIN_CODE: Readonly<Record<string, FailureKind>> = {
	auth_webapi_access_denied: 'disabled',
	auth_admin_access_denied: 'disabled',
};

/**
 * Tells what is wrong with an answer. Facts from the Shoper REST reference, sections 1.5 and 5.2:
 * the HTTP status counts, because codes repeat (`temporarily_unavailable` comes with 409, 429 and
 * 503); a missing record and an unknown filter are both 404; a parked domain answers 200.
 */
export function classify(reply: Reply, call: Call): Failure | undefined {
	const body = parseJson(reply.text);
	const fault = faultIn(body);
	if (reply.status < 300 && !fault) return judgeFine(reply, call, body);
	const base = {
		sent: true,
		status: reply.status,
		...(fault && { code: fault.code, shopMessage: cleanShopWords(fault.message) }),
	};
	if (!fault) return judgePage(reply, call, base);
	switch (reply.status) {
		case 400:
			return /missing module/i.test(fault.message)
				? { ...base, kind: 'rejected', code: CODES.noResource }
				: { ...base, kind: 'rejected' };
		case 401:
			return { ...base, kind: KIND_OF_LOGIN_CODE[fault.code] ?? 'credential' };
		case 402:
			return { ...base, kind: 'disabled' };
		case 403:
			return { ...base, kind: 'permission' };
		case 404:
			return notFound(base, call);
		case 409:
			// Another administrator is editing the record: the shop did nothing (section 5.2).
			return { ...base, kind: 'busy', refused: true };
		case 503:
			return { ...base, kind: 'server', retryAfterMs: retryAfter(reply) };
		default:
			// Some errors, such as those of unreadable bodies, come with an unknown status (section 1.1).
			return { ...base, kind: isServerStatus(reply.status) ? 'server' : 'rejected' };
	}
}

/** 501 says that there is no such thing, not that something broke. */
function isServerStatus(status: number): boolean {
	return status >= 500 && status !== 501;
}

/**
 * The same 404 means a missing record, or, when no single record was asked for, a filter or an order
 * the resource does not know (LIVE).
 */
function notFound(base: Omit<Failure, 'kind'>, call: Call): Failure {
	if (call.method !== 'GET' || isSingle(call)) return { ...base, kind: 'notFound' };
	const conditions = call.query?.filters ?? call.query?.order;
	const code = conditions === undefined ? CODES.noResource : CODES.unknownField;
	return { ...base, kind: 'rejected', code };
}

/** Whether a path names one record: it ends in an ID. */
function isSingle({ path }: Call): boolean {
	return path.length > 1 && /^\d+$/.test(path.at(-1) ?? '');
}

/** An answer that is no error of the API; is it one of the API at all? */
function judgeFine(reply: Reply, call: Call, body: unknown): Failure | undefined {
	const base = { sent: true, status: reply.status };
	// Written, and nothing said: for writes the status is enough.
	if (call.method !== 'GET' && reply.text.trim() === '' && !isLogin(call)) return undefined;
	if (body === undefined) return judgePage(reply, call, base);
	if (isLogin(call) && !isRecord(body)) return { ...base, kind: 'notShop' };
	if (call.method !== 'GET' && (body === 0 || body === false || body === null)) {
		return { ...base, kind: 'rejected', code: CODES.notDone };
	}
	if (isConfig(call) && !looksLikeConfig(body)) return { ...base, kind: 'notShop' };
	return undefined;
}

/** An answer that is no JSON: from another server, a proxy, or a shop that broke. */
function judgePage(reply: Reply, call: Call, base: Omit<Failure, 'kind'>): Failure {
	const { status } = reply;
	if (status === 503) return { ...base, kind: 'server', retryAfterMs: retryAfter(reply) };
	if (status >= 500) return { ...base, kind: 'server', shopMessage: cleanShopWords(reply.text) };
	if (status === 413 || status === 414) return { ...base, kind: 'tooLarge' };
	if (status === 403) return { ...base, kind: 'rejected', code: CODES.firewall };
	// A host that replaces the shop's words by a page of its own leaves the status.
	if (status === 401) return { ...base, kind: 'credential' };
	if (status === 402 || status === 423) return { ...base, kind: 'disabled' };
	// Cut short, or with something in it that is no JSON: the shop's own answer all the same.
	if (status < 300 && call.method === 'GET' && looksLikeJson(reply)) {
		return { ...base, kind: 'malformed' };
	}
	if (status < 300 && call.method === 'GET' && reply.text.trim() === '') {
		return { ...base, kind: 'malformed', shopMessage: 'it is empty' };
	}
	// A page in answer to a write says nothing about the write.
	if (call.method !== 'GET' && !isLogin(call) && status < 300) {
		return { ...base, kind: 'server', shopMessage: cleanShopWords(reply.text) };
	}
	return { ...base, kind: 'notShop' };
}

/** Whether an answer that is no JSON was meant to be some. */
function looksLikeJson({ text }: Reply): boolean {
	return /^\s*[[{]/.test(text);
}

function isLogin({ path }: Call): boolean {
	return path[0] === 'auth';
}

function isConfig({ method, path }: Call): boolean {
	return method === 'GET' && path[0] === 'application-config' && path.length === 1;
}

/** Any of the keys that every shop has; other JSON at this address is not a shop. */
function looksLikeConfig(body: unknown): boolean {
	const keys = ['shop_name', 'shop_url', 'technical_url', 'locale_timezone', 'license_id'];
	return isRecord(body) && keys.some((key) => body[key] !== undefined);
}

function retryAfter({ headers }: Reply): number | undefined {
	return parseRetryAfter(headers['retry-after'], Date.now());
}
