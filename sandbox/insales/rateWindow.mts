/** A request that came before the `Retry-After` of an earlier refusal had passed. */
export interface IgnoredRetryAfter {
	method: string;
	path: string;
	keyName: string;
	/** Seconds of the shop's clock that were still to wait. */
	secondsLeft: number;
	/** Real milliseconds since the refusal: requests that were under way side by side are only a few apart. */
	msSinceRefusal: number;
}

/** Where a key stands after one more request. */
export interface Usage {
	used: number;
	limit: number;
	/** Seconds until the window ends, when the request is over the limit. */
	retryAfter?: number;
}

interface Window {
	start: number;
	used: number;
}

/**
 * The limit of requests per key: a window that opens with the first request and does not slide, by the shop's clock
 * (InSales API reference, 2). Requests with a wrong password count like all others.
 */
export class RateLimits {
	limit = 500;
	windowMs = 300_000;
	#windows = new Map<string, Window>();
	#refusals = new Map<string, { until: number; at: number }>();
	#most = 0;
	#ignored: IgnoredRetryAfter[] = [];

	/** Counts a request of `bucket` (the identifier sent). */
	arrive(
		bucket: string,
		now: number,
		request: { method: string; path: string; keyName: string },
	): Usage {
		const refusal = this.#refusals.get(bucket);
		if (refusal && now < refusal.until) {
			this.#ignored.push({
				...request,
				secondsLeft: (refusal.until - now) / 1000,
				msSinceRefusal: Math.round(performance.now() - refusal.at),
			});
		}
		let window = this.#windows.get(bucket);
		if (!window || now >= window.start + this.windowMs || now < window.start) {
			window = { start: now, used: 0 };
			this.#windows.set(bucket, window);
		}
		window.used += 1;
		this.#most = Math.max(this.#most, window.used);
		const usage: Usage = { used: window.used, limit: this.limit };
		if (window.used > this.limit) {
			usage.retryAfter = Math.max(1, Math.ceil((window.start + this.windowMs - now) / 1000));
		}
		return usage;
	}

	/** Remembers that `bucket` was told to wait. */
	refused(bucket: string, now: number, seconds: number): void {
		this.#refusals.set(bucket, { until: now + seconds * 1000, at: performance.now() });
	}

	ignored(): IgnoredRetryAfter[] {
		return [...this.#ignored];
	}

	/** The largest number of requests that came in any one window, refused ones included. */
	most(): number {
		return this.#most;
	}

	/** Forgets windows, refusals and records; limit and length of the window stay. */
	clear(): void {
		this.#windows.clear();
		this.#refusals.clear();
		this.#most = 0;
		this.#ignored = [];
	}
}
