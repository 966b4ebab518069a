import { sleep } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { ShopError, cleanShopWords } from './errors';
import { governorOf } from './rateLimiter';
import { EXPIRED, commonFailure, isAnswerTo, networkFailure, refusalIn, toReply } from './reply';
import { MAX_DELAY_MS, isLastTry, retryDelay } from './retry';
import type { Call, Failure, Page, Reply, ShopAddress, Vendor } from '../protocol/vendor';

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
		if (result.retryAfterMs !== undefined) governor.pause(delay ?? pauseAfter(result));
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
			if (
				delay === undefined ||
				call.once === true ||
				Date.now() + delay + MIN_TIMEOUT_MS > deadline
			) {
				throw fail(failure, call);
			}
			await sleep(delay);
		}
	};

	const records = async (call: Call): Promise<Page<R>> => {
		const reply = await send(call);
		let reason: string;
		try {
			const page = vendor.decode(reply, call);
			if (isAnswerTo(call, page, vendor)) return page;
			reason = 'another record came back than the one that was asked for';
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

/** Longest a shop's wish to be left alone is remembered, in milliseconds; it may take it back. */
const MAX_PAUSE_MS = 5 * 60_000;

/** How long nobody asks after a failure that is not waited for. A broken shop may be back any time. */
function pauseAfter({ kind, retryAfterMs = 0 }: Failure): number {
	return kind === 'busy' ? Math.min(retryAfterMs, MAX_PAUSE_MS) : 0;
}

function bodyOf({ body }: Call): IHttpRequestOptions['body'] {
	if (body === undefined) return undefined;
	return 'bytes' in body ? Buffer.from(body.bytes) : body.text;
}
