/**
 * A shop that takes its time, in time that does not pass by itself: each answer comes after a delay of
 * the held clock, which goes on only when nobody has anything else to do. Minutes take milliseconds.
 */
import { Readable } from 'node:stream';
import { jest } from '@jest/globals';
import type { IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import type { TriggerBench } from './engine.mts';

type Helpers = Pick<IPollFunctions['helpers'], 'httpRequestWithAuthentication'>;

export class SlowTime {
	/** How long each answer takes, in milliseconds; `undefined` for one that never comes. */
	delayOf: (request: IHttpRequestOptions) => number | undefined = () => 0;

	/** Requests that were sent, and when (epoch ms). */
	readonly sent: Array<{ url: string; at: number }> = [];

	/** Requests whose answer is on its way from the real shop. */
	private answering = 0;

	constructor(at: string) {
		jest.useFakeTimers({
			now: Date.parse(at),
			doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'],
		});
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const { signal, abort } = stoppable();
			setTimeout(() => abort(new DOMException('', 'TimeoutError')), ms);
			return signal;
		});
	}

	/** Lets the requests of a trigger go through this time; `budgetMs` is what n8n grants a poll. */
	slow(trigger: TriggerBench, budgetMs?: number): TriggerBench {
		trigger.adapt = (context) => {
			if (budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => budgetMs });
			const { helpers } = context;
			const real = helpers.httpRequestWithAuthentication;
			const slowed: Helpers['httpRequestWithAuthentication'] = async function (
				this: IPollFunctions,
				type,
				request,
				...more
			) {
				return await time.answer(
					request,
					async () => await real.call(this, type, request, ...more),
				);
			};
			helpers.httpRequestWithAuthentication = slowed;
		};
		const time = this;
		return trigger;
	}

	/** Runs what takes time, and lets the clock go on as far as it needs. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		let isOver = false;
		const result = work().finally(() => {
			isOver = true;
		});
		result.catch(() => undefined);
		while (!isOver) {
			await turn();
			if (this.answering === 0 && !isOver) await jest.advanceTimersToNextTimerAsync();
		}
		return await result;
	}

	pass(minutes: number): void {
		jest.setSystemTime(Date.now() + minutes * 60_000);
	}

	end(): void {
		jest.restoreAllMocks();
		jest.useRealTimers();
	}

	private async answer(
		request: IHttpRequestOptions,
		ask: () => Promise<unknown>,
	): Promise<unknown> {
		this.sent.push({ url: request.url, at: Date.now() });
		const delay = this.delayOf(request);
		if (delay === undefined) return await new Promise(() => undefined);
		await new Promise((resolve) => {
			setTimeout(resolve, delay);
		});
		this.answering++;
		try {
			const response = (await ask()) as { body: Readable };
			const parts: Buffer[] = [];
			for await (const part of response.body) parts.push(Buffer.from(part as Uint8Array));
			return { ...response, body: Readable.from([Buffer.concat(parts)]) };
		} finally {
			this.answering--;
		}
	}
}

function stoppable(): { signal: AbortSignal; abort(reason: unknown): void } {
	const controller = new AbortController();
	return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}

/** The process's own timer, whatever clock is held. */
const wait = setTimeout;

/** Lets everything happen that needs no time but the machine's own. */
async function turn(): Promise<void> {
	for (let round = 0; round < 4; round++) {
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
		await new Promise((resolve) => {
			wait(resolve, 1);
		});
	}
}
