import type { Logger } from 'n8n-workflow';

import { rememberRows } from './feedStart';
import { UNREAD_GRACE_MS, eventOfRow, why } from './incomplete';
import { Isolation, isUnread } from './isolation';
import type { Outcome } from './isolation';
import { markHandled } from './state';
import type { FeedState } from './state';
import type { Shop } from '../reading/shop';
import type { FeedRow, ResolveContext, Stream, StreamEvent, TriggerChoice } from './stream';

/** What all feeds of one poll share. */
export interface FeedRun<R> {
	shop: Shop<R>;
	choice: TriggerChoice;
	logger: Pick<Logger, 'warn'>;
	/** When the poll began, and when it has to end (epoch ms). */
	now: number;
	deadline: number;
	/**
	 * How many polls in a row had no time left for their rows. The next one begins with what they have
	 * listed, and with fewer rows at a time, in the end one by one, so that those show that are slow.
	 */
	timeouts: number;
	/** Whether an event of this key was delivered before, by any feed. */
	isDelivered(key: string): boolean;
}

/** Turns rows of a feed into events, and notes in its state what became of each. */
export class FeedRows<R> {
	readonly events: StreamEvent[] = [];

	/** Whether the feed's state is worth storing. */
	changed = false;

	/** Whether any row was handled. */
	moved = false;

	/** Whether rows are being resolved: what fails then may be one of them. */
	atRow = false;

	/** Records with a row that is not complete: their later rows must not overtake it. */
	private readonly held = new Set<string>();

	/** Rows whose record could not be read at an earlier poll. */
	private readonly unread: FeedRow[] = [];

	private readonly isolation: Isolation;

	constructor(
		private readonly run: FeedRun<R>,
		private readonly stream: Stream<R>,
		private readonly feed: FeedState,
		private readonly room: number,
	) {
		this.isolation = new Isolation(
			async (rows) => await stream.resolve(run.shop, rows, this.about(rows)),
			() => run.shop.forget(),
			run,
		);
	}

	/** Everything that happened up to this cursor was handled. */
	get since(): number {
		const { watermark, highWatermark = watermark } = this.feed;
		return Math.min(watermark, highWatermark);
	}

	/**
	 * Handles rows that are new to the feed, in order, and answers how many it got through. Those whose
	 * record could not be read before are put aside.
	 */
	async handle(rows: readonly FeedRow[]): Promise<number> {
		const aside = rows.filter(({ key }) => this.feed.pending[key]?.unread);
		const outcomes = await this.resolve(rows.filter((row) => !aside.includes(row)));
		for (const [index, row] of rows.entries()) {
			const outcome = outcomes.get(row.key);
			const isEvent = typeof outcome === 'object' && !isUnread(outcome);
			if (isEvent && this.events.length >= this.room) return index;
			if (outcome) {
				this.note(row, outcome);
			} else if (aside.includes(row)) {
				this.unread.push(row);
				this.held.add(row.recordId);
			} else {
				return index;
			}
		}
		return rows.length;
	}

	/** Rows that an earlier poll listed and had no time for, oldest first. */
	get left(): FeedRow[] {
		return Object.entries(this.feed.pending)
			.flatMap(([key, { cursor, row }]) => (row ? [{ key, cursor, ...row }] : []))
			.sort((a, b) => a.cursor - b.cursor);
	}

	/**
	 * Keeps rows that there was no time for. The next poll begins with them, so those of a record with an
	 * earlier row that waits are not among them: they would overtake it.
	 */
	leave(rows: readonly FeedRow[]): void {
		const { pending } = this.feed;
		for (const { key, cursor, recordId, stamp, data } of rows) {
			if (this.held.has(recordId)) continue;
			const entry = (pending[key] ??= { cursor, since: this.run.now });
			if (entry.row || entry.unread) continue;
			entry.row = { recordId, stamp, data };
			this.changed = true;
		}
	}

	/** Handles rows of records that were handled before; what cannot be read is found again at the next poll. */
	async handleAgain(rows: readonly FeedRow[]): Promise<void> {
		const outcomes = await this.resolve(rows);
		for (const row of rows) {
			const outcome = outcomes.get(row.key);
			if (!outcome || isUnread(outcome)) continue;
			if (typeof outcome !== 'string') this.deliver(outcome, row);
			rememberRows(this.stream, this.feed, [row]);
			this.changed = true;
		}
	}

	/**
	 * Tries again what could not be read at earlier polls, one by one and after everything else, so that
	 * it takes nobody's time. A record that has waited long enough is told of by what its row says.
	 */
	async retryUnread(): Promise<void> {
		const { run, stream } = this;
		const stuck = new Set<string>();
		for (const row of this.unread) {
			const isGivenUp = this.age(row) >= Math.max(UNREAD_GRACE_MS, stream.gracePeriodMs);
			if (this.events.length >= this.room) return;
			if (stuck.has(row.recordId) || (!isGivenUp && Date.now() >= run.deadline)) continue;
			let outcome = (await this.resolve([row])).get(row.key) ?? 'wait';
			if (isUnread(outcome) && isGivenUp) {
				const { unread } = outcome;
				run.logger.warn(`Record ${row.recordId} is told of by what its row says: ${why(unread)}`);
				outcome = await eventOfRow(stream, run.shop, row, this.about([row]), unread);
			}
			if (isUnread(outcome) || (outcome === 'wait' && !this.isOverdue(row))) {
				stuck.add(row.recordId);
			} else {
				this.finish(row, outcome);
			}
		}
	}

	private note(row: FeedRow, outcome: Outcome): void {
		const { feed, run, held } = this;
		const isOver = !isUnread(outcome) && (outcome !== 'wait' || this.isOverdue(row));
		if (isOver && !held.has(row.recordId)) return this.finish(row, outcome);
		const known = feed.pending[row.key];
		if (known === undefined || known.row) this.changed = true;
		const entry = (feed.pending[row.key] ??= { cursor: row.cursor, since: run.now });
		delete entry.row;
		// Behind another row of its record it would have to wait anyway.
		if (isUnread(outcome) && !held.has(row.recordId)) {
			entry.unread = true;
			this.changed = true;
			run.logger.warn(
				`Record ${row.recordId} cannot be read and is tried again; others go on: ${why(outcome.unread)}`,
			);
		}
		held.add(row.recordId);
		// Kept rows of the record would go first at the next poll, and overtake this one.
		for (const each of Object.values(feed.pending)) {
			if (each.row?.recordId === row.recordId) delete each.row;
		}
	}

	private finish(row: FeedRow, outcome: StreamEvent | 'skip' | 'wait'): void {
		const { feed, run, stream } = this;
		if (outcome === 'wait') run.logger.warn(`Left out "${row.key}": it never got complete.`);
		if (typeof outcome !== 'string') this.deliver(outcome, row);
		markHandled(feed, row, typeof outcome === 'string');
		this.moved = true;
		rememberRows(stream, feed, [row]);
		this.changed = true;
	}

	/** What became of each row, by key. */
	private async resolve(rows: readonly FeedRow[]): Promise<ReadonlyMap<string, Outcome>> {
		if (rows.length === 0) return new Map();
		this.atRow = true;
		const outcomes = await this.isolation.run(rows);
		this.atRow = false;
		return new Map(outcomes.map((outcome, index) => [rows[index]?.key ?? '', outcome]));
	}

	private about(rows: readonly FeedRow[]): ResolveContext {
		const { feed, run } = this;
		const overdue = new Set(rows.filter((row) => this.isOverdue(row)).map(({ key }) => key));
		return { choice: run.choice, overdue, trackedValues: feed.trackedValues, since: this.since };
	}

	private deliver(event: StreamEvent, { cursor }: FeedRow): void {
		const { deliveredIds } = this.feed;
		if (deliveredIds[event.key] !== undefined) return;
		if (!this.run.isDelivered(event.key)) this.events.push(event);
		deliveredIds[event.key] = cursor;
	}

	/** Whether a row that the stream lets wait has waited long enough. Most feeds never let one wait. */
	private isOverdue(row: FeedRow): boolean {
		const { gracePeriodMs } = this.stream;
		return gracePeriodMs > 0 && this.age(row) >= gracePeriodMs;
	}

	/** How long ago a pending row was met, in milliseconds; 0 for one that is new. */
	private age({ key }: FeedRow): number {
		const { feed, run } = this;
		const entry = feed.pending[key];
		if (!entry) return 0;
		if (entry.since > run.now) {
			// Met when n8n's clock was ahead.
			entry.since = run.now;
			this.changed = true;
		}
		return run.now - entry.since;
	}
}
