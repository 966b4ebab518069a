import { sleep } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { ShopError, cleanShopWords } from './errors';
import { governorOf } from './rateLimit';
import { MAX_DELAY_MS, isLastTry, parseRetryAfter, retryDelay, wasNeverSent } from './retry';
import type { Call, Failure, Page, Reply, ShopAddress, Vendor } from './vendor';

/** The n8n contexts that may talk to a shop. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Sends calls to one shop for the length of one run. */
export interface Transport<R> {
	address: ShopAddress;
	/** Sends a call and returns its fine answer. Throws `ShopError`. */
	send(call: Call): Promise<Reply>;
	/** Sends a call and returns its decoded records. Throws `ShopError`. */
	records(call: Call): Promise<Page<R>>;
}

/**
 * After one of these, further requests of the run can only fail the same way (and look like an
 * attack). A redirect may concern one part of the shop only.
 */
const FATAL_KINDS = ['credential', 'disabled', 'notShop'];

/** A failed try, and how long to wait before the next one, if there is to be one. */
interface Refusal {
	failure: Failure;
	delay: number | undefined;
}

/** HTTP status of a token that is not valid (any more). */
const EXPIRED = 401;

/** Shortest time worth starting a request in, in milliseconds. */
const MIN_TIMEOUT_MS = 1_000;

/**
 * Opens the only door to a shop: credential, address, pacing, timeout, retries, size cap.
 * Redirects are never followed, because they would carry the key to another host.
 *
 * @param deadline epoch ms after which no request is started (polls have a time budget)
 */
export async function openTransport<R>(
	context: Context,
	vendor: Vendor<R>,
	deadline = Number.POSITIVE_INFINITY,
): Promise<Transport<R>> {
	const credentials = await context.getCredentials<ICredentialDataDecryptedObject>(
		vendor.credential,
	);
	const address = vendor.address(credentials);
	const credentialId = context.getNode().credentials?.[vendor.credential]?.id ?? '';
	const governor = governorOf(
		`${vendor.credential} ${address.url} ${address.account ?? credentialId}`,
		vendor.limits.concurrency,
		vendor.limits.pace,
	);
	let fatal: Failure | undefined;

	const fail = (failure: Failure, call: Call) =>
		new ShopError(failure, call, vendor.explain(failure, call));

	const attempt = async (call: Call): Promise<Reply | Failure> => {
		const timeout = Math.min(vendor.limits.timeoutMs, deadline - Date.now());
		if (timeout < MIN_TIMEOUT_MS) return { kind: 'timeout', sent: false, code: 'OUT_OF_TIME' };
		const { url, headers } = vendor.locate(address, call);
		const options: IHttpRequestOptions = {
			method: call.method,
			url,
			headers: { ...headers, ...(call.body && { 'Content-Type': call.body.contentType }) },
			body: bodyOf(call),
			encoding: call.answer === 'file' ? 'arraybuffer' : 'text',
			timeout,
			returnFullResponse: true,
			// n8n renews an expired token when it sees this status, and only then.
			ignoreHttpStatusErrors: vendor.login ? { ignore: true, except: [EXPIRED] } : true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		let reply: Reply;
		try {
			reply = toReply(
				await context.helpers.httpRequestWithAuthentication.call(
					context,
					vendor.credential,
					options,
				),
			);
		} catch (error) {
			const answer = refusalIn(error);
			if (answer === undefined) return networkFailure(error);
			if ('kind' in answer) return answer;
			reply = answer;
		}
		governor.learn(vendor.usage?.(reply), call.cost);
		if (Buffer.byteLength(reply.bytes ?? reply.text) > vendor.limits.maxReplyBytes) {
			return { kind: 'tooLarge', sent: true, status: reply.status };
		}
		return commonFailure(reply) ?? vendor.judge(reply, call) ?? reply;
	};

	// What a try teaches is noted while it holds its place: those who wait for the place have to know.
	const attemptInTurn = async (call: Call, tries: number): Promise<Reply | Refusal> => {
		if (fatal) return { failure: fatal, delay: undefined };
		const result = await attempt(call);
		if (!('kind' in result)) return result;
		const delay = retryDelay(result, call.method, tries, Math.random());
		// A shop that wants to be left alone for longer than we wait will not serve the other items either.
		const longPause = delay === undefined && result.kind === 'busy' && !isLastTry(result, tries);
		if (FATAL_KINDS.includes(result.kind) || longPause) fatal = { ...result, sent: false };
		if (result.retryAfterMs !== undefined) governor.pause(delay ?? result.retryAfterMs);
		return { failure: result, delay };
	};

	// Used up for longer than anybody waits: nothing was sent.
	const usedUp = (leftMs: number): Refusal => {
		fatal ??= { kind: 'busy', sent: false, code: 'USED_UP', retryAfterMs: leftMs };
		return { failure: fatal, delay: undefined };
	};

	const send = async (call: Call): Promise<Reply> => {
		for (let tries = 1; ; tries++) {
			const patience = Math.min(MAX_DELAY_MS, deadline - Date.now());
			const turn = async () => await attemptInTurn(call, tries);
			const result = await governor.run<Reply | Refusal>(turn, patience, usedUp, call.cost);
			if (!('failure' in result)) return result;
			const { failure, delay } = result;
			if (delay === undefined || Date.now() + delay + MIN_TIMEOUT_MS > deadline) {
				throw fail(failure, call);
			}
			await sleep(delay);
		}
	};

	const records = async (call: Call): Promise<Page<R>> => {
		const reply = await send(call);
		let reason: string;
		try {
			return vendor.decode(reply, call);
		} catch (error) {
			reason = error instanceof Error ? error.message : String(error);
		}
		throw fail(
			{ kind: 'malformed', sent: true, status: reply.status, shopMessage: cleanShopWords(reason) },
			call,
		);
	};

	return { address, send, records };
}

function bodyOf({ body }: Call): IHttpRequestOptions['body'] {
	if (body === undefined) return undefined;
	return 'bytes' in body ? Buffer.from(body.bytes) : body.text;
}

/**
 * The answer inside an error of n8n's request helper, for the one status that is not handed over as
 * an answer; or why the token could not be renewed.
 */
function refusalIn(error: unknown): Reply | Failure | undefined {
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
