import { sleep } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ISupplyDataFunctions,
} from 'n8n-workflow';

import { untilAborted } from './answerBody';
import { after } from './patience';
import { bodyOf, carriesFile, endWith } from './request';
import { rateLimiterOf } from './rateLimiter';
import { ownerOf } from './owner';
import { EXPIRED, networkFailure, readReply, refusalIn } from './reply';
import { MAX_DELAY_MS, retryDelay } from './retry';
import { RunMemory } from './runMemory';
import { cutFields, secretCutter } from './secretWords';
import { tooMuch, unsent } from './unsent';
import { decoded, judged, refuseBroken, shownCall, undecoded } from './verdict';
import type { Call, Page, Reply } from '../protocol/call';
import { ShopError } from '../protocol/errors';
import type { Failure } from '../protocol/failure';
import type { ShopAddress, Vendor } from '../protocol/vendor';

/** The n8n contexts that may talk to a shop. */
export type Context =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ISupplyDataFunctions;

/** Sends calls to one shop for the length of one run. */
export interface Transport<R> {
	address: ShopAddress;
	/**
	 * Tells one credential with its secrets from all others, for what a process remembers; absent when
	 * the credential says that nothing is to be remembered beyond a run.
	 */
	owner?: string | undefined;
	/** Sends a call and returns its fine answer. Throws `ShopError`. */
	send(call: Call): Promise<Reply>;
	/** Sends a call and returns its decoded records. Throws `ShopError`. */
	records(call: Call): Promise<Page<R>>;
	/**
	 * Refuses work that surely runs into a longer wait than a request may take, before any of it is done.
	 *
	 * @param requests how many are needed at least
	 * @throws InputError
	 */
	foresee(requests: number): void;
	/** What is wrong with an answer that came inside another one, if anything is. */
	errorIn(reply: Reply, call: Call): Promise<ShopError | undefined>;
}

/** A failed try, and how long to wait before the next one, if there is to be one. */
interface Refusal {
	failure: Failure;
	delay: number | undefined;
}

/** Shortest time worth starting a request in, in milliseconds. */
const MIN_TIMEOUT_MS = 1_000;

/** Longest time for a whole request, counted in longest silences; files are larger. */
const TOTAL_IDLE_TIMES = 2;
const FILE_IDLE_TIMES = 5;

/**
 * Opens the only door to a shop: credential, address, pacing, timeouts, retries, size cap.
 * Redirects are never followed, because they would carry the key to another host. Polls and lists in
 * the editor go before the work of executions.
 *
 * @param deadline epoch ms at which everything ends: waiting as well as a request under way
 * @param durations is told the longest that requests take, by method and resource, in milliseconds
 */
export async function openTransport<R>(
	context: Context,
	vendor: Vendor<R>,
	deadline = Number.POSITIVE_INFINITY,
	durations?: Map<string, number>,
): Promise<Transport<R>> {
	const readCredentials = async () =>
		await context.getCredentials<ICredentialDataDecryptedObject>(vendor.credential);
	const credentials = await readCredentials();
	const address = vendor.address(credentials);
	const credentialId = context.getNode().credentials?.[vendor.credential]?.id ?? '';
	const limiter = rateLimiterOf(
		`${vendor.credential} ${address.url} ${address.account ?? credentialId}`,
		vendor.limits.concurrency,
		vendor.limits.pace,
	);
	const memory = new RunMemory();
	const isUrgent = !('getInputData' in context);

	// A token is renewed between requests, so its secret is read when it is needed.
	const cutter = async () =>
		secretCutter(vendor.secrets(vendor.login ? await readCredentials() : credentials));

	const failing = async (failure: Failure, call: Call) => {
		const told = cutFields(failure, await cutter());
		return new ShopError(told, call, vendor.errorTexts(told, shownCall(call)));
	};

	const classify = async (reply: Reply, call: Call) =>
		judged(vendor, address, reply, call) && judged(vendor, address, reply, call, await cutter());

	const ask = async (call: Call, totalMs: number): Promise<Reply | Failure> => {
		const { url, headers } = vendor.locate(address, call);
		const idleMs = Math.min(vendor.limits.timeoutMs, totalMs);
		const stop = new AbortController();
		const callOff = after(totalMs, () => stop.abort());
		const options: IHttpRequestOptions = {
			method: call.method,
			url,
			headers: { ...headers, ...(call.body && { 'Content-Type': call.body.contentType }) },
			body: bodyOf(call),
			// Read here, so that neither its size nor its pace is the shop's alone to choose.
			encoding: 'stream',
			timeout: idleMs,
			returnFullResponse: true,
			// n8n renews an expired token when it sees this status, and only then.
			ignoreHttpStatusErrors: vendor.login ? { ignore: true, except: [EXPIRED] } : true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		endWith(options, stop.signal);
		const read = async (response: unknown) =>
			await readReply(response, call, vendor.limits, { idleMs, signal: stop.signal }, (head) =>
				limiter.learn(vendor.usage?.(head), call.cost),
			);
		try {
			const sent = context.helpers.httpRequestWithAuthentication.call(
				context,
				vendor.credential,
				options,
			);
			return await read(await untilAborted(sent, stop.signal));
		} catch (error) {
			const answer = refusalIn(error);
			if (answer === undefined) return networkFailure(error);
			return 'kind' in answer ? answer : await read(answer);
		} finally {
			callOff();
		}
	};

	const attempt = async <T extends object>(
		call: Call,
		understand: (reply: Reply) => Promise<T | Failure>,
	): Promise<T | Failure> => {
		const startedAt = Date.now();
		const idleTimes = carriesFile(call) ? FILE_IDLE_TIMES : TOTAL_IDLE_TIMES;
		const totalMs = Math.min(vendor.limits.timeoutMs * idleTimes, deadline - startedAt);
		if (totalMs < MIN_TIMEOUT_MS) return { kind: 'timeout', sent: false, code: 'OUT_OF_TIME' };
		const answer = await ask(call, totalMs);
		const waitedMs = Date.now() - startedAt;
		const what = `${call.method} ${call.path[0] ?? ''}`;
		durations?.set(what, Math.max(waitedMs, durations.get(what) ?? 0));
		if (!('kind' in answer)) return (await classify(answer, call)) ?? (await understand(answer));
		if (answer.kind !== 'timeout') return answer;
		const isCut = deadline - Date.now() < MIN_TIMEOUT_MS;
		return { ...answer, waitedMs, ...(isCut && { code: 'OUT_OF_TIME' }) };
	};

	// What a try teaches is noted while it holds its place: those who wait for the place have to know.
	const attemptInTurn = async <T extends object>(
		call: Call,
		tries: number,
		understand: (reply: Reply) => Promise<T | Failure>,
	): Promise<T | Refusal> => {
		if (memory.fatal) return { failure: memory.fatal, delay: undefined };
		const result = await attempt(call, understand);
		if (!('kind' in result)) {
			memory.answered();
			return result;
		}
		const failure = memory.failed(result, call);
		const delay = retryDelay(failure, call.method, tries, Math.random());
		const { kind, retryAfterMs } = failure;
		if (retryAfterMs !== undefined) {
			if (kind === 'busy') limiter.refused(retryAfterMs);
			limiter.pause(delay ?? (kind === 'busy' ? Math.min(retryAfterMs, MAX_PAUSE_MS) : 0));
		}
		return { failure, delay };
	};

	const exchange = async <T extends object>(
		call: Call,
		understand: (reply: Reply) => Promise<T | Failure>,
	): Promise<T> => {
		refuseBroken(call);
		for (let tries = 1; ; tries++) {
			const result = await limiter.run<T | Refusal>(
				{
					run: memory,
					urgent: isUrgent,
					cost: call.cost,
					patienceMs: MAX_DELAY_MS,
					until: deadline - MIN_TIMEOUT_MS,
				},
				async () => await attemptInTurn(call, tries, understand),
				(reason) => ({ failure: memory.fatal ?? unsent(reason), delay: undefined }),
			);
			if (!('failure' in result)) return result;
			const { failure, delay } = result;
			if (
				delay === undefined ||
				isOnce(call, failure) ||
				Date.now() + delay + MIN_TIMEOUT_MS > deadline
			) {
				throw await failing(failure, call);
			}
			await sleep(delay);
		}
	};

	return {
		address,
		owner: ownerOf(vendor, address, credentials),
		send: async (call) => await exchange(call, async (reply) => reply),
		foresee: (requests) => {
			const shortage = limiter.shortage(requests);
			if (shortage && shortage.leftMs > MAX_DELAY_MS)
				throw tooMuch(vendor.name, requests, shortage);
		},
		records: async (call) =>
			await exchange(call, async (reply) => {
				const page = decoded(vendor, reply, call);
				if ('kind' in page) return undecoded(vendor, page, reply, call, await cutter());
				return Object.assign(page, { size: reply.text.length, date: reply.headers.date });
			}),
		errorIn: async (reply, call) => {
			const failure = await classify(reply, call);
			return failure && (await failing(failure, call));
		},
	};
}

/** Whether whoever asks goes on in another way. What the shop put off or never got is asked for again. */
function isOnce({ once, onceIfSlow }: Call, { kind, sent }: Failure): boolean {
	if (!sent || kind === 'busy') return false;
	return once === true || (onceIfSlow === true && kind === 'timeout');
}

/** Longest a shop's wish to be left alone is remembered, in milliseconds; it may take it back. */
const MAX_PAUSE_MS = 5 * 60_000;
