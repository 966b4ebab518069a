/** Prices of many products in few requests: each item gets its own true result. */
import type { IDataObject } from 'n8n-workflow';
import { by, jsonOf, requestsOf, run, wideShop } from './catalogueFixtures.mts';
import type { RunOptions } from './catalogueFixtures.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';

jest.mock('n8n-workflow', () => {
	const real = jest.requireActual<{ sleep(ms: number): Promise<void> }>('n8n-workflow');
	// Two looks at a shop are two seconds apart.
	return { ...real, sleep: async (ms: number) => await real.sleep(Math.min(ms, 1)) };
});

let shop: ShoperSandbox;

beforeEach(async () => {
	shop = await wideShop();
	shop.control.seed({ products: 12 });
	shop.control.clearRequests();
});
afterEach(async () => await shop.close());

const products = () => shop.control.records({ resource: 'products' }).slice(-10);
const idsOf = () => products().map(({ product_id }) => String(product_id));
const rowOf = (productId: string) =>
	shop.control
		.records({ resource: 'product-stocks' })
		.find((row) => String(row.product_id) === productId && !Number(row.extended));
const priceOf = (productId: string) => Number(rowOf(productId)?.price);

async function setPrices(
	items: IDataObject[],
	more: IDataObject = {},
	options: RunOptions = { goOn: true },
) {
	const parameters = {
		productId: by('id', '={{ $json.id }}'),
		updateFields: { price: '={{ $json.price }}' },
		simplify: false,
		...more,
	};
	return await run(shop, 'product', 'update', parameters as never, { items, ...options });
}

const writes = () => requestsOf(shop).filter((line) => !line.startsWith('GET'));

test('they go out together, and each item shows its own product and change', async () => {
	const ids = idsOf();
	const before = ids.map((id) => rowOf(id));
	const rows = jsonOf(await setPrices(ids.map((id, at) => ({ id, price: `${at + 20}.5` }))));
	expect(rows.map(({ product_id, written }) => [String(product_id), written])).toEqual(
		ids.map((id) => [id, true]),
	);
	expect(ids.map(priceOf)).toEqual(ids.map((_, at) => at + 20.5));
	expect(rows.map(({ changed }) => Object.keys(changed as object))).toEqual(
		ids.map(() => ['price']),
	);
	const untouched = ids.map((id) => [rowOf(id)?.stock, rowOf(id)?.weight, rowOf(id)?.price_buying]);
	expect(untouched).toEqual(before.map((row) => [row?.stock, row?.weight, row?.price_buying]));
	expect(writes()).toEqual(['POST /bulk']);
	expect(requestsOf(shop).length).toBeLessThanOrEqual(5);
});

test('an unknown product and an equal price keep nobody from their result', async () => {
	const [first = '', second = ''] = idsOf();
	const rows = jsonOf(
		await setPrices([
			{ id: first, price: '31' },
			{ id: '99999', price: '32' },
			{ id: second, price: String(priceOf(second)) },
		]),
	);
	expect(rows[0]).toMatchObject({ written: true });
	expect(String(rows[1]?.error)).toContain('99999');
	expect(rows[2]).toMatchObject({ written: false, reason: 'nothing to change' });
	expect(priceOf(first)).toBe(31);
});

test('nothing is written when an item fails and the run ends with it', async () => {
	const [first = ''] = idsOf();
	const before = priceOf(first);
	const { error } = await setPrices(
		[
			{ id: first, price: '41' },
			{ id: '99999', price: '42' },
		],
		{},
		{},
	);
	expect(error?.message).toContain('99999');
	expect(priceOf(first)).toBe(before);
	expect(writes()).toEqual([]);
});

test('a product named twice, and texts besides, are written in their order', async () => {
	const [first = '', second = ''] = idsOf();
	const rows = jsonOf(
		await setPrices([
			{ id: first, price: '51' },
			{ id: second, price: '52' },
			{ id: first, price: '53' },
		]),
	);
	expect([first, second].map(priceOf)).toEqual([53, 52]);
	expect(rows.map(({ written }) => written)).toEqual([true, true, true]);
	const named = jsonOf(
		await setPrices([{ id: first }, { id: second }], {
			updateFields: { code: '={{ "C" + $json.id }}' },
		}),
	);
	expect(named.map(({ code }) => code)).toEqual([`C${first}`, `C${second}`]);
});

test.each(['afterCommit500', 'reset'] as const)(
	'after an answer that leaves it open (%s) the node looks',
	async (kind) => {
		const ids = idsOf();
		shop.control.addFault({ kind, match: { method: 'POST', pathIncludes: 'bulk' } });
		const rows = jsonOf(await setPrices(ids.map((id, at) => ({ id, price: String(60 + at) }))));
		for (const [at, id] of ids.entries()) {
			expect([id, rows[at]?.error === undefined]).toEqual([id, priceOf(id) === 60 + at]);
		}
	},
);

test('a dry run writes nothing and tells what would change', async () => {
	const ids = idsOf();
	const rows = jsonOf(
		await setPrices(
			ids.map((id) => ({ id, price: '71' })),
			{ options: { dryRun: true } },
		),
	);
	expect(rows.every(({ reason }) => reason === 'dry run')).toBe(true);
	expect(writes()).toEqual([]);
});

test('a thousand prices by code stay within 190 requests and what the shop grants', async () => {
	shop.control.reset();
	shop.control.seed({ products: 1_000 });
	shop.control.setBucket({ limit: 10, perSecond: 1_000 });
	shop.control.clearRequests();
	const rows = shop.control.records({ resource: 'products' }).slice(-1_000);
	const parameters = {
		productId: by('code', '={{ $json.code }}'),
		updateFields: { price: '={{ $json.price }}' },
	};
	const items = rows.map(({ code }, at) => ({ code: String(code), price: String(100 + at) }));
	const shown = jsonOf(await run(shop, 'product', 'update', parameters as never, { items }));
	expect(shown.map(({ id, price }) => [id, price])).toEqual(
		rows.map(({ product_id }, at) => [String(product_id), 100 + at]),
	);
	expect(shop.control.requests().length).toBeLessThanOrEqual(190);
	expect(shop.control.requests().filter(({ status }) => status === 429)).toEqual([]);
});
