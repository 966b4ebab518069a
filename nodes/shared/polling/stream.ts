import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Shop } from '../reading/shop';

/** One small row of a feed: enough to know what is new, before anything is joined. */
export interface FeedRow {
	/** Identity of this row's content: a changed row gets a new key. */
	key: string;
	/** Place in the feed; rows come in this order. An ID, or a time in milliseconds. */
	cursor: number;
	/** The record the row is about; rows of one record stay in order. */
	recordId: string;
	/** The shop's own time of the row, in a form that sorts, for recognising restored databases. */
	stamp: string;
	/** What the adapter needs to resolve the row. */
	data: Readonly<Record<string, string>>;
	/**
	 * Whether the row was written so long ago, by the shop's clock, that no row can turn up before it any
	 * more. Absent where rows do not tell; then `Stream.overlapStamp` may.
	 */
	isFinal?: boolean;
}

/** An event ready to be delivered. */
export interface StreamEvent {
	/** What makes the event one of a kind: a second event with this key is dropped. */
	key: string;
	recordId: string;
	/** Last part of the event's ID; the same for the same change, whenever it is read. */
	changeId: string;
	/** ISO 8601. */
	occurredAt: string | null;
	json: IDataObject;
}

/**
 * What became of a row: an event; `skip`, no event of this kind; `wait`, not complete yet, look
 * again at the next poll.
 */
export type Resolved = StreamEvent | 'skip' | 'wait';

/** What the user chose on the trigger. */
export interface TriggerChoice {
	simplify: boolean;
	values: Readonly<Record<string, unknown>>;
}

/** What `resolve` may need to know besides the rows. */
export interface ResolveContext {
	choice: TriggerChoice;
	/** Keys of rows that have waited long enough: they must become an event or be skipped. */
	overdue: ReadonlySet<string>;
	/** Values remembered by `track`, by record ID. */
	trackedValues: Readonly<Record<string, string>>;
	/** Everything that happened up to this cursor was handled, whatever a row shows of it. */
	since: number;
	/**
	 * The record could not be read for long enough: tell what the row itself says, without asking for
	 * the record. The engine marks the event as incomplete; `wait` where even that cannot be told.
	 */
	rowOnly?: boolean;
}

/** The end of a feed by time, as the shop's clock has it. */
export interface Present {
	/** Where a row written now would be. */
	cursor: number;
	/** Where the overlap begins: up to here nothing becomes visible any more. */
	overlapFrom: number;
	/** Rows whose values are remembered from the start (`Stream.track`). */
	rows: readonly FeedRow[];
}

/**
 * A feed of changes: facts about one endpoint. The engine (`poll.ts`) owns what is new, what was
 * seen, order, bounds and state.
 */
export interface Stream<R> {
	/** Part of the state's identity. */
	name: string;
	/**
	 * Rows after a cursor (not including it), in order: at least `limit`, unless the feed ends. Rows
	 * of one cursor must come together. What happened up to `since` was handled, so that a feed
	 * whose records hold their history need not tell of it.
	 */
	list(shop: Shop<R>, after: number, limit: number, since?: number): Promise<FeedRow[]>;
	/** The newest rows, newest first. */
	newest(shop: Shop<R>, count: number): Promise<FeedRow[]>;
	/**
	 * Cursor before the first row at or after an instant (epoch ms), `Infinity` when there is none
	 * yet; `undefined` when the shop cannot tell.
	 */
	cursorAt(shop: Shop<R>, instant: number): Promise<number | undefined>;
	/**
	 * For feeds by time that cannot be read backwards: where a new trigger begins. Asked instead of
	 * `newest`, which then serves test events only.
	 */
	present?(shop: Shop<R>): Promise<Present>;
	/**
	 * For test events, where the newest rows gave none: rows further back that may match the choice, newest
	 * first. Costs a few requests at most.
	 */
	likely?(shop: Shop<R>, choice: TriggerChoice): Promise<FeedRow[]>;
	/** Turns rows into events, one outcome per row. */
	resolve(shop: Shop<R>, rows: readonly FeedRow[], about: ResolveContext): Promise<Resolved[]>;
	/**
	 * For feeds that show only a record's present value: the value to remember per record, so that
	 * the next row tells what changed. `undefined` forgets the record.
	 */
	track?(row: FeedRow): string | undefined;
	/**
	 * For changes that move no record in the feed: looks at the remembered records and returns a row
	 * for each that has changed. Asked at every poll.
	 */
	revisit?(shop: Shop<R>, records: readonly string[]): Promise<FeedRow[]>;
	/**
	 * How long a row with a lower cursor may take to become visible, in milliseconds. Until then
	 * the feed is read again from before it.
	 */
	overlapMs: number;
	/**
	 * The stamp up to which nothing becomes visible any more by the shop's clock, so that the watermark can
	 * follow a backlog as it is read; `undefined` when the shop cannot tell. Asked once in a poll that has
	 * a backlog.
	 */
	overlapStamp?(shop: Shop<R>): Promise<string | undefined>;
	/** How long an incomplete row may wait, in milliseconds. */
	gracePeriodMs: number;
	/** Whether rows stay in the feed, so that a vanished last row means the database went back. */
	keepsRows: boolean;
	/** Looked at only this often, in milliseconds; at every poll when 0. */
	everyMs: number;
	/**
	 * Whether a row is its whole record, which came with the list: nothing is gained by keeping it, and
	 * reading it along costs more than a write of the state.
	 */
	rowsAreRecords?: boolean;
	/**
	 * Asks for what events need besides their rows while the list is under way: called when time is short.
	 * What it loads is kept by the shop (`Shop.once`); failures count where the events ask themselves.
	 */
	ahead?(shop: Shop<R>): Promise<unknown>;
}

/**
 * The instant (epoch ms) of a wall clock time of the shop, `YYYY-MM-DD HH:MM:SS`; `undefined` when its
 * clock is not known. `event` is what the trigger watches, and so may read.
 */
export type InstantOf<R> = (
	shop: Shop<R>,
	local: string,
	event: string,
) => Promise<number | undefined>;

/** One entry of a trigger's `event` list. */
export interface TriggerEvent<R> {
	/** Value of the `event` parameter and type of its events. */
	value: string;
	name: string;
	description: string;
	/** Rights without which the event cannot be watched. */
	needs: readonly string[];
	/** Rights that make it better; what happens without them is in the description. */
	uses?: readonly string[];
	fields: readonly INodeProperties[];
	/**
	 * Refuses a choice that can never match, such as a status that is gone. Asked at the start and about
	 * once an hour. Throws `InputError`.
	 */
	check?(shop: Shop<R>, choice: TriggerChoice): Promise<unknown>;
	/**
	 * The feeds to watch. `variant` is what an earlier call returned for this trigger, so that a
	 * trigger stays with the feed it started on; absent at the first poll.
	 */
	open(
		shop: Shop<R>,
		variant: string | undefined,
	): Promise<{ variant: string; streams: Array<Stream<R>> }>;
}
