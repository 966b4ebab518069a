/** A clock that goes on only when nobody has anything else to do: what waits for minutes takes milliseconds. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { jest } from '@jest/globals';
import type { IAuthenticate } from 'n8n-workflow';
import type { Bench } from './engine.mts';

/** The process's own timer, whatever clock is held. */
const wait = setTimeout;

/** Looks in a row at which nothing happened after which a run is said to hang. */
const MAX_IDLE_ROUNDS = 1_000;

/** Where Node tells of each request that is made. */
const CREATED = 'http.client.request.created';

/** A header that tells requests between the servers of a test from those of the node under test. */
export const FORWARDED = 'x-forwarded-by';

export class HeldTime {
	/** Requests of this process that were not answered yet. */
	private readonly underWay = new Set<ClientRequest>();

	/** Requests that are about to be made: n8n takes a while in between. */
	private announced = 0;

	private readonly holding: () => number;

	/** @param holding how many requests wait for the clock, or for ever */
	constructor(at: string, holding: () => number) {
		this.holding = holding;
		subscribe(CREATED, this.note);
		jest.useFakeTimers({
			now: Date.parse(at),
			doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'],
		});
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const controller = new AbortController();
			// What is under way with nobody holding it is being worked on, by a slow machine.
			const end = () => {
				if (this.holding() === 0) setTimeout(end, 1_000);
				else controller.abort(new DOMException('', 'TimeoutError'));
			};
			setTimeout(end, ms);
			return controller.signal;
		});
	}

	/** Runs what takes time, and lets the clock go on as far as it needs. Throws when it hangs. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		let isOver = false;
		const result = work().finally(() => {
			isOver = true;
		});
		result.catch(() => undefined);
		for (let idle = 0; !isOver; ) {
			await turn();
			if (isOver) continue;
			if (this.announced + this.underWay.size > this.holding()) {
				if (++idle > MAX_IDLE_ROUNDS) throw hang([...this.underWay].map(({ path }) => path));
				continue;
			}
			if (jest.getTimerCount() > 0) idle = 0;
			else if (++idle > MAX_IDLE_ROUNDS) throw hang([]);
			await jest.advanceTimersToNextTimerAsync();
		}
		return await result;
	}

	private readonly note = (message: unknown): void => {
		const { request } = message as { request: ClientRequest };
		const isForwarded = request.getHeader(FORWARDED) !== undefined;
		if (!isForwarded) this.announced = Math.max(0, this.announced - 1);
		this.underWay.add(request);
		request.once('close', () => this.underWay.delete(request));
	};

	/** Counts the requests of a node from when n8n asks its credential for the key. */
	watch({ credentialType }: Bench): void {
		const authenticate = credentialType.authenticate as IAuthenticate;
		if (typeof authenticate !== 'function') return;
		credentialType.authenticate = async (...given) => {
			this.announced++;
			return await authenticate(...given);
		};
	}

	pass(ms: number): void {
		jest.setSystemTime(Date.now() + ms);
	}

	end(): void {
		unsubscribe(CREATED, this.note);
		jest.restoreAllMocks();
		jest.useRealTimers();
	}
}

function hang(requests: string[]): Error {
	return new Error(`It hangs. Unanswered: ${requests.join(' ')}`);
}

/** Turns of the event loop in which even a large body gets through all the streams on its way. */
const TURNS = 20;

/** Lets everything happen that needs no time but the machine's own. */
async function turn(): Promise<void> {
	for (let round = 0; round < TURNS; round++) {
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
	}
	await new Promise((resolve) => {
		wait(resolve, 1);
	});
}
