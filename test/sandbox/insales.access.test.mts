/** InSales API reference, sections 1, 2 and 4: who gets in, how often, and what refusals look like. */
import { INSALES_KEYS, startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { Json } from '../../sandbox/insales/records.mts';
import { basic, callAdmin } from './insalesRequests.mts';
import type { ApiAnswer, Key } from './insalesRequests.mts';
import { rawRequest } from './rawRequest.mts';

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox();
});

beforeEach(() => shop.control.reset());

afterAll(async () => {
	await shop.close();
});

const get = async (path: string, key?: Key | null): Promise<ApiAnswer> =>
	await callAdmin(shop.url, 'GET', path, { key });
const send = async (method: string, path: string, body: Json, key?: Key): Promise<ApiAnswer> =>
	await callAdmin(shop.url, method, path, { body, key });

describe('keys', () => {
	it.each([
		['no key', null],
		['an unknown identifier', { identifier: '00', password: '00' }],
		['a wrong password', { ...INSALES_KEYS.full, password: 'ffff' }],
	])('refuses %s with plain text', async (_, key) => {
		const answer = await get('account.json', key);
		expect(answer.status).toBe(401);
		expect(answer.headers['content-type']).toContain('text/plain');
		expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
		expect(answer.json).toBeUndefined();
	});

	it.each([
		['orders.json', 200],
		['clients.json', 200],
		['products.json', 200],
		['collections.json', 200],
		['price_kinds.json', 200],
		['account.json', 200],
		['custom_statuses.json', 200],
		['payment_gateways.json', 200],
		['delivery_variants.json', 200],
		['fields.json', 200],
		['webhooks.json', 403],
		['discount_codes.json', 403],
		['pages.json', 403],
	])('the chat key reads %s: %i', async (path, status) => {
		expect((await get(path, INSALES_KEYS.chat)).status).toBe(status);
	});

	it('the chat key changes orders and clients, but no products, settings or webhooks', async () => {
		const statuses = [];
		for (const [method, path, body] of [
			['PUT', 'orders/80004.json', { order: { comment: 'x' } }],
			['PUT', 'orders/80004.json', { order: { order_lines_attributes: [{ variant_id: 7001 }] } }],
			['PUT', 'clients/4001.json', { client: { phone: '+79001112233' } }],
			['PUT', 'products/501.json', { product: { title: 'x' } }],
			['POST', 'custom_statuses.json', { custom_status: {} }],
			['POST', 'webhooks.json', { webhook: {} }],
		] as const)
			statuses.push((await send(method, path, body as Json, INSALES_KEYS.chat)).status);
		expect(statuses).toEqual([200, 200, 200, 403, 403, 403]);
		const deletion = await callAdmin(shop.url, 'DELETE', 'orders/80004.json', {
			key: INSALES_KEYS.chat,
		});
		expect(deletion.status).toBe(403);
		expect(deletion.json).toEqual({ status: 'error', message: 'Недостаточно прав' });
	});

	it('hides purchase prices and additional prices from a key without that right', async () => {
		const seen = async (key: Key): Promise<string> => (await get('products/501.json', key)).text;
		expect(await seen(INSALES_KEYS.chat)).toContain('"cost_price":"900.0"');
		expect(await seen(INSALES_KEYS.chat)).toContain('"price2":"1400.0"');
		const narrow = await seen(INSALES_KEYS.productsOnly);
		expect(narrow).toContain('"price":"1500.0"');
		expect(narrow).not.toMatch(/cost_price|price2|"prices"/);
		expect((await get('account.json', INSALES_KEYS.productsOnly)).status).toBe(403);
	});

	it('lines need the right to edit contents', async () => {
		const key = { identifier: 'abcd', password: 'ef01' };
		shop.control.addKey({ ...key, rights: ['orders:edit'] });
		const line = { order: { order_lines_attributes: [{ variant_id: 7001 }] } };
		expect((await send('PUT', 'orders/80004.json', line, key)).status).toBe(403);
		expect((await send('PUT', 'orders/80004.json', { order: { comment: 'x' } }, key)).status).toBe(
			200,
		);
		shop.control.removeKey(key);
		expect((await get('orders.json', key)).status).toBe(401);
	});
});

describe('plan and address', () => {
	it.each([423, 402] as const)('a plan without the API answers %i', async (status) => {
		shop.control.setPlan({ api: false, status });
		expect((await get('orders.json')).status).toBe(status);
		shop.control.setPlan({ api: true });
		expect((await get('orders.json')).status).toBe(200);
	});

	it('a plan without custom statuses locks only those', async () => {
		shop.control.setPlan({ customStatuses: false });
		expect((await get('custom_statuses.json')).status).toBe(423);
		expect((await get('orders.json')).status).toBe(200);
	});

	it('an address of no shop is an HTML page or leads elsewhere', async () => {
		shop.control.setWrongShop({ kind: 'notFound' });
		const missing = await get('orders.json');
		expect([missing.status, missing.headers['content-type']]).toEqual([
			404,
			'text/html; charset=utf-8',
		]);
		shop.control.setWrongShop({ kind: 'redirect', location: 'https://shop.example.com/' });
		const moved = await get('orders.json?page=2');
		expect([moved.status, moved.headers.location]).toEqual([
			302,
			'https://shop.example.com/admin/orders.json?page=2',
		]);
	});
});

describe('the limit', () => {
	it('counts each answer, refusals too, in a window that does not slide', async () => {
		shop.control.freeze();
		shop.control.setLimit({ requests: 3 });
		const used = async (path = 'orders/count.json', key?: Key): Promise<string | undefined> =>
			(await get(path, key)).headers['api-usage-limit'];
		expect(await used()).toBe('1/3');
		shop.control.advance({ ms: 200_000 });
		expect(await used('orders/1.json')).toBe('2/3');
		expect(await used('account.json', { ...INSALES_KEYS.full, password: 'no' })).toBe('3/3');
		const over = await get('orders.json');
		expect([over.status, over.text]).toEqual([429, '']);
		expect(over.headers['retry-after']).toBe('100');
		expect(over.headers['api-usage-limit']).toBe('4/3');
		expect(await used('orders.json', INSALES_KEYS.chat)).toBe('1/3');
		shop.control.advance({ ms: 99_999 });
		expect((await get('orders.json')).headers['retry-after']).toBe('1');
		shop.control.advance({ ms: 1_000 });
		expect(await used()).toBe('1/3');
		expect(shop.control.ignoredRetryAfters()).toMatchObject([
			{ method: 'GET', path: '/admin/orders.json', keyName: 'full', secondsLeft: 0.001 },
		]);
		expect(shop.control.mostInAWindow()).toBe(5);
		shop.control.unfreeze();
	});

	it('is 500 in five minutes, and was answered with 503 before 2023', async () => {
		expect((await get('orders/count.json')).headers['api-usage-limit']).toBe('1/500');
		shop.control.setLimit({ requests: 1 });
		shop.control.setLegacyThrottle({ on: true });
		const over = await get('orders.json');
		expect([over.status, over.text]).toEqual([503, '']);
		expect(Number(over.headers['retry-after'])).toBeGreaterThan(290);
	});

	it('remembers the Retry-After of an injected fault as well', async () => {
		shop.control.freeze();
		shop.control.addFault({ kind: 'status', status: 429, headers: { 'Retry-After': '7' } });
		expect((await get('orders.json')).status).toBe(429);
		await get('orders.json');
		expect(shop.control.ignoredRetryAfters()).toHaveLength(1);
		shop.control.advance({ ms: 7_000 });
		await get('orders.json');
		expect(shop.control.ignoredRetryAfters()).toHaveLength(1);
		shop.control.unfreeze();
	});
});

describe('errors', () => {
	it.each(['orders/1.json', 'nothing.json', 'orders/x.json', 'orders', 'orders.xml'])(
		'%s is an HTML 404 even for a client that wants JSON',
		async (path) => {
			const answer = await callAdmin(shop.url, 'GET', path, {
				headers: { Accept: 'application/json' },
			});
			expect(answer.status).toBe(404);
			expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
			expect(answer.text).toMatch(/^<!DOCTYPE html>/);
		},
	);

	it.each([
		['POST', 'products/501/recover.json', {}],
		['PUT', 'orders/80001.json', { 'Content-Type': 'application/x-www-form-urlencoded' }],
	])('%s %s without the right Content-Type is a 422', async (method, path, headers) => {
		const answer = await callAdmin(shop.url, method, path, { headers });
		expect([answer.status, answer.json]).toEqual([
			422,
			{ message: 'incorrect Content-Type, should be application/json' },
		]);
	});

	it('DELETE needs no Content-Type, and malformed JSON is a 400', async () => {
		expect((await callAdmin(shop.url, 'DELETE', 'products/501.json')).status).toBe(200);
		const answer = await rawRequest(shop.url, {
			method: 'PUT',
			path: '/admin/orders/80001.json',
			headers: { Authorization: basic(INSALES_KEYS.full), 'Content-Type': 'application/json' },
			body: '{"order":',
		});
		expect(answer.status).toBe(400);
	});

	it('prints the shapes of validation errors', async () => {
		const shapes: Array<[string, string, Json, Json]> = [
			['POST', 'products.json', { product: { title: '' } }, { title: ['не может быть пустым'] }],
			[
				'POST',
				'products.json',
				{ product: { title: 'x', category_id: 9 } },
				{ category_id: ['Категория не найдена'] },
			],
			[
				'POST',
				'products.json',
				{ product: { title: 'x', variants_attributes: [{ external_id: '1' }] } },
				{ variants_attributes: ['undefined keys ["external_id"]'] },
			],
			[
				'PUT',
				'products/501/variants/7001.json',
				{ variant: { price: 'много' } },
				{ price: ['Указано не число'] },
			],
			[
				'POST',
				'products/501/variants.json',
				{ variant: { price: 1, options: [{ value: 'M' }] } },
				{
					status: 'error',
					errors: { options: ['Модификация с такими свойствами уже существует'] },
				},
			],
			[
				'PUT',
				'products/501/variants/7002.json',
				{ variant: { options: [{ value: 'M' }] } },
				{ options: ['Модификация с такими свойствами уже существует'] },
			],
			[
				'POST',
				'products/501/images.json',
				{ image: { src: 'x' } },
				{ image: ['не может быть загружено'], src: ['Недопустимый URL'] },
			],
		];
		for (const [method, path, body, errors] of shapes) {
			const answer = await send(method, path, body);
			expect([path, answer.status, answer.json]).toEqual([path, 422, errors]);
		}
		const last = await callAdmin(shop.url, 'DELETE', 'products/502/variants/7003.json');
		expect([last.status, last.json]).toEqual([422, { base: ['Нельзя удалить последний вариант'] }]);
	});
});
