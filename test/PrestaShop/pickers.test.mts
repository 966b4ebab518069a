/** Lists of resource locators, as the editor fills them. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { searchList } from '../support/engine.mts';
import { LIMITED, actionBench } from './fixtures.mts';

let shop: PrestaShopSandbox;

beforeAll(async () => {
	shop = await startPrestaShopSandbox();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
});

const PAGE = 50;

/** All pages of a list. */
async function all(method: string, filter?: string, key?: string): Promise<string[][]> {
	const pages: string[][] = [];
	for (let token: unknown, more = true; more; more = token !== undefined) {
		const { results, paginationToken } = await searchList(
			actionBench(shop, key),
			method,
			filter,
			token as string | undefined,
		);
		pages.push(results.map(({ value }) => String(value)));
		token = paginationToken;
		expect(pages.length).toBeLessThan(20);
	}
	return pages;
}

function descending(first: number, last: number): string[] {
	return Array.from({ length: first - last + 1 }, (_, at) => String(first - at));
}

describe('orders', () => {
	test('come newest first, page by page, each once', async () => {
		const { lastOrderId } = shop.control.seed({ orders: 120 });
		const pages = await all('searchOrders', '', LIMITED);
		expect(pages.map(({ length }) => length)).toEqual([PAGE, PAGE, lastOrderId - 2 * PAGE]);
		expect(pages.flat()).toEqual(descending(lastOrderId, 1));
	});

	test('are found by ID and by part of the reference', async () => {
		const { id, reference } = shop.control.placeOrder();
		for (const filter of [`${id}`, `#${id}`, reference, reference.toLowerCase().slice(2, 8)]) {
			const { results } = await searchList(actionBench(shop, LIMITED), 'searchOrders', filter);
			expect(results.map(({ value }) => value)).toEqual([String(id)]);
			expect(results[0]?.name).toContain(reference);
		}
	});

	test('a new order between two pages moves nothing', async () => {
		shop.control.seed({ orders: 80 });
		const bench = actionBench(shop, LIMITED);
		const first = await searchList(bench, 'searchOrders');
		shop.control.placeOrder();
		const second = await searchList(bench, 'searchOrders', '', first.paginationToken as string);
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
		expect(values).toHaveLength(85);
	});
});

describe('customers', () => {
	test('come newest first, page by page', async () => {
		const { lastCustomerId } = shop.control.seed({ orders: 0, customers: 70 });
		const pages = await all('searchCustomers', '', LIMITED);
		expect(pages.flat()).toHaveLength(new Set(pages.flat()).size);
		expect(pages.flat()[0]).toBe(String(lastCustomerId));
		expect(pages[0]).toHaveLength(PAGE);
	});

	test('typed text is looked for in names and email, page by page, each once', async () => {
		const { firstCustomerId, lastCustomerId } = shop.control.seed({ orders: 0, customers: 120 });
		const count = lastCustomerId - firstCustomerId + 1;
		const pages = await all('searchCustomers', 'customer', LIMITED);
		expect(pages.flat().slice(0, count)).toEqual(descending(lastCustomerId, firstCustomerId));
		expect(new Set(pages.flat()).size).toBe(pages.flat().length);
	});

	test('one by email, last name and first name', async () => {
		shop.control.placeOrder({ email: 'ula@example.com', firstName: 'Urszula', lastName: 'Zych' });
		for (const filter of ['ula@example', 'zych', 'urszu']) {
			const { results } = await searchList(actionBench(shop, LIMITED), 'searchCustomers', filter);
			expect(results.map(({ name }) => name)).toEqual(['Urszula Zych (ula@example.com)']);
		}
	});
});

test('a product whose ID or reference was typed comes first, however many others match', async () => {
	const { lastProductId } = shop.control.seed({ orders: 0, products: 80 });
	for (const [id, reference] of [
		[1, 'SHIRT'],
		[2, '1'],
	] as const) {
		shop.control.putRecord({ resource: 'products', record: { id, reference } });
	}
	for (let id = 3; id <= lastProductId; id++) {
		shop.control.putRecord({ resource: 'products', record: { id, reference: `SHIRT-1-${id}` } });
	}
	const [byCode, ...rest] = await all('searchProducts', 'shirt', LIMITED);
	expect(byCode?.[0]).toBe('1');
	expect([byCode, ...rest].flat().filter((id) => id === '1')).toHaveLength(1);
	const [byBoth] = await all('searchProducts', '1', LIMITED);
	expect(byBoth?.slice(0, 2)).toEqual(['2', '1']);
});

test('rows that an underscore brought along do not end the list before the ones that fit', async () => {
	const { lastProductId } = shop.control.seed({ orders: 0, products: 1_060 });
	for (let id = 1; id <= lastProductId; id++) {
		const reference = id % 500 === 7 ? `RED_CUP-${id}` : `RED-CUP-${id}`;
		shop.control.putRecord({ resource: 'products', record: { id, reference } });
	}
	expect((await all('searchProducts', 'red_cup', LIMITED)).flat()).toEqual(['1007', '507', '7']);
});

test('states can be searched by name; deleted ones are left out', async () => {
	shop.control.putRecord({ resource: 'order_states', record: { id: 5, deleted: '1' } });
	const [values] = await all('searchOrderStates', '', LIMITED);
	expect(values).toContain('4');
	expect(values).not.toContain('5');
	expect(await all('searchOrderStates', 'ship', LIMITED)).toEqual([['4']]);
});

test('languages tell their code and whether they are switched off', async () => {
	shop.control.setLanguageActive({ id: 3, active: false });
	const { results } = await searchList(actionBench(shop, LIMITED), 'searchLanguages');
	expect(results.map(({ value }) => value)).toEqual(['1', '2', '3']);
	expect(results[2]?.name).toMatch(/\(pl\) · inactive$/);
	expect(await all('searchLanguages', '(fr)', LIMITED)).toEqual([['2']]);
});

test('carriers can be searched', async () => {
	const { results } = await searchList(actionBench(shop), 'searchCarriers');
	expect(results.length).toBeGreaterThan(0);
});

test('shops, groups and all of them', async () => {
	shop.control.putRecord({
		resource: 'shops',
		record: { id: 2, name: 'Second', active: '1', id_shop_group: '1' },
	});
	shop.control.putRecord({
		resource: 'shops',
		record: { id: 3, name: 'Closed', active: '0', id_shop_group: '1' },
	});
	expect(await all('searchShops')).toEqual([['1', '2', 'group:1', 'all']]);
	expect(await all('searchShops', 'sec')).toEqual([['2']]);
});

test('what the key may not read is an error that names the right, not an empty list', async () => {
	await expect(all('searchShops', '', LIMITED)).rejects.toThrow('"shops – View (GET)"');
});

test('text that cannot be searched for is refused, not ignored', async () => {
	await expect(all('searchOrders', '[]', LIMITED)).rejects.toThrow('only special characters');
	expect(await all('searchCustomers', 'no[body', LIMITED)).toEqual([[]]);
});
