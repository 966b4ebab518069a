import type { IPollFunctions } from 'n8n-workflow';

import type { OnceMemory } from '../reading/shop';
import { fingerprint } from '../text/hash';

/** A poll that has not ended after this long is taken for dead, in milliseconds. */
const STALE_AFTER_MS = 10 * 60_000;

/**
 * How long n8n may take to store what a poll has handed over, in milliseconds: longer than the durable
 * scheduler's lease on a poll (60 s), after which it has given the poll up.
 */
const HAND_OVER_MS = 2 * 60_000;

/** How long a busy shop is waited for before the user hears of it, in milliseconds. */
const PATIENCE_MS = 15 * 60_000;

/** How long slow polls may go on with what they have loaded, in milliseconds. */
const LOADS_KEPT_MS = 5 * 60_000;

/** Triggers that have not polled for this long are forgotten, in milliseconds: deleted ones, above all. */
const FORGOTTEN_AFTER_MS = 7 * 24 * 3_600_000;

/** Triggers remembered; beyond that, those that have not polled for longest are forgotten. */
const MAX_TRIGGERS = 2_000;

/** What a context was used for; n8n makes one for each activation, or one for each poll. */
interface Contexts {
	polls: number;
}

const contexts = new WeakMap<object, Contexts>();

/**
 * What this process remembers of one trigger. n8n keeps the state of a trigger only in part: a poll
 * without events is often not stored at all. All of it may be lost without harm to the promise.
 */
export class TriggerMemory {
	/** How many polls in a row had no time left for their rows. */
	timeouts = 0;

	/** What the last of them have loaded once (`Shop.once`), and since when (epoch ms). */
	private loads: { memory: OnceMemory; since: number } | undefined;

	/** The poll under way. n8n starts polls over each other. */
	private running: { began: number } | undefined;

	/** The context that polled last. */
	private latest: Contexts | undefined;

	/**
	 * What polls without events led to, and from which stored states: the first, which the default
	 * engine goes back to when the trigger is published again, and the last, which the durable scheduler
	 * goes back to after an activation. Nothing is lost by going on from here, because no event depends
	 * on whether n8n stored it.
	 */
	private unstored: { first: string; last: string; state: string } | undefined;

	/** Stored states whose events were handed over, and when (epoch ms). */
	private readonly handedOver = new Map<string, number>();

	/** When feeds that are looked at only now and then were looked at (epoch ms). */
	private readonly lookedAt = new Map<string, number>();

	/** When the shop was first found busy in a row (epoch ms). */
	private busySince: number | undefined;

	/**
	 * Runs `poll` unless an earlier one of this trigger is still at work; then answers `null`.
	 * `poll` is told how to find out that it has been given up meanwhile.
	 */
	async unlessPolling<T>(poll: (isGivenUp: () => boolean) => Promise<T>): Promise<T | null> {
		const other = this.running;
		// Either way round, because clocks are set back too.
		if (other && Math.abs(Date.now() - other.began) < STALE_AFTER_MS) return null;
		const mine = { began: Date.now() };
		this.running = mine;
		try {
			return await poll(() => this.running !== mine);
		} finally {
			if (this.running === mine) this.running = undefined;
		}
	}

	/**
	 * Whether this is the first poll of an activation. The default engine has one context for all polls
	 * of an activation, the durable scheduler one for every poll, always in the mode 'update': after a
	 * context that polled only once, another of that mode is taken for the scheduler's.
	 */
	isActivation(context: IPollFunctions): boolean {
		const before = this.latest;
		const count = contexts.get(context) ?? { polls: 0 };
		contexts.set(context, count);
		this.latest = count;
		count.polls++;
		const isScheduled = context.getActivationMode() === 'update' && before?.polls === 1;
		const isFirst = count.polls === 1 && !isScheduled;
		// The credential may be another one.
		if (isFirst) this.loads = undefined;
		return isFirst;
	}

	/** The state to go on with, given what n8n stored; both as JSON. */
	recall(stored: string): string {
		const { unstored } = this;
		if (!unstored) return stored;
		const name = nameOf(stored);
		if (name === unstored.first || name === unstored.last) return unstored.state;
		// The default engine shows its own object, changed, whether stored or not.
		if (stored !== unstored.state) this.unstored = undefined;
		return stored;
	}

	/** Keeps what a poll without events led to; `stored` and `state` as JSON. */
	keep(stored: string, state: string): void {
		const last = nameOf(stored);
		this.unstored = { first: this.unstored?.first ?? last, last, state };
	}

	/** Notes that the events behind a stored state (as JSON) were handed over. */
	markHandedOver(stored: string): void {
		for (const [name, at] of this.handedOver) if (!isRecent(at)) this.handedOver.delete(name);
		this.handedOver.set(nameOf(stored), Date.now());
	}

	/**
	 * Whether the events behind a stored state were handed over just now. The durable scheduler runs
	 * polls that are due together side by side, each with the state as it was when it was called, and
	 * stores what one led to after it has ended. When that fails, the state is still the old one later
	 * on, and the events come again.
	 */
	isHandedOver(stored: string): boolean {
		const at = this.handedOver.get(nameOf(stored));
		return at !== undefined && isRecent(at);
	}

	/** Where a poll keeps what it loads; what slow polls before it have loaded is there. */
	loaded(now: number): OnceMemory {
		const { loads, timeouts } = this;
		const isRecent = loads !== undefined && Math.abs(now - loads.since) < LOADS_KEPT_MS;
		this.loads = timeouts > 0 && isRecent ? loads : { memory: new Map(), since: now };
		return this.loads.memory;
	}

	/** Notes how a poll that got through managed with its time. */
	noteTime({
		ranOut,
		moved,
		isQuick,
	}: {
		ranOut: boolean;
		moved: boolean;
		isQuick: boolean;
	}): void {
		if (ranOut && !moved) this.timeouts++;
		else this.timeouts = ranOut || !isQuick ? Math.min(this.timeouts + Number(ranOut), 1) : 0;
	}

	/** Whether `everyMs` has passed since the feed was looked at. */
	isDue(feed: string, everyMs: number, now: number): boolean {
		const elapsed = now - (this.lookedAt.get(feed) ?? Number.NEGATIVE_INFINITY);
		return elapsed >= everyMs || elapsed < 0;
	}

	/** Notes that a feed was looked at. */
	markLookedAt(feed: string, now: number): void {
		this.lookedAt.set(feed, now);
	}

	/** Whether a poll that found the shop busy may end as if nothing had happened. */
	isPatient(): boolean {
		const now = Date.now();
		this.busySince ??= now;
		return now - this.busySince < PATIENCE_MS;
	}

	/** Notes that a poll got through to the shop. */
	markReached(): void {
		this.busySince = undefined;
	}
}

function isRecent(at: number): boolean {
	return Math.abs(Date.now() - at) < HAND_OVER_MS;
}

/** What a state is compared by, instead of keeping the whole text. */
function nameOf(state: string): string {
	return `${state.length} ${fingerprint(state)}`;
}

/** The triggers of this process; the one that polled last comes last. */
export class TriggerMemories {
	private readonly known = new Map<string, { memory: TriggerMemory; usedAt: number }>();

	get size(): number {
		return this.known.size;
	}

	/** The memory of a trigger, by workflow and node; a new one when there is none, or none any more. */
	of(key: string): TriggerMemory {
		const now = Date.now();
		const memory = this.known.get(key)?.memory ?? new TriggerMemory();
		this.known.delete(key);
		for (const [other, { usedAt }] of this.known) {
			const isOld = Math.abs(now - usedAt) >= FORGOTTEN_AFTER_MS;
			if (!isOld && this.known.size < MAX_TRIGGERS) break;
			this.known.delete(other);
		}
		this.known.set(key, { memory, usedAt: now });
		return memory;
	}
}

export const triggerMemories = new TriggerMemories();
