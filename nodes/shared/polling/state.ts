import type { FeedRow, Stream } from './stream';

/**
 * What a trigger remembers between polls, as plain JSON in the node's static data. All functions
 * here are pure but for the feed they are given, which is the poll's own copy; `poll.ts` stores it
 * once, when everything else succeeded. `stateVersions.ts` reads what was stored.
 */
export interface PollState {
	v: typeof STATE_VERSION;
	/** Shop and event this state belongs to; another scope starts over. */
	scope: string;
	/** Which feeds the event was opened with. */
	variant: string;
	feeds: Record<string, FeedState>;
}

/** A trigger that could not reach the shop yet: events count from `since` (epoch ms). */
export interface NotStartedState {
	v: typeof STATE_VERSION;
	scope: string;
	since: number;
}

/** Version of the stored form. */
export const STATE_VERSION = 2;

/**
 * Progress in one feed. Rows above the watermark are read at every poll and told apart by their keys,
 * because a row with a lower cursor may become visible after one with a higher.
 */
export interface FeedState {
	/** Up to here nothing new appears any more. It rises, unless the shop's database was set back. */
	watermark: number;
	/** A row near the watermark that is read along: once it differs, the database may have gone back. */
	sentinel: { cursor: number; key: string } | null;
	/** How far the feed reached at a point in time (epoch ms), oldest first: what the watermark follows. */
	watermarkHistory: Array<{ cursor: number; at: number }>;
	/** Handled rows above the watermark. One that was skipped is looked at again when an earlier one turns up. */
	rows: Record<string, { cursor: number; record: string; skipped: boolean }>;
	/** Delivered events, by key: cursor of the row. */
	deliveredIds: Record<string, number>;
	/** Rows that were met and not handled yet. */
	pending: Record<string, PendingRow>;
	/** Largest stamp handled, in the shop's own time. */
	stamp: string;
	/** Last value of each record, for feeds that show only the present (`Stream.track`). */
	trackedValues: Record<string, string>;
	/**
	 * Everything that happened up to here was handled: how far the feed went when it was last read to
	 * its end, or of a feed by time, the watermark then. Absent in states of older versions.
	 */
	highWatermark?: number;
	/** Present while more rows are new than a poll delivers. */
	backlog?: Backlog;
}

/** A row that is not complete, comes after such a row of its record, or had no time. */
export interface PendingRow {
	cursor: number;
	/** When it was first met (epoch ms). */
	since: number;
	/** Its record could not be read. */
	unread?: boolean;
	/** The rest of a row that there was no time for, so that the next poll need not list it again. */
	row?: Pick<FeedRow, 'recordId' | 'stamp' | 'data'>;
}

/** How far a feed was read while rows may still turn up between the many that were read. */
export interface Backlog {
	/** Everything visible up to here was handled. */
	cursor: number;
	/** When all of it was looked at last, from the watermark on (epoch ms). */
	at: number;
}

/** Records whose last value is kept per feed; more would bloat n8n's static data. */
export const MAX_TRACKED = 1_000;

/**
 * The same while a feed by time was not read to its end: until then, a record that changes again may
 * come a second time with changes that were handled.
 */
export const MAX_TRACKED_BEHIND = 10_000;

/**
 * Handled rows kept per feed. Beyond, the watermark passes the oldest: events must not wait for a row
 * that might still turn up below ten thousand others.
 */
const MAX_ROWS = 10_000;

/** Small rows below the watermark that are worth a write of their own: fewer are read along until something happens. */
const MIN_ROWS_TO_WRITE = 100;

/** How far n8n's clock may be put forward without the watermark rising too early. */
export const CLOCK_SLACK_MS = 10 * 60_000;

/** A feed that delivers everything behind `start`; the rows before it, down to `watermark`, are handled. */
export function startFeed(
	watermark: number,
	start: number,
	before: readonly FeedRow[],
	now: number,
): FeedState {
	const feed: FeedState = {
		watermark,
		sentinel: null,
		watermarkHistory: start > watermark ? [{ cursor: start, at: now }] : [],
		rows: {},
		deliveredIds: {},
		pending: {},
		stamp: '',
		trackedValues: {},
		highWatermark: start,
	};
	for (const row of before) {
		if (row.cursor > watermark && row.cursor <= start) markHandled(feed, row, false);
	}
	return feed;
}

/**
 * Rows of a page that need work. A row that turns up before rows of its record that were skipped
 * makes those unread again: what they are depends on what precedes them.
 */
export function unreadRows(feed: FeedState, page: readonly FeedRow[]): FeedRow[] {
	const isUnread = ({ key }: FeedRow) => feed.rows[key] === undefined;
	const rows = page.filter(({ cursor }) => cursor > feed.watermark);
	const first = new Map<string, number>();
	for (const { recordId, cursor } of rows.filter(isUnread)) {
		if (!first.has(recordId)) first.set(recordId, cursor);
	}
	for (const [key, { record, cursor, skipped }] of Object.entries(first.size ? feed.rows : {})) {
		if (skipped && cursor > (first.get(record) ?? cursor)) delete feed.rows[key];
	}
	return rows.filter(isUnread);
}

/** Notes that a row was handled. */
export function markHandled(feed: FeedState, row: FeedRow, skipped: boolean): void {
	feed.rows[row.key] = { cursor: row.cursor, record: row.recordId, skipped };
	delete feed.pending[row.key];
	if (row.stamp > feed.stamp) feed.stamp = row.stamp;
}

/** Remembers records' values, and forgets the oldest records (lowest IDs) beyond the cap. */
export function remember(
	feed: FeedState,
	values: ReadonlyArray<[record: string, value: string | undefined]>,
	most = MAX_TRACKED,
): void {
	for (const [record, value] of values) {
		if (value === undefined) delete feed.trackedValues[record];
		else feed.trackedValues[record] = value;
	}
	const ids = Object.keys(feed.trackedValues);
	if (ids.length <= most) return;
	ids.sort((a, b) => Number(a) - Number(b));
	for (const id of ids.slice(0, ids.length - most)) delete feed.trackedValues[id];
}

/** What of a stream decides how its watermark rises. */
type StreamBounds = Pick<Stream<never>, 'overlapMs' | 'keepsRows' | 'rowsAreRecords' | 'present'>;

/** What one poll read of a feed. */
export interface Walk {
	/** Up to here nothing was looked at: an earlier poll had read it. */
	from: number;
	/** Every visible row up to here was handled or is pending. */
	upTo: number;
	/** Last cursor of the feed that was seen. */
	furthest: number;
	/** Up to here nothing becomes visible any more, by the shop's own clock; 0 when it was not asked. */
	overlapFrom?: number;
	/** Keys of all rows that were seen. */
	listed: ReadonlySet<string>;
	/** When the poll began and when it ended (epoch ms). */
	began: number;
	ended: number;
}

/**
 * Ends a poll: raises the watermark to how far the feed reached `overlapMs` ago, as far as this poll
 * looked there again, and forgets what lies below. Answers whether that alone is worth storing.
 */
export function advanceWatermark(
	feed: FeedState,
	{ from, upTo, furthest, overlapFrom = 0, listed, began, ended }: Walk,
	{ overlapMs, keepsRows, rowsAreRecords = false, present }: StreamBounds,
): boolean {
	// Where rows of a feed that keeps them are gone, it may have been set back; its history means nothing there.
	const gone = Object.entries(feed.rows)
		.filter(([key, { cursor }]) => cursor > from && cursor <= upTo && !listed.has(key))
		.map(([, { cursor }]) => cursor);
	const end = Math.min(upTo === Infinity ? Math.max(furthest, from) + 1 : Infinity, ...gone);
	const isVoid = ({ cursor }: { cursor: number }) => keepsRows && cursor >= end;
	const isSetBack = feed.watermarkHistory.some(isVoid);
	// An entry of the future was set by a clock that was wrong.
	const history = feed.watermarkHistory
		.filter((entry) => !isVoid(entry))
		.map(({ cursor, at }) => ({ cursor, at: Math.min(at, ended) }));
	if (furthest > (history.at(-1)?.cursor ?? feed.watermark)) {
		history.push({ cursor: furthest, at: ended });
	}
	const old = history.filter(({ at }) => at <= began - overlapMs - CLOCK_SLACK_MS).at(-1);
	const unfinished = Object.values(feed.pending).map(({ cursor }) => cursor - 1);
	const isWhole = from <= feed.watermark;
	const isBehind = isWhole ? Math.max(old?.cursor ?? 0, overlapFrom) : 0;
	const behind = Math.max(isBehind, overflowCursor(feed));
	const watermark = Math.max(feed.watermark, Math.min(behind, upTo, ...unfinished));
	let forgotten = 0;
	for (const [key, { cursor }] of Object.entries(feed.rows)) {
		const isSentinel = cursor <= watermark && cursor > (feed.sentinel?.cursor ?? 0);
		if (keepsRows && isSentinel && listed.has(key)) feed.sentinel = { cursor, key };
		const isKept = cursor <= from || cursor > upTo || listed.has(key);
		if (cursor > watermark && isKept) continue;
		delete feed.rows[key];
		forgotten++;
	}
	for (const [key, cursor] of Object.entries(feed.deliveredIds)) {
		if (cursor <= watermark) delete feed.deliveredIds[key];
	}
	feed.watermark = watermark;
	if (upTo === Infinity && isWhole) {
		// The last moments of a feed by time were not over when it was read.
		feed.highWatermark = present ? watermark : Math.max(furthest, watermark);
		remember(feed, []);
	}
	feed.watermarkHistory = history.filter(({ cursor }) => cursor > watermark);
	return isSetBack || forgotten >= (rowsAreRecords ? 1 : MIN_ROWS_TO_WRITE);
}

/** Up to where handled rows are more than are kept. */
function overflowCursor({ rows }: FeedState): number {
	const cursors = Object.values(rows).map(({ cursor }) => cursor);
	if (cursors.length <= MAX_ROWS) return 0;
	return cursors.sort((a, b) => a - b)[cursors.length - MAX_ROWS - 1] ?? 0;
}
