/** What was created is told even if it cannot be shown: whoever repeats the run would make another. */
import type { INodeParameters } from 'n8n-workflow';

import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { by, jsonOf, run, wideShop } from './catalogueFixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await wideShop();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
	shop.control.clearFaults();
	shop.control.clearRequests();
});

/** The shop refuses to show one record. */
function hide(path: string): void {
	const match = { method: 'GET', pathIncludes: path };
	shop.control.addFault({ kind: 'status', status: 500, times: 0, match });
}

const order = {
	email: 'anna.nowak@example.com',
	statusId: by('id', '1'),
	paymentId: by('id', '2'),
	shippingId: by('id', '8'),
	lines: { row: [{ sku: 'MUG-1', quantity: 2 }] },
};

test.each<[string, string, INodeParameters]>([
	['order', '/orders/6', order],
	['order', '/orders/6', { ...order, options: { externalId: 'm-1' } }],
	['customer', '/users/5', { email: 'new@example.com', firstname: 'Jan', lastname: 'Testowy' }],
	['parcel', '/parcels/1', { orderId: by('id', '5'), trackingNumber: 'TR-1' }],
	['product', '/products/9', { name: 'A', code: 'NEW-1', price: '1.50', categoryId: '4' }],
	['webhook', '/webhooks/1', { url: 'https://n8n.example.com/a', events: 'order.create' }],
])('a new %s at %s that cannot be read back', async (resource, path, parameters) => {
	hide(path);
	const [result] = jsonOf(await run(shop, resource, 'create', parameters));
	expect(result).toMatchObject({
		id: path.split('/')[2],
		created: true,
		warning: expect.stringContaining('was created, but could not be read back') as string,
	});
	expect(result?.warning).toContain('Do not repeat this.');
});

test('a new record of any resource that cannot be read back', async () => {
	hide('/webhooks/1');
	const record = '{"url": "https://n8n.example.com/a", "format": 0, "events": ["order.create"]}';
	const parameters = { resourcePath: by('path', 'webhooks'), record };
	const [result] = jsonOf(await run(shop, 'anyResource', 'create', parameters));
	expect(result).toEqual({ id: '1', _created: true, _id: '1' });
});

test('runs side by side with one external ID make one order', async () => {
	const count = () => shop.control.records({ resource: 'orders' }).length;
	const before = count();
	const parameters = { ...order, options: { externalId: 'side-by-side' } };
	const runs = await Promise.all(
		Array.from({ length: 5 }, async () => jsonOf(await run(shop, 'order', 'create', parameters))),
	);
	expect(count()).toBe(before + 1);
	const told = runs.map(([result]) => result);
	expect(told.filter((each) => each?.created === true)).toHaveLength(1);
	expect(new Set(told.map((each) => each?.id)).size).toBe(1);
});

test('an order that a run in another process makes as well is told with both IDs', async () => {
	const parameters = { ...order, options: { externalId: 'twice' } };
	const [other] = jsonOf(await run(shop, 'order', 'create', parameters));
	// What the other one made was not there yet when this one looked for both marks.
	const body = '{"count":"0","pages":1,"page":1,"list":[]}';
	const match = { method: 'GET', pathIncludes: 'notes_priv' };
	shop.control.addFault({ kind: 'status', status: 200, body, times: 2, match });
	const [own] = jsonOf(await run(shop, 'order', 'create', parameters));
	expect(own?.created).toBe(true);
	expect(own?.warning).toContain(`there are ${String(other?.id)} and ${String(own?.id)} now`);
});

test('lines that a run in another process adds at the same time are told', async () => {
	const parameters = { ...order, options: { externalId: 'lines' } };
	const match = { method: 'POST', pathIncludes: 'order-products' };
	shop.control.addFault({ kind: 'delay', delayMs: 300, match });
	const running = run(shop, 'order', 'create', parameters);
	const isSent = () => shop.control.requests().some(({ path }) => path.includes('order-products'));
	for (let tries = 0; tries < 200 && !isSent(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	const orders = shop.control.records({ resource: 'orders' });
	const id = Math.max(...orders.map(({ order_id }) => Number(order_id)));
	const [{ id: _, ...line } = {}] = shop.control.records({ resource: 'order-products' });
	shop.control.putRecord({ resource: 'order-products', record: { ...line, order_id: id } });
	const [result] = jsonOf(await running);
	expect(result?.warning).toContain('has 2 lines in place of 1');
});

const address = {
	firstname: 'Ewa',
	lastname: 'Nowa',
	street1: 'Prosta 1',
	postcode: '00-001',
	city: 'Warszawa',
	country_code: 'PL',
	phone: '500000000',
};

const forNewCustomer = (email: string) => ({
	...order,
	email,
	billingAddress: { row: address },
	options: { createCustomer: true },
});

const customersCalled = (email: string) =>
	shop.control.records({ resource: 'users' }).filter((user) => user.email === email);

test('orders at the same time for one new customer create them once', async () => {
	const email = 'side.by.side@example.com';
	const runs = await Promise.all(
		Array.from({ length: 4 }, async () =>
			jsonOf(await run(shop, 'order', 'create', forNewCustomer(email))),
		),
	);
	const made = runs.flat().filter(({ customerCreated }) => customerCreated === true);
	expect(made).toHaveLength(1);
	expect(runs.flat().every(({ created }) => created === true)).toBe(true);
	expect(customersCalled(email)).toHaveLength(1);
});

test('a new customer whose answer is lost is found, and gets the order', async () => {
	const email = 'lost.answer@example.com';
	const match = { method: 'POST', pathIncludes: '/users' };
	shop.control.addFault({ kind: 'afterCommit500', times: 1, match });
	const [result] = jsonOf(await run(shop, 'order', 'create', forNewCustomer(email)));
	expect(result).toMatchObject({ created: true, customerCreated: true });
	expect(customersCalled(email)).toHaveLength(1);
});

test('an order refused after its customer was created says so, and a repeated run goes on', async () => {
	const email = 'refused.order@example.com';
	const match = { method: 'POST', pathIncludes: '/orders' };
	const body = '{"error":"invalid_request","error_description":"No."}';
	shop.control.addFault({ kind: 'status', status: 400, body, times: 1, match });
	const { error } = await run(shop, 'order', 'create', forNewCustomer(email));
	expect(error?.message).toContain('was created and stays; a repeated run finds them');
	const [result] = jsonOf(await run(shop, 'order', 'create', forNewCustomer(email)));
	expect(result).toMatchObject({ created: true, customerCreated: false });
	expect(customersCalled(email)).toHaveLength(1);
});
