/** What n8n's request helpers give or throw, as answers and failures. */
import { ShopError, cleanShopWords } from './errors';
import { parseRetryAfter, wasNeverSent } from './retry';
import type { Call, Failure, Page, Reply, Vendor } from '../protocol/vendor';

/** HTTP status of a token that is not valid (any more). */
export const EXPIRED = 401;

/**
 * The answer inside an error of n8n's request helper, for the one status that is not handed over as
 * an answer; or why the token could not be renewed.
 */
export function refusalIn(error: unknown): Reply | Failure | undefined {
	const { cause } = error as { cause?: unknown };
	if (cause instanceof ShopError) return cause.failure;
	const { response } = (cause ?? {}) as { response?: { status: number; data?: unknown } };
	if (response?.status !== EXPIRED) return undefined;
	return toReply({ ...response, body: response.data, statusCode: response.status });
}

/** Content types of answers in words; everything else is a file. */
const TEXT_TYPES = /^$|^text\/|xml|json|html/i;

/** The full response of n8n's request helper as a `Reply`. */
export function toReply(response: unknown): Reply {
	const { body, headers, statusCode } = response as {
		body?: unknown;
		headers?: Record<string, string | string[] | undefined>;
		statusCode: number;
	};
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers ?? {})) {
		if (value !== undefined)
			flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : `${value}`;
	}
	if (body instanceof Uint8Array) {
		// A shop that refuses to send a file says so in words.
		return TEXT_TYPES.test(flat['content-type'] ?? '')
			? { status: statusCode, headers: flat, text: Buffer.from(body).toString('utf8') }
			: { status: statusCode, headers: flat, text: '', bytes: body };
	}
	// A body that parses as JSON arrives parsed on some n8n versions, whatever encoding was asked for.
	const text =
		typeof body === 'string'
			? body
			: body === undefined || body === null
				? ''
				: JSON.stringify(body);
	return { status: statusCode, headers: flat, text };
}

/** Redirects and rate limits look the same on every web server. */
export function commonFailure(reply: Reply): Failure | undefined {
	if (reply.status >= 300 && reply.status < 400 && reply.headers.location !== undefined) {
		// The query may hold the key, and so may a user name in front of the host.
		const location = reply.headers.location
			.replace(/[?#].*$/s, '')
			.replace(/^([a-z]+:)?\/\/[^/]*@/i, '$1//');
		return { kind: 'redirect', sent: true, status: reply.status, location };
	}
	if (reply.status === 429) {
		const retryAfterMs = parseRetryAfter(reply.headers['retry-after'], Date.now());
		return { kind: 'busy', sent: true, status: 429, retryAfterMs };
	}
	return undefined;
}

const TIMEOUT_CODES = ['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_CANCELED'];

/** A request without an answer: what the network layer reported, without the request's headers. */
export function networkFailure(error: unknown): Failure {
	const { httpCode, code, cause, message } = error as {
		httpCode?: unknown;
		code?: unknown;
		cause?: { code?: unknown };
		message?: string;
	};
	const found = [cause?.code, code, httpCode].find(
		(value): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]+$/.test(value),
	);
	if (found === undefined) {
		return { kind: 'rejected', sent: false, shopMessage: cleanShopWords(message ?? String(error)) };
	}
	return {
		kind: TIMEOUT_CODES.includes(found) ? 'timeout' : 'network',
		sent: !wasNeverSent(found),
		code: found,
	};
}

/**
 * Whether the answer to a request for one record by its ID holds that record. Whatever else came back, a
 * change must not be made from it, nor a reader be shown it.
 */
export function isAnswerTo<R>(
	{ method, path: [resource = '', id = '', ...deeper] }: Call,
	[record]: Page<R>,
	vendor: Pick<Vendor<R>, 'idOf'>,
): boolean {
	if (method !== 'GET' || deeper.length > 0 || !/^[1-9]\d*$/.test(id)) return true;
	const found = record && vendor.idOf?.(record, resource);
	return found === undefined || found === id;
}
