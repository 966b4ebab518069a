/** How a feed with more rows than one poll delivers is read in about one pass. */
import type { FeedState, Walk } from './state';
import type { FeedRow, Stream } from './stream';

/** So many rows that reading them at every poll costs something; whole records are read so many at a time. */
export const MANY_ROWS = 200;

/** Small rows read at a time. */
const MAX_SMALL_ROWS = 2_000;

/** Fewer rows are not worth a request of their own. */
const MIN_ROWS = 50;

/** Small rows that are read for each event there is room for: not every one of them becomes an event. */
const ROWS_PER_EVENT = 4;

/** How many rows to list at once when there is room for so many events. */
export function rowsToList<R>({ rowsAreRecords = false }: Stream<R>, room: number): number {
	return rowsAreRecords
		? Math.min(Math.max(room, MIN_ROWS), MANY_ROWS)
		: Math.min(Math.max(room, MIN_ROWS) * ROWS_PER_EVENT, MAX_SMALL_ROWS);
}

/**
 * Where a poll begins to list. Where many whole records lie above the watermark, that is where the poll
 * before stopped; what may still turn up before it is looked for when nothing can any more, not at every
 * poll.
 */
export function startOfWalk<R>(
	{ watermark, sentinel, backlog, pending }: FeedState,
	{ overlapMs, rowsAreRecords }: Stream<R>,
	now: number,
): number {
	const start = Math.min((sentinel?.cursor ?? Infinity) - 1, watermark);
	if (!rowsAreRecords || !backlog) return start;
	// Either way round, because clocks are set back too.
	const isYoung = Math.abs(now - backlog.at) < overlapMs;
	const waits = Object.values(pending).some(({ cursor }) => cursor <= backlog.cursor);
	return isYoung && !waits ? Math.max(backlog.cursor, start) : start;
}

/** Notes how far a poll has read, where reading it again would cost much. */
export function noteBacklog<R>(
	feed: FeedState,
	{ rowsAreRecords }: Stream<R>,
	{ from, upTo, furthest, ended, isWhole }: Walk & { isWhole: boolean },
): void {
	if (!rowsAreRecords || Object.keys(feed.rows).length <= MANY_ROWS) {
		delete feed.backlog;
		return;
	}
	const cursor = upTo === Infinity ? Math.max(furthest, from) : upTo;
	const at = isWhole ? ended : (feed.backlog?.at ?? ended);
	feed.backlog = { cursor, at };
}

/** What a poll found out about how far back rows may still turn up. */
export class Overlap {
	/** Where it begins: up to here nothing becomes visible any more, by the shop's own clock. */
	from = 0;

	/** Whether the rows listed so far all lie before it; not asked where few rows are read. */
	isBehind = false;

	/** The same as a stamp, for rows that do not tell themselves (`FeedRow.isFinal`). */
	stamp: string | undefined;

	note(page: readonly FeedRow[]): void {
		if (!this.isBehind) return;
		const open = page.findIndex((row) => !this.isFinal(row));
		// Between the last final row and the next one, another may still turn up.
		const final = open < 0 ? page.at(-1) : page[open - 1];
		const bound = (page[open]?.cursor ?? Number.POSITIVE_INFINITY) - 1;
		this.from = Math.max(this.from, Math.min(final?.cursor ?? 0, bound));
		this.isBehind = open < 0;
	}

	private isFinal({ isFinal, stamp }: FeedRow): boolean {
		return isFinal ?? (stamp !== '' && this.stamp !== undefined && stamp <= this.stamp);
	}
}
