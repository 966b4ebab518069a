/** What tests and the demo page can do to the sandbox Shoper shop behind the API's back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { rawRequest } from './rawRequest.mts';
import { ShoperClient } from './shoperClient.mts';

let shop: ShoperClient;

beforeAll(async () => {
	shop = await ShoperClient.start();
});

beforeEach(() => shop.sandbox.control.reset());

afterAll(async () => await shop.sandbox.close());

describe('orders', () => {
	it('places an order that the API shows with customer, lines and stock', async () => {
		const { id } = shop.sandbox.control.placeOrder({
			email: 'ewa@example.com',
			firstName: 'Ewa',
			lines: [
				{ productId: 3, quantity: 2 },
				{ productId: 1, stockId: 10, quantity: 1, price: 50 },
			],
			paymentId: 2,
			shippingId: 2,
			paid: 360.99,
		});
		const { body } = await shop.get(`orders/${id}`);
		expect(body).toMatchObject({
			email: 'ewa@example.com',
			sum: '360.99',
			is_paid: true,
			is_cash_on_delivery: true,
			status_id: '1',
		});
		expect((await shop.get(`users/${String(body.user_id)}`)).body).toMatchObject({
			firstname: 'Ewa',
			registered: '0',
		});
		expect(await shop.column('order-products', 'option', { order_id: id })).toEqual([
			'',
			'Kolor: Czerwony',
		]);
		expect((await shop.get('product-stocks/10')).body.stock).toBe('19');
		expect(shop.sandbox.control.mails()).toEqual([]);
		const again = shop.sandbox.control.placeOrder({ email: 'EWA@example.com' });
		expect((await shop.get(`orders/${again.id}`)).body.user_id).toBe(body.user_id);
	});

	it('lets a reserved number become visible after a later one', async () => {
		const { control } = shop.sandbox;
		const reserved = control.reserveOrderId();
		const { id } = control.placeOrder();
		expect(id).toBe(reserved + 1);
		expect(await shop.column('orders', 'order_id', { order_id: { '>': 5 } })).toEqual([String(id)]);
		control.placeOrder({ id: reserved });
		expect(await shop.column('orders', 'order_id', { order_id: { '>': 5 } })).toEqual([
			String(reserved),
			String(id),
		]);
	});

	it('changes status and payment as the panel does, also in the past', async () => {
		const { control } = shop.sandbox;
		control.changeStatus({ orderId: 5, statusId: 2, at: Date.parse('2026-03-01T12:00:00Z') });
		control.setPaid({ orderId: 5 });
		expect((await shop.get('orders/5')).body).toMatchObject({
			status_id: '2',
			status_date: '2026-03-01 13:00:00',
			is_paid: true,
		});
		expect(control.mails()).toHaveLength(1);
		control.clearMails();
		expect(control.mails()).toEqual([]);
		expect(() => control.changeStatus({ orderId: 5, statusId: 10 })).toThrow('no status 10');
	});

	it('goes back to earlier numbers when the database is restored', async () => {
		const { control } = shop.sandbox;
		const kept = control.snapshot();
		const first = control.placeOrder();
		control.restore({ snapshot: kept });
		expect((await shop.get(`orders/${first.id}`)).status).toBe(404);
		expect(control.placeOrder().id).toBe(first.id);
	});

	it('seeds thousands of orders', async () => {
		const since = Date.parse('2026-01-01T00:00:00Z');
		const seeded = shop.sandbox.control.seed({
			orders: 10_000,
			customers: 500,
			products: 100,
			since,
		});
		expect(seeded.lastOrderId - seeded.firstOrderId).toBe(9_999);
		expect(seeded.lastProductId - seeded.firstProductId).toBe(99);
		const { body } = await shop.get(`orders/${seeded.firstOrderId}`);
		expect(body.date).toBe('2026-01-01 01:00:00');
		expect(Number(body.paid)).toBe(Number(body.sum));
		const path = 'orders?order=order_id ASC&limit=50';
		const after = { order_id: { '>': seeded.lastOrderId - 3 } };
		expect(await shop.column(path, 'order_id', after)).toHaveLength(3);
	});

	it('starts without orders and customers when told', async () => {
		shop.sandbox.control.reset({ empty: true });
		expect((await shop.get('orders')).body.count).toBe('0');
		expect((await shop.get('users')).body.count).toBe('0');
		expect((await shop.get('products')).body.count).toBe('8');
	});
});

describe('records', () => {
	it('reads, writes and deletes without the rules of the API', async () => {
		const { control } = shop.sandbox;
		expect(control.getRecord({ resource: 'users', id: 99 })).toBeNull();
		const { id } = control.putRecord({ resource: 'users', record: { email: 'x@example.com' } });
		expect(control.getRecord({ resource: 'users', id })).toMatchObject({ user_id: '5' });
		control.putRecord({ resource: 'users', id, record: { firstname: 'Xaver' } });
		expect((await shop.get('users/5')).body).toMatchObject({
			firstname: 'Xaver',
			email: 'x@example.com',
		});
		expect(control.records({ resource: 'users' })).toHaveLength(5);
		expect(control.deleteRecord({ resource: 'users', id })).toBe(true);
		expect((await shop.get('users/5')).status).toBe(404);
		expect(() => control.putRecord({ resource: 'users', record: { nothing: 1 } })).toThrow(
			'has no field "nothing"',
		);
	});

	it('adds customers and changes products', async () => {
		const { control } = shop.sandbox;
		const { id } = control.addCustomer({
			email: 'c@example.com',
			at: Date.parse('2026-07-01T10:00:00Z'),
		});
		expect((await shop.get(`users/${id}`)).body).toMatchObject({
			date_add: '2026-07-01 12:00:00',
			registered: '1',
		});
		control.freeze();
		control.advance({ ms: 5_000 });
		control.updateProduct({ id: 2, values: { stock: { price: 80 } } });
		expect((await shop.get('products/2')).body).toMatchObject({
			stock: { price: '80.00' },
			edit_date: control.now().wall,
		});
		control.unfreeze();
	});
});

describe('the clock', () => {
	it('prints local time that repeats an hour in autumn', async () => {
		const { control } = shop.sandbox;
		control.freeze();
		const at = async (iso: string): Promise<unknown> => {
			control.setNow({ ms: Date.parse(iso) });
			const { id } = control.placeOrder();
			return (await shop.get(`orders/${id}`)).body.date;
		};
		expect(await at('2026-10-25T00:30:00Z')).toBe('2026-10-25 02:30:00');
		expect(await at('2026-10-25T01:30:00Z')).toBe('2026-10-25 02:30:00');
		expect(await at('2026-07-01T10:00:00Z')).toBe('2026-07-01 12:00:00');
		control.setNow({ ms: Date.now() });
		control.unfreeze();
	});
});

describe('faults', () => {
	it('answers 500 although the status was changed', async () => {
		shop.sandbox.control.addFault({ kind: 'afterCommit500', match: { method: 'PUT' } });
		const answer = await shop.raw('PUT', 'orders/5', { body: '{"status_id":6}' });
		expect(answer.status).toBe(500);
		expect(shop.sandbox.control.getRecord({ resource: 'orders', id: 5 })?.status_id).toBe('6');
	});

	it('breaks connections and clears', async () => {
		shop.sandbox.control.addFault({ kind: 'reset', times: 0 });
		await expect(shop.get('orders')).rejects.toThrow(/ECONNRESET|socket hang up/);
		shop.sandbox.control.clearFaults();
		expect((await shop.get('orders')).status).toBe(200);
	});
});

describe('over HTTP', () => {
	it('offers the verbs', async () => {
		expect(await shop.verb('placeOrder', { email: 'http@example.com' })).toEqual({ id: 6 });
		expect(await shop.verb('reserveOrderId')).toBe(7);
		expect(await shop.verb('changeStatus', { orderId: 6, statusId: 2 })).toEqual({ ok: true });
		expect(await shop.verb('mails')).toMatchObject([{ to: 'http@example.com', statusId: 2 }]);
		expect(await shop.verb('notifications', { text: 'hello' })).toEqual({ ok: true });
		expect(await shop.verb('notifications')).toMatchObject([{ text: 'hello' }]);
		expect(await shop.verb('logins')).toEqual([]);
		expect(await shop.verb('ignoredRetryAfters')).toEqual([]);
		expect(await shop.verb('toString')).toEqual({ error: 'There is no control verb "toString".' });
		expect(await shop.verb('restore', { snapshot: 'none' })).toEqual({
			error: 'There is no snapshot "none".',
		});
	});

	it('logs requests with the name of the token', async () => {
		await shop.get('orders?limit=1');
		expect(await shop.verb('requests')).toMatchObject([
			{ method: 'GET', path: '/webapi/rest/orders?limit=1', status: 200, keyName: 'full' },
		]);
		await shop.verb('clearRequests');
		expect(await shop.verb('requests')).toEqual([]);
	});
});

describe('the page', () => {
	const page = async (path = '/'): Promise<string> =>
		(await rawRequest(shop.sandbox.url, { method: 'GET', path })).body.toString('utf8');

	it('shows orders, messages and mails, and places an order', async () => {
		expect(await shop.verb('placeDemoOrder')).toMatchObject({
			id: 6,
			message: 'Order 6 was placed.',
		});
		shop.sandbox.control.notify({ text: '<b>bold</b>' });
		shop.sandbox.control.changeStatus({ orderId: 6, statusId: 7 });
		const html = await page();
		expect(html).toContain('Newest of 6 orders');
		expect(html).toContain('&lt;b&gt;bold&lt;/b&gt;');
		expect(html).toContain('przesyłka wysłana');
		expect(html).not.toContain('data-verb="ship"');
		expect((await rawRequest(shop.sandbox.url, { method: 'GET', path: '/nothing' })).status).toBe(
			404,
		);
	});

	it('posts the order to the workflow that ships it', async () => {
		const bodies: string[] = [];
		const hook = createServer((request, response) => {
			request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
			request.on('end', () => response.end('ok'));
		});
		await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', () => resolve()));
		try {
			expect(await shop.verb('ship', { orderId: 5 })).toEqual({
				message: 'No workflow is connected.',
			});
			const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
			await shop.verb('setShipWebhook', { url });
			expect(await page()).toContain(
				'data-verb="ship" data-body="{&quot;orderId&quot;:5}" aria-label="Mark as shipped through n8n, order 5">',
			);
			expect(await shop.verb('ship', { orderId: 5 })).toEqual({
				status: 200,
				message: 'n8n took order 5.',
			});
			expect(bodies).toEqual(['{"orderId":5}']);
		} finally {
			await shop.verb('setShipWebhook', { url: null });
			await new Promise((resolve) => hook.close(resolve));
		}
	});
});
