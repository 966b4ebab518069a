import type { FeedRow } from './stream';

/**
 * What a trigger remembers between polls, as plain JSON in the node's static data. All functions
 * here are pure; `poll.ts` writes the result once, when everything else succeeded.
 */
export interface PollState {
	v: 1;
	/** Shop and event this state belongs to; another scope starts over. */
	scope: string;
	/** Which feeds the event was opened with. */
	variant: string;
	feeds: Record<string, FeedState>;
}

/** Progress in one feed. */
export interface FeedState {
	/** Everything up to here is settled and never read again. It only rises. */
	floor: number;
	/** Furthest position handled at a point in time (epoch ms), oldest first. */
	marks: Array<{ position: number; at: number }>;
	/** Rows and events above the floor: position, and whether an event came of it. */
	seen: Record<string, { position: number; record: string; emitted: boolean }>;
	/** Incomplete rows: when they were first met (epoch ms). */
	waiting: Record<string, { position: number; since: number }>;
	/** Largest stamp handled, in the shop's own time. */
	stamp: string;
	/** When the feed was last looked at (epoch ms). */
	polledAt: number;
	/** Last value of each record, for feeds that show only the present (`Stream.track`). */
	known: Record<string, string>;
}

/** A trigger that could not reach the shop yet: events count from `since` (epoch ms). */
export interface PendingState {
	v: 1;
	scope: string;
	since: number;
}

/** A feed that starts behind `position`. */
export function startAt(position: number, stamp: string, now: number): FeedState {
	return { floor: position, marks: [], seen: {}, waiting: {}, stamp, polledAt: now, known: {} };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFeedState(value: unknown): value is FeedState {
	return (
		isObject(value) &&
		Number.isFinite(value.floor) &&
		Array.isArray(value.marks) &&
		value.marks.every(
			(mark) => isObject(mark) && Number.isFinite(mark.position) && Number.isFinite(mark.at),
		) &&
		isObject(value.seen) &&
		Object.values(value.seen).every(
			(entry) => isObject(entry) && Number.isFinite(entry.position),
		) &&
		isObject(value.waiting) &&
		Object.values(value.waiting).every(
			(entry) => isObject(entry) && Number.isFinite(entry.since),
		) &&
		typeof value.stamp === 'string' &&
		Number.isFinite(value.polledAt) &&
		isObject(value.known)
	);
}

/** The stored state, if it is whole and belongs to this shop and event. */
export function readState(stored: unknown, scope: string): PollState | PendingState | undefined {
	if (!isObject(stored) || stored.v !== 1 || stored.scope !== scope) return undefined;
	if (Number.isFinite(stored.since)) return { v: 1, scope, since: Number(stored.since) };
	if (typeof stored.variant !== 'string' || !isObject(stored.feeds)) return undefined;
	if (!Object.values(stored.feeds).every(isFeedState)) return undefined;
	return structuredClone(stored) as unknown as PollState;
}

/** Rows of a page that need work: not handled yet, or skipped before a late row of the same record came. */
export function freshRows(feed: FeedState, rows: readonly FeedRow[]): FeedRow[] {
	const furthest = Math.max(feed.floor, feed.marks.at(-1)?.position ?? 0);
	const late = new Set(
		rows
			.filter(({ key, position }) => !feed.seen[key] && position <= furthest)
			.map(({ recordId }) => recordId),
	);
	return rows.filter(({ key, recordId }) => {
		const entry = feed.seen[key];
		return !entry || (!entry.emitted && late.has(recordId));
	});
}

/** Notes that a row was handled, and which event came of it. */
export function markSeen(feed: FeedState, row: FeedRow, eventKey: string | undefined): void {
	const { key, position, recordId: record, stamp } = row;
	feed.seen[key] = { position, record, emitted: eventKey !== undefined };
	if (eventKey !== undefined) feed.seen[eventKey] = { position, record, emitted: true };
	delete feed.waiting[key];
	if (stamp > feed.stamp) feed.stamp = stamp;
}

/** Records whose last value is kept per feed; more would bloat n8n's static data. */
export const MAX_KNOWN = 1_000;

/** Remembers a record's value, and forgets the oldest records (lowest IDs) beyond the cap. */
export function remember(feed: FeedState, recordId: string, value: string): void {
	feed.known[recordId] = value;
	const ids = Object.keys(feed.known);
	if (ids.length <= MAX_KNOWN) return;
	ids.sort((a, b) => Number(a) - Number(b));
	for (const id of ids.slice(0, ids.length - MAX_KNOWN)) delete feed.known[id];
}

/**
 * Ends a poll: notes how far the feed was handled, and raises the floor to where it was `settleMs`
 * ago. What becomes visible later than that with a lower position would be missed; what is read
 * again below that is recognised by its key.
 */
export function settle(feed: FeedState, handledUpTo: number, settleMs: number, now: number): void {
	const furthest = feed.marks.at(-1)?.position ?? feed.floor;
	if (handledUpTo > furthest) feed.marks.push({ position: handledUpTo, at: now });
	const settled = feed.marks.filter(({ at }) => at <= now - settleMs).at(-1)?.position;
	if (settled === undefined) return;
	const held = Math.min(
		...Object.values(feed.waiting).map(({ position }) => position - 1),
		settled,
	);
	feed.floor = Math.max(feed.floor, held);
	feed.marks = feed.marks.filter(({ position }) => position > feed.floor);
	for (const [key, { position }] of Object.entries(feed.seen)) {
		if (position <= feed.floor) delete feed.seen[key];
	}
}
