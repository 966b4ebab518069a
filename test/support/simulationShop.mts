/**
 * A shop for simulations: a table in memory with feeds over it, its own clock, and everything that
 * goes wrong with shops. There is no HTTP, so that thousands of runs take seconds.
 */
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Shop } from '../../nodes/shared/reading/shop.ts';
import type { FeedRow, Resolved, Stream, TriggerEvent } from '../../nodes/shared/polling/stream.ts';
import type { Vendor } from '../../nodes/shared/protocol/vendor.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The end of daylight saving in the shop's zone: local clocks go from 03:00 back to 02:00. */
export const CLOCK_CHANGE = Date.UTC(2025, 9, 26, 1);

export const SETTLE_MS = 10 * MINUTE;
export const GRACE_MS = 15 * MINUTE;

/** One row of the table, with everything the ledger needs to know about it. */
export interface TableRow {
	/** Never used again, unlike the ID. */
	uid: number;
	id: number;
	record: string;
	status: number;
	allocatedAt: number;
	/** What the shop says about it. */
	stamp: string;
	visibleAt: number;
	/** When the row is whole; `Infinity` for never. */
	completeAt: number;
	/** Became visible after a later row of its record. */
	late: boolean;
	deleted: boolean;
	/** Need not be delivered: it is older than the trigger's start, for example. */
	exempt: boolean;
	/** Must not be delivered. */
	forbidden: boolean;
}

export type EventName = 'each' | 'created' | 'changed' | 'stalled';

export class FakeShop {
	/** The true time. n8n's clock is the one of `Date`. */
	now = 0;

	/** In order of their IDs. */
	rows: TableRow[] = [];

	nextId = 1;

	private nextUid = 1;

	/** Time every request takes. */
	latencyMs = 0;

	downUntil = 0;

	/** Calls until one fails, and how. */
	failAfter = Number.POSITIVE_INFINITY;

	failure: 'transient' | 'permanent' = 'transient';

	/** What passing failures look like: an overloaded shop, or one that asks for patience. */
	failsAs: 'server' | 'busy' = 'server';

	/** A row that cannot be resolved for a while, and rows that never can. */
	poison: number | undefined;

	readonly unreadable = new Set<number>();

	/** Makes calls hang until it is released. */
	gate: Promise<void> | undefined;

	calls = { list: 0, newest: 0, resolve: 0 };

	/** Called when time passes, to move n8n's clock along. */
	onTime: () => void = () => {};

	pass(ms: number): void {
		this.now += ms;
		this.onTime();
	}

	insert(
		row: Pick<TableRow, 'record' | 'status'> & { delayMs: number; completeInMs: number },
	): TableRow {
		const stored: TableRow = {
			uid: this.nextUid++,
			id: this.nextId++,
			record: row.record,
			status: row.status,
			allocatedAt: this.now,
			stamp: stampOf(this.now),
			visibleAt: this.now + row.delayMs,
			completeAt: this.now + row.delayMs + row.completeInMs,
			late: false,
			deleted: false,
			exempt: false,
			forbidden: false,
		};
		this.rows.push(stored);
		return stored;
	}

	isVisible(row: TableRow): boolean {
		return !row.deleted && row.visibleAt <= this.now;
	}

	visible(): TableRow[] {
		return this.rows.filter((row) => this.isVisible(row));
	}

	/** Every request passes here. */
	async call(kind: keyof FakeShop['calls']): Promise<void> {
		this.calls[kind]++;
		await this.gate;
		if (this.latencyMs > 0) this.pass(this.latencyMs);
		if (this.now < this.downUntil) throw outage(this.failsAs);
		if (--this.failAfter <= 0) {
			this.failAfter = Number.POSITIVE_INFINITY;
			throw this.failure === 'transient'
				? outage(this.failsAs)
				: new InputError('The key has no right.');
		}
	}

	/** The row of an ID, unless the ID was given to another since. */
	rowAt(id: string | undefined, uid: string | undefined): TableRow | undefined {
		const [row] = this.after(Number(id) - 1, 1);
		return `${row?.uid}` === uid ? row : undefined;
	}

	/** `count` visible rows after an ID. */
	after(id: number, count: number, test: (row: TableRow) => boolean = () => true): TableRow[] {
		let low = 0;
		let high = this.rows.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.rows[middle]?.id ?? 0) <= id) low = middle + 1;
			else high = middle;
		}
		const found: TableRow[] = [];
		for (let index = low; index < this.rows.length && found.length < count; index++) {
			const row = this.rows[index];
			if (row && this.isVisible(row) && test(row)) found.push(row);
		}
		return found;
	}
}

function outage(kind: 'server' | 'busy'): ShopError {
	const call = { method: 'GET', path: ['rows'] } as const;
	const failure = { kind, sent: true, status: kind === 'busy' ? 429 : 503 } as const;
	const reason = kind === 'busy' ? 'The shop is busy.' : 'The shop is down.';
	return new ShopError(failure, call, { reason, fix: 'Wait.' });
}

/** The shop's wall clock; the hour after the end of daylight saving repeats the one before. */
export function stampOf(instant: number): string {
	const offset = instant < CLOCK_CHANGE ? 2 * HOUR : HOUR;
	return new Date(instant + offset).toISOString().slice(0, 19).replace('T', ' ');
}

/** The shop's wall clock as an instant, outside of the hour that comes twice. */
export const instantOf = async (_: unknown, local: string): Promise<number> => {
	const summer = Date.parse(`${local.replace(' ', 'T')}+02:00`);
	return summer < CLOCK_CHANGE ? summer : summer + HOUR;
};

export function digits(stamp: string): string {
	return stamp.replace(/\D/g, '');
}

export const vendor: Vendor<object> = {
	name: 'Testshop',
	credential: 'testApi',
	limits: { concurrency: 2, timeoutMs: 1_000, maxReplyBytes: 1_000 },
	address: () => ({ url: 'https://shop.test', host: 'shop.test', settings: {} }),
	authenticate: (_, request) => request,
	secrets: () => [],
	locate: () => ({ url: '', headers: {} }),
	classify: () => undefined,
	decode: () => [],
	errorTexts: () => ({ reason: '', fix: '' }),
	probe: { call: { method: 'GET', path: [] }, success: () => '' },
};

const feedRows = new WeakMap<TableRow, FeedRow>();

export function toFeedRow(row: TableRow): FeedRow {
	const known = feedRows.get(row);
	if (known) return known;
	const { stamp } = row;
	const feedRow = {
		key: `${row.id}@${digits(stamp)}`,
		cursor: row.id,
		recordId: row.record,
		stamp,
		data: { id: `${row.id}`, uid: `${row.uid}`, status: `${row.status}` },
	};
	feedRows.set(row, feedRow);
	return feedRow;
}

/** The feeds of a shop. Look-ups are remembered until n8n's side forgets them, as in real ones. */
export function eventsOf(shop: FakeShop): Array<TriggerEvent<object>> {
	const memories = new WeakMap<object, Map<string, TableRow[]>>();
	const historyOf = (reader: Shop<object>, record: string): TableRow[] => {
		const memory = memories.get(reader) ?? new Map<string, TableRow[]>();
		memories.set(reader, memory);
		reader.forget = () => memory.clear();
		const known = memory.get(record) ?? shop.visible().filter((row) => row.record === record);
		memory.set(record, known);
		return known;
	};

	const base = (
		name: string,
		resolve: ResolveRow,
		inFeed?: (row: TableRow) => boolean,
	): Stream<object> => ({
		name,
		list: async (_, after, limit) => {
			await shop.call('list');
			return shop.after(after, limit, inFeed).map(toFeedRow);
		},
		newest: async (_, count) => {
			await shop.call('newest');
			const rows: FeedRow[] = [];
			for (let index = shop.rows.length - 1; index >= 0 && rows.length < count; index--) {
				const row = shop.rows[index];
				if (row && shop.isVisible(row)) rows.push(toFeedRow(row));
			}
			return rows;
		},
		cursorAt: async (_, instant) => {
			const rows = shop.visible();
			const first = rows.find(({ allocatedAt }) => allocatedAt >= instant);
			return first ? first.id - 1 : (rows.at(-1)?.id ?? 0);
		},
		resolve: async (reader, rows, { overdue, choice, rowOnly = false }) => {
			await shop.call('resolve');
			return rows.map((row): Resolved => {
				const uid = Number(row.data.uid);
				if (!rowOnly && (uid === shop.poison || shop.unreadable.has(uid))) {
					throw new Error('A row that cannot be read.');
				}
				const own = shop.rowAt(row.data.id, row.data.uid);
				return own ? resolve(reader, own, rowOnly || overdue.has(row.key), choice.values) : 'skip';
			});
		},
		overlapMs: SETTLE_MS,
		gracePeriodMs: GRACE_MS,
		keepsRows: true,
		everyMs: 0,
	});

	const created = (row: TableRow): Resolved => ({
		key: `record ${row.record}`,
		recordId: row.record,
		changeId: 'new',
		occurredAt: null,
		json: { uid: row.uid, record: row.record },
	});

	/** Every row is an event, once it is whole. */
	const each = base('each', (_, row, isOverdue) => {
		if (row.completeAt > shop.now && !isOverdue) return 'wait';
		const changeId = `${row.id}-${digits(row.stamp)}`;
		const json = { uid: row.uid, record: row.record };
		return { key: `row ${changeId}`, recordId: row.record, changeId, occurredAt: null, json };
	});

	/** The first row of a record is the event. */
	const first = base('created', (reader, row) => {
		return historyOf(reader, row.record)[0]?.uid === row.uid ? created(row) : 'skip';
	});

	/** Every row of a record but the first is an event, if its status is wanted. */
	const changed = base('changed', (reader, row, _, values) => {
		const index = historyOf(reader, row.record).findIndex(({ uid }) => uid === row.uid);
		const wanted = (values.statusIds ?? []) as string[];
		if (index <= 0) return 'skip';
		if (wanted.length > 0 && !wanted.includes(`${row.status}`)) return 'skip';
		const changeId = `${row.id}-${digits(row.stamp)}`;
		const json = { uid: row.uid, record: row.record };
		return { key: `row ${changeId}`, recordId: row.record, changeId, occurredAt: null, json };
	});

	/** Rows in the order in which they got whole: a place in time, which several rows share. */
	const byCompletion = (): TableRow[] =>
		shop
			.visible()
			.filter(({ completeAt }) => completeAt <= shop.now)
			.sort((one, other) => one.completeAt - other.completeAt);
	const toPlaced = (row: TableRow): FeedRow => ({ ...toFeedRow(row), cursor: row.completeAt });
	const whole: Stream<object> = {
		...base('whole', (_, row) => created(row)),
		list: async (_, after, limit) => {
			await shop.call('list');
			const rows = byCompletion().filter(({ completeAt }) => completeAt > after);
			const last = rows[limit - 1]?.completeAt ?? Number.POSITIVE_INFINITY;
			return rows.filter(({ completeAt }) => completeAt <= last).map(toPlaced);
		},
		newest: async (_, count) => {
			await shop.call('newest');
			return byCompletion().reverse().slice(0, count).map(toPlaced);
		},
		cursorAt: async (_, instant) => {
			const rows = byCompletion();
			const first = rows.find(({ completeAt }) => completeAt >= instant);
			return first ? first.completeAt - 1 : (rows.at(-1)?.completeAt ?? 0);
		},
		keepsRows: false,
	};
	/** Rows that are not whole, in a feed of their own; the other feed may have them much later. */
	const stalled: Stream<object> = {
		...base(
			'stalled',
			(_, row, isOverdue) => (isOverdue ? created(row) : 'wait'),
			(row) => row.completeAt > shop.now,
		),
		overlapMs: 7 * DAY,
		keepsRows: false,
		everyMs: 5 * MINUTE,
	};

	const event = (value: EventName, streams: Array<Stream<object>>): TriggerEvent<object> => ({
		value,
		name: value,
		description: value,
		needs: [],
		fields:
			value === 'changed'
				? [{ displayName: 'Status', name: 'statusIds', type: 'multiOptions', default: [] }]
				: [],
		open: async () => ({ variant: value, streams }),
	});
	return [
		event('each', [each]),
		event('created', [first]),
		event('changed', [changed]),
		event('stalled', [whole, stalled]),
	];
}

type ResolveRow = (
	reader: Shop<object>,
	row: TableRow,
	isOverdue: boolean,
	values: Readonly<Record<string, unknown>>,
) => Resolved;
