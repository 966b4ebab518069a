import { sleep } from 'n8n-workflow';

import { Allowance } from './rateLimitBudget';
import type { Pace, Usage } from '../protocol/rateLimit';

/**
 * Lets a bounded number of requests of one shop and account run at once, no more than the shop
 * grants, and holds all of them back while the shop asked for a pause. Shared by everything that runs
 * in the process, so that several workflows on one shop add up to one well-behaved client.
 */
export class Governor {
	private running = 0;

	private resumeAt = 0;

	private readonly waiting: Array<() => void> = [];

	private readonly allowance: Allowance | undefined;

	constructor(
		private readonly concurrency: number,
		pace?: Pace,
	) {
		this.allowance = pace && new Allowance(pace);
	}

	/**
	 * Runs `task` when a place is free and the shop grants it, or `refuse` with the milliseconds left
	 * when that is later than `patienceMs` from now. Whoever comes next waits until `task` has ended.
	 *
	 * @param cost what the task's request counts as
	 */
	async run<T>(
		task: () => Promise<T>,
		patienceMs = Number.POSITIVE_INFINITY,
		refuse: (leftMs: number) => T | Promise<T> = task,
		cost = 1,
	): Promise<T> {
		await this.enter();
		try {
			const until = Date.now() + patienceMs;
			// Again after each wait: the shop may have asked for a longer pause meanwhile.
			for (let left = this.left(cost); left > 0; left = this.left(cost)) {
				if (Date.now() + left > until) return await refuse(left);
				await sleep(left);
			}
			this.allowance?.take(Date.now(), cost);
			try {
				return await task();
			} finally {
				this.allowance?.end(cost);
			}
		} finally {
			this.leave();
		}
	}

	/** Notes what the answer to a running task's request told of the shop's allowance. */
	learn(usage: Usage | undefined, cost = 1): void {
		if (usage) this.allowance?.learn(Date.now(), usage, cost);
	}

	/** Holds further requests back for `ms` milliseconds from now. */
	pause(ms: number): void {
		this.resumeAt = Math.max(this.resumeAt, Date.now() + ms);
	}

	private left(cost: number): number {
		const now = Date.now();
		return Math.max(this.resumeAt - now, this.allowance?.wait(now, cost) ?? 0);
	}

	private async enter(): Promise<void> {
		if (this.running < this.concurrency) {
			this.running++;
			return;
		}
		// The place is handed over directly by leave(), so `running` does not change here.
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private leave(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.running--;
	}
}

const governors = new Map<string, Governor>();

/** The one governor of this process for `key` (vendor, shop and account). */
export function governorOf(key: string, concurrency: number, pace?: Pace): Governor {
	let governor = governors.get(key);
	if (!governor) {
		governor = new Governor(concurrency, pace);
		governors.set(key, governor);
	}
	return governor;
}
