import type { IPollFunctions } from 'n8n-workflow';

/**
 * What this process remembers of its triggers, by workflow and node. n8n keeps the state of a trigger
 * only in part: a poll without events is often not stored at all.
 */

/** A poll that has not ended after this long is taken for dead, in milliseconds. */
const STALE_AFTER_MS = 10 * 60_000;

/** The poll under way of each trigger. n8n starts polls over each other. */
const running = new Map<string, { began: number }>();

/**
 * Runs `poll` unless an earlier one of this trigger is still at work; then answers `null`.
 * `poll` is told how to find out that it has been given up meanwhile.
 */
export async function alone<T>(
	key: string,
	poll: (isGivenUp: () => boolean) => Promise<T>,
): Promise<T | null> {
	const other = running.get(key);
	// Either way round, because clocks are set back too.
	if (other && Math.abs(Date.now() - other.began) < STALE_AFTER_MS) return null;
	const mine = { began: Date.now() };
	running.set(key, mine);
	try {
		return await poll(() => running.get(key) !== mine);
	} finally {
		if (running.get(key) === mine) running.delete(key);
	}
}

/** Polls of each context, and of the context that polled last for each trigger. */
const pollsOf = new WeakMap<object, { polls: number }>();
const latest = new Map<string, { polls: number }>();

/**
 * Whether this is the first poll of an activation. The default engine has one context for all polls
 * of an activation, the durable scheduler one for every poll, always in the mode 'update': after a
 * context that polled only once, another of that mode is taken for the scheduler's.
 */
export function isActivation(context: IPollFunctions, key: string): boolean {
	const before = latest.get(key);
	const count = pollsOf.get(context) ?? { polls: 0 };
	pollsOf.set(context, count);
	latest.set(key, count);
	count.polls++;
	const isScheduled = context.getActivationMode() === 'update' && before?.polls === 1;
	return count.polls === 1 && !isScheduled;
}

/**
 * What polls without events led to, and from which stored states: the first, which the default engine
 * goes back to when the trigger is published again, and the last, which the durable scheduler goes
 * back to after an activation. Nothing is lost by going on from here, because no event depends on
 * whether n8n stored it.
 */
const unstored = new Map<string, { first: string; last: string; state: string }>();

/** The state to go on with, given what n8n stored; both as JSON. */
export function recall(key: string, stored: string): string {
	const memory = unstored.get(key);
	if (stored === memory?.first || stored === memory?.last) return memory.state;
	// The default engine shows its own object, changed, whether stored or not.
	if (stored !== memory?.state) unstored.delete(key);
	return stored;
}

/** Keeps what a poll without events led to; `stored` and `state` as JSON. */
export function keep(key: string, stored: string, state: string): void {
	unstored.set(key, { first: unstored.get(key)?.first ?? stored, last: stored, state });
}

/**
 * How long n8n may take to store what a poll has handed over, in milliseconds: longer than the durable
 * scheduler's lease on a poll (60 s), after which it has given the poll up.
 */
const HAND_OVER_MS = 2 * 60_000;

/** Stored states whose events were handed over, by trigger, and when (epoch ms). */
const handedOver = new Map<string, Map<string, number>>();

/** Notes that the events behind a stored state (as JSON) were handed over. */
export function markHandedOver(key: string, stored: string): void {
	const recent = [...(handedOver.get(key) ?? [])].filter(([, at]) => isRecent(at));
	handedOver.set(key, new Map([...recent, [stored, Date.now()]]));
}

/**
 * Whether the events behind a stored state were handed over just now. The durable scheduler runs
 * polls that are due together side by side, each with the state as it was when it was called, and
 * stores what one led to after it has ended. When that fails, the state is still the old one later
 * on, and the events come again.
 */
export function isHandedOver(key: string, stored: string): boolean {
	const at = handedOver.get(key)?.get(stored);
	return at !== undefined && isRecent(at);
}

function isRecent(at: number): boolean {
	return Math.abs(Date.now() - at) < HAND_OVER_MS;
}

/** When feeds that are looked at only now and then were looked at (epoch ms). */
const lookedAt = new Map<string, number>();

/** Whether `everyMs` has passed since the feed was looked at. */
export function isDue(feed: string, everyMs: number, now: number): boolean {
	const elapsed = now - (lookedAt.get(feed) ?? Number.NEGATIVE_INFINITY);
	return elapsed >= everyMs || elapsed < 0;
}

/** Notes that a feed was looked at. */
export function markLookedAt(feed: string, now: number): void {
	lookedAt.set(feed, now);
}

/** Triggers whose last poll failed at some rows. */
export const troubled = new Set<string>();

/** How long a busy shop is waited for before the user hears of it, in milliseconds. */
const PATIENCE_MS = 15 * 60_000;

/** When the shop of a trigger was first found busy in a row (epoch ms). */
const busySince = new Map<string, number>();

/** Whether a poll that found the shop busy may end as if nothing had happened. */
export function isPatient(key: string): boolean {
	const now = Date.now();
	const since = busySince.get(key) ?? now;
	busySince.set(key, since);
	return now - since < PATIENCE_MS;
}

/** Notes that a poll got through to the shop. */
export function markReached(key: string): void {
	busySince.delete(key);
}
