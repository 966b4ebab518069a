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
