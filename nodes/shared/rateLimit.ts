import { sleep } from 'n8n-workflow';

/**
 * Lets a bounded number of requests of one shop and credential run at once, and holds all of them
 * back while the shop asked for a pause. Shared by everything that runs in the process, so that
 * several workflows on one shop add up to one well-behaved client.
 */
export class Governor {
	private running = 0;

	private resumeAt = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(private readonly concurrency: number) {}

	/** Runs `task` when a place is free and no pause is on. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		await this.enter();
		try {
			// Again after each wait: the shop may have asked for a longer pause meanwhile.
			for (let pause = this.left(); pause > 0; pause = this.left()) await sleep(pause);
			return await task();
		} finally {
			this.leave();
		}
	}

	/** Holds further requests back for `ms` milliseconds from now. */
	pause(ms: number): void {
		this.resumeAt = Math.max(this.resumeAt, Date.now() + ms);
	}

	private left(): number {
		return this.resumeAt - Date.now();
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

/** The one governor of this process for `key` (vendor, shop and credential). */
export function governorOf(key: string, concurrency: number): Governor {
	let governor = governors.get(key);
	if (!governor) {
		governor = new Governor(concurrency);
		governors.set(key, governor);
	}
	return governor;
}
