/** Lists: keyset and pages, conditions that are sent and checked, look-ups that fit an address. */
import {
	anyOf,
	atLeast,
	contains,
	filtersText,
	greater,
	is,
	less,
	meets,
} from '../../nodes/Shoper/api/conditions.ts';
import { chunk, listing, lookup, pagedListing } from '../../nodes/Shoper/api/query.ts';
import type { ShoperRecord } from '../../nodes/Shoper/api/codec.ts';
import { shoper } from '../../nodes/Shoper/vendor.ts';
import { collect } from '../../nodes/shared/reading/pageWalk.ts';
import type { Call, Page } from '../../nodes/shared/protocol/call.ts';
import fc from '../support/seed.mts';

/** A shop that obeys one condition on the ID and knows the real size of its pages. */
function fakeShop(ids: readonly number[], pageSize = 50) {
	const calls: Call[] = [];
	const fetch = async (call: Call): Promise<Page<ShoperRecord>> => {
		calls.push(call);
		const { filters = '{}', order = '', page = '1', limit = '10' } = call.query ?? {};
		const bounds = (JSON.parse(filters) as Record<string, Record<string, number>>).order_id ?? {};
		const fits = (id: number) => id > (bounds['>'] ?? -1) && id < (bounds['<'] ?? Infinity);
		const rows = ids.filter(fits).sort((a, b) => (order.endsWith('ASC') ? a - b : b - a));
		const size = Math.min(Number(limit), pageSize);
		const from = (Number(page) - 1) * size;
		const records: Page<ShoperRecord> = rows
			.slice(from, from + size)
			.map((id) => ({ order_id: `${id}` }));
		records.isLast = Number(page) >= Math.ceil(rows.length / size);
		return records;
	};
	return { calls, fetch };
}

const idsOf = (records: readonly ShoperRecord[]) => records.map(({ order_id }) => Number(order_id));

describe('a walk by ID', () => {
	test('brings exactly the IDs between its bounds, in order, whatever the size of the pages', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 200 }),
				fc.integer({ min: 1, max: 50 }),
				fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
				fc.option(fc.integer({ min: 1, max: 401 }), { nil: undefined }),
				fc.constantFrom('oldest' as const, 'newest' as const),
				async (ids, pageSize, afterId, belowId, order) => {
					const { fetch } = fakeShop(ids, pageSize);
					const query = {
						resource: 'orders',
						order,
						...(afterId !== undefined && { afterId }),
						...(belowId !== undefined && { belowId }),
					};
					const found = idsOf(await collect(fetch, listing(query)));
					const wanted = ids
						.filter((id) => id > (afterId ?? 0) && id < (belowId ?? Infinity))
						.sort((a, b) => (order === 'oldest' ? a - b : b - a));
					expect(found).toEqual(wanted);
				},
			),
			{ seed: 7, numRuns: 200 },
		);
	});

	test('always names the direction, and asks for no more than wanted', async () => {
		const { calls, fetch } = fakeShop([1, 2, 3]);
		await collect(fetch, listing({ resource: 'orders', order: 'newest', limit: 2 }), 2);
		expect(calls.map(({ query }) => query)).toEqual([{ order: 'order_id DESC', limit: '2' }]);
	});

	test('never asks for more than 50, which would silently become 10', () => {
		const { first } = listing({ resource: 'orders', limit: Number.POSITIVE_INFINITY });
		expect(first.query?.limit).toBe('50');
	});

	test('rows that a shop returned although the condition excludes them are dropped', async () => {
		const list = listing({ resource: 'orders', where: [is('status_id', 2)] });
		const rows: Page<ShoperRecord> = [
			{ order_id: '1', status_id: '2' },
			{ order_id: '2', status_id: '3' },
		];
		rows.isLast = true;
		expect(idsOf(await collect(async () => rows, list))).toEqual([1]);
	});

	test('a row that a join doubled counts once', async () => {
		const rows: Page<ShoperRecord> = [
			{ product_id: '1' },
			{ product_id: '1' },
			{ product_id: '2' },
		];
		rows.isLast = true;
		expect(await collect(async () => rows, listing({ resource: 'products' }))).toHaveLength(2);
	});
});

test('a walk by pages ends where the shop says, also with pages of ten', async () => {
	const ids = Array.from({ length: 95 }, (_, index) => index + 1);
	const { calls, fetch } = fakeShop(ids, 10);
	const found = await collect(fetch, pagedListing({ resource: 'orders', order: 'oldest' }));
	expect(idsOf(found)).toEqual(ids);
	expect(calls).toHaveLength(10);
});

describe('conditions', () => {
	test('are sent as JSON, one operator for each field', () => {
		const where = [
			is('email', 'a@example.com'),
			anyOf('status_id', [1, 2]),
			atLeast('date', '2026-01-01'),
		];
		expect(JSON.parse(filtersText([...where, less('date', '2026-02-01')]) ?? '')).toEqual({
			email: 'a@example.com',
			status_id: { IN: [1, 2] },
			date: { '>=': '2026-01-01' },
		});
		expect(filtersText([])).toBeUndefined();
	});

	test.each<[string, Parameters<typeof meets>[0][number], ShoperRecord, boolean]>([
		['a number by its value', is('order_id', 7), { order_id: '7' }, true],
		[
			'a text without regard to case',
			is('email', 'A@example.com'),
			{ email: 'a@EXAMPLE.com' },
			true,
		],
		['a flag as text', is('is_paid', true), { is_paid: '1' }, true],
		['a flag as it is', is('is_paid', false), { is_paid: true }, false],
		['9 is less than 10', greater('order_id', 9), { order_id: '10' }, true],
		['a time', less('date', '2026-01-31 08:00:00'), { date: '2026-01-31 08:00:00' }, false],
		['the second condition too', less('date', '2026-01-01'), { date: '2026-02-01' }, false],
		['a list', anyOf('status_id', [1, 2]), { status_id: '3' }, false],
		['a field the row does not show cannot be checked', is('stock.code', 'x'), { code: 'y' }, true],
	])('are checked here: %s', (_name, condition, record, fits) => {
		expect(meets([condition])(record)).toBe(fits);
	});

	const named = (...names: string[]): ShoperRecord => ({
		translations: Object.fromEntries(names.map((name, at) => [`l${at}`, { name }])),
	});

	test.each<[string, string, string, ShoperRecord, boolean]>([
		['an underscore is itself', 'lastname', 'A_B', { lastname: 'xa_bx' }, true],
		['and no other character', 'lastname', 'A_B', { lastname: 'AxB' }, false],
		['a percent sign is itself', 'lastname', '5%', { lastname: 'Rabat 5%' }, true],
		['and no other text', 'lastname', '5%', { lastname: '50 zł' }, false],
		['letters are the business of the database', 'lastname', 'Lodz', { lastname: 'Łódź' }, true],
		['case and accents do not count', 'lastname', 'é_1', { lastname: 'E_1' }, true],
		['in any language', 'translations.name', 'a_1', named('b', 'A_1'), true],
		['in none', 'translations.name', 'a_1', named('b', 'A11'), false],
		['what is not shown cannot be checked', 'stock.code', 'a_1', named('b'), true],
	])('a text that contains: %s', (_, field, part, record, fits) => {
		expect(meets([contains(field, part)])(record)).toBe(fits);
	});
});

describe('look-ups', () => {
	test('go in one request for 50 values, IDs as numbers', () => {
		const values = Array.from({ length: 120 }, (_, index) => `${index + 1}`);
		const calls = lookup('order-products', 'order_id').calls(values);
		expect(calls.map((each) => each.values.length)).toEqual([50, 50, 20]);
		expect(calls[2]?.call.query?.filters).toContain('{"order_id":{"IN":[101,');
	});

	test('no address reaches 8192 characters, whatever the values, and no value is lost', () => {
		const at = shoper.address({ shopUrl: 'https://shop.example.com', apiToken: 'x' });
		fc.assert(
			fc.property(
				fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 250 }), { maxLength: 80 }),
				(values) => {
					const calls = lookup('users', 'email').calls(values);
					expect(calls.flatMap((each) => each.values)).toEqual(values);
					for (const { call } of calls)
						expect(shoper.locate(at, call).url.length).toBeLessThan(8192);
				},
			),
			{ seed: 3, numRuns: 100 },
		);
	});

	test('ask for an address as it was typed and in small letters', () => {
		const [call] = lookup('users', 'email').calls(['Jan@Example.com']);
		expect(call?.call.query?.filters).toBe(
			'{"email":{"IN":["Jan@Example.com","jan@example.com"]}}',
		);
	});

	test('refuse what is no ID before any request', () => {
		expect(() => lookup('orders', 'order_id').calls(['x'])).toThrow('is not an ID');
	});

	test('an empty list of values makes no request', () => {
		expect(chunk([])).toEqual([]);
	});
});

test('rows that are sorted out cost whole pages, not one small page each', () => {
	const list = listing({ resource: 'orders', limit: 1, where: [is('is_paid', true)] });
	expect(list.first.query?.limit).toBe('1');
	const page: Page<ShoperRecord> = [{ order_id: '9', is_paid: false }];
	page.isLast = false;
	const next = list.next(list.first, page);
	expect(next?.query?.limit).toBe('50');
	// A full page of the small size is not the last one where the shop does not say.
	expect(list.next(list.first, [{ order_id: '9' }])).toBeDefined();
});

describe('records without an ID of their own', () => {
	test('are all kept: an order has many activities', () => {
		const { keyOf } = pagedListing({ resource: ['dashboard-activities'] });
		const activity = { id: '5', object: 'order', info: 'a', time: 1 };
		expect(keyOf(activity)).not.toBe(keyOf({ ...activity, time: 2 }));
	});

	test('are named by the last part of a longer path', () => {
		const { keyOf } = pagedListing({ resource: ['collections', '5', 'products'] });
		expect(keyOf({ collection_id: '5', product_id: '7' })).toBe('7');
		const values = pagedListing({ resource: ['metafields', 'product'] });
		expect(values.keyOf({ metafield_id: '3' })).toBe('3');
	});
});
