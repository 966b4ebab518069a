import { PAGE_ROWS, findWatermark } from './feedStart';
import { FeedRows } from './feedRows';
import type { FeedRun } from './feedRows';
import { mayBeOneRecord } from './isolation';
import { advanceWatermark, unreadRows } from './state';
import type { FeedState } from './state';
import { settled } from '../protocol/settled';
import type { FeedRow, Stream, StreamEvent } from './stream';

/** Rows turned into events at a time, by how many polls in a row had no time left for them. */
const CHUNK_ROWS = [50, 10, 1];

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

	/** What the shop's clock says of a backlog: from which stamp, and so from where, rows may still appear. */
	private overlapStamp: string | undefined;

	private overlapFrom = 0;

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
		let after = Math.min((feed.sentinel?.cursor ?? Infinity) - 1, feed.watermark);
		for (let isFirst = true; ; isFirst = false) {
			const page = await stream.list(run.shop, after, PAGE_ROWS, this.rows.since);
			// What look-ups found for earlier pages is older than this page.
			run.shop.forget();
			if (isFirst && !this.hasSentinel(page)) {
				await findWatermark(run, stream, feed);
				this.changed = true;
				this.upTo = feed.watermark;
				after = feed.watermark;
				continue;
			}
			if (isFirst && page.length >= PAGE_ROWS) {
				this.overlapStamp = await stream.overlapStamp?.(run.shop);
			}
			this.noteOverlap(page);
			if (!(await this.readPage(page))) return;
			const end = page.at(-1)?.cursor;
			if (end === undefined || page.length < PAGE_ROWS) {
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

	/** Notes how far the page lies so long ago that no row can turn up between its rows any more. */
	private noteOverlap(page: readonly FeedRow[]): void {
		const { overlapStamp } = this;
		if (overlapStamp === undefined) return;
		const open = page.find(({ stamp }) => stamp === '' || stamp > overlapStamp);
		const last = page.at(-1)?.cursor ?? this.overlapFrom;
		this.overlapFrom = open ? Math.min(open.cursor - 1, last) : last;
		if (open) this.overlapStamp = undefined;
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
		const { feed, stream, listed, upTo, furthest, overlapFrom, rows } = this;
		if (ranOut && !stream.rowsAreRecords) rows.leave(this.todo.slice(0, CHUNK_ROWS[0]));
		this.changed ||= rows.changed;
		for (const [key, { cursor }] of Object.entries(feed.pending)) {
			if (cursor > upTo || listed.has(key)) continue;
			// Deleted, or no longer what this feed is about.
			delete feed.pending[key];
			this.changed = true;
		}
		const walk = { upTo, furthest, overlapFrom, listed, began: this.run.now, ended: Date.now() };
		if (advanceWatermark(feed, walk, stream)) this.changed = true;
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
		const most = CHUNK_ROWS[Math.min(run.timeouts, CHUNK_ROWS.length - 1)] ?? 1;
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

	/** A record's value is remembered row by row, so that a second row of it starts another chunk. */
	private chunkSize(rows: readonly FeedRow[], most: number): number {
		if (!this.stream.track) return Math.min(rows.length, most);
		const records = new Set<string>();
		for (const { recordId } of rows.slice(0, most)) {
			if (records.has(recordId)) break;
			records.add(recordId);
		}
		return records.size;
	}
}
