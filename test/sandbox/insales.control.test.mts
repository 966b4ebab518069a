/** What tests and the demo page can do to the sandbox shop. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { JsonObject } from '../../sandbox/insales/records.mts';
import { callAdmin, list, object } from './insalesRequests.mts';
import { rawRequest } from './rawRequest.mts';

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox();
});

beforeEach(() => shop.control.reset());

afterAll(async () => {
	await shop.close();
});

async function control(verb: string, body: unknown = {}): Promise<unknown> {
	const answer = await rawRequest(shop.url, {
		method: 'POST',
		path: `/_sandbox/${verb}`,
		body: JSON.stringify(body),
	});
	return JSON.parse(answer.body.toString('utf8'));
}

const page = async (path = '/'): Promise<string> =>
	(await rawRequest(shop.url, { method: 'GET', path })).body.toString('utf8');

describe('data', () => {
	it('seeds ten thousand orders, and reads them all by the cursor', async () => {
		const seeded = shop.control.seed({ orders: 10_000, products: 100, spacingMs: 300 });
		expect(seeded.lastOrderId - seeded.firstOrderId).toBe(9_999);
		expect(seeded.lastProductId - seeded.firstProductId).toBe(99);
		const seen = new Set<number>();
		let cursor = 'updated_since=2020-01-01';
		for (let pages = 0; pages < 60; pages++) {
			const path = `orders.json?per_page=250&${cursor}`;
			const batch = list(await callAdmin(shop.url, 'GET', path));
			for (const order of batch) seen.add(Number(order.id));
			const last = batch.at(-1);
			if (!last) break;
			cursor = `updated_since=${encodeURIComponent(String(last.updated_at))}&from_id=${Number(last.id)}`;
		}
		expect(seen.size).toBe(10_005);
	});

	it('gives many orders one updated_at, as a bulk change does', () => {
		const { firstOrderId } = shop.control.seed({ orders: 3, since: '2026-01-01', spacingMs: 0 });
		const stamps = [0, 1, 2].map(
			(step) => shop.control.getRecord({ resource: 'orders', id: firstOrderId + step })?.updated_at,
		);
		expect(new Set(stamps)).toEqual(new Set(['2026-01-01T00:00:00.000+03:00']));
	});

	it('reads, writes and removes raw records', () => {
		shop.control.putRecord({ resource: 'orders', record: { id: 80_001, locale: 'en' } });
		expect(shop.control.getRecord({ resource: 'orders', id: 80_001 })).toMatchObject({
			locale: 'en',
			number: 1001,
			client: { name: 'Анна' },
		});
		expect(shop.control.deleteRecord({ resource: 'orders', id: 80_001 })).toBe(true);
		expect(shop.control.getRecord({ resource: 'orders', id: 80_001 })).toBeNull();
		expect(shop.control.records({ resource: 'orders' })).toHaveLength(4);
	});

	it('goes back to earlier ids when the database is restored', async () => {
		const kept = shop.control.snapshot();
		const first = shop.control.placeOrder();
		const line = (): unknown =>
			shop.control.getRecord({ resource: 'orders', id: first.id })?.order_lines;
		const before = line();
		shop.control.changeStatus({ orderId: 80_001, system: 'returned' });
		shop.control.restore({ snapshot: kept });
		expect((await callAdmin(shop.url, 'GET', `orders/${first.id}.json`)).status).toBe(404);
		expect(object(await callAdmin(shop.url, 'GET', 'orders/80001.json')).fulfillment_status).toBe(
			'delivered',
		);
		expect(shop.control.placeOrder()).toEqual(first);
		const id = (lines: unknown): unknown => (lines as JsonObject[])[0]?.id;
		expect(id(line())).toBe(id(before));
	});

	it('changes orders as the back office does', () => {
		const { changeId } = shop.control.changeStatus({ orderId: 80_004, permalink: 'sobran' });
		expect(changeId).toEqual(expect.any(Number));
		shop.control.changePayment({ orderId: 80_004, status: 'paid' });
		shop.control.touchOrder({ orderId: 80_004, note: 'Проверено' });
		const order = shop.control.getRecord({ resource: 'orders', id: 80_004 });
		expect(order).toMatchObject({
			custom_status: { permalink: 'sobran' },
			financial_status: 'paid',
			manager_comment: 'Проверено',
		});
		const changes = order?.order_changes as JsonObject[];
		expect(changes.map(({ action }) => action)).toEqual([
			'order_changed',
			'financial_status_changed',
			'fulfillment_status_changed',
			'order_created',
		]);
		expect(shop.control.mails()).toMatchObject([{ orderId: 80_004, permalink: 'sobran' }]);
		shop.control.clearMails();
		shop.control.setStatusMessage({ permalink: 'dispatched', on: false });
		shop.control.changeStatus({ orderId: 80_004, permalink: 'dispatched' });
		shop.control.changeStatus({ orderId: 80_004, permalink: 'delivered', notify: false });
		expect(shop.control.mails()).toEqual([]);
	});
});

describe('faults and log', () => {
	it('answers 500 although the order was created', async () => {
		shop.control.addFault({ kind: 'afterCommit500', match: { method: 'POST' } });
		const body = {
			order: {
				order_lines_attributes: [{ variant_id: 7001 }],
				client: { name: 'Анна', phone: '+79000000000' },
				delivery_variant_id: 21_798,
				payment_gateway_id: 79_172,
			},
		};
		expect((await callAdmin(shop.url, 'POST', 'orders.json', { body })).status).toBe(500);
		expect(shop.control.records({ resource: 'orders' })).toHaveLength(6);
		expect(shop.control.requests()).toMatchObject([
			{ method: 'POST', path: '/admin/orders.json', status: 500, keyName: 'full' },
		]);
		shop.control.clearRequests();
		expect(shop.control.requests()).toEqual([]);
	});

	it('answers with the time of its own clock', async () => {
		shop.control.freeze();
		shop.control.setNow({ ms: Date.parse('2026-03-01T12:00:00Z') });
		const answer = await callAdmin(shop.url, 'GET', 'account.json');
		expect(answer.headers.date).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
		expect(shop.control.now().stamp).toBe('2026-03-01T15:00:00.000+03:00');
		shop.control.unfreeze();
		shop.control.setNow({ ms: Date.now() });
	});
});

describe('the control endpoint', () => {
	it('takes the same verbs over HTTP', async () => {
		const placed = await control('placeOrder', { fields: { chat_id: 'c-7' } });
		expect(placed).toMatchObject({ id: 80_006, number: 1006 });
		await control('setPlan', { api: false });
		expect((await callAdmin(shop.url, 'GET', 'orders.json')).status).toBe(423);
		expect(await control('mostInAWindow')).toBe(1);
		expect(await control('constructor')).toMatchObject({ error: expect.any(String) });
		expect(await control('changeStatus', { orderId: 1, permalink: 'new' })).toMatchObject({
			error: 'There is no order 1.',
		});
	});
});

describe('the page', () => {
	it('speaks Russian too, escapes everything and shows what workflows post', async () => {
		await control('notifications', { text: '<b>Отгружен</b>' });
		shop.control.placeOrder({ email: 'x@example.com', surname: '<script>alert(1)</script>' });
		expect(await page()).toContain('Messages from n8n');
		const text = await page('/?lang=ru');
		expect(text).toContain('<html lang="ru">');
		expect(text).toContain('Сообщения от n8n');
		expect(text).toContain('&lt;b&gt;Отгружен&lt;/b&gt;');
		expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(text).not.toContain('<script>alert');
		expect(text).not.toContain('data-verb="chatOrder"');
		expect(text).toContain('Для «Заказ из чата через n8n» нужен процесс');
	});

	it('places orders, changes statuses and prices', async () => {
		expect(await control('placeDemoOrder', { lang: 'ru' })).toMatchObject({
			message: 'Заказ № 1006 оформлен.',
		});
		await control('setStatus', { orderId: 80_006, permalink: 'gotov-k-vydache' });
		const order = shop.control.getRecord({ resource: 'orders', id: 80_006 });
		expect(order).toMatchObject({ fulfillment_status: 'dispatched' });
		await control('setPrice', { variantId: 7001, price: '1750' });
		const shirt = object(await callAdmin(shop.url, 'GET', 'products/501/variants/7001.json'));
		expect(shirt.price).toBe('1750.0');
		expect(await control('setPrice', { variantId: 7001, price: '', lang: 'ru' })).toMatchObject({
			message: 'Цена должна быть числом.',
		});
	});

	it('has orders paid and cancelled', async () => {
		await control('placeDemoOrder');
		expect(await control('pay', { orderId: 80_006 })).toEqual({ message: 'Order 1006 was paid.' });
		expect(shop.control.getRecord({ resource: 'orders', id: 80_006 })).toMatchObject({
			financial_status: 'paid',
		});
		expect(await control('cancel', { orderId: 80_006 })).toEqual({
			message: 'Order 1006 was cancelled.',
		});
		expect(shop.control.getRecord({ resource: 'orders', id: 80_006 })).toMatchObject({
			fulfillment_status: 'declined',
		});
	});

	it('posts an order from the chat to the workflow', async () => {
		const received: string[] = [];
		const workflow = createServer((request, response) => {
			request.on('data', (chunk: Buffer) => received.push(chunk.toString('utf8')));
			request.on('end', () => response.end('{}'));
		});
		await new Promise<void>((resolve) => workflow.listen(0, '127.0.0.1', resolve));
		const { port } = workflow.address() as AddressInfo;
		await control('setChatWebhook', { url: `http://127.0.0.1:${port}/webhook/chat-order` });
		expect(await page()).toContain('data-verb="chatOrder"');
		expect(await control('chatOrder')).toMatchObject({ status: 200 });
		expect(JSON.parse(received.join(''))).toEqual({
			chatId: 'c-80006',
			sku: expect.any(String),
			quantity: expect.any(Number),
			name: expect.any(String),
			phone: expect.stringMatching(/^\+7900/),
		});
		await control('setChatWebhook', { url: null });
		expect(await control('chatOrder')).toEqual({ message: 'No workflow is connected.' });
		await new Promise<void>((resolve) => workflow.close(() => resolve()));
	});
});
