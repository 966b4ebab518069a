import type { Logger } from 'n8n-workflow';

import { PAGE_ROWS, findFloor, rememberRows } from './feedStart';
import { markHandled, settle, unreadRows, withRoom } from './state';
import type { FeedState } from './state';
import { settled } from '../protocol/settled';
import type { Shop } from '../reading/shop';
import type { FeedRow, Resolved, Stream, StreamEvent, TriggerChoice } from './stream';

/** Rows turned into events at a time. */
const CHUNK_ROWS = 50;

/** What all feeds of one poll share. */
export interface FeedRun<R> {
	shop: Shop<R>;
	choice: TriggerChoice;
	logger: Pick<Logger, 'warn'>;
	/** When the poll began, and when it has to end (epoch ms). */
	now: number;
	deadline: number;
	/** After a failure at some rows: one by one, so that one that cannot be read holds up only what follows. */
	careful: boolean;
	/** Whether an event of this key was delivered before, by any feed. */
	isDelivered(key: string): boolean;
}

/** What reading a feed gave. Events that precede a failure count. */
export interface Reading {
	events: StreamEvent[];
	/** Whether the feed's state is worth storing. */
	changed: boolean;
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
	const { events, changed, atRow } = reader;
	return { events, changed, ...(!result.ok && { failure: { error: result.error, atRow } }) };
}

class FeedReader<R> {
	readonly events: StreamEvent[] = [];

	changed = false;

	/** Whether rows are being resolved: what fails then may be one of them. */
	atRow = false;

	/** Every visible row up to here was handled or is waiting. */
	private upTo: number;

	private furthest = 0;

	private readonly listed = new Set<string>();

	/** Records with a row that is not complete: their later rows must not overtake it. */
	private readonly held = new Set<string>();

	constructor(
		private readonly run: FeedRun<R>,
		private readonly stream: Stream<R>,
		private readonly feed: FeedState,
		private readonly room: number,
	) {
		this.upTo = feed.floor;
	}

	/** Walks the pages behind the floor, oldest first. */
	async read(): Promise<void> {
		const { feed, stream, run } = this;
		await this.revisit();
		let after = Math.min((feed.anchor?.position ?? Infinity) - 1, feed.floor);
		for (let isFirst = true; ; isFirst = false) {
			const page = await stream.list(run.shop, after, PAGE_ROWS, this.since);
			// What look-ups found for earlier pages is older than this page.
			run.shop.forget();
			if (isFirst && !this.hasAnchor(page)) {
				await findFloor(run, stream, feed);
				this.changed = true;
				this.upTo = feed.floor;
				after = feed.floor;
				continue;
			}
			if (!(await this.readPage(page))) return;
			const end = page.at(-1)?.position;
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

	/** Everything that happened up to this position was handled. */
	private get since(): number {
		const { floor, complete = floor } = this.feed;
		return Math.min(floor, complete);
	}

	/** Looks again at remembered records for changes that move them nowhere in the feed. */
	private async revisit(): Promise<void> {
		const { feed, run, stream } = this;
		const records = Object.keys(feed.known);
		if (!stream.revisit || records.length === 0) return;
		const rows = (await stream.revisit(run.shop, records)).slice(0, this.room);
		const outcomes = await this.resolve(rows, new Set());
		for (const [index, row] of rows.entries()) {
			const outcome = outcomes[index];
			if (typeof outcome === 'object') this.deliver(outcome, row);
			rememberRows(stream, feed, [row]);
			this.changed = true;
		}
	}

	/** Whether the row that stands for the database's state is there; takes one if there is none. */
	private hasAnchor(page: readonly FeedRow[]): boolean {
		const { feed, stream } = this;
		const { anchor } = feed;
		if (anchor) return page.some(({ key }) => key === anchor.key);
		const [first] = page;
		if (stream.anchored && feed.floor > 0 && first) {
			feed.anchor = { position: first.position, key: first.key };
		}
		return true;
	}

	/** Brings the feed's memory up to date, whether the walk got through or not. */
	finish(): void {
		const { feed, stream, listed, upTo, furthest } = this;
		for (const [key, { position }] of Object.entries(feed.waiting)) {
			if (position > upTo || listed.has(key)) continue;
			// Deleted, or no longer what this feed is about.
			delete feed.waiting[key];
			this.changed = true;
		}
		const walk = { upTo, furthest, listed, began: this.run.now, ended: Date.now() };
		if (settle(feed, walk, stream)) this.changed = true;
	}

	/** Handles a page's unread rows. Answers whether it got through. */
	private async readPage(page: readonly FeedRow[]): Promise<boolean> {
		const { feed, run } = this;
		for (const { key, position } of page) {
			this.listed.add(key);
			this.furthest = Math.max(this.furthest, position);
		}
		const unread = unreadRows(feed, page);
		const rows = withRoom(feed, unread);
		const behind = unread[rows.length];
		for (let start = 0, count; start < rows.length; start += count) {
			this.upTo = Math.max(this.upTo, (rows[start]?.position ?? 0) - 1);
			const left = this.room - this.events.length;
			const isLate = start > 0 && Date.now() >= run.deadline;
			if (left <= 0 || isLate) return false;
			count = this.chunkSize(rows.slice(start), Math.min(left, run.careful ? 1 : CHUNK_ROWS));
			await this.handle(rows.slice(start, start + count));
		}
		if (behind) this.upTo = Math.max(this.upTo, behind.position - 1);
		return behind === undefined;
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

	/** Turns some rows into events and notes each as handled or waiting. */
	private async handle(rows: readonly FeedRow[]): Promise<void> {
		const { feed, run, stream, held } = this;
		const overdue = new Set(rows.filter((row) => this.isOverdue(row)).map(({ key }) => key));
		const outcomes = await this.resolve(rows, overdue);
		for (const [index, row] of rows.entries()) {
			const outcome = outcomes[index] ?? 'wait';
			if (held.has(row.recordId) || (outcome === 'wait' && !overdue.has(row.key))) {
				held.add(row.recordId);
				if (!feed.waiting[row.key]) this.changed = true;
				feed.waiting[row.key] ??= { position: row.position, since: run.now };
				continue;
			}
			if (outcome === 'wait') run.logger.warn(`Left out "${row.key}": it never got complete.`);
			if (typeof outcome !== 'string') this.deliver(outcome, row);
			markHandled(feed, row, typeof outcome === 'string');
			rememberRows(stream, feed, [row]);
			this.changed = true;
		}
	}

	private async resolve(
		rows: readonly FeedRow[],
		overdue: ReadonlySet<string>,
	): Promise<Resolved[]> {
		const { feed, run, stream } = this;
		const about = { choice: run.choice, overdue, known: feed.known, since: this.since };
		this.atRow = true;
		const outcomes = await stream.resolve(run.shop, rows, about);
		this.atRow = false;
		return outcomes;
	}

	private deliver(event: StreamEvent, { position }: FeedRow): void {
		const { events } = this.feed;
		if (events[event.key] !== undefined) return;
		if (!this.run.isDelivered(event.key)) this.events.push(event);
		events[event.key] = position;
	}

	private isOverdue({ key }: FeedRow): boolean {
		const entry = this.feed.waiting[key];
		if (!entry) return false;
		if (entry.since > this.run.now) {
			// Met when n8n's clock was ahead.
			entry.since = this.run.now;
			this.changed = true;
		}
		return this.run.now - entry.since >= this.stream.graceMs;
	}
}
