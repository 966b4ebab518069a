/** How lists by change are read: pages, what is cut off, and what moves on meanwhile. */
import type { InSalesRecord } from '../../nodes/InSales/api/codec.ts';
import type { InSalesShop } from '../../nodes/InSales/api/reads.ts';
import { feedByChange } from '../../nodes/InSales/triggers/feeds.ts';
import type { Source } from '../../nodes/InSales/triggers/feeds.ts';
import { cursorBefore, cursorAtStamp } from '../../nodes/InSales/triggers/cursors.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import { momentOf, stampOf } from '../../sandbox/insales/times.mts';

const START = Date.parse('2027-03-10T09:00:00Z');
const MINUTE = 60_000;

/** As many as a page can hold. */
const PAGE = 250;

const stamp = (second: number) => stampOf(START + second * 1_000);

const order = (id: number, second: number): InSalesRecord => ({ id, updated_at: stamp(second) });

const span = (from: number, count: number, secondOf: (at: number) => number): InSalesRecord[] =>
	Array.from({ length: count }, (_, at) => order(from + at, secondOf(at)));

/** Lists records by the rules of the shop (InSales API reference, 3.3). */
class Orders {
	calls: Call[] = [];
	/** What others do before a page is read, by its number from 1 on. */
	meanwhile = (_page: number): void => {};
	obeysFromId = true;
	headers: Record<string, string> = { date: new Date(START).toUTCString() };

	constructor(public all: InSalesRecord[]) {}

	change(id: number, second: number): void {
		this.all = [...this.all.filter((each) => each.id !== id), order(id, second)];
	}

	private answer(call: Call): InSalesRecord[] {
		this.meanwhile(this.calls.push(call));
		if (this.calls.length > 20) throw new Error('The list is read for ever.');
		const { updated_since: since, from_id: fromId, per_page: size } = call.query ?? {};
		const from = since === undefined ? undefined : momentOf(since);
		const timeOf = (each: InSalesRecord) => Date.parse(String(each.updated_at));
		const isCut = (each: InSalesRecord) =>
			this.obeysFromId && timeOf(each) === from && Number(each.id) <= Number(fromId ?? 0);
		const rows = this.all.filter(
			(each) => from === undefined || (timeOf(each) >= from && !isCut(each)),
		);
		rows.sort((a, b) => timeOf(a) - timeOf(b) || Number(a.id) - Number(b.id));
		return (from === undefined ? rows.reverse() : rows).slice(0, Number(size));
	}

	get shop(): InSalesShop {
		return shopOver<InSalesRecord>({
			address: { url: 'https://shop.example.com', host: 'shop.example.com', settings: {} },
			errorIn: async () => undefined,
			foresee: () => undefined,
			records: async (call: Call) => this.answer(call),
			send: async (call: Call) => ({
				status: 200,
				headers: this.headers,
				text: JSON.stringify(this.answer(call)),
			}),
		});
	}
}

const source: Source = {
	resource: 'orders',
	rows: ({ updated_at: at }, since) => [{ key: `@${String(at)}`, data: { since: `${since}` } }],
	remembers: false,
};

const feedOf = (more: Partial<Source> = {}) => feedByChange({ ...source, ...more });

async function read(orders: Orders, after: number, limit = 200): Promise<number[]> {
	const rows = await feedOf().list(orders.shop, after, limit);
	return rows.map(({ recordId }) => Number(recordId));
}

const placeOf = (id: number, second: number) =>
	cursorAtStamp({ id: `${id}`, stamp: stamp(second) });

const BEFORE = cursorBefore(START);

describe('changes behind a cursor', () => {
	test('are read from there on, the oldest first', async () => {
		const orders = new Orders([order(7, 2), order(5, 3), order(9, 1), order(3, 0)]);
		expect(await read(orders, placeOf(9, 1))).toEqual([7, 5]);
		expect(orders.calls).toHaveLength(1);
	});

	test('a shop that gives older ones too is not believed', async () => {
		const orders = new Orders([order(3, 0), order(9, 1), order(700, 1), order(7, 2)]);
		orders.obeysFromId = false;
		expect(await read(orders, placeOf(9, 1))).toEqual([700, 7]);
	});

	test('come as one row a record, named by it, however often the record moves meanwhile', async () => {
		const orders = new Orders(span(1, 300, (at) => at));
		orders.meanwhile = (page) => {
			// Met on the first page, and once more on the second.
			if (page === 2) orders.change(5, 500);
		};
		const rows = await feedOf().list(orders.shop, BEFORE, 1_000);
		const ids = rows.map(({ recordId }) => Number(recordId));
		expect(ids).toHaveLength(300);
		expect(ids.slice(3, 5)).toEqual([4, 6]);
		expect(rows.at(-1)).toMatchObject({
			key: `5@${stamp(500)}`,
			recordId: '5',
			cursor: placeOf(5, 500),
			stamp: stamp(500),
		});
	});

	test('that were handled are left to the record to tell', async () => {
		const orders = new Orders([order(7, 2)]);
		const rows = await feedOf().list(orders.shop, BEFORE, 200, 77);
		expect(rows[0]?.data.since).toBe('77');
		const all = await feedOf().list(orders.shop, BEFORE, 200);
		expect(all[0]?.data.since).toBe('-Infinity');
	});

	test('bring the whole record along, as it was listed last', async () => {
		const feed = feedOf();
		const orders = new Orders([{ ...order(7, 2), comment: 'a' }]);
		const [row] = await feed.list(orders.shop, BEFORE, 200);
		expect(row && feed.recordOf(row)).toMatchObject({ id: 7, comment: 'a' });
		orders.all = [];
		await feed.list(orders.shop, BEFORE, 200);
		expect(row && feed.recordOf(row)).toBeUndefined();
	});
});

describe('pages', () => {
	test('are read until there are enough, and no further', async () => {
		const orders = new Orders(span(1, 900, (at) => at));
		// Some more than wanted, for those of the last second.
		expect(await read(orders, BEFORE, 200)).toEqual(span(1, 224, () => 0).map(({ id }) => id));
		expect(orders.calls).toHaveLength(1);
		expect(await read(orders, BEFORE, 300)).toHaveLength(2 * PAGE - 1);
		expect(orders.calls).toHaveLength(3);
	});

	test('do not cut a place in two: what ends a page is left for the next time', async () => {
		// Ten of one second share a place over the edge of the page.
		const all = [...span(1, PAGE - 5, (at) => at), ...span(300, 10, () => 500), order(320, 600)];
		const orders = new Orders(all);
		const first = await read(orders, BEFORE, 240);
		expect(first).toEqual(span(1, PAGE - 5, () => 0).map(({ id }) => id));
		expect(await read(orders, placeOf(PAGE - 5, PAGE - 6), 200)).toEqual([
			...span(300, 10, () => 0).map(({ id }) => Number(id)),
			320,
		]);
	});

	test('of one place alone are read on until it ends', async () => {
		const orders = new Orders([...span(1, 400, () => 5), ...span(600, 3, () => 9)]);
		expect(await read(orders, BEFORE, 200)).toHaveLength(403);
		expect(orders.calls).toHaveLength(2);
	});

	test('that do not end are given up', async () => {
		const orders = new Orders(span(1, PAGE, () => 5));
		orders.obeysFromId = false;
		await expect(read(orders, BEFORE, 1_000)).rejects.toThrow('reading on would never end');
		expect(orders.calls.length).toBeLessThanOrEqual(3);
	});
});

describe('the present', () => {
	beforeEach(() => {
		// n8n's own clock, half an hour ahead of the shop.
		jest.useFakeTimers({ now: START + 30 * MINUTE });
	});

	afterEach(() => {
		jest.useRealTimers();
	});

	test('is the second of the answer, and what is older than two minutes is settled', async () => {
		const orders = new Orders(span(1, 300, (at) => at - 300));
		const present = await feedOf().present?.(orders.shop);
		expect(present).toEqual({
			cursor: cursorBefore(START + 1_000),
			overlapFrom: cursorBefore(START - 2 * MINUTE),
			rows: [],
		});
		expect(orders.calls).toEqual([
			expect.objectContaining({ query: { page: '1', per_page: '10' } }),
		]);
	});

	test('is told by a clock that may be ahead where the answer has no date', async () => {
		const orders = new Orders([]);
		orders.headers = {};
		const present = await feedOf().present?.(orders.shop);
		// By up to ten minutes.
		expect(present).toMatchObject({
			cursor: cursorBefore(START + 20 * MINUTE + 1_000),
			overlapFrom: cursorBefore(START + 18 * MINUTE),
		});
	});

	test('has the records that a trigger remembers, oldest change first, with all their past', async () => {
		const orders = new Orders(span(1, 300, (at) => at - 300));
		const present = await feedOf({ remembers: true }).present?.(orders.shop);
		expect(present?.rows.map(({ recordId }) => Number(recordId))).toEqual(
			span(51, PAGE, () => 0).map(({ id }) => id),
		);
		expect(present?.rows[0]?.data.since).toBe('Infinity');
		expect(orders.calls).toHaveLength(1);
	});
});

test('the newest rows come newest first, by number within a second, and of a record the last one', async () => {
	const orders = new Orders([order(1, 3), order(2, 5), order(3, 4), order(4, 5)]);
	const rows = (record: InSalesRecord, since: number) =>
		['a', 'b'].map((key) => ({ key, data: { since: `${since}`, at: String(record.updated_at) } }));
	const found = await feedOf({ rows }).newest(orders.shop, 20);
	expect(found.map(({ key }) => key)).toEqual(['4b', '4a', '2b', '2a', '3b', '3a', '1b', '1a']);
	expect(found[0]?.data.since).toBe('-Infinity');
});

test('a feed begins before the first change at an instant or after it', async () => {
	const orders = new Orders([order(1, -1), order(2, 0), order(3, 1)]);
	const cursor = await feedOf().cursorAt(orders.shop, START);
	expect(await read(orders, cursor ?? 0)).toEqual([2, 3]);
});
