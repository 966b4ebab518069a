import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { rawRequest } from './rawRequest.mts';
import type { RawAnswer } from './rawRequest.mts';

const FULL = `Basic ${Buffer.from('FULLACCESSKEY0000000000000000001:').toString('base64')}`;

let sandbox: PrestaShopSandbox;

beforeAll(async () => {
	sandbox = await startPrestaShopSandbox();
});

beforeEach(() => sandbox.control.reset());

afterAll(async () => {
	await sandbox.close();
});

function call(
	method: string,
	path: string,
	options: { body?: string; authorization?: string } = {},
): Promise<RawAnswer> {
	return rawRequest(sandbox.url, {
		method,
		path,
		headers: { Authorization: options.authorization ?? FULL },
		body: options.body,
	});
}

async function read(path: string): Promise<string> {
	return (await call('GET', path)).body.toString('utf8');
}

async function ids(path: string): Promise<number[]> {
	return [...(await read(path)).matchAll(/<\w+ id="(\d+)" xlink/g)].map(([, id]) => Number(id));
}

async function control(verb: string, body: unknown = {}): Promise<unknown> {
	const answer = await rawRequest(sandbox.url, {
		method: 'POST',
		path: `/_sandbox/${verb}`,
		body: JSON.stringify(body),
	});
	return JSON.parse(answer.body.toString('utf8'));
}

const HISTORY = (order: number, state: number): string =>
	`<prestashop><order_history><id_order>${order}</id_order><id_order_state>${state}</id_order_state></order_history></prestashop>`;

describe('orders', () => {
	it('places an order that the webservice shows with lines, history and mail', async () => {
		const placed = sandbox.control.placeOrder({
			email: 'ewa@example.com',
			firstName: 'Ewa',
			lines: [{ productId: 6, quantity: 3 }],
		});
		expect(placed.historyId).toBe(8);
		const order = await read(`/api/orders/${placed.id}`);
		expect(order).toContain(`<reference><![CDATA[${placed.reference}]]></reference>`);
		expect(order).toContain('<product_quantity><![CDATA[3]]></product_quantity>');
		expect(sandbox.control.mails()).toMatchObject([
			{ to: 'ewa@example.com', orderId: placed.id, stateId: 1 },
		]);
	});

	it('shows an order whose creation has not come further than its row', async () => {
		const { id, historyId } = sandbox.control.placeOrder({ stage: 'rowOnly' });
		expect(historyId).toBeUndefined();
		const before = await read(`/api/orders/${id}`);
		expect(before).toMatch(/<current_state[^>]*><!\[CDATA\[0\]\]>/);
		expect(before).toContain('<order_rows nodeType="order_row" virtualEntity="true"/>');
		const completed = sandbox.control.completeOrder({ id });
		expect(await ids(`/api/order_histories?filter[id_order]=[${id}]`)).toEqual([
			completed.historyId,
		]);
		expect(sandbox.control.records({ resource: 'orders' })).toHaveLength(6);
	});

	it('lets a reserved history id become visible after a later one', async () => {
		const reserved = sandbox.control.reserveHistoryId();
		const { historyId } = sandbox.control.changeState({ orderId: 1, stateId: 2 });
		expect(historyId).toBe(reserved + 1);
		const path = '/api/order_histories?filter[id]=>[7]&sort=[id_ASC]';
		expect(await ids(path)).toEqual([reserved + 1]);
		sandbox.control.commitHistory({ id: reserved, orderId: 2, stateId: 3 });
		expect(await ids(path)).toEqual([reserved, reserved + 1]);
	});

	it('goes back to earlier ids when the database is restored', async () => {
		const kept = sandbox.control.snapshot();
		const first = sandbox.control.placeOrder();
		sandbox.control.restore({ snapshot: kept });
		expect(await ids('/api/orders?filter[id]=>[5]')).toEqual([]);
		expect(sandbox.control.placeOrder().id).toBe(first.id);
	});

	it('seeds thousands of orders', async () => {
		const seeded = sandbox.control.seed({ orders: 20_000, customers: 500, products: 100 });
		expect(seeded.lastOrderId - seeded.firstOrderId).toBe(19_999);
		expect(await ids('/api/orders?filter[id]=>[20000]&sort=[id_ASC]&limit=3')).toEqual([
			20_001, 20_002, 20_003,
		]);
		const page = await read('/api/orders?display=full&limit=250');
		expect(page.match(/<order>/g)).toHaveLength(250);
	});
});

describe('the clock', () => {
	it('prints local wall clock time that repeats an hour in autumn', async () => {
		const { control: shop } = sandbox;
		shop.freeze();
		const at = async (iso: string): Promise<string | undefined> => {
			shop.setNow({ ms: Date.parse(iso) });
			const answer = await call('POST', '/api/order_histories', { body: HISTORY(1, 2) });
			expect(answer.status).toBe(201);
			return /date_add><!\[CDATA\[([^\]]*)/.exec(answer.body.toString('utf8'))?.[1];
		};
		expect(await at('2026-10-25T00:30:00Z')).toBe('2026-10-25 02:30:00');
		expect(await at('2026-10-25T01:30:00Z')).toBe('2026-10-25 02:30:00');
		const head = await call('HEAD', '/api/orders');
		expect(head.headers.date).toBe('Sun, 25 Oct 2026 01:30:00 GMT');
		expect(head.headers['access-time']).toBe(String(Date.parse('2026-10-25T01:30:00Z') / 1000));
		shop.unfreeze();
	});
});

describe('switches and keys', () => {
	it.each([
		['setWebserviceEnabled', { enabled: false }, 503],
		['setStripAuthorization', { on: true }, 401],
		['setUrlRewriting', { on: false }, 404],
		['setCanonicalHost', { host: 'shop.example.com' }, 302],
	])('%s %j', async (verb, argument, status) => {
		await control(verb, argument);
		expect((await call('GET', '/api/orders')).status).toBe(status);
	});

	it('answers at the dispatcher without URL rewriting, and to ws_key without the header', async () => {
		sandbox.control.setUrlRewriting({ on: false });
		sandbox.control.setStripAuthorization({ on: true });
		const path = '/webservice/dispatcher.php?url=orders/1&ws_key=FULLACCESSKEY0000000000000000001';
		expect((await call('GET', path)).status).toBe(200);
		expect(sandbox.control.requests().at(-1)).toMatchObject({
			method: 'GET',
			path: '/webservice/dispatcher.php?url=orders/1&ws_key=***',
			status: 200,
		});
	});

	it('adds and removes keys', async () => {
		const key = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
		const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
		sandbox.control.addKey({ key, permissions: { orders: ['GET'] } });
		expect((await call('GET', '/api/orders', { authorization })).status).toBe(200);
		expect((await call('GET', '/api/products', { authorization })).status).toBe(401);
		sandbox.control.removeKey({ key });
		expect((await call('GET', '/api/orders', { authorization })).status).toBe(401);
	});

	it('keeps the texts of a switched-off language', async () => {
		sandbox.control.setLanguageActive({ id: 3, active: false });
		expect(await read('/api/order_states/4')).not.toContain('Wysłane');
		expect(await read('/api/order_states/4?language=[1|3]')).toContain('Wysłane');
		expect(sandbox.control.getRecord({ resource: 'order_states', id: 4 })?.name).toMatchObject({
			'3': 'Wysłane',
		});
	});

	it('changes to another version', async () => {
		sandbox.control.reset({ version: '1.7.8.11', empty: true });
		expect((await call('PATCH', '/api/orders/1', { body: '<prestashop/>' })).status).toBe(405);
		expect(await ids('/api/orders')).toEqual([]);
		sandbox.control.reset({ version: '8.2.1', empty: false });
	});
});

describe('faults', () => {
	it('answers 500 although the state was changed', async () => {
		sandbox.control.addFault({ kind: 'afterCommit500', match: { method: 'POST' } });
		expect((await call('POST', '/api/order_histories', { body: HISTORY(4, 2) })).status).toBe(500);
		expect(sandbox.control.getRecord({ resource: 'orders', id: 4 })?.current_state).toBe('2');
	});

	it('hits as many matching requests as asked for', async () => {
		sandbox.control.addFault({
			kind: 'status',
			status: 503,
			times: 2,
			match: { pathIncludes: 'order_states' },
		});
		const statuses = [];
		for (const path of [
			'/api/order_states',
			'/api/orders',
			'/api/order_states',
			'/api/order_states',
		]) {
			statuses.push((await call('GET', path)).status);
		}
		expect(statuses).toEqual([503, 200, 503, 200]);
	});

	it('breaks connections', async () => {
		sandbox.control.addFault({ kind: 'reset' });
		await expect(call('GET', '/api/orders')).rejects.toThrow(/ECONNRESET|socket hang up/);
		sandbox.control.addFault({ kind: 'truncate' });
		await expect(call('GET', '/api/orders')).rejects.toThrow(/aborted|ECONNRESET/);
		expect((await call('GET', '/api/orders')).status).toBe(200);
	});

	it('redirects and puts pages in the way', async () => {
		sandbox.control.addFault({ kind: 'redirect', location: 'https://www.example.com/login' });
		expect((await call('GET', '/api/orders')).headers.location).toBe(
			'https://www.example.com/login',
		);
		sandbox.control.addFault({ kind: 'html' });
		expect((await call('GET', '/api/orders')).headers['content-type']).toContain('text/html');
	});
});

describe('the page', () => {
	it('escapes everything and shows what workflows post', async () => {
		await control('notifications', { text: '<b>shipped</b>' });
		sandbox.control.placeOrder({ email: 'x@example.com', lastName: '<script>alert(1)</script>' });
		const page = (await rawRequest(sandbox.url, { method: 'GET', path: '/' })).body.toString(
			'utf8',
		);
		expect(page).toContain('&lt;b&gt;shipped&lt;/b&gt;');
		expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(page).not.toContain('<script>alert');
		expect(page).not.toContain('through n8n</button>');
		// The currency of the recorded shops.
		expect(page).toContain('Total (USD)');
	});

	it('posts the reference of an order to the workflow', async () => {
		const received: string[] = [];
		const workflow = createServer((request, response) => {
			request.on('data', (chunk: Buffer) => received.push(chunk.toString('utf8')));
			request.on('end', () => response.end('{}'));
		});
		await new Promise<void>((resolve) => workflow.listen(0, '127.0.0.1', resolve));
		const { port } = workflow.address() as AddressInfo;
		await control('setShipWebhook', { url: `http://127.0.0.1:${port}/webhook/ship` });
		expect(await control('ship', { reference: 'XKBKNABJK' })).toMatchObject({ status: 200 });
		expect(received).toEqual(['{"reference":"XKBKNABJK"}']);
		expect((await control('state')) as { html: string }).toMatchObject({ shipWebhook: true });
		await control('setShipWebhook', { url: null });
		await new Promise<void>((resolve) => workflow.close(() => resolve()));
	});

	it('answers unknown verbs and bad bodies with an error', async () => {
		expect(await control('constructor')).toMatchObject({
			error: expect.stringContaining('no control verb'),
		});
		expect(await control('restore', { snapshot: 'none' })).toMatchObject({
			error: expect.any(String),
		});
		expect(await control('placeOrder', [])).toMatchObject({ error: expect.any(String) });
	});
});
