import { PAGE_ROWS, findWatermark } from './feedStart';
import { FeedRows } from './feedRows';
import type { FeedRun } from './feedRows';
import { mayBeOneRecord } from './isolation';
import { advanceWatermark, unreadRows } from './state';
import type { FeedState } from './state';
import { settled } from '../protocol/settled';
import type { FeedRow, Stream, StreamEvent } from './stream';

/** Rows turned into events at a time. */
const CHUNK_ROWS = 50;

/** What reading a feed gave. Events that precede a failure count. */
export interface Reading {
	events: StreamEvent[];
	/** Whether the feed's state is worth storing. */
	changed: boolean;
	/** `atRow`: some rows took all the time, so that the next poll should find out which. */
	failure?: { error: unknown; atRow: boolean };
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
	reader.finish();
	const { changed, rows } = reader;
	const { events } = rows;
	if (result.ok) return { events, changed };
	const { error } = result;
	return { events, changed, failure: { error, atRow: rows.atRow && mayBeOneRecord(error) } };
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
		await this.revisit();
		await this.walk();
		await this.rows.retryUnread();
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

	/** Brings the feed's memory up to date, whether the walk got through or not. */
	finish(): void {
		const { feed, stream, listed, upTo, furthest, overlapFrom, rows } = this;
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
		const { feed, run } = this;
		for (const { key, cursor } of page) {
			this.listed.add(key);
			this.furthest = Math.max(this.furthest, cursor);
		}
		const rows = unreadRows(feed, page);
		for (let start = 0, count; start < rows.length; start += count) {
			this.upTo = Math.max(this.upTo, (rows[start]?.cursor ?? 0) - 1);
			const left = this.room - this.rows.events.length;
			const isLate = start > 0 && Date.now() >= run.deadline;
			if (left <= 0 || isLate) return false;
			count = this.chunkSize(rows.slice(start), Math.min(left, run.oneByOne ? 1 : CHUNK_ROWS));
			const handled = await this.rows.handle(rows.slice(start, start + count));
			if (handled < count) {
				this.upTo = Math.max(this.upTo, (rows[start + handled]?.cursor ?? 0) - 1);
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
