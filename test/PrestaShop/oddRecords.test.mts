/** Records as shops hold them after years: what they point at is gone, codes are odd, amounts are zero. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

let shop: PrestaShopSandbox;

beforeAll(async () => {
	shop = await startPrestaShopSandbox();
});

beforeEach(() => {
	shop.control.reset();
});

afterAll(async () => {
	await shop.close();
});

const run = async (resource: string, operation: string, parameters: Record<string, unknown>) =>
	await executeNode(actionBench(shop), { resource, operation, ...parameters } as never);

const inOrder = (id: number, fields: Record<string, string>) =>
	shop.control.putRecord({ resource: 'orders', record: { id, ...fields } });

test('an order whose customer and state are gone, worth nothing, is read like any other', async () => {
	const { id } = shop.control.placeOrder();
	inOrder(id, {
		id_customer: '9999',
		current_state: '9998',
		total_paid: '0.000000',
		total_paid_tax_incl: '0.000000',
	});
	const other = shop.control.placeOrder();
	const one = await run('order', 'get', { orderId: { mode: 'id', value: String(id) } });
	expect(one.error).toBeUndefined();
	expect(one.items[0]?.json).toMatchObject({ id: String(id) });
	const all = await run('order', 'getAll', { returnAll: true });
	expect(all.error).toBeUndefined();
	const ids = all.items.map(({ json }) => json.id);
	expect(ids).toEqual(expect.arrayContaining([String(id), String(other.id)]));
});

test('a state that is marked as deleted still names the orders that are in it', async () => {
	const { id } = shop.control.placeOrder();
	shop.control.changeState({ orderId: id, stateId: 4, notify: false });
	shop.control.putRecord({ resource: 'order_states', record: { id: 4, deleted: '1' } });
	const { items, error } = await run('order', 'get', {
		orderId: { mode: 'id', value: String(id) },
	});
	expect(error).toBeUndefined();
	expect(JSON.stringify(items[0]?.json.status)).toContain('Shipped');
});

test.each(['00012', 'A#1', 'A&B', 'say "x"', "l'eau", 'a b+c', '100%25'])(
	'a product is found by the reference %s',
	async (reference) => {
		shop.control.putRecord({ resource: 'products', record: { id: 3, reference } });
		const productId = { mode: 'reference', value: reference };
		const { items, error } = await run('product', 'get', { productId });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual(['3']);
	},
);
