import type { Pace, Usage } from '../protocol/rateLimit';

/** More answers than ever overtake each other. */
const OVERTAKEN = 10;

/**
 * The requests that are left, as far as this process knows: counted here, and set right by what each
 * answer tells, because other processes may spend from the same allowance.
 */
export class Allowance {
	private used = 0;

	/** When `used` was right (a bucket), or when the window opened (epoch ms). */
	private at = Number.NEGATIVE_INFINITY;

	private underWay = 0;

	constructor(private pace: Pace) {}

	/** Milliseconds until a request that counts as `cost` may be sent; 0 when it may be sent now. */
	wait(now: number, cost = 1): number {
		const excess = this.usedAt(now) + Math.min(cost, this.pace.limit) - this.pace.limit;
		if (excess <= 0) return 0;
		return 'windowMs' in this.pace
			? this.at + this.pace.windowMs - now
			: Math.ceil((excess / this.pace.perSecond) * 1000);
	}

	/** Counts a request that is about to be sent. */
	take(now: number, cost = 1): void {
		const used = this.usedAt(now);
		const opens = 'windowMs' in this.pace && used === 0;
		if (opens || 'perSecond' in this.pace) this.at = now;
		this.used = used + cost;
		this.underWay += cost;
	}

	/** Counts a request as answered or failed. */
	end(cost = 1): void {
		this.underWay -= cost;
	}

	/** Notes what the answer to a request told, before `end`. */
	learn(now: number, usage: Usage, cost = 1): void {
		const { pace } = this;
		const limit = usage.limit ?? pace.limit;
		// The other requests under way may not be counted yet.
		const told = usage.used + this.underWay - cost;
		if ('windowMs' in pace) {
			// Far fewer than known: the shop opened a new window, at the latest now. A few fewer: answers
			// have overtaken each other.
			const isNew = told + OVERTAKEN < this.usedAt(now);
			if (isNew) this.at = now;
			this.used = isNew ? told : Math.max(told, this.usedAt(now));
			this.pace = { ...pace, limit };
		} else {
			// Answers overtake each other, and an old one must not undo what a newer one told; only what a
			// request may have counted as is set right.
			this.used = Math.max(told, this.usedAt(now) - (cost - 1));
			this.at = now;
			this.pace = { limit, perSecond: usage.perSecond ?? pace.perSecond };
		}
	}

	private usedAt(now: number): number {
		const { pace, used, at } = this;
		// A clock that was set back must not hold requests up for hours.
		const elapsed = Math.max(0, now - at);
		if ('windowMs' in pace) return elapsed >= pace.windowMs ? 0 : used;
		return Math.max(0, used - (elapsed / 1000) * pace.perSecond);
	}
}
