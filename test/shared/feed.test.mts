/** What feeds can do that the made-up shop of the simulation has no use for. */
import { readFeed } from '../../nodes/shared/polling/feed.ts';
import type { FeedRun } from '../../nodes/shared/polling/feedRows.ts';
import {
	CLOCK_SLACK_MS,
	MAX_TRACKED,
	advanceWatermark,
	startFeed,
} from '../../nodes/shared/polling/state.ts';
import type { FeedState } from '../../nodes/shared/polling/state.ts';
import { readState } from '../../nodes/shared/polling/stateVersions.ts';
import type {
	FeedRow,
	Present,
	ResolveContext,
	Stream,
} from '../../nodes/shared/polling/stream.ts';

const row = (id: number, paid = false): FeedRow => ({
	key: `${id}`,
	cursor: id,
	recordId: `${id}`,
	stamp: '2026-01-01 00:00:00',
	data: { paid: paid ? 'yes' : '' },
});

/** A feed of orders that tells of payments: the ones not paid yet are looked at again. */
class Payments implements Stream<object> {
	name = 'payments';
	overlapMs = 0;
	gracePeriodMs = 0;
	keepsRows = false;
	everyMs = 0;
	orders: FeedRow[] = [];
	asked: string[][] = [];
	sinces: number[] = [];
	/** What lists were told was handled. */
	listedSince: Array<number | undefined> = [];

	list = async (_: unknown, after: number, limit: number, since?: number) => {
		this.listedSince.push(since);
		return this.orders.filter(({ cursor }) => cursor > after).slice(0, limit);
	};

	newest = async (_: unknown, count: number) => [...this.orders].reverse().slice(0, count);

	cursorAt = async () => 0;

	resolve = async (_: unknown, rows: readonly FeedRow[], { since }: ResolveContext) => {
		this.sinces.push(since);
		return rows.map(({ recordId, data }) =>
			data.paid === ''
				? ('skip' as const)
				: { key: `paid ${recordId}`, recordId, changeId: 'paid', occurredAt: null, json: {} },
		);
	};

	track = ({ data }: FeedRow) => (data.paid === '' ? 'unpaid' : undefined);

	revisit = async (_: unknown, records: readonly string[]) => {
		this.asked.push([...records]);
		return this.orders.filter(({ recordId, data }) => records.includes(recordId) && data.paid);
	};
}

function bench(
	stream = new Payments(),
	feed: FeedState = startFeed(0, 0, [], 0),
	everyMs = 3_600_000,
) {
	let now = 0;
	const poll = async (room = 10) => {
		now += everyMs;
		jest.setSystemTime(now);
		const run: FeedRun<object> = {
			shop: { forget: () => {} } as unknown as FeedRun<object>['shop'],
			choice: { simplify: true, values: {} },
			logger: { warn: () => {} },
			now,
			deadline: Number.POSITIVE_INFINITY,
			timeouts: 0,
			isDelivered: () => false,
		};
		const { events, failure } = await readFeed(run, stream, feed, room);
		if (failure) throw failure.error;
		return events.map(({ recordId }) => recordId);
	};
	const pay = (id: number) => {
		stream.orders = stream.orders.map((each) => (each.cursor === id ? row(id, true) : each));
	};
	return { stream, feed, poll, pay };
}

jest.useFakeTimers({ now: 0 });

describe('a change that moves nothing in the feed', () => {
	test('is found by looking at the remembered records, once, however late', async () => {
		const { stream, feed, poll, pay } = bench();
		stream.orders = [row(1), row(2, true), row(3)];
		expect(await poll()).toEqual(['2']);
		expect(Object.keys(feed.trackedValues)).toEqual(['1', '3']);
		for (let hour = 0; hour < 30; hour++) expect(await poll()).toEqual([]);
		expect(feed.watermark).toBe(3);
		pay(1);
		expect(await poll()).toEqual(['1']);
		expect(await poll()).toEqual([]);
		expect(feed.trackedValues).toEqual({ 3: 'unpaid' });
		expect(stream.asked.at(-1)).toEqual(['3']);
	});

	test('is left for the next poll when there is no room', async () => {
		const { stream, poll, pay } = bench();
		stream.orders = [row(1), row(2), row(3)];
		expect(await poll()).toEqual([]);
		for (const id of [1, 2, 3]) pay(id);
		expect(await poll(2)).toEqual(['1', '2']);
		expect(await poll(2)).toEqual(['3']);
		expect(await poll(2)).toEqual([]);
	});
});

test('how far everything was handled stays behind while a backlog is read', async () => {
	const { stream, feed, poll } = bench();
	const many = (count: number) => Array.from({ length: count }, (_, at) => row(at + 1, true));
	stream.orders = many(1);
	expect(await poll()).toEqual(['1']);
	expect(feed.highWatermark).toBe(1);
	stream.orders = many(30);
	for (let page = 0; page < 2; page++) expect(await poll(10)).toHaveLength(10);
	expect(feed.highWatermark).toBe(1);
	expect(stream.sinces.at(-1)).toBe(1);
	for (let page = 0; page < 2; page++) await poll(10);
	expect(feed.highWatermark).toBe(30);
	await poll();
	stream.orders = many(31);
	expect(await poll()).toEqual(['31']);
	expect(stream.sinces.at(-1)).toBe(30);
});

/** The same as a feed by time, of which the last moments are never over. */
class Timed extends Payments {
	present = async (): Promise<Present> => ({ cursor: 0, overlapFrom: 0, rows: [] });

	override revisit = async (): Promise<FeedRow[]> => [];
}

const paidRows = (count: number) => Array.from({ length: count }, (_, at) => row(at + 1, true));

describe('how far everything was handled', () => {
	test('is the watermark of a feed by time that was read to its end, the end of another', async () => {
		for (const [timed, highWatermark] of [
			[new Timed(), 0],
			[new Payments(), 3],
		] as const) {
			const { stream, feed, poll } = bench(timed);
			stream.orders = paidRows(3);
			expect(await poll()).toHaveLength(3);
			expect(feed).toMatchObject({ watermark: 0, highWatermark });
			// An hour later nothing becomes visible there any more.
			await poll();
			expect(feed).toMatchObject({ watermark: 3, highWatermark: 3 });
		}
	});

	test('stays behind while a backlog of a feed by time is read, although the watermark rises', async () => {
		const { stream, feed, poll } = bench(new Timed());
		stream.orders = paidRows(30);
		for (let page = 0; page < 2; page++) expect(await poll(10)).toHaveLength(10);
		expect(feed).toMatchObject({ watermark: 20, highWatermark: 0 });
		await poll(10);
		expect(stream.sinces.at(-1)).toBe(0);
		expect(stream.listedSince.at(-1)).toBe(0);
		expect(feed.highWatermark).toBe(feed.watermark);
	});

	test('is the start of a new feed while the first backlog behind it is read', async () => {
		const stream = new Payments();
		stream.orders = paidRows(30);
		const { feed, poll } = bench(stream, startFeed(0, 5, stream.orders.slice(0, 5), 0));
		for (let page = 0; page < 3; page++) await poll(5);
		expect(feed).toMatchObject({ watermark: 20, highWatermark: 5 });
		expect(stream.sinces).toEqual([0, 5, 5]);
	});

	test('is told to lists as to rows, and never lies above the watermark', async () => {
		const { stream, feed, poll } = bench();
		stream.orders = paidRows(3);
		await poll();
		expect(feed).toMatchObject({ watermark: 0, highWatermark: 3 });
		stream.orders = paidRows(4);
		await poll();
		expect(stream.listedSince).toEqual([0, 0]);
		expect(stream.sinces).toEqual([0, 0]);
		stream.orders = paidRows(5);
		await poll();
		expect(stream.listedSince.at(-1)).toBe(3);
		expect(stream.sinces.at(-1)).toBe(3);
	});

	test('is the watermark in states of older versions', async () => {
		const { stream, feed, poll } = bench();
		delete feed.highWatermark;
		expect(stored(feed)).toBeDefined();
		feed.watermark = 2;
		stream.orders = paidRows(3);
		expect(await poll()).toEqual(['3']);
		expect(stream.sinces).toEqual([2]);
	});

	test('makes a state unusable when it is no number', () => {
		const feed = startFeed(0, 3, [], 0);
		expect(stored(feed)).toBeDefined();
		expect(stored({ ...feed, highWatermark: 'x' })).toBeUndefined();
	});

	function stored(feed: object) {
		const state = { v: 2, scope: 'shop event', variant: '', feeds: { rows: feed } };
		return readState(JSON.stringify(state), 'shop event');
	}
});

describe('a backlog', () => {
	const at = (minute: number) => new Date(minute * 60_000).toISOString().slice(0, 19);

	/** A poll a second: nothing settles by n8n's own clock. */
	async function drain(stream: Payments, feed: FeedState, room: number): Promise<number[]> {
		const pages: number[] = [];
		for (let poll = 0; poll < 100; poll++) {
			jest.setSystemTime(Date.now() + 1_000);
			const run: FeedRun<object> = {
				shop: { forget: () => {} } as unknown as FeedRun<object>['shop'],
				choice: { simplify: true, values: {} },
				logger: { warn: () => {} },
				now: Date.now(),
				deadline: Number.POSITIVE_INFINITY,
				timeouts: 0,
				isDelivered: () => false,
			};
			stream.listedSince = [];
			const { events } = await readFeed(run, stream, feed, room);
			pages.push(stream.listedSince.length);
			if (events.length === 0) break;
		}
		return pages;
	}

	/** Many whole records, none of which is final yet; `now` is n8n's clock in minutes. */
	function manyRecords() {
		const stream = new Payments();
		Object.assign(stream, { rowsAreRecords: true, overlapMs: 120_000, track: undefined });
		Object.assign(stream, { revisit: undefined });
		const feed = startFeed(0, 0, [], 0);
		let isFinal = false;
		stream.list = async (_: unknown, after: number, limit: number) => {
			stream.listedSince.push(after);
			const behind = stream.orders.filter(({ cursor }) => cursor > after);
			return behind.slice(0, limit).map((each) => ({ ...each, isFinal }));
		};
		const { poll } = bench(stream, feed, 60_000);
		return { stream, feed, poll, settle: () => (isFinal = true) };
	}

	test('is not read again from its beginning at every poll, and looked through once for what was late', async () => {
		const { stream, feed, poll, settle } = manyRecords();
		stream.orders = paidRows(900).filter(({ cursor }) => cursor !== 77);
		expect(await poll(400)).toHaveLength(400);
		stream.listedSince = [];
		expect(await poll(400)).toHaveLength(400);
		expect(stream.listedSince[0]).toBe(401);
		// A row that was late: it comes when all others are old enough.
		stream.orders = paidRows(900);
		expect(await poll(400)).toEqual(
			[...paidRows(900).slice(801), row(77)]
				.map(({ recordId }) => recordId)
				.sort((a, b) => Number(a) - Number(b)),
		);
		settle();
		for (let minute = 0; minute < 3; minute++) expect(await poll(400)).toEqual([]);
		expect(feed.watermark).toBe(900);
		expect(feed.backlog).toBeUndefined();
		expect(feed.rows).toEqual({});
	});

	test('is not taken for a database that went back where the poll goes on behind the sentinel', async () => {
		const { stream, feed, poll } = manyRecords();
		Object.assign(stream, { keepsRows: true, newest: async () => [] });
		stream.orders = paidRows(900);
		feed.sentinel = { cursor: 1, key: '1' };
		expect(await poll(400)).toHaveLength(400);
		expect(await poll(400)).toHaveLength(400);
		expect(feed.sentinel).toEqual({ cursor: 1, key: '1' });
		expect(feed.watermark).toBe(0);
	});

	test('is read from its beginning as long as a row of it is waited for', async () => {
		const { stream, feed, poll } = manyRecords();
		const resolve: Stream<object>['resolve'] = stream.resolve;
		let isReady = false;
		stream.gracePeriodMs = 600_000;
		const waiting: Stream<object>['resolve'] = async (shop, rows, about) =>
			(await resolve(shop, rows, about)).map((outcome, at) =>
				rows[at]?.recordId === '5' && !isReady ? 'wait' : outcome,
			);
		Object.assign(stream, { resolve: waiting });
		stream.orders = paidRows(900);
		expect(await poll(400)).not.toContain('5');
		isReady = true;
		expect(await poll(400)).toContain('5');
		expect(feed.pending).toEqual({});
	});

	test('is settled as it is read where the shop says that it lies long ago, so that it costs one pass', async () => {
		const stream = new Payments();
		stream.overlapMs = 3_600_000;
		stream.orders = paidRows(2_000).map((each, index) => ({ ...each, stamp: at(index) }));
		const settled: Stream<object>['overlapStamp'] = async () => at(1_899);
		Object.assign(stream, { overlapStamp: settled });
		const feed = startFeed(0, 0, [], 0);
		const pages = await drain(stream, feed, 100);
		expect(pages.reduce((sum, count) => sum + count, 0)).toBeLessThan(30);
		// Behind that, a late row may turn up: it is read along.
		expect(feed.watermark).toBe(1_900);
		expect(Object.keys(feed.rows)).toHaveLength(100);
	});

	test('goes on however many rows it has', async () => {
		const stream = new Payments();
		stream.overlapMs = 3_600_000;
		stream.orders = paidRows(13_000);
		const feed = startFeed(0, 0, [], 0);
		expect(await drain(stream, feed, 2_000)).toHaveLength(8);
		expect(Object.keys(feed.rows)).toHaveLength(10_000);
		expect(feed.watermark).toBe(3_000);
	});
});

describe('the end of a feed', () => {
	/** Unpaid orders are no events: there is room for any number, and 200 are listed at a time. */
	const unpaidRows = (count: number) => Array.from({ length: count }, (_, at) => row(at + 1));

	function listing(stream: Payments) {
		const afters: number[] = [];
		const { list } = stream;
		stream.list = async (shop, after, limit, since) => {
			afters.push(after);
			return await list(shop, after, limit, since);
		};
		return afters;
	}

	test.each([
		['an empty page', 0, [0]],
		['a page that is not full', 199, [0]],
		['an empty page behind one that is exactly full', 200, [0, 200]],
		['a single row behind a full page', 201, [0, 200]],
		['an empty page behind two full ones', 400, [0, 200, 400]],
	])('is %s', async (_, count, listed) => {
		const { stream, feed, poll } = bench();
		const afters = listing(stream);
		stream.orders = unpaidRows(count);
		expect(await poll()).toEqual([]);
		expect(afters).toEqual(listed);
		expect(feed.highWatermark).toBe(count);
		expect(Object.keys(feed.rows)).toHaveLength(count);
	});

	test('is not where the shop gives more than it was asked for', async () => {
		const { stream, feed, poll } = bench();
		stream.orders = unpaidRows(450);
		const { list } = stream;
		stream.list = async (shop, after, limit) => await list(shop, after, limit + 100);
		expect(await poll()).toEqual([]);
		expect(feed.highWatermark).toBe(450);
	});

	test('is not the last event there was room for, unless nothing follows', async () => {
		for (const [count, highWatermark] of [
			[200, 200],
			[201, 0],
		] as const) {
			const { stream, feed, poll } = bench();
			stream.revisit = async () => [];
			stream.orders = paidRows(count);
			expect(await poll(50)).toHaveLength(50);
			expect(await poll(50)).toHaveLength(50);
			expect(await poll(50)).toHaveLength(50);
			expect(await poll(50)).toHaveLength(50);
			expect(feed.highWatermark).toBe(highWatermark);
			expect(await poll(50)).toHaveLength(count - 200);
			expect(feed.highWatermark).toBe(count);
		}
	});

	test('is never reached in a feed that does not move on', async () => {
		const { stream, poll } = bench();
		stream.orders = unpaidRows(200);
		let lists = 0;
		stream.list = async () => {
			if (++lists > 5) throw new Error('Asked without end.');
			return stream.orders;
		};
		await expect(poll()).rejects.toThrow('The feed does not move on.');
	});
});

test('a row that there was no time for is kept with what it says until it was looked at, and no longer', async () => {
	const stream = new Payments();
	stream.gracePeriodMs = 600_000;
	const asked: string[][] = [];
	const resolve: Stream<object>['resolve'] = async (_, rows) => {
		asked.push(rows.map(({ recordId }) => recordId));
		return rows.map(() => 'wait' as const);
	};
	Object.assign(stream, { resolve, track: undefined, revisit: undefined });
	stream.orders = [row(1)];
	const feed = startFeed(0, 0, [], 0);
	const { recordId, stamp, data } = row(1);
	feed.pending['1'] = { cursor: 1, since: 0, row: { recordId, stamp, data } };
	jest.setSystemTime(1_000);
	const run: FeedRun<object> = {
		shop: { forget: () => {} } as FeedRun<object>['shop'],
		choice: { simplify: true, values: {} },
		logger: { warn: () => {} },
		now: 1_000,
		deadline: Number.POSITIVE_INFINITY,
		timeouts: 1,
		isDelivered: () => false,
	};
	expect(await readFeed(run, stream, feed, 10)).toMatchObject({ changed: true, ranOut: false });
	expect(feed.pending).toEqual({ 1: { cursor: 1, since: 0 } });
	asked.length = 0;
	await readFeed(run, stream, feed, 10);
	expect(asked).toEqual([['1']]);
});

test('of two rows of a record, the second is resolved when what the first said is remembered', async () => {
	const { stream, poll } = bench();
	const values: Array<Array<string | undefined>> = [];
	stream.resolve = async (_, rows, { trackedValues }) => {
		values.push(rows.map(({ recordId }) => trackedValues[recordId]));
		return rows.map(() => 'skip' as const);
	};
	const again = { ...row(3), recordId: '1' };
	stream.orders = [row(1), row(2), again, row(4)];
	await poll();
	expect(values).toEqual([
		[undefined, undefined],
		['unpaid', undefined],
	]);
});

test('values of a feed by time are kept in a backlog and forgotten at its end', async () => {
	const { stream, feed, poll } = bench(new Timed());
	const unpaid = Array.from({ length: MAX_TRACKED + 100 }, (_, at) => row(at + 1));
	stream.orders = [...unpaid, ...Array.from({ length: 20 }, (_, at) => row(at + 5_000, true))];
	expect(await poll(10)).toHaveLength(10);
	expect(Object.keys(feed.trackedValues)).toHaveLength(MAX_TRACKED + 100);
	expect(await poll(100)).toHaveLength(10);
	expect(Object.keys(feed.trackedValues)).toHaveLength(MAX_TRACKED);
	expect(feed.trackedValues['100']).toBeUndefined();
	expect(feed.trackedValues['101']).toBe('unpaid');
});

test.each([
	[undefined, 100],
	[true, 1],
])(
	'with rowsAreRecords %s, %d rows below the watermark are worth storing',
	(rowsAreRecords, enough) => {
		for (const [count, isWorth] of [
			[enough - 1, false],
			[enough, true],
		] as const) {
			const seen = paidRows(count);
			const feed = startFeed(0, count, seen, 0);
			const later = CLOCK_SLACK_MS + 1;
			const listed = new Set(seen.map(({ key }) => key));
			const walk = { from: 0, upTo: Infinity, furthest: count, listed, began: later, ended: later };
			const settling = {
				overlapMs: 0,
				keepsRows: false,
				...(rowsAreRecords !== undefined && { rowsAreRecords }),
			};
			expect(advanceWatermark(feed, walk, settling)).toBe(isWorth);
			expect(feed.rows).toEqual({});
		}
	},
);
