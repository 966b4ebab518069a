import { sleep } from 'n8n-workflow';

import { after } from './patience';
import { RateLimitBudget } from './rateLimitBudget';
import { RecentMap } from './recentMap';
import type { RateLimit, RateLimitUsage } from '../protocol/rateLimit';

/** Who asks for a place, and how long that may take. */
export interface Turn {
	/** The run the request belongs to: waiting runs are served in turn, however much each of them asks. */
	run: object;
	/** Goes before everything that is not: a trigger's poll, or somebody in front of a list. */
	urgent?: boolean;
	/** What the request counts as; 1 when absent. */
	cost?: number;
	/** Longest time to wait for what the shop grants, in milliseconds; without end when absent. */
	patienceMs?: number;
	/** When to leave the queue, epoch ms; never when absent. */
	until?: number;
}

/** Why a request got no place: the shop grants it only in `leftMs`, or it waited `waitedMs` in vain. */
export type NoPlace = { leftMs: number } | { waitedMs: number };

interface Waiting {
	turn: Turn;
	cost: number;
	/** Ends the wait: with a place, or without. */
	settle(refusal?: NoPlace): void;
}

/** Those who wait, run by run; the run at the front is served next. */
class Queue {
	private readonly runs = new Map<object, Waiting[]>();

	get first(): Waiting | undefined {
		for (const [first] of this.runs.values()) return first;
		return undefined;
	}

	add(waiting: Waiting): void {
		const { run } = waiting.turn;
		const own = this.runs.get(run);
		if (own) own.push(waiting);
		else this.runs.set(run, [waiting]);
	}

	/** Takes somebody out; the run has had its turn and goes to the end. */
	remove(waiting: Waiting): void {
		const { run } = waiting.turn;
		const own = this.runs.get(run) ?? [];
		if (own[0] === waiting) own.shift();
		else own.splice(own.indexOf(waiting), 1);
		this.runs.delete(run);
		if (own.length > 0) this.runs.set(run, own);
	}
}

/**
 * Lets a bounded number of requests of one shop and account run at once, no more than the shop
 * grants, and holds all of them back while the shop asked for a pause. Shared by everything that runs
 * in the process, so that several workflows on one shop add up to one well-behaved client. Nobody
 * holds a place while waiting for the shop, so that who comes later can still be served before.
 */
export class RateLimiter {
	private running = 0;

	private resumeAt = 0;

	/** When the queue is looked at again. */
	private wakesAt = Number.POSITIVE_INFINITY;

	private readonly urgent = new Queue();

	private readonly bulk = new Queue();

	private readonly budget: RateLimitBudget | undefined;

	constructor(
		private readonly concurrency: number,
		pace?: RateLimit,
	) {
		this.budget = pace && new RateLimitBudget(pace);
	}

	/** Runs `task` when a place is free and the shop grants it, or `refuse` when that is too late. */
	async run<T>(
		turn: Turn,
		task: () => Promise<T>,
		refuse: (reason: NoPlace) => T | Promise<T>,
	): Promise<T> {
		const refusal = await this.enter(turn);
		if (refusal) return await refuse(refusal);
		try {
			return await task();
		} finally {
			this.budget?.end(turn.cost);
			this.running--;
			this.admit();
		}
	}

	/** Notes what the answer to a running task's request told of the shop's budget. */
	learn(usage: RateLimitUsage | undefined, cost?: number): void {
		if (usage) this.budget?.learn(Date.now(), usage, cost);
	}

	/** Notes that the shop refused a running task's request and grants the next one in `ms`. */
	refused(ms: number): void {
		this.budget?.refused(Date.now(), ms);
	}

	/** What stands in the way of so many requests in a row, if the shop's count is known. */
	shortage(requests: number): { granted: number; leftMs: number } | undefined {
		return this.budget?.shortage(Date.now(), requests);
	}

	/** Holds further requests back for `ms` milliseconds from now. */
	pause(ms: number): void {
		this.resumeAt = Math.max(this.resumeAt, Date.now() + ms);
	}

	/** Whether nothing runs and nothing waits. */
	get isIdle(): boolean {
		return this.running === 0 && this.next === undefined;
	}

	private get next(): Waiting | undefined {
		return this.urgent.first ?? this.bulk.first;
	}

	private async enter(turn: Turn): Promise<NoPlace | undefined> {
		const queue = turn.urgent ? this.urgent : this.bulk;
		const since = Date.now();
		return await new Promise((resolve) => {
			const leaveAt = turn.until ?? Number.POSITIVE_INFINITY;
			const callOff = after(leaveAt - since, () => {
				queue.remove(waiting);
				resolve({ waitedMs: Date.now() - since });
			});
			const settle = (refusal?: NoPlace) => {
				queue.remove(waiting);
				callOff();
				resolve(refusal);
			};
			const waiting: Waiting = { turn, cost: turn.cost ?? 1, settle };
			queue.add(waiting);
			this.admit();
		});
	}

	/** Lets in who may go now, and sends away who would wait too long. */
	private admit(): void {
		for (let next = this.next; next && this.running < this.concurrency; next = this.next) {
			const now = Date.now();
			const left = Math.max(this.resumeAt - now, this.budget?.wait(now, next.cost) ?? 0);
			const { patienceMs = left, until = now + left } = next.turn;
			if (left > 0 && left > Math.min(patienceMs, until - now)) {
				next.settle({ leftMs: left });
			} else if (left > 0) {
				this.wakeIn(left, now);
				return;
			} else {
				this.running++;
				this.budget?.take(now, next.cost);
				next.settle();
			}
		}
	}

	private wakeIn(ms: number, now: number): void {
		const at = now + ms;
		if (at >= this.wakesAt) return;
		this.wakesAt = at;
		void sleep(ms).then(() => {
			if (this.wakesAt === at) this.wakesAt = Number.POSITIVE_INFINITY;
			this.admit();
		});
	}
}

/** How long a shop that nobody asks is remembered, in milliseconds: longer than any shop counts. */
const MAX_IDLE_MS = 60 * 60_000;

/** More shops than one process serves. */
const MAX_LIMITERS = 1_000;

const limiters = new RecentMap<RateLimiter>(MAX_LIMITERS, MAX_IDLE_MS, ({ isIdle }) => isIdle);

/** The one rate limiter of this process for `key` (vendor, shop and account). */
export function rateLimiterOf(key: string, concurrency: number, pace?: RateLimit): RateLimiter {
	const known = limiters.get(key);
	if (known) return known;
	const limiter = new RateLimiter(concurrency, pace);
	limiters.set(key, limiter);
	return limiter;
}
