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
import { parseRetryAfter, retryDelay, wasNeverSent } from './retry';
import type { Call, Failure, Reply, ShopAddress, Vendor } from './vendor';

/** The n8n contexts that may talk to a shop. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Sends calls to one shop for the length of one run. */
export interface Transport<R> {
	address: ShopAddress;
	/** Sends a call and returns its fine answer. Throws `ShopError`. */
	send(call: Call): Promise<Reply>;
	/** Sends a call and returns its decoded records. Throws `ShopError`. */
	records(call: Call): Promise<R[]>;
}

/** After one of these, further requests of the run can only fail the same way (and look like an attack). */
const FATAL_KINDS = ['credential', 'disabled', 'notShop', 'redirect'];

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
		`${vendor.credential} ${address.url} ${credentialId}`,
		vendor.limits.concurrency,
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
			body: call.body?.text,
			encoding: 'text',
			timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		try {
			const reply = toReply(
				await context.helpers.httpRequestWithAuthentication.call(
					context,
					vendor.credential,
					options,
				),
			);
			if (reply.text.length > vendor.limits.maxReplyBytes) {
				return { kind: 'tooLarge', sent: true, status: reply.status };
			}
			return redirectIn(reply) ?? vendor.judge(reply, call) ?? reply;
		} catch (error) {
			return networkFailure(error);
		}
	};

	const send = async (call: Call): Promise<Reply> => {
		for (let tries = 1; ; tries++) {
			if (fatal) throw fail(fatal, call);
			const result = await governor.run(async () => await attempt(call));
			if (!('kind' in result)) return result;
			if (FATAL_KINDS.includes(result.kind)) fatal = result;
			const delay = retryDelay(result, call.method, tries, Math.random());
			if (delay === undefined || Date.now() + delay > deadline) throw fail(result, call);
			if (result.retryAfterMs !== undefined) governor.pause(delay);
			await sleep(delay);
		}
	};

	const records = async (call: Call): Promise<R[]> => {
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

/** The full response of n8n's request helper as a `Reply`. */
function toReply(response: unknown): Reply {
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
function redirectIn(reply: Reply): Failure | undefined {
	if (reply.status >= 300 && reply.status < 400 && reply.headers.location !== undefined) {
		const location = reply.headers.location.replace(/[?#].*$/s, '');
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
