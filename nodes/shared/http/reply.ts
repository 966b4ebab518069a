/** What n8n's request helpers give or throw, as answers and failures. */
import { TOO_LARGE, readBody } from './answerBody';
import type { BodyLimits } from './answerBody';
import { cleanShopWords } from './errors';
import { parseRetryAfter, wasNeverSent } from './retry';
import { isSameShop } from './shopUrl';
import type { Call, Page, Reply } from '../protocol/call';
import { ShopError } from '../protocol/errors';
import type { Failure } from '../protocol/failure';
import type { Limits, Vendor } from '../protocol/vendor';

/** HTTP status of a token that is not valid (any more). */
export const EXPIRED = 401;

/** A full response of n8n's request helpers, its body not read yet. */
export interface Response {
	body?: unknown;
	headers?: Record<string, string | string[] | undefined>;
	statusCode: number;
}

/**
 * The answer inside an error of n8n's request helper, for the one status that is not handed over as
 * an answer; or why the token could not be renewed, which no further request can change.
 */
export function refusalIn(error: unknown): Response | Failure | undefined {
	const { cause } = error as { cause?: unknown };
	if (cause instanceof ShopError) return { ...cause.failure, isFinal: true };
	const { response } = (cause ?? {}) as { response?: { status: number; data?: unknown } };
	if (response?.status !== EXPIRED) return undefined;
	return { ...response, body: response.data, statusCode: response.status };
}

/**
 * Reads an answer as far as it is allowed to go.
 *
 * @param onHead told what the answer's head says, before the body is read
 */
export async function readReply(
	response: unknown,
	{ answer }: Call,
	limits: Limits,
	patience: Omit<BodyLimits, 'maxBytes'>,
	onHead: (head: Reply) => void = () => {},
): Promise<Reply | Failure> {
	const { body, headers, statusCode } = response as Response;
	const isFile = answer === 'file';
	const head: Reply = { status: statusCode, headers: flat(headers), text: '' };
	onHead(head);
	const { maxReplyBytes, maxFileBytes = maxReplyBytes } = limits;
	const maxBytes = isFile ? maxFileBytes : maxReplyBytes;
	const announced = Number(head.headers['content-length'] ?? 0);
	const content = await readBody(body, announced, { ...patience, maxBytes });
	return content === TOO_LARGE
		? { kind: 'tooLarge', sent: true, status: statusCode }
		: toReply(head, content, isFile);
}

function flat(headers: Response['headers'] = {}): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [
				name.toLowerCase(),
				Array.isArray(value) ? value.join(', ') : `${value}`,
			]),
	);
}

/** Content types of answers in words; everything else is a file. */
const TEXT_TYPES = /^$|^text\/|xml|json|html/i;

function toReply(head: Reply, body: unknown, isFile: boolean): Reply {
	if (body instanceof Uint8Array) {
		// A shop that refuses to send a file says so in words.
		return isFile && !TEXT_TYPES.test(head.headers['content-type'] ?? '')
			? { ...head, bytes: body }
			: { ...head, text: new TextDecoder().decode(body) };
	}
	// What stands in for a shop in tests of workflows hands over texts and values.
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
	return { ...head, text: body === undefined || body === null ? '' : text };
}

/**
 * Redirects and rate limits look the same on every web server.
 *
 * @param shopUrl the shop's base URL: an address elsewhere is not worth a suggestion
 */
export function commonFailure(reply: Reply, shopUrl: string): Failure | undefined {
	const { location } = reply.headers;
	if (reply.status >= 300 && reply.status < 400 && location !== undefined) {
		return { kind: 'redirect', sent: true, status: reply.status, ...targetOf(location, shopUrl) };
	}
	if (reply.status === 429) {
		const retryAfterMs = parseRetryAfter(reply.headers['retry-after'], Date.now());
		return { kind: 'busy', sent: true, status: 429, retryAfterMs };
	}
	return undefined;
}

/** Where a redirect leads, without its query and user name, which may hold the key. */
function targetOf(location: string, shopUrl: string): Pick<Failure, 'location' | 'elsewhere'> {
	const target = URL.canParse(location, shopUrl) ? new URL(location, shopUrl) : undefined;
	if (target === undefined || !/^https?:$/.test(target.protocol)) return {};
	if (!isSameShop(target, new URL(shopUrl))) return { elsewhere: target.host };
	return { location: `${target.origin}${target.pathname}` };
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
