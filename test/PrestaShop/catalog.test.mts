/** The catalogue of a shop, kept up to date: what changed, what is gone, and nothing else. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PRESTASHOP_VERSIONS } from '../../sandbox/prestashop/versions.mts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

let shop: PrestaShopSandbox;

beforeAll(async () => {
	shop = await startPrestaShopSandbox();
});

afterAll(async () => {
	await shop.close();
});

async function sync(cursor = '', options: INodeParameters = {}) {
	shop.control.clearRequests();
	const { items, error } = await executeNode(actionBench(shop), {
		resource: 'catalog',
		operation: 'sync',
		cursor,
		options,
	});
	if (error) throw error;
	const rows = items.map(({ json }) => json);
	const requests = shop.control.requests().length;
	return { rows, requests, cursor: String(rows.at(-1)?.nextCursor ?? cursor) };
}

const idsOf = (rows: IDataObject[]) => rows.map(({ id }) => String(id));

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	test('2,000 products: all of them once, then only what changed, in few requests', async () => {
		shop.control.reset({ version });
		const { firstProductId, lastProductId } = shop.control.seed({ orders: 0, products: 2000 });
		const first = await sync();
		const all = shop.control.records({ resource: 'products' }).map(({ id }) => String(id));
		expect(idsOf(first.rows).sort()).toEqual(all.sort());
		expect(first.rows.at(-1)?.complete).toBe(true);

		const nothing = await sync(first.cursor);
		expect(nothing.rows).toEqual([]);
		expect(nothing.requests).toBeLessThanOrEqual(2);

		// Ten by their own record, nine by a stock that moves no date, one that is gone.
		for (let id = firstProductId; id < firstProductId + 10; id++) {
			const record = { id, price: '1.000000', date_upd: '2030-01-01 00:00:00' };
			shop.control.putRecord({ resource: 'products', record });
		}
		const stock = shop.control.records({ resource: 'stock_availables' });
		for (let id = firstProductId + 10; id < firstProductId + 19; id++) {
			const row = stock.find(({ id_product }) => id_product === String(id));
			const record = { id: row?.id, quantity: '7777' };
			shop.control.putRecord({ resource: 'stock_availables', record });
		}
		shop.control.deleteRecord({ resource: 'products', id: lastProductId });
		const changed = await sync(first.cursor);
		const expected = Array.from({ length: 19 }, (_, at) => String(firstProductId + at));
		expect(idsOf(changed.rows)).toEqual([...expected, String(lastProductId)]);
		expect(changed.rows.at(-1)).toMatchObject({ change: 'deleted', complete: true });
		expect(changed.rows[12]).toMatchObject({ change: 'updated', stock: 7777 });
		expect(changed.requests).toBeLessThanOrEqual(5);
		expect((await sync(changed.cursor)).rows).toEqual([]);
	});
});

describe('a sync', () => {
	beforeEach(() => shop.control.reset({ version: '8.2.1' }));

	test('brings combinations with their stock and price, and paths of categories', async () => {
		const { rows } = await sync('', { include: ['combinations', 'categories', 'attributes'] });
		const shirt = rows.find(({ id }) => id === '1');
		expect(shirt?.combinations).toEqual(
			expect.arrayContaining([expect.objectContaining({ id: '1', stock: 300, price: 23.9 })]),
		);
		expect(shirt?.categories).toEqual(
			expect.arrayContaining([expect.objectContaining({ path: expect.stringContaining('Home') })]),
		);
	});

	test('tells the rest with the next runs, and nothing twice', async () => {
		const seen: string[] = [];
		let cursor = '';
		for (let runs = 0; runs < 30; runs++) {
			const part = await sync(cursor, { maxProducts: 4 });
			seen.push(...idsOf(part.rows));
			cursor = part.cursor;
			if (part.rows.at(-1)?.complete === true) break;
		}
		expect(seen).toHaveLength(19);
		expect(new Set(seen).size).toBe(19);
		expect((await sync(cursor)).rows).toEqual([]);
	});

	test('sees prices of combinations and special prices when it is told to watch them', async () => {
		const watch = ['combinations', 'specificPrices', 'stock'];
		const { cursor } = await sync('', { watch });
		shop.control.putRecord({ resource: 'combinations', record: { id: 1, price: '9.000000' } });
		shop.control.putRecord({
			resource: 'specific_prices',
			record: { id_product: '4', reduction: '0.5', reduction_type: 'percentage', id_cart: '0' },
		});
		shop.control.putRecord({
			resource: 'specific_prices',
			record: { id_product: '5', price: '1.000000', id_cart: '77' },
		});
		expect(idsOf((await sync(cursor, { watch })).rows)).toEqual(['1', '4']);
	});

	test('takes an empty list of a failing shop for no deletion', async () => {
		const { cursor } = await sync();
		for (const { id } of shop.control.records({ resource: 'products' })) {
			shop.control.deleteRecord({ resource: 'products', id });
		}
		const message = await sync(cursor).then(
			() => 'no failure',
			(error: Error) => error.message,
		);
		expect(message).toContain('The shop listed no product at all');
	});
});
