/** Updates of many records in few requests: each item gets its own true result, whatever happens to others. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox, PrestaShopVersion } from '../../sandbox/prestashop/shop.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { executeNode } from '../support/engine.mts';
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version: PrestaShopVersion) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});
	afterAll(async () => await shop.close());
	beforeEach(() => shop.control.reset());

	const patches = /^[89]/.test(version);

	const run = async (
		parameters: Record<string, unknown>,
		rows: ReadonlyArray<Record<string, unknown>>,
		{ key = 'full', goOn = true }: { key?: string; goOn?: boolean } = {},
	) => {
		shop.control.clearRequests();
		const bench = {
			node: new PrestaShop(),
			credentialType: new PrestaShopApi(),
			credentials: { shopUrl: shop.url, apiKey: KEYS[key] ?? key, timezone: 'Europe/Warsaw' },
		};
		const { items, error } = await executeNode(bench, { simplify: false, ...parameters } as never, {
			items: rows.map((json) => ({ json: json as never })),
			...(goOn && { onError: 'continueRegularOutput' as const }),
		});
		return { items: items.map(({ json }) => json), message: error?.message };
	};
	const prices = async (rows: ReadonlyArray<Record<string, unknown>>, more = {}, options = {}) =>
		await run(
			{
				resource: 'product',
				operation: 'update',
				productId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				updateFields: { price: '={{ $json.price }}' },
				...more,
			},
			rows,
			options,
		);
	const stored = (id: number, resource = 'products') => shop.control.getRecord({ resource, id });
	const price = (id: number) => Number(stored(id)?.price);
	const sent = () => shop.control.requests().map(({ method }) => method);
	const writes = () => sent().filter((method) => method !== 'GET').length;

	test('go out together, and each item has its own record and changes', async () => {
		const { items } = await prices([1, 2, 3, 4].map((id) => ({ id, price: String(10 + id) })));
		expect(items.map(({ id, written }) => [id, written])).toEqual(
			['1', '2', '3', '4'].map((id) => [id, true]),
		);
		expect(items.map(({ changed }) => changed)).toMatchObject(
			[1, 2, 3, 4].map((id) => ({ price: { after: `${10 + id}.000000` } })),
		);
		expect([1, 2, 3, 4].map(price)).toEqual([11, 12, 13, 14]);
		expect(writes()).toBe(1);
		// Rights, languages, the records before, the write, the records after.
		expect(sent()).toHaveLength(5);
	});

	test('touch nothing else, with PUT as with PATCH', async () => {
		const before = [1, 2, 3].map((id) => stored(id));
		await prices(
			[1, 2, 3].map((id) => ({ id, text: `Nazwa ${id}` })),
			{
				updateFields: {},
				translations: { row: [{ language: 'pl', name: '={{ $json.text }}' }] },
			},
			{ key: 'limited' },
		);
		for (const [at, id] of [1, 2, 3].entries()) {
			const old: Record<string, unknown> = before[at] ?? {};
			const expected = { ...(old.name as object), 3: `Nazwa ${id}` };
			expect(stored(id)).toEqual({
				...old,
				name: expected,
				date_upd: expect.any(String) as string,
			});
		}
		expect(writes()).toBe(1);
	});

	test('an item that cannot be, and one that changes nothing, keep nobody from their result', async () => {
		const same = String(stored(4)?.price);
		const { items } = await prices([
			{ id: 1, price: '21' },
			{ id: 999, price: '22' },
			{ id: 2, price: 'much' },
			{ id: 3, price: '23' },
			{ id: 4, price: same },
		]);
		expect(String(items[1]?.error)).toMatch(/999|no product|not found/i);
		expect(String(items[2]?.error)).toContain('"price"');
		expect(items[4]).toMatchObject({ written: false, reason: 'nothing to change' });
		expect([1, 3].map(price)).toEqual([21, 23]);
		expect(items[0]).toMatchObject({ id: '1', written: true });
		expect(items[3]).toMatchObject({ id: '3', written: true });
	});

	test('nothing is written when an item fails and the run ends with it', async () => {
		const before = price(1);
		const { message } = await prices(
			[
				{ id: 1, price: '31' },
				{ id: 2, price: 'much' },
			],
			{},
			{ goOn: false },
		);
		expect(message).toContain('"price"');
		expect(price(1)).toBe(before);
		expect(writes()).toBe(0);
	});

	test('a record the shop refuses fails alone; those behind it are written all the same', async () => {
		const { items } = await run(
			{
				resource: 'anyResource',
				operation: 'update',
				webserviceResource: { __rl: true, mode: 'id', value: 'products' },
				recordId: '={{ $json.id }}',
				record: '={{ JSON.stringify({ upc: $json.upc }) }}',
			},
			[1, 2, 3, 4, 5].map((id) => ({ id, upc: id === 3 ? 'not a upc' : `12345678901${id}` })),
		);
		expect(items.filter(({ error }) => error !== undefined)).toHaveLength(1);
		expect(String(items[2]?.error)).toContain('upc');
		expect([1, 2, 4, 5].map((id) => stored(id)?.upc)).toEqual(
			[1, 2, 4, 5].map((id) => `12345678901${id}`),
		);
	});

	test('one record named twice ends as the last one says, and both are told what they did', async () => {
		const { items } = await prices([
			{ id: 1, price: '41' },
			{ id: 2, price: '42' },
			{ id: 1, price: '43' },
		]);
		expect([1, 2].map(price)).toEqual([43, 42]);
		expect(items.map(({ changed }) => changed)).toMatchObject([
			{ price: { after: '41.000000' } },
			{ price: { after: '42.000000' } },
			{ price: { before: '41.000000', after: '43.000000' } },
		]);
	});

	test.each([
		['afterCommit500', 'did save the record'],
		['reset', undefined],
	] as const)('after an answer that leaves it open (%s) the node looks', async (kind, warning) => {
		const method = patches ? 'PATCH' : 'PUT';
		shop.control.addFault({ kind, match: { method } });
		const { items } = await prices([1, 2, 3].map((id) => ({ id, price: String(50 + id) })));
		for (const [at, id] of [1, 2, 3].entries()) {
			const isStored = price(id) === 50 + id;
			expect([id, items[at]?.error === undefined]).toEqual([id, isStored]);
			if (warning) expect(String(items[at]?.warning)).toContain(warning);
		}
	});

	test('a dry run of many writes nothing and tells what would change', async () => {
		const { items } = await prices(
			[1, 2].map((id) => ({ id, price: String(60 + id) })),
			{ options: { dryRun: true } },
		);
		expect(items).toMatchObject([1, 2].map(() => ({ written: false, reason: 'dry run' })));
		expect(writes()).toBe(0);
	});

	test('two customers cannot get one email in one run', async () => {
		shop.control.seed({ orders: 2, customers: 2 });
		const [first, second] = shop.control.records({ resource: 'customers' });
		const { items } = await run(
			{
				resource: 'customer',
				operation: 'update',
				customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				updateFields: { email: 'new@example.com' },
			},
			[{ id: first?.id }, { id: second?.id }],
		);
		expect(items.map(({ error }) => error === undefined)).toEqual([true, false]);
		expect(String(items[1]?.error)).toContain(`already belongs to the customer with the ID`);
	});
});

test('a thousand prices by SKU are thirty requests', async () => {
	const shop = await startPrestaShopSandbox();
	shop.control.seed({ orders: 0, products: 1_000 });
	const rows = shop.control
		.records({ resource: 'products' })
		.slice(-1_000)
		.map(({ id, reference }, at) => ({ id, reference, price: String(100 + at) }));
	const { items, error } = await executeNode(
		{
			node: new PrestaShop(),
			credentialType: new PrestaShopApi(),
			credentials: { shopUrl: shop.url, apiKey: KEYS.full, timezone: 'Europe/Warsaw' } as never,
		},
		{
			resource: 'product',
			operation: 'update',
			productId: { __rl: true, mode: 'reference', value: '={{ $json.reference }}' },
			updateFields: { price: '={{ $json.price }}' },
		} as never,
		{ items: rows.map((json) => ({ json: json as never })) },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => [json.id, json.price])).toEqual(
		rows.map(({ id, price }) => [String(id), Number(price)]),
	);
	const requests = shop.control.requests().map(({ method, path }) => `${method} ${path}`);
	expect(requests.length).toBeLessThanOrEqual(30);
	await shop.close();
});
