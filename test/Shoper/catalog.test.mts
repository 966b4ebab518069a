/** The catalogue of a shop, kept up to date. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperShop } from '../../nodes/Shoper/api/reads.ts';
import { changedCatalog } from '../../nodes/Shoper/catalog/sync.ts';
import { executeNode } from '../support/engine.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => shop.control.reset());

async function sync(cursor = '', options: INodeParameters = {}) {
	shop.control.clearRequests();
	const { items, error } = await executeNode(
		actionBench(tokenCredentials(shop, SHOPER_TOKENS.full ?? '')),
		{ resource: 'catalog', operation: 'sync', cursor, options },
	);
	if (error) throw error;
	const rows = items.map(({ json }) => json);
	const requests = shop.control.requests().length;
	return { rows, requests, cursor: String(rows.at(-1)?.nextCursor ?? cursor) };
}

const idsOf = (rows: IDataObject[]) => rows.map(({ id }) => String(id));
const all = () =>
	shop.control.records({ resource: 'products' }).map((each) => String(each.product_id));

test('2,000 products: all of them once, then only what changed, in few requests', async () => {
	const { firstProductId } = shop.control.seed({ orders: 0, products: 2000 });
	shop.control.advance({ ms: 3_600_000 });
	const first = await sync();
	expect(idsOf(first.rows).sort()).toEqual(all().sort());
	const nothing = await sync(first.cursor);
	expect(nothing.rows).toEqual([]);
	expect(nothing.requests).toBeLessThanOrEqual(2);

	const edited = Array.from({ length: 20 }, (_, at) => firstProductId + at * 7);
	for (const id of edited) shop.control.updateProduct({ id, values: { stock: { price: 7.5 } } });
	const changed = await sync(first.cursor);
	expect(idsOf(changed.rows).sort()).toEqual(edited.map(String).sort());
	expect(changed.requests).toBeLessThanOrEqual(5);
	shop.control.advance({ ms: 600_000 });
	expect((await sync(changed.cursor)).rows).toEqual([]);
}, 60_000);

test('deleted products and stock alone are seen when everything is looked at', async () => {
	const { cursor } = await sync();
	const [gone = ''] = all();
	shop.control.deleteRecord({ resource: 'products', id: Number(gone) });
	expect((await sync(cursor)).rows).toEqual([]);
	const { rows } = await sync(cursor, { fullPassHours: 0 });
	expect(rows).toEqual([expect.objectContaining({ id: gone, change: 'deleted', complete: true })]);
});

test('brings the paths of categories', async () => {
	const { rows } = await sync('', { includeCategories: true });
	const paths = rows.flatMap(({ categories }) => categories as Array<{ path: string }>);
	expect(paths.some(({ path }) => path.includes(' > '))).toBe(true);
});

test('the rest comes with the next runs, and nothing twice', async () => {
	const seen: string[] = [];
	let cursor = '';
	for (let runs = 0; runs < 30; runs++) {
		const part = await sync(cursor, { maxProducts: 2 });
		seen.push(...idsOf(part.rows));
		cursor = part.cursor;
		if (part.rows.at(-1)?.complete === true) break;
	}
	expect(seen.sort()).toEqual(all().sort());
	expect((await sync(cursor)).rows).toEqual([]);
});

test('two changes within one second are both seen', async () => {
	shop.control.freeze();
	const [id = ''] = all();
	const { cursor } = await sync();
	shop.control.updateProduct({ id: Number(id), values: { ean: '111' } });
	const first = await sync(cursor);
	shop.control.updateProduct({ id: Number(id), values: { ean: '222' } });
	expect(idsOf(first.rows)).toEqual([id]);
	expect(idsOf((await sync(first.cursor)).rows)).toEqual([id]);
});

test('a shop that does not sort by the time of the change is found out', async () => {
	const page = [
		{ product_id: '1', edit_date: '2026-01-01 00:00:00' },
		{ product_id: '2', edit_date: '2026-02-01 00:00:00' },
	];
	const unsorted = { records: async () => page } as Partial<ShoperShop> as ShoperShop;
	expect(await changedCatalog(unsorted, new Map(), '2026-02-01 00:00:00')).toBeUndefined();
	// Sorted, but by something else: the newest change is missing at the front.
	const other = { records: async () => page.slice(0, 1) } as Partial<ShoperShop> as ShoperShop;
	expect(await changedCatalog(other, new Map(), '2026-02-01 00:00:00')).toBeUndefined();
	const sorted = { records: async () => [...page].reverse() } as Partial<ShoperShop> as ShoperShop;
	const read = await changedCatalog(sorted, new Map(), '2026-02-01 00:00:00');
	expect([...(read?.products.keys() ?? [])]).toEqual(['2']);
});
