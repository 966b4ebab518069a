/** Long lists by ID, of which two pages are asked for at once: each record once, in order, whatever comes between. */
import { anyOf } from '../../nodes/PrestaShop/api/conditions.ts';
import { listing } from '../../nodes/PrestaShop/api/query.ts';
import type { ListQuery } from '../../nodes/PrestaShop/api/query.ts';
import type { PrestaShopRecord } from '../../nodes/PrestaShop/api/records.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Call, Page } from '../../nodes/shared/protocol/call.ts';
import { collect, walk } from '../../nodes/shared/reading/pageWalk.ts';
import fc from '../support/seed.mts';

const FAILED = { kind: 'server', sent: true, status: 500 } as const;

/** Rows of a made-up table that a call asks for, as the webservice would give them. */
function rowsFor({ query = {} }: Call, table: readonly number[]): number[] {
	const filter = query['filter[id]'] ?? '';
	const [, sign, bound] = /^([<>])\[(\d+)\]$/.exec(filter) ?? [];
	const [, low, high] = /^\[(\d+),(\d+)\]$/.exec(filter) ?? [];
	const named = /^\[([\d|]+)\]$/.exec(filter)?.[1]?.split('|').map(Number);
	const fits = (id: number) => {
		if (sign !== undefined) return sign === '>' ? id > Number(bound) : id < Number(bound);
		if (low !== undefined) return id >= Number(low) && id <= Number(high);
		return named?.includes(id) ?? true;
	};
	const rising = table.filter(fits).sort((a, b) => a - b);
	return (query.sort === '[id_ASC]' ? rising : rising.reverse()).slice(0, Number(query.limit));
}

/** A shop with one table, and how it was asked. */
function shopOf(table: number[], spoil: (call: Call, ids: number[]) => number[] = (_, ids) => ids) {
	const calls: Call[] = [];
	let running = 0;
	let atOnce = 0;
	const fetch = async (call: Call): Promise<Page<PrestaShopRecord>> => {
		calls.push(call);
		atOnce = Math.max(atOnce, ++running);
		await Promise.resolve();
		running--;
		return spoil(call, rowsFor(call, table)).map((id) => ({ id: `${id}` }));
	};
	return { calls, fetch, atOnce: () => atOnce };
}

const fail = (call: Call): never => {
	throw new ShopError(FAILED, call, { reason: 'The shop broke.', fix: 'Look.' });
};

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const idsOf = (records: readonly PrestaShopRecord[]) => records.map(({ id }) => Number(id));
const SIZE = 10;
const list = (query: Partial<ListQuery> = {}) =>
	listing({ resource: 'orders', limit: SIZE, ...query });
const isRange = ({ query }: Call) => /,/.test(query?.['filter[id]'] ?? '');

describe.each(['oldest', 'newest'] as const)('%s first', (order) => {
	const inOrder = (ids: readonly number[]) =>
		[...ids].sort((a, b) => (order === 'oldest' ? a - b : b - a));

	test('two pages are on their way at once, and no more requests than pages', async () => {
		const { calls, fetch, atOnce } = shopOf(upTo(95));
		expect(idsOf(await collect(fetch, list({ order })))).toEqual(inOrder(upTo(95)));
		expect(atOnce()).toBe(2);
		expect(calls).toHaveLength(10);
	});

	test('short lists, and those of which only some is wanted, are read page by page', async () => {
		const short = shopOf(upTo(35));
		await collect(short.fetch, list({ order }));
		expect([short.calls.length, short.atOnce()]).toEqual([4, 1]);
		const some = shopOf(upTo(95));
		expect(await collect(some.fetch, list({ order }), 45)).toHaveLength(45);
		expect([some.calls.length, some.atOnce()]).toEqual([5, 1]);
		const stopped = shopOf(upTo(95));
		for await (const { page } of walk(stopped.fetch, list({ order }))) {
			if (page.some(({ id }) => id === '40' || id === '56')) break;
		}
		expect([stopped.calls.length, stopped.atOnce()]).toEqual([4, 1]);
	});

	test.each([
		['nothing', []],
		['something else', inOrder(upTo(SIZE))],
	])('a host that gives %s for a range is read page by page', async (_, given) => {
		const { fetch } = shopOf(upTo(95), (call, ids) => (isRange(call) ? given : ids));
		expect(idsOf(await collect(fetch, list({ order })))).toEqual(inOrder(upTo(95)));
	});

	test('pages that fail are asked for one by one, in parts', async () => {
		const broken = 42;
		const { fetch } = shopOf(upTo(95), (call, ids) =>
			ids.includes(broken) && call.query?.display === 'full' ? fail(call) : ids,
		);
		const found = await collect(fetch, list({ order }), undefined, { unreadable: 'leaveOut' });
		expect(idsOf(found)).toEqual(inOrder(upTo(95)).filter((id) => id !== broken));
	});

	test('each record comes once and in order, with gaps, failures and records that come and go', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					// Stretches of records, each with gaps of its own.
					stretches: fc.array(
						fc.record({
							count: fc.integer({ min: 1, max: 60 }),
							gap: fc.integer({ min: 1, max: 9 }),
						}),
						{ maxLength: 6 },
					),
					size: fc.integer({ min: 2, max: 12 }),
					afterId: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
					manages: fc.integer({ min: 1, max: 12 }),
					failing: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
					deleted: fc.array(fc.nat({ max: 300 }), { maxLength: 5 }),
				}),
				async ({ stretches, size, afterId = 0, manages, failing, deleted }) => {
					let last = 0;
					const before = stretches.flatMap(({ count, gap }) =>
						upTo(count).map(() => (last += gap)),
					);
					const table = [...before];
					const { calls, fetch } = shopOf(table, (call, ids) => {
						// While the list is read, records are placed and deleted.
						if (calls.length < 30) table.push((last += 1));
						const gone = deleted.pop();
						if (gone !== undefined && table[gone] !== undefined) table.splice(gone, 1);
						const fails = failing.includes(calls.length) && ids.length > 1;
						return fails || ids.length > manages ? fail(call) : ids;
					});
					const query = { order, limit: size, ...(afterId > 0 && { afterId }) };
					const found = idsOf(
						await collect(fetch, list(query), undefined, { unreadable: 'leaveOut' }),
					);
					expect(found).toEqual(inOrder([...new Set(found)]));
					const lasting = before.filter((id) => id > afterId && table.includes(id));
					expect(found).toEqual(expect.arrayContaining(lasting));
					expect(found.filter((id) => id <= afterId)).toEqual([]);
				},
			),
		);
	});

	test('gaps cost few requests', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.boolean(), { minLength: 100, maxLength: 600 }),
				async (there) => {
					const table = upTo(there.length).filter((id) => there[id - 1]);
					const { calls, fetch } = shopOf(table);
					await collect(fetch, list({ order }));
					expect(calls.length).toBeLessThanOrEqual(2 * Math.ceil(table.length / SIZE) + 2);
				},
			),
		);
	});

	test('a list of named records goes on with the rest of them', async () => {
		const named = upTo(95).filter((id) => id % 4 === 0);
		const { calls, fetch } = shopOf(upTo(95));
		const where = [anyOf('id', named.map(String))];
		expect(idsOf(await collect(fetch, list({ order, where })))).toEqual(inOrder(named));
		expect(calls).toHaveLength(3);
	});
});
