import type { FeedRow, Stream } from './stream';

/**
 * What a trigger remembers between polls, as plain JSON in the node's static data. All functions
 * here are pure but for the feed they are given, which is the poll's own copy; `poll.ts` stores it
 * once, when everything else succeeded.
 */
export interface PollState {
	v: 1;
	/** Shop and event this state belongs to; another scope starts over. */
	scope: string;
	/** Which feeds the event was opened with. */
	variant: string;
	feeds: Record<string, FeedState>;
}

/** A trigger that could not reach the shop yet: events count from `since` (epoch ms). */
export interface PendingState {
	v: 1;
	scope: string;
	since: number;
}

/**
 * Progress in one feed. Rows above the floor are read at every poll and told apart by their keys,
 * because a row with a lower position may become visible after one with a higher.
 */
export interface FeedState {
	/** Everything up to here is settled. It rises, unless the shop's database was set back. */
	floor: number;
	/** A row near the floor that is read along: once it differs, the database may have gone back. */
	anchor: { position: number; key: string } | null;
	/** How far the feed reached at a point in time (epoch ms), oldest first. */
	marks: Array<{ position: number; at: number }>;
	/** Handled rows above the floor. One that was skipped is looked at again when an earlier one turns up. */
	rows: Record<string, { position: number; record: string; skipped: boolean }>;
	/** Delivered events, by key: position of the row. */
	events: Record<string, number>;
	/**
	 * Rows that are not complete, and what came after them: when they were first met (epoch ms), and
	 * whether their record could not be read.
	 */
	waiting: Record<string, { position: number; since: number; unread?: boolean }>;
	/** Largest stamp handled, in the shop's own time. */
	stamp: string;
	/** Last value of each record, for feeds that show only the present (`Stream.track`). */
	known: Record<string, string>;
	/**
	 * Everything that happened up to here was handled: how far the feed went when it was last read to
	 * its end, or of a feed by time, what was settled then. Absent in states of older versions.
	 */
	complete?: number;
}

/** Records whose last value is kept per feed; more would bloat n8n's static data. */
export const MAX_KNOWN = 1_000;

/**
 * The same while a feed by time was not read to its end: until then, a record that changes again may
 * come a second time with changes that were handled.
 */
export const MAX_KNOWN_BEHIND = 10_000;

/**
 * Handled rows kept per feed. Beyond, the oldest are taken for settled: events must not wait for a row
 * that might still turn up below ten thousand others.
 */
const MAX_ROWS = 10_000;

/** Settled rows that are worth a write of their own: fewer are read along until something happens. */
const MIN_ROWS_TO_WRITE = 100;

/** How far n8n's clock may be put forward without a row being taken for settled too early. */
export const CLOCK_SLACK_MS = 10 * 60_000;

/** A feed that delivers everything behind `start`; the rows before it, down to `floor`, are handled. */
export function startFeed(
	floor: number,
	start: number,
	before: readonly FeedRow[],
	now: number,
): FeedState {
	const marks = start > floor ? [{ position: start, at: now }] : [];
	const nothing = { rows: {}, events: {}, waiting: {}, known: {} };
	const feed: FeedState = { floor, anchor: null, marks, stamp: '', ...nothing, complete: start };
	for (const row of before) {
		if (row.position > floor && row.position <= start) markHandled(feed, row, false);
	}
	return feed;
}

/** The stored state, if it is whole and belongs to this shop and event. */
export function readState(text: string, scope: string): PollState | PendingState | undefined {
	const stored = JSON.parse(text) as unknown;
	if (!isObject(stored) || stored.v !== 1 || stored.scope !== scope) return undefined;
	if (isNumber(stored.since)) return { v: 1, scope, since: stored.since };
	if (typeof stored.variant !== 'string' || !isObject(stored.feeds)) return undefined;
	return Object.values(stored.feeds).every(isFeedState)
		? (stored as unknown as PollState)
		: undefined;
}

/** Whether a stored state belongs to this scope but cannot be used. */
export function isBroken(text: string, scope: string): boolean {
	if (text === '{}' || readState(text, scope)) return false;
	const stored = JSON.parse(text) as unknown;
	return !isObject(stored) || typeof stored.scope !== 'string' || stored.scope === scope;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
	return Number.isFinite(value);
}

function isFeedState(value: unknown): value is FeedState {
	if (!isObject(value)) return false;
	const { floor, anchor, marks, rows, events, waiting, stamp, known, complete } = value;
	const isPlaced = (entry: unknown) => isObject(entry) && isNumber(entry.position);
	const all = (entries: unknown, test: (entry: unknown) => boolean) =>
		isObject(entries) && Object.values(entries).every(test);
	return (
		isNumber(floor) &&
		(anchor === null || (isPlaced(anchor) && typeof (anchor as FeedRow).key === 'string')) &&
		Array.isArray(marks) &&
		marks.every((mark) => isPlaced(mark) && isNumber((mark as FeedState['marks'][0]).at)) &&
		all(rows, isPlaced) &&
		all(events, isNumber) &&
		all(waiting, (entry) => isPlaced(entry) && isNumber((entry as { since?: unknown }).since)) &&
		typeof stamp === 'string' &&
		all(known, (entry) => typeof entry === 'string') &&
		(complete === undefined || isNumber(complete))
	);
}

/**
 * Rows of a page that need work. A row that turns up before rows of its record that were skipped
 * makes those unread again: what they are depends on what precedes them.
 */
export function unreadRows(feed: FeedState, page: readonly FeedRow[]): FeedRow[] {
	const isUnread = ({ key }: FeedRow) => feed.rows[key] === undefined;
	const rows = page.filter(({ position }) => position > feed.floor);
	const first = new Map<string, number>();
	for (const { recordId, position } of rows.filter(isUnread)) {
		if (!first.has(recordId)) first.set(recordId, position);
	}
	for (const [key, { record, position, skipped }] of Object.entries(first.size ? feed.rows : {})) {
		if (skipped && position > (first.get(record) ?? position)) delete feed.rows[key];
	}
	return rows.filter(isUnread);
}

/** Notes that a row was handled. */
export function markHandled(feed: FeedState, row: FeedRow, skipped: boolean): void {
	feed.rows[row.key] = { position: row.position, record: row.recordId, skipped };
	delete feed.waiting[row.key];
	if (row.stamp > feed.stamp) feed.stamp = row.stamp;
}

/** Remembers records' values, and forgets the oldest records (lowest IDs) beyond the cap. */
export function remember(
	feed: FeedState,
	values: ReadonlyArray<[record: string, value: string | undefined]>,
	most = MAX_KNOWN,
): void {
	for (const [record, value] of values) {
		if (value === undefined) delete feed.known[record];
		else feed.known[record] = value;
	}
	const ids = Object.keys(feed.known);
	if (ids.length <= most) return;
	ids.sort((a, b) => Number(a) - Number(b));
	for (const id of ids.slice(0, ids.length - most)) delete feed.known[id];
}

/** What of a stream decides when its rows are settled. */
type Settling = Pick<Stream<never>, 'overlapMs' | 'anchored' | 'minRowsToWrite' | 'present'>;

/** What one poll read of a feed. */
export interface Walk {
	/** Every visible row up to here was handled or is waiting. */
	upTo: number;
	/** Last position of the feed that was seen. */
	furthest: number;
	/** Up to here nothing becomes visible any more, by the shop's own clock; 0 when it was not asked. */
	settledTo?: number;
	/** Keys of all rows that were seen. */
	listed: ReadonlySet<string>;
	/** When the poll began and when it ended (epoch ms). */
	began: number;
	ended: number;
}

/**
 * Ends a poll: raises the floor to how far the feed reached `overlapMs` ago, as far as this poll
 * looked there again, and forgets what lies below. Answers whether that alone is worth storing.
 */
export function settle(
	feed: FeedState,
	{ upTo, furthest, settledTo = 0, listed, began, ended }: Walk,
	{ overlapMs, anchored, minRowsToWrite = MIN_ROWS_TO_WRITE, present }: Settling,
): boolean {
	// Where rows of a feed that keeps them are gone, it may have been set back; marks mean nothing there.
	const gone = Object.entries(feed.rows)
		.filter(([key, { position }]) => position <= upTo && !listed.has(key))
		.map(([, { position }]) => position);
	const end = Math.min(upTo === Infinity ? furthest + 1 : Infinity, ...gone);
	const isVoid = ({ position }: { position: number }) => anchored && position >= end;
	const isSetBack = feed.marks.some(isVoid);
	// A mark of the future was set by a clock that was wrong.
	const marks = feed.marks
		.filter((mark) => !isVoid(mark))
		.map(({ position, at }) => ({ position, at: Math.min(at, ended) }));
	if (furthest > (marks.at(-1)?.position ?? feed.floor)) {
		marks.push({ position: furthest, at: ended });
	}
	const old = marks.filter(({ at }) => at <= began - overlapMs - CLOCK_SLACK_MS).at(-1);
	const unfinished = Object.values(feed.waiting).map(({ position }) => position - 1);
	const behind = Math.max(old?.position ?? 0, settledTo, crowdedOut(feed));
	const floor = Math.max(feed.floor, Math.min(behind, upTo, ...unfinished));
	let forgotten = 0;
	for (const [key, { position }] of Object.entries(feed.rows)) {
		const isAnchor = position <= floor && position > (feed.anchor?.position ?? 0);
		if (anchored && isAnchor && listed.has(key)) feed.anchor = { position, key };
		if (position > floor && (position > upTo || listed.has(key))) continue;
		delete feed.rows[key];
		forgotten++;
	}
	for (const [key, position] of Object.entries(feed.events)) {
		if (position <= floor) delete feed.events[key];
	}
	feed.floor = floor;
	if (upTo === Infinity) {
		// The last moments of a feed by time were not over when it was read.
		feed.complete = present ? floor : Math.max(furthest, floor);
		remember(feed, []);
	}
	feed.marks = marks.filter(({ position }) => position > floor);
	return isSetBack || forgotten >= minRowsToWrite;
}

/** Up to where handled rows are more than are kept. */
function crowdedOut({ rows }: FeedState): number {
	const positions = Object.values(rows).map(({ position }) => position);
	if (positions.length <= MAX_ROWS) return 0;
	return positions.sort((a, b) => a - b)[positions.length - MAX_ROWS - 1] ?? 0;
}
