/** Records as shops hold them after years: without a client, without lines. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, locator } from './fixtures.mts';

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox();
});

beforeEach(() => {
	shop.control.reset();
});

afterAll(async () => {
	await shop.close();
});

const run = async (parameters: Record<string, unknown>) =>
	await executeNode(actionBench(shop), { resource: 'order', ...parameters } as never);

test('an order without a client and without lines is read like any other', async () => {
	const { id } = shop.control.placeOrder();
	const bare = { id, client: null, order_lines: [], shipping_address: null };
	shop.control.putRecord({ resource: 'orders', record: bare });
	const other = shop.control.placeOrder();
	const one = await run({ operation: 'get', orderId: locator('id', id) });
	expect(one.error).toBeUndefined();
	expect(one.items[0]?.json).toMatchObject({ id: String(id), lines: [] });
	const all = await run({ operation: 'getAll', returnAll: true });
	expect(all.error).toBeUndefined();
	expect(all.items.map(({ json }) => json.id)).toEqual(
		expect.arrayContaining([String(id), String(other.id)]),
	);
});

test.each(['00012', 'A#1', 'A&B', 'say "x"', "l'eau", 'a b+c', '100%25'])(
	'a product is found by the SKU %s',
	async (sku) => {
		const [product] = shop.control.records({ resource: 'products' });
		const [variant, ...others] = product?.variants as Array<Record<string, unknown>>;
		shop.control.putRecord({
			resource: 'products',
			record: {
				...product,
				variants: [{ ...variant, sku }, ...others],
				// Nobody changes a SKU without the shop noting when.
				updated_at: new Date(Date.now() + 1_000).toISOString(),
			} as never,
		});
		const { items, error } = await run({
			resource: 'product',
			operation: 'get',
			productId: locator('sku', sku),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual([String(product?.id)]);
	},
);

test.each([
	['a time with an offset', '2026-02-01T08:00:00+09:00', '2026-01-31T23:00:00Z'],
	['the end of a month in UTC', '2026-01-31T23:30:00Z', '2026-01-31T23:30:00Z'],
	['a date of JavaScript', "={{ new Date('2026-01-31T23:30:00Z') }}", '2026-01-31T23:30:00Z'],
	['a Luxon time', "={{ DateTime.fromISO('2026-03-31T22:30:00Z') }}", '2026-03-31T22:30:00Z'],
])('%s in a filter is that very instant', async (_, updatedAfter, instant) => {
	shop.control.clearRequests();
	const { error } = await run({ operation: 'getAll', filters: { updatedAfter } });
	expect(error).toBeUndefined();
	const [asked] = shop.control
		.requests()
		.flatMap(({ path }) => /updated_since=([^&]*)/.exec(path)?.[1] ?? []);
	expect(Date.parse(decodeURIComponent(asked ?? ''))).toBe(Date.parse(instant));
});
