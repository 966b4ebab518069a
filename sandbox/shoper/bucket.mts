/** How much one token may ask (Shoper REST reference 2). */
export interface BucketSettings {
	/** Capacity; 10 by default. */
	limit: number;
	/** How much drains every second; 2 by default. */
	perSecond: number;
}

export const DEFAULT_BUCKET: BucketSettings = { limit: 10, perSecond: 2 };

/** A request that came although an earlier 429 had told its token to wait longer. */
export interface IgnoredRetryAfter {
	keyName: string;
	method: string;
	path: string;
	/** Seconds the 429 had asked for. */
	retryAfter: number;
	/** How much too early it came, by the shop's clock. */
	earlyMs: number;
	/** Real time since the 429 was answered: requests that were already on their way have almost none. */
	sinceAnswerMs: number;
	at: string;
}

interface Level {
	level: number;
	/** Shop's time of `level`. */
	at: number;
	/** Until when the last 429 asked to wait. */
	waitUntil: number;
	retryAfter: number;
	answeredAt: number;
}

/** What a request did to the bucket. */
export interface BucketAnswer {
	granted: boolean;
	/** Whole seconds to wait; 0 when granted. */
	retryAfter: number;
	headers: Record<string, string>;
	/** Set when the request came before an earlier Retry-After had passed. */
	ignored?: { retryAfter: number; earlyMs: number; sinceAnswerMs: number };
}

/** The leaky buckets of all tokens. They drain by the shop's clock: a frozen clock never drains them. */
export class Buckets {
	settings: BucketSettings = { ...DEFAULT_BUCKET };
	readonly #levels = new Map<string, Level>();

	/** Takes `cost` from the bucket of a token at the moment `now` (shop's time). */
	take(key: string, cost: number, now: number): BucketAnswer {
		const { limit, perSecond } = this.settings;
		const bucket = this.#at(key, now);
		const early = bucket.waitUntil - now;
		const ignored =
			early > 0
				? {
						retryAfter: bucket.retryAfter,
						earlyMs: early,
						sinceAnswerMs: performance.now() - bucket.answeredAt,
					}
				: undefined;
		const excess = bucket.level + cost - limit;
		const granted = excess <= 0;
		let retryAfter = 0;
		if (granted) bucket.level += cost;
		else {
			retryAfter = Math.max(1, Math.ceil(excess / perSecond));
			bucket.waitUntil = now + retryAfter * 1000;
			bucket.retryAfter = retryAfter;
			bucket.answeredAt = performance.now();
		}
		const headers: Record<string, string> = {
			'X-Shop-Api-Calls': String(Math.ceil(bucket.level)),
			'X-Shop-Api-Limit': String(limit),
			'X-Shop-Api-Bandwidth': String(perSecond),
		};
		if (!granted) headers['Retry-After'] = String(retryAfter);
		return { granted, retryAfter, headers, ignored };
	}

	clear(): void {
		this.#levels.clear();
	}

	#at(key: string, now: number): Level {
		const known = this.#levels.get(key);
		if (!known) {
			const fresh: Level = { level: 0, at: now, waitUntil: 0, retryAfter: 0, answeredAt: 0 };
			this.#levels.set(key, fresh);
			return fresh;
		}
		// A clock that was put back does not fill the bucket, nor does it hold anyone to an old Retry-After.
		if (now < known.at) known.waitUntil = 0;
		const seconds = Math.max(0, now - known.at) / 1000;
		known.level = Math.max(0, known.level - seconds * this.settings.perSecond);
		known.at = now;
		return known;
	}
}
