import { MANY_ROWS, Overlap, noteBacklog, rowsToList, startOfWalk } from './backlog';
import { findWatermark } from './feedStart';
import { FeedRows } from './feedRows';
import type { FeedRun } from './feedRows';
import { mayBeOneRecord } from './isolation';
import { advanceWatermark, unreadRows } from './state';
import type { FeedState } from './state';
import { settled } from '../protocol/settled';
import type { FeedRow, Stream, StreamEvent } from './stream';

/** Records turned into events at a time, by how many polls in a row had no time left for them. */
const CHUNK_RECORDS = [250, 10, 1];

/** Rows of a record that are handled along with it: of those that tell of its past, most are no events. */
const ROWS_PER_RECORD = 4;

/** Rows that a poll keeps for the next one when there was no time for them. */
const MAX_LEFT = 50;

/** What reading a feed gave. Events that precede a failure count. */
export interface Reading {
	events: StreamEvent[];
	/** Whether the feed's state is worth storing. */
	changed: boolean;
	/** Rows are left that there was no time for. */
	ranOut: boolean;
	/** Whether any row was handled. */
	moved: boolean;
	failure?: { error: unknown };
}

/**
 * Reads what is new in one feed until it ends or a bound (`room` for events, time) is reached, and
 * notes in `feed` what was handled.
 */
export async function readFeed<R>(
	run: FeedRun<R>,
	stream: Stream<R>,
	feed: FeedState,
	room: number,
): Promise<Reading> {
	const reader = new FeedReader(run, stream, feed, room);
	const result = await settled(async () => await reader.read());
	const isAtRow = !result.ok && reader.rows.atRow && mayBeOneRecord(result.error);
	const ranOut = isAtRow || reader.isLate;
	reader.finish(ranOut);
	const { changed, rows } = reader;
	const { events, moved } = rows;
	return {
		events,
		changed,
		ranOut,
		moved,
		...(!result.ok && { failure: { error: result.error } }),
	};
}

class FeedReader<R> {
	readonly rows: FeedRows<R>;

	changed = false;

	/** Every visible row up to here was handled or is pending. */
	private upTo: number;

	private furthest = 0;

	/** Where the walk begins. */
	private from = 0;

	private readonly overlap = new Overlap();

	private readonly listed = new Set<string>();

	/** Rows that are yet to be handled, from the ones under way on. */
	private todo: readonly FeedRow[] = [];

	constructor(
		private readonly run: FeedRun<R>,
		private readonly stream: Stream<R>,
		private readonly feed: FeedState,
		private readonly room: number,
	) {
		this.upTo = feed.watermark;
		this.rows = new FeedRows(run, stream, feed, room);
	}

	/** Reads what is new, and last what could not be read before. */
	async read(): Promise<void> {
		const { run, stream, rows } = this;
		if (run.timeouts > 0) {
			if (!(await this.handleAll(rows.left))) return;
			void settled(async () => await stream.ahead?.(run.shop));
		}
		await this.revisit();
		await this.walk();
		await rows.retryUnread();
	}

	/** Walks the pages behind the watermark, oldest first. */
	private async walk(): Promise<void> {
		const { feed, stream, run } = this;
		let after = startOfWalk(feed, stream, run.now);
		this.from = after;
		this.upTo = Math.max(after, feed.watermark);
		const isWhole = after <= feed.watermark;
		for (let isFirst = true; ; isFirst = false) {
			const count = rowsToList(stream, this.room - this.rows.events.length);
			const page = await stream.list(run.shop, after, count, this.rows.since);
			// What look-ups found for earlier pages is older than this page.
			run.shop.forget();
			if (isFirst && isWhole && !this.hasSentinel(page)) {
				await findWatermark(run, stream, feed);
				this.changed = true;
				this.upTo = feed.watermark;
				after = feed.watermark;
				this.from = after;
				continue;
			}
			if (isFirst && page.length >= Math.min(count, MANY_ROWS)) {
				this.overlap.isBehind = true;
				this.overlap.stamp = await stream.overlapStamp?.(run.shop);
			}
			this.overlap.note(page);
			if (!(await this.readPage(page))) return;
			const end = page.at(-1)?.cursor;
			if (end === undefined || page.length < count) {
				this.upTo = Infinity;
				return;
			}
			if (end <= after) throw new Error('The feed does not move on.');
			this.upTo = end;
			if (Date.now() >= run.deadline) return;
			after = end;
		}
	}

	/** Looks again at remembered records for changes that move them nowhere in the feed. */
	private async revisit(): Promise<void> {
		const { feed, run, stream } = this;
		const records = Object.keys(feed.trackedValues);
		if (!stream.revisit || records.length === 0) return;
		await this.rows.handleAgain((await stream.revisit(run.shop, records)).slice(0, this.room));
	}

	/** Whether the row that stands for the database's state is there; takes one if there is none. */
	private hasSentinel(page: readonly FeedRow[]): boolean {
		const { feed, stream } = this;
		const { sentinel } = feed;
		if (sentinel) return page.some(({ key }) => key === sentinel.key);
		const [first] = page;
		if (stream.keepsRows && feed.watermark > 0 && first) {
			feed.sentinel = { cursor: first.cursor, key: first.key };
		}
		return true;
	}

	/** Whether rows are left because the time is over. */
	get isLate(): boolean {
		return this.todo.length > 0 && Date.now() >= this.run.deadline;
	}

	/**
	 * Brings the feed's memory up to date, whether the walk got through or not.
	 *
	 * @param ranOut the rows that are left are kept for the next poll
	 */
	finish(ranOut: boolean): void {
		const { run, feed, stream, listed, from, upTo, furthest, overlap, rows } = this;
		if (ranOut && !stream.rowsAreRecords) rows.leave(this.todo.slice(0, MAX_LEFT));
		this.changed ||= rows.changed;
		for (const [key, { cursor }] of Object.entries(feed.pending)) {
			if (cursor <= from || cursor > upTo || listed.has(key)) continue;
			// Deleted, or no longer what this feed is about.
			delete feed.pending[key];
			this.changed = true;
		}
		const time = { began: run.now, ended: Date.now() };
		const walk = { from, upTo, furthest, overlapFrom: overlap.from, listed, ...time };
		const isWhole = from <= feed.watermark;
		if (advanceWatermark(feed, walk, stream)) this.changed = true;
		if (listed.size > 0 || upTo === Infinity) noteBacklog(feed, stream, { ...walk, isWhole });
	}

	/** Handles a page's unread rows. Answers whether it got through. */
	private async readPage(page: readonly FeedRow[]): Promise<boolean> {
		for (const { key, cursor } of page) {
			this.listed.add(key);
			this.furthest = Math.max(this.furthest, cursor);
		}
		const rows = unreadRows(this.feed, page);
		const isThrough = await this.handleAll(rows, (next) => {
			this.upTo = Math.max(this.upTo, next.cursor - 1);
		});
		return isThrough;
	}

	/** Handles rows in turn, telling which is next. Answers whether there was room and time for all. */
	private async handleAll(
		rows: readonly FeedRow[],
		goesOnWith: (next: FeedRow) => void = () => {},
	): Promise<boolean> {
		const { run } = this;
		const most = CHUNK_RECORDS[Math.min(run.timeouts, CHUNK_RECORDS.length - 1)] ?? 1;
		for (this.todo = rows; this.todo.length > 0; ) {
			const [next] = this.todo;
			if (next) goesOnWith(next);
			const left = this.room - this.rows.events.length;
			const isLate = this.todo.length < rows.length && Date.now() >= run.deadline;
			if (left <= 0 || isLate) return false;
			const chunk = this.todo.slice(0, this.chunkSize(this.todo, Math.min(left, most)));
			const handled = await this.rows.handle(chunk);
			this.todo = this.todo.slice(handled);
			if (handled < chunk.length) {
				if (this.todo[0]) goesOnWith(this.todo[0]);
				return false;
			}
		}
		return true;
	}

	/**
	 * How many rows of at most so many records are handled together. A record's value is remembered row by
	 * row, so that a second row of it starts another chunk.
	 */
	private chunkSize(rows: readonly FeedRow[], most: number): number {
		const records = new Set<string>();
		const rowsPerRecord = this.stream.track ? 1 : ROWS_PER_RECORD;
		let size = 0;
		for (const { recordId } of rows.slice(0, most * rowsPerRecord)) {
			if (this.stream.track && records.has(recordId)) break;
			if (records.size >= most && !records.has(recordId)) break;
			records.add(recordId);
			size++;
		}
		return size;
	}
}
