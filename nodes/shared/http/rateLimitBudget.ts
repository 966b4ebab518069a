import type { RateLimit, RateLimitUsage } from '../protocol/rateLimit';

/** More answers than ever overtake each other. */
const OVERTAKEN = 10;

/**
 * The requests that are left, as far as this process knows: counted here, and set right by what each
 * answer tells, because other processes may spend from the same budget. What the shop says wins.
 */
export class RateLimitBudget {
	private used = 0;

	private underWay = 0;

	/** When `used` was right (a bucket), epoch ms. */
	private at = Number.NEGATIVE_INFINITY;

	/** When the window ends at the latest, epoch ms. */
	private endsAt = Number.NEGATIVE_INFINITY;

	/** No answer came yet in this window, so the shop may have opened it as late as the first one. */
	private isFresh = false;

	/**
	 * Whether the end of the window is known. A window that somebody else opened may end at any time, so
	 * its last word is the shop's: one request too many is answered with the time that is left.
	 */
	private isSure = true;

	constructor(private pace: RateLimit) {}

	/** Milliseconds until a request that counts as `cost` may be sent; 0 when it may be sent now. */
	wait(now: number, cost = 1): number {
		const excess = this.usedAt(now) + Math.min(cost, this.pace.limit) - this.pace.limit;
		if (excess <= 0) return 0;
		if ('windowMs' in this.pace) return this.isSure ? this.endsAt - now : 0;
		return Math.ceil((excess / this.pace.perSecond) * 1000);
	}

	/**
	 * How many requests the shop surely grants no more before its window ends, and when that is; only
	 * while the shop's own count of this window is known.
	 */
	shortage(now: number, requests: number): { granted: number; leftMs: number } | undefined {
		if (!('windowMs' in this.pace) || this.isFresh || !this.isSure) return undefined;
		const granted = Math.max(0, this.pace.limit - this.usedAt(now));
		const leftMs = this.endsAt - now;
		return leftMs > 0 && granted < requests ? { granted, leftMs } : undefined;
	}

	/** Counts a request that is about to be sent. */
	take(now: number, cost = 1): void {
		const used = this.usedAt(now);
		if ('windowMs' in this.pace) {
			if (used === 0) this.open(now + this.pace.windowMs, true);
		} else {
			this.at = now;
		}
		this.used = used + cost;
		this.underWay += cost;
	}

	/** Counts a request as answered or failed. */
	end(cost = 1): void {
		this.underWay -= cost;
	}

	/** Notes what the answer to a request told, before `end`. */
	learn(now: number, usage: RateLimitUsage, cost = 1): void {
		const { pace } = this;
		const limit = usage.limit ?? pace.limit;
		// The other requests under way may not be counted yet.
		const told = usage.used + this.underWay - cost;
		const known = this.usedAt(now);
		if ('windowMs' in pace) {
			// Far fewer than known: the shop opened a new window, at the latest now. A few fewer: answers
			// have overtaken each other.
			const isNew = told + OVERTAKEN < known;
			if (this.isFresh || isNew) {
				this.open(now + pace.windowMs, false);
				// More than this process sent: somebody else was first.
				this.isSure = isNew || usage.used <= known;
			}
			this.used = isNew ? told : Math.max(told, known);
			this.pace = { ...pace, limit };
		} else {
			// Answers overtake each other, and an old one must not undo what a newer one told; only what a
			// request may have counted as is set right.
			this.used = Math.max(told, known - (cost - 1));
			this.at = now;
			this.pace = { limit, perSecond: usage.perSecond ?? pace.perSecond };
		}
	}

	/** The shop refused a request and says that it grants the next one in `ms` milliseconds. */
	refused(now: number, ms: number): void {
		if (!('windowMs' in this.pace)) return;
		this.used = Math.max(this.usedAt(now), this.pace.limit);
		this.open(now + Math.min(ms, this.pace.windowMs), false);
	}

	private open(endsAt: number, isFresh: boolean): void {
		this.endsAt = endsAt;
		this.isFresh = isFresh;
		this.isSure = true;
	}

	private usedAt(now: number): number {
		const { pace, used } = this;
		if ('windowMs' in pace) {
			// A clock that was set back must not hold requests up for hours.
			this.endsAt = Math.min(this.endsAt, now + pace.windowMs);
			return now >= this.endsAt ? 0 : used;
		}
		const elapsed = Math.max(0, now - this.at);
		return Math.max(0, used - (elapsed / 1000) * pace.perSecond);
	}
}
