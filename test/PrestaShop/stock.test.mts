/** Stock: reading, writing many items in few requests, and the truth about each of them. */
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import type { Bench, Execution } from '../support/engine.mts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

const byVersion = describe.each(PRESTASHOP_VERSIONS);

function benchOf(shop: PrestaShopSandbox, key = 'full'): Bench {
	return {
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
	};
}

async function run(
	shop: PrestaShopSandbox,
	operation: string,
	parameters: INodeParameters,
	options: { items?: IDataObject[]; goOn?: boolean; key?: string } = {},
): Promise<Execution> {
	const { items = [{}], goOn = false, key } = options;
	return await executeNode(
		benchOf(shop, key),
		{ resource: 'stock', operation, ...parameters },
		{
			items: items.map((json) => ({ json })),
			...(goOn && { onError: 'continueRegularOutput' as const }),
		},
	);
}

const jsonOf = ({ items, error }: Execution) => {
	if (error) throw error;
	return items.map(({ json }) => json);
};

/** Input items that name a stock by product ID. */
const BY_ITEM: INodeParameters = {
	productId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
	mode: '={{ $json.mode ?? "set" }}',
	quantity: '={{ $json.quantity }}',
};

const BY_SKU: INodeParameters = {
	...BY_ITEM,
	productId: { __rl: true, mode: 'sku', value: '={{ $json.sku }}' },
};

function quantityOf(shop: PrestaShopSandbox, product: number, combination = 0): number {
	const row = shop.control
		.records({ resource: 'stock_availables' })
		.find(
			({ id_product, id_product_attribute }) =>
				id_product === String(product) && id_product_attribute === String(combination),
		);
	return Number(row?.quantity);
}

/** Simple products with a SKU and a stock row each. */
function addProducts(shop: PrestaShopSandbox, count: number): Array<{ id: number; sku: string }> {
	return Array.from({ length: count }, (_, at) => {
		const sku = `SKU-${at}`;
		const { id } = shop.control.putRecord({
			resource: 'products',
			record: { reference: sku, price: '1.000000', name: { 1: `Product ${at}` } },
		});
		shop.control.putRecord({
			resource: 'stock_availables',
			record: {
				id_product: String(id),
				id_product_attribute: '0',
				id_shop: '1',
				id_shop_group: '0',
				quantity: '10',
				depends_on_stock: '0',
				out_of_stock: '2',
			},
		});
		return { id, sku };
	});
}

byVersion('PrestaShop %s', (version) => {
	let shop: PrestaShopSandbox;

	beforeEach(async () => {
		shop = await startPrestaShopSandbox({ version });
	});

	afterEach(async () => {
		await shop.close();
	});

	test('a product with combinations has a row for each and their sum', async () => {
		const rows = jsonOf(
			await run(shop, 'get', { productId: { __rl: true, mode: 'id', value: '1' } }),
		);
		expect(rows.length).toBeGreaterThan(1);
		expect(rows[0]).toMatchObject({ productId: '1', combinationId: null });
		expect(rows.slice(1).every(({ combinationId }) => combinationId !== null)).toBe(true);
	});

	test('500 items by SKU cost few requests, and every row but the quantity stays as it was', async () => {
		const products = addProducts(shop, 500);
		const before = shop.control.records({ resource: 'stock_availables' });
		shop.control.clearRequests();
		const items = products.map(({ sku }, at) => ({ sku, quantity: at + 100 }));
		const results = jsonOf(await run(shop, 'update', BY_SKU, { items }));
		expect(results.map(({ quantity }) => quantity)).toEqual(items.map(({ quantity }) => quantity));
		for (const [at, { id }] of products.entries()) expect(quantityOf(shop, id)).toBe(at + 100);
		const requests = shop.control.requests().map(({ method, path }) => `${method} ${path}`);
		const writes = requests.filter((text) => !text.startsWith('GET'));
		const patch = version.startsWith('1.') ? 'PUT' : 'PATCH';
		expect(writes).toHaveLength(5);
		for (const write of writes) expect(write).toMatch(`${patch} /api/stock_availables/`);
		// Rights 1; products and combinations by SKU 2 + 2; stock rows 2; reading back 2.
		expect(requests.length - writes.length).toBe(9);
		const rest = (record: Record<string, unknown>) => ({ ...record, quantity: '' });
		expect(shop.control.records({ resource: 'stock_availables' }).map(rest)).toEqual(
			before.map(rest),
		);
	});

	/** Runs an update of five stocks, one of which is refused because its row has just disappeared. */
	async function withRefusal(goOn: boolean): Promise<{ execution: Execution; ids: number[] }> {
		const ids = addProducts(shop, 5).map(({ id }) => id);
		const row = shop.control
			.records({ resource: 'stock_availables' })
			.find(({ id_product }) => id_product === String(ids[2]));
		const method = version.startsWith('1.') ? 'PUT' : 'PATCH';
		shop.control.addFault({ kind: 'delay', delayMs: 300, match: { method } });
		const items = ids.map((id) => ({ id, quantity: 77 }));
		const running = run(shop, 'update', BY_ITEM, { items, goOn });
		// The rights are asked for between reading and writing.
		const isRead = () => shop.control.requests().some(({ path }) => path === '/api/');
		for (let tries = 0; tries < 200 && !isRead(); tries++) await pause(5);
		shop.control.deleteRecord({ resource: 'stock_availables', id: Number(row?.id) });
		return { execution: await running, ids };
	}

	test('a refused record fails alone', async () => {
		const { execution, ids } = await withRefusal(true);
		const { items } = execution;
		expect(items.map(({ json }) => json.quantity ?? 'failed')).toEqual([77, 77, 'failed', 77, 77]);
		expect(items[2]?.json.error).toContain('This stock was not changed.');
		for (const at of [0, 1, 3, 4]) expect(quantityOf(shop, ids[at] ?? 0)).toBe(77);
	});

	test('a run that stops says what was carried out, because its output is lost', async () => {
		const { execution } = await withRefusal(false);
		expect(execution.error?.message).toContain('[item 2]');
		expect(execution.error?.message).toContain(
			'Carried out: 4 of 5 items; not carried out or unclear: item 2',
		);
	});
});

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

describe('on one shop', () => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox();
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test('changes of several items to one stock add up in item order and are written once', async () => {
		const [product] = addProducts(shop, 1);
		const id = product?.id ?? 0;
		shop.control.clearRequests();
		const results = jsonOf(
			await run(shop, 'update', BY_ITEM, {
				items: [
					{ id, mode: 'changeBy', quantity: 5 },
					{ id, mode: 'changeBy', quantity: -2 },
				],
			}),
		);
		expect(quantityOf(shop, id)).toBe(13);
		expect(results).toMatchObject([
			{ previousQuantity: 10, quantity: 13, note: expect.stringContaining('2 items') },
			{ previousQuantity: 10, quantity: 13 },
		]);
		expect(shop.control.requests().filter(({ method }) => method === 'PATCH')).toHaveLength(1);
	});

	test('of several values set for one stock the last one counts, and the first result says so', async () => {
		const [product] = addProducts(shop, 1);
		const id = product?.id ?? 0;
		const items = [
			{ id, quantity: 5 },
			{ id, quantity: 7 },
			{ id, mode: 'changeBy', quantity: 1 },
		];
		const results = jsonOf(await run(shop, 'update', BY_ITEM, { items }));
		expect(quantityOf(shop, id)).toBe(8);
		expect(results.map(({ quantity }) => quantity)).toEqual([8, 8, 8]);
		expect(results[0]?.note).toContain('the last one counts');
	});

	test('nothing is written when one of the items cannot be understood and the run stops on failures', async () => {
		const products = addProducts(shop, 2);
		const items = [
			...products.map(({ sku }) => ({ sku, quantity: 1 })),
			{ sku: 'nowhere', quantity: 1 },
		];
		const { error } = await run(shop, 'update', BY_SKU, { items });
		expect(error?.message).toContain('no product and no combination with the SKU "nowhere"');
		for (const { id } of products) expect(quantityOf(shop, id)).toBe(10);
		const { items: shown } = await run(shop, 'update', BY_SKU, { items, goOn: true });
		expect(shown.map(({ json }) => json.quantity ?? 'failed')).toEqual([1, 1, 'failed']);
	});

	test('the sum of combinations is refused with the names of the combinations', async () => {
		shop.control.clearRequests();
		const { error } = await run(shop, 'update', {
			productId: { __rl: true, mode: 'id', value: '1' },
			mode: 'set',
			quantity: 3,
		});
		expect(error?.message).toContain('Product 1 has combinations');
		expect(error?.message).toMatch(/Name a combination: 1 \(demo_1, S\)/);
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});

	const SHARED = { productId: { __rl: true, mode: 'sku', value: 'demo_1' } };

	test('a SKU that a product shares with its combinations is the product with all of them', async () => {
		shop.control.putRecord({
			resource: 'products',
			record: { id: 1, reference: 'demo_1' },
		});
		const rows = jsonOf(await run(shop, 'get', SHARED));
		expect(rows[0]).toMatchObject({ productId: '1', combinationId: null });
		expect(rows[0]?.quantity).toBe(
			rows.slice(1).reduce((sum, { quantity }) => sum + Number(quantity), 0),
		);
		expect(rows[1]).toMatchObject({
			combinationId: '1',
			sku: 'demo_1',
			attributes: expect.arrayContaining([expect.objectContaining({ name: 'S' })]),
		});
		expect(rows).toHaveLength(9);
	});

	test('a key that may not read combinations hears what the names of stocks take', async () => {
		shop.control.addKey({
			key: 'STOCKREADONLY0000000000000000006',
			permissions: { stock_availables: ['GET'] },
		});
		const [, row] = jsonOf(
			await run(
				shop,
				'get',
				{ productId: { __rl: true, mode: 'id', value: '1' } },
				{ key: 'STOCKREADONLY0000000000000000006' },
			),
		);
		expect(row).toMatchObject({
			combinationId: '1',
			_missing: [expect.stringMatching(/combinations/)],
		});
		expect(row).not.toHaveProperty('attributes');
	});

	test('a write by a SKU that several combinations share is refused with their names', async () => {
		shop.control.clearRequests();
		const { error } = await run(shop, 'update', { ...SHARED, mode: 'set', quantity: 3 });
		expect(error?.message).toContain('"demo_1" belongs to 8 combinations of product 1');
		expect(error?.message).toContain('Name a combination by its ID: 1 (demo_1, S)');
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});

	test('a write by a SKU that one combination shares with its product is for the combination', async () => {
		shop.control.putRecord({
			resource: 'combinations',
			record: { id: 2, id_product: '1', reference: 'ONLY-2' },
		});
		shop.control.putRecord({ resource: 'products', record: { id: 1, reference: 'ONLY-2' } });
		const productId = { __rl: true, mode: 'sku', value: 'ONLY-2' };
		const [written] = jsonOf(await run(shop, 'update', { productId, mode: 'set', quantity: 3 }));
		expect(written).toMatchObject({ productId: '1', combinationId: '2', quantity: 3 });
		expect(jsonOf(await run(shop, 'get', { productId }))).toHaveLength(9);
	});

	test('a SKU of several products stays refused with all of them', async () => {
		const [other] = addProducts(shop, 1);
		shop.control.putRecord({
			resource: 'products',
			record: { id: other?.id, reference: 'demo_1' },
		});
		const { error } = await run(shop, 'get', SHARED);
		expect(error?.message).toContain(`"demo_1" is not unique: product 1, product ${other?.id}`);
	});

	test('the stock of a combination changes the sum of its product', async () => {
		const [result] = jsonOf(
			await run(shop, 'update', {
				productId: { __rl: true, mode: 'combinationId', value: '2' },
				mode: 'changeBy',
				quantity: -1,
			}),
		);
		expect(result).toMatchObject({ productId: '1', combinationId: '2', changed: true });
		expect(result?.quantity).toBe(Number(result?.previousQuantity) - 1);
	});

	test('stock of advanced stock management is refused before any write', async () => {
		const [product] = addProducts(shop, 1);
		const row = shop.control
			.records({ resource: 'stock_availables' })
			.find(({ id_product }) => id_product === String(product?.id));
		shop.control.putRecord({
			resource: 'stock_availables',
			record: { id: row?.id, depends_on_stock: '1' },
		});
		const { error } = await run(shop, 'update', {
			...BY_ITEM,
			productId: { __rl: true, mode: 'id', value: String(product?.id) },
			quantity: 3,
		});
		expect(error?.message).toContain('error 133');
	});

	test('a dry run shows before and after and writes nothing', async () => {
		const [product] = addProducts(shop, 1);
		const id = product?.id ?? 0;
		shop.control.clearRequests();
		const results = jsonOf(
			await run(
				shop,
				'update',
				{ ...BY_ITEM, options: { dryRun: true } },
				{ items: [{ id, mode: 'changeBy', quantity: -4 }] },
			),
		);
		expect(results).toMatchObject([
			{ previousQuantity: 10, quantity: 6, changed: false, dryRun: true },
		]);
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});

	test('a stock that already is as wanted costs no write', async () => {
		const [product] = addProducts(shop, 1);
		shop.control.clearRequests();
		const results = jsonOf(
			await run(shop, 'update', BY_ITEM, { items: [{ id: product?.id ?? 0, quantity: 10 }] }),
		);
		expect(results).toMatchObject([{ quantity: 10, changed: false }]);
		expect(shop.control.requests().every(({ method }) => method === 'GET')).toBe(true);
	});

	test.each(['afterCommit500', 'truncate', 'reset'] as const)(
		'an answer lost by %s is looked into',
		async (kind) => {
			const products = addProducts(shop, 3);
			shop.control.addFault({ kind, match: { method: 'PATCH' } });
			const items = products.map(({ id }) => ({ id, quantity: 44 }));
			const results = jsonOf(await run(shop, 'update', BY_ITEM, { items }));
			expect(results.map(({ quantity }) => quantity)).toEqual([44, 44, 44]);
			for (const { id } of products) expect(quantityOf(shop, id)).toBe(44);
		},
		15_000,
	);

	test('a key without the right to write hears which one is missing', async () => {
		shop.control.addKey({
			key: 'STOCKREADONLY0000000000000000006',
			permissions: { stock_availables: ['GET'] },
		});
		const { error } = await run(
			shop,
			'update',
			{ productId: { __rl: true, mode: 'id', value: '1' }, mode: 'set', quantity: 3 },
			{ key: 'STOCKREADONLY0000000000000000006' },
		);
		expect(error?.message).toContain('Name a combination: 1, 2');
		const [product] = addProducts(shop, 1);
		const denied = await run(
			shop,
			'update',
			{
				productId: { __rl: true, mode: 'id', value: String(product?.id) },
				mode: 'set',
				quantity: 3,
			},
			{ key: 'STOCKREADONLY0000000000000000006' },
		);
		expect(denied.error?.message).toContain('stock_availables – PATCH');
	});
});
