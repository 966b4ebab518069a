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

test('an order without rows shows none, an order of downloads has no carrier and no address', async () => {
	const { id } = shop.control.placeOrder();
	for (const { id: row, id_order } of shop.control.records({ resource: 'order_details' })) {
		if (id_order === String(id))
			shop.control.deleteRecord({ resource: 'order_details', id: Number(row) });
	}
	inOrder(id, { id_carrier: '0', id_address_delivery: '0' });
	const { items, error } = await run('order', 'get', {
		orderId: { mode: 'id', value: String(id) },
		options: { include: ['lines', 'carrier', 'addresses'] },
	});
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ lines: [], shippingMethod: null, shippingAddress: null });
	expect(items[0]?.json._missing).toBeUndefined();
});

test('of a deleted customer the order knows the ID, and other orders are not held up', async () => {
	const gone = shop.control.placeOrder({ email: 'gone@example.com' });
	const customer = shop.control.getRecord({ resource: 'orders', id: gone.id })?.id_customer;
	const other = shop.control.placeOrder({ email: 'here@example.com' });
	shop.control.deleteRecord({ resource: 'customers', id: Number(customer) });
	const { items, error } = await run('order', 'getAll', {
		filters: { idAfter: String(gone.id - 1) },
		options: { include: ['customer'] },
	});
	expect(error).toBeUndefined();
	const byId = new Map(items.map(({ json }) => [json.id, json.customer]));
	expect(byId.get(String(gone.id))).toMatchObject({ id: customer, email: null });
	expect(byId.get(String(other.id))).toMatchObject({ email: 'here@example.com' });
});

test.each([
	['a time with an offset', '2026-02-01T08:00:00+09:00', '2026-02-01 00:00:00'],
	['the end of a month in UTC', '2026-01-31T23:30:00Z', '2026-02-01 00:30:00'],
	['a date of JavaScript', "={{ new Date('2026-01-31T23:30:00Z') }}", '2026-02-01 00:30:00'],
	['a Luxon time', "={{ DateTime.fromISO('2026-03-31T22:30:00Z') }}", '2026-04-01 00:30:00'],
	[
		'a Luxon time in a zone',
		"={{ DateTime.fromISO('2026-03-01T00:00:00', { zone: 'Asia/Tokyo' }) }}",
		'2026-02-28 16:00:00',
	],
	["the shop's own clock", '2026-02-28T23:59:59', '2026-02-28 23:59:59'],
])('%s in a filter is the time of the shop', async (_, createdAfter, wall) => {
	shop.control.clearRequests();
	const { error } = await run('order', 'getAll', { filters: { createdAfter } });
	expect(error).toBeUndefined();
	const [list = ''] = shop.control
		.requests()
		.map(({ path }) => decodeURIComponent(path))
		.filter((path) => path.includes('filter[date_add]'));
	// Orders of that very second are wanted, and the shop knows "later than" only.
	const before = new Date(Date.parse(`${wall.replace(' ', 'T')}Z`) - 1000).toISOString();
	expect([`>[${wall}]`, `>[${before.slice(0, 19).replace('T', ' ')}]`]).toContain(
		/filter\[date_add\]=([^&]*)/.exec(list.replaceAll('+', ' '))?.[1],
	);
});

describe("a host that shows its own page for the shop's 404", () => {
	const PAGE =
		'<html><body><h1>Not Found</h1><p>Sorry, this page does not exist.</p></body></html>';
	const hide = (pathIncludes: string): void =>
		shop.control.addFault({
			kind: 'status',
			status: 404,
			body: PAGE,
			times: 0,
			match: { pathIncludes },
		});

	const asked = (): string[] => shop.control.requests().map(({ path }) => path);

	afterEach(() => shop.control.clearFaults());

	test('a record that is gone fails alone, and as gone', async () => {
		hide('/orders/9999');
		const records = ['1', '9999', '2'];
		const { items, error } = await executeNode(
			actionBench(shop),
			{
				resource: 'anyResource',
				operation: 'get',
				webserviceResource: { mode: 'name', value: 'orders' },
				recordId: '={{ $json.id }}',
			} as never,
			{ items: records.map((id) => ({ json: { id } })), onError: 'continueRegularOutput' },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		expect(items[0]?.json.id).toBe('1');
		expect(items[2]?.json.id).toBe('2');
		expect(String(items[1]?.json.error)).not.toMatch(/webservice at this address/);
		expect(items[1]?.json.error).toMatch(/has no record in orders with the ID "9999"/);
		expect(asked()).toContain('/api/orders/9999');
	});

	test('orders of a customer that was deleted are listed all the same', async () => {
		const { id } = shop.control.placeOrder();
		inOrder(id, { id_customer: '9999' });
		hide('/customers/9999');
		const { items, error } = await run('order', 'getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(items.find(({ json }) => json.id === String(id))?.json.customer).toMatchObject({
			id: '9999',
			email: null,
		});
		expect(asked()).toContain('/api/customers/9999');
	});
});
