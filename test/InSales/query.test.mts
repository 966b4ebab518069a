/** How lists are walked so that no record is lost: by changes, by time alone, by pages. */
import { changes, changesByTime, pages } from '../../nodes/InSales/api/query.ts';
import type { InSalesRecord } from '../../nodes/InSales/api/codec.ts';
import { collect } from '../../nodes/shared/reading/pageWalk.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

const stamp = (second: number) =>
	new Date(Date.UTC(2026, 0, 1, 0, 0, second) + 3 * 3_600_000).toISOString().replace('Z', '+03:00');

/** A list as the shop serves it (InSales API reference, 3.3). */
function shopOf(
	records: InSalesRecord[],
	{ largest = 250, fromId = true, paged = true } = {},
): { fetch(call: Call): Promise<InSalesRecord[]>; calls: Call[] } {
	const calls: Call[] = [];
	return {
		calls,
		fetch: async (call) => {
			calls.push(call);
			const query = call.query ?? {};
			const since = Date.parse(query.updated_since ?? '1970-01-01T00:00:00Z');
			const rows = records
				.filter((row) => {
					const at = Date.parse(String(row.updated_at));
					const cut = fromId && query.from_id !== undefined && at === since;
					return at >= since && !(cut && Number(row.id) <= Number(query.from_id));
				})
				.sort(
					(a, b) =>
						Date.parse(String(a.updated_at)) - Date.parse(String(b.updated_at)) ||
						Number(a.id) - Number(b.id),
				);
			if (!paged) return rows;
			const size = Math.min(Number(query.per_page), largest);
			const from = (Number(query.page ?? 1) - 1) * size;
			return rows.slice(from, from + size);
		},
	};
}

const rows = (count: number, second: (index: number) => number): InSalesRecord[] =>
	Array.from({ length: count }, (_, index) => ({
		id: index + 1,
		updated_at: stamp(second(index)),
	}));

const ids = (found: InSalesRecord[]) => new Set(found.map(({ id }) => id));

describe('by changes', () => {
	test.each([
		['one second for all', () => 0],
		['one second each', (index: number) => index],
		['a page edge inside a second', (index: number) => Math.floor(index / 249)],
	])('all records come, with %s', async (_, second) => {
		const { fetch, calls } = shopOf(rows(751, second));
		expect(ids(await collect(fetch, changes({ path: 'orders' }))).size).toBe(751);
		expect(calls).toHaveLength(4);
		expect(calls.every(({ query }) => query?.page === undefined)).toBe(true);
	});

	test('the condition moves on with the last record, verbatim', async () => {
		const { fetch, calls } = shopOf(rows(251, (index) => index));
		await collect(fetch, changes({ path: 'orders' }, { since: stamp(0), fromId: '0' }));
		expect(calls.map(({ query }) => query)).toEqual([
			{ updated_since: stamp(0), from_id: '0', per_page: '250' },
			{ updated_since: stamp(249), from_id: '250', per_page: '250' },
		]);
	});

	test('an ID without a time is not sent: the shop would ignore it', () => {
		expect(changes({ path: 'orders' }, { fromId: '7' }).first.query).not.toHaveProperty('from_id');
	});

	test.each([20, 75, 100, 150, 225])(
		'nothing is lost on a shop that cuts pages to %d instead of what was asked for',
		async (largest) => {
			const { fetch } = shopOf(
				rows(470, (index) => index),
				{ largest },
			);
			expect(ids(await collect(fetch, changes({ path: 'orders' }))).size).toBe(470);
			expect(ids(await collect(fetch, pages({ path: 'orders' }))).size).toBe(470);
		},
	);

	test('a record without its time ends the walk with an error, not with a part', async () => {
		const fetch = async () => rows(250, () => 0).map(({ id }) => ({ id }));
		await expect(collect(fetch, changes({ path: 'orders' }))).rejects.toThrow('time of change');
	});
});

describe('by time alone, as collections want it', () => {
	test.each([
		['one second for all', () => 0],
		['a page edge inside a second', (index: number) => Math.floor(index / 260)],
		['one second each', (index: number) => index],
	])('all records come, with %s', async (_, second) => {
		const { fetch } = shopOf(rows(600, second), { fromId: false });
		const found = await collect(fetch, changesByTime({ path: 'collections' }));
		expect(ids(found).size).toBe(600);
		expect(found).toHaveLength(600);
	});
});

describe('by pages', () => {
	test('a page is never smaller than ten and never larger than 250', () => {
		const sizeOf = (perPage: number) => pages({ path: 'x', perPage }).first.query?.per_page;
		expect([1, 10, 37, 250, 9_999].map(sizeOf)).toEqual(['10', '10', '37', '250', '250']);
	});

	test('a list that knows no pages ends where it gives the same again', async () => {
		for (const [count, requests] of [
			[24, 1],
			[25, 2],
			[300, 1],
		] as const) {
			const { fetch, calls } = shopOf(
				rows(count, () => 0),
				{ paged: false },
			);
			expect(await collect(fetch, pages({ path: 'fields' }))).toHaveLength(count);
			expect(calls).toHaveLength(requests);
		}
	});

	test('orders are read on when the page looks cut', async () => {
		const { fetch } = shopOf(
			rows(150, () => 0),
			{ largest: 100 },
		);
		expect(await collect(fetch, pages({ path: 'orders' }))).toHaveLength(150);
	});
});
