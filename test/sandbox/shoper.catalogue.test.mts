/** Shoper REST reference 4 (bulk), 6.7 to 6.9 (products, stocks, the rest) and 8.1 (webhooks). */
import { ShoperClient } from './shoperClient.mts';
import type { Reply } from './shoperClient.mts';

const NOW = Date.parse('2026-11-20T10:00:00Z');

let shop: ShoperClient;

beforeAll(async () => {
	shop = await ShoperClient.start();
});

beforeEach(() => {
	shop.sandbox.control.freeze();
	shop.sandbox.control.setNow({ ms: NOW });
	shop.sandbox.control.reset();
});

afterAll(async () => await shop.sandbox.close());

const put = (path: string, body: unknown): Promise<Reply> => shop.call('PUT', path, { body });
const post = (path: string, body: unknown): Promise<Reply> => shop.call('POST', path, { body });

describe('products', () => {
	it('needs category, code, pkwiu, stock and translations', async () => {
		const { body } = await post('products', {});
		expect(body.error_description?.match(/'(\w+)'/g)).toEqual([
			"'category_id'",
			"'code'",
			"'pkwiu'",
			"'stock'",
			"'translations'",
		]);
		const answer = await post('products', {
			category_id: 3,
			code: 'NEW-1',
			pkwiu: '',
			stock: { price: 10.5, stock: 3 },
			attributes: { '7': 'x' },
			translations: { pl_PL: { name: 'Nowy produkt' } },
		});
		expect(answer.value).toBe(9);
		const { body: product } = await shop.get('products/9');
		expect(product).toMatchObject({
			categories: [3],
			add_date: '2026-11-20 11:00:00',
			attributes: { '1': { '7': 'x' } },
			stock: { price: '10.50', stock: '3', code: 'NEW-1', extended: '0' },
			translations: { pl_PL: { name: 'Nowy produkt', active: '1', lang_id: '1' } },
		});
		const twice = { ...product, stock: { price: 1 }, translations: { pl_PL: { name: 'x' } } };
		expect((await post('products', twice)).body.error_description).toContain(
			"Wartość 'NEW-1' już istnieje",
		);
	});

	it('keeps what an update does not name, and moves edit_date', async () => {
		shop.sandbox.control.advance({ ms: 60_000 });
		const before = (await shop.get('products/1')).body;
		expect((await put('products/1', { translations: { pl_PL: { name: 'Nowa' } } })).value).toBe(1);
		const after = (await shop.get('products/1')).body;
		expect(after).toMatchObject({
			edit_date: '2026-11-20 11:01:00',
			translations: {
				pl_PL: { name: 'Nowa', seo_title: 'Koszulka bawełniana' },
				en_US: { name: 'Cotton T-shirt' },
			},
		});
		expect([after.stock, after.code]).toEqual([before.stock, before.code]);
		expect(
			await shop.column('products', 'product_id', { edit_date: { '>': before.edit_date } }),
		).toEqual(['1']);
	});

	it('changes stock by an amount', async () => {
		await put('products/1', { stock: { stock_relative: -9, stock: 5, code: 'no' } });
		expect((await shop.get('products/1')).body.stock).toMatchObject({
			stock: '90',
			code: 'TEE-COT',
		});
		await put('products/1', { stock: { stock: 5, price: 61 } });
		expect((await shop.get('product-stocks/1')).body).toMatchObject({ stock: '5', price: '61.00' });
	});

	it('takes its stocks and images along when it goes', async () => {
		expect((await shop.call('DELETE', 'products/1')).value).toBe(1);
		expect(await shop.column('product-stocks', 'stock_id', { product_id: 1 })).toEqual([]);
		expect(await shop.column('product-images', 'gfx_id')).toEqual([]);
		expect((await shop.call('DELETE', 'products/1')).status).toBe(404);
	});
});

describe('stocks', () => {
	it('is absolute, and found by SKU', async () => {
		expect((await put('product-stocks/9', { stock: 7 })).value).toBe(1);
		expect((await shop.get('product-stocks/9')).body).toMatchObject({ stock: '7', extended: '1' });
		expect(await shop.column('product-stocks', 'stock_id', { code: 'TEE-COT-G' })).toEqual(['9']);
		expect((await shop.get('product-stocks/1')).body.stock).toBe('99');
	});

	it('works out the price of a variant from its kind', async () => {
		const final = async (values: unknown): Promise<unknown> => {
			await put('product-stocks/9', values);
			return (await shop.get('product-stocks/9')).body.comp_price;
		};
		expect(await final({ price_type: 0, price: 5 })).toBe('59.99');
		expect(await final({ price_type: 1 })).toBe('5.00');
		expect(await final({ price_type: 2 })).toBe('64.99');
		expect(await final({ price_type: 3 })).toBe('54.99');
	});

	it('neither switches the base stock off nor deletes it', async () => {
		const off = await put('product-stocks/1', { active: false });
		expect([off.status, off.body.error_description]).toEqual([
			400,
			expect.stringContaining('stock bazowy'),
		]);
		expect((await shop.call('DELETE', 'product-stocks/1')).body.error).toBe(
			'cannot_delete_internal_object',
		);
		expect((await put('product-stocks/9', { active: 0 })).value).toBe(1);
		expect((await shop.call('DELETE', 'product-stocks/9')).value).toBe(1);
	});

	it('adds a variant', async () => {
		const body = { product_id: 1, code: 'TEE-COT-B', stock: 4, options: { '40': 97 } };
		const { value: id } = await post('product-stocks', body);
		expect((await shop.get(`product-stocks/${String(id)}`)).body).toMatchObject({
			product_id: '1',
			extended: '1',
			stock: '4',
			options: { '40': 97 },
		});
	});
});

describe('the rest of the catalogue', () => {
	it('puts a category into the tree', async () => {
		const { value: id } = await post('categories', {
			parent_id: 2,
			translations: { pl_PL: { name: 'Długi rękaw' } },
		});
		expect(id).toBe(5);
		expect((await shop.get('categories-tree/2')).value).toEqual({
			id: 2,
			children: [{ id: 5, children: [] }],
		});
		await put('categories/5', { translations: { pl_PL: { name: 'Rękawy' } } });
		expect((await shop.get('categories-tree/2')).value).toMatchObject({ children: [{ id: 5 }] });
		expect((await post('categories', {})).status).toBe(400);
	});

	it.each([
		['subscribers', { email: 'a@example.com' }],
		['specialoffers', { product_id: 1, discount: 10 }],
		['producers', { name: 'Inny' }],
		['metafields/system', { key: 'n8n', namespace: 'x' }],
		['news', { name: 'x' }],
		['product-safety-producers', { name: 'x' }],
	])('%s are created, read, changed and deleted', async (path, body) => {
		const { status, value: id } = await post(path, body);
		expect([status, typeof id]).toEqual([200, 'number']);
		const one = `${path}/${String(id)}`;
		expect((await shop.get(one)).body).toMatchObject(
			Object.fromEntries(
				Object.entries(body).map(([name, value]) => [
					name,
					name === 'discount' ? '10.00' : String(value),
				]),
			),
		);
		expect((await put(one, body)).value).toBe(1);
		expect((await shop.call('DELETE', one)).value).toBe(1);
		expect((await shop.get(one)).status).toBe(404);
	});

	it('keeps the metafields of each kind of object apart', async () => {
		await post('metafields/system', { key: 'a' });
		await post('metafields/product', { key: 'b' });
		expect(await shop.column('metafields/product', 'key')).toEqual(['b']);
		expect(await shop.column('metafields/product', 'key', { key: 'a' })).toEqual([]);
	});
});

describe('webhooks', () => {
	const hook = { url: 'https://hooks.example.com/a', format: 0, events: ['order.create'] };

	it('is created, read with its secret, changed in part and deleted', async () => {
		expect((await post('webhooks', { ...hook, active: 1, secret: 's' })).value).toBe(1);
		expect((await shop.get('webhooks/1')).body).toEqual({
			webhook_id: '1',
			url: hook.url,
			active: '1',
			format: '0',
			events: ['order.create'],
			secret: 's',
		});
		expect((await put('webhooks/1', { active: 0 })).value).toBe(1);
		expect((await shop.get('webhooks/1')).body).toMatchObject({ active: '0', secret: 's' });
		expect(await shop.column('webhooks', 'webhook_id', { url: hook.url })).toEqual(['1']);
		expect((await shop.call('DELETE', 'webhooks/1')).value).toBe(1);
		expect((await shop.call('DELETE', 'webhooks/1')).status).toBe(404);
	});

	it.each([
		['no format', { url: hook.url }, "'format'"],
		[
			'an unknown event',
			{ ...hook, events: ['order.created'] },
			'nie została znaleziona na liście',
		],
		['no address', { ...hook, url: 'somewhere' }, 'somewhere'],
	])('refuses %s', async (_what, body, text) => {
		const answer = await post('webhooks', body);
		expect([answer.status, answer.body.error_description]).toEqual([
			400,
			expect.stringContaining(text),
		]);
	});
});

describe('bulk', () => {
	it('answers each operation by its id, in another order, and says whether one failed', async () => {
		const { body } = await post('bulk', [
			{
				id: 'list',
				path: '/webapi/rest/orders',
				method: 'GET',
				params: { limit: 1, filters: '{"order_id":{">":3}}', order: 'order_id ASC' },
			},
			{ id: 'stock', path: '/webapi/rest/product-stocks/1', method: 'PUT', body: { stock: 7 } },
			{ id: 'gone', path: '/webapi/rest/orders/99', method: 'DELETE' },
		]);
		expect(body.errors).toBe(true);
		expect(body.items).toMatchObject([
			{ id: 'gone', code: 404, body: { error: 'invalid_request' } },
			{ id: 'stock', code: 200, body: 1 },
			{ id: 'list', code: 200, body: { count: '2', list: [{ order_id: '4' }] } },
		]);
		expect((await shop.get('product-stocks/1')).body.stock).toBe('7');
	});

	it('takes 25 operations with the rights of its token, and nothing that is no operation', async () => {
		const { control } = shop.sandbox;
		const operation = { id: 'a', path: '/webapi/rest/orders/1', method: 'GET' };
		const good = await post('bulk', Array<unknown>(25).fill(operation));
		expect([good.body.errors, (good.body.items as unknown[]).length]).toEqual([false, 25]);
		expect((await post('bulk', Array<unknown>(26).fill(operation))).status).toBe(400);
		expect((await post('bulk', { a: 1 })).status).toBe(400);
		expect((await shop.get('bulk')).status).toBe(405);
		const token = '12'.repeat(32);
		control.addToken({ token, rights: { users: 'read' } });
		const refused = await shop.call('POST', 'bulk', { token, body: [operation] });
		expect(refused.body).toMatchObject({ errors: true, items: [{ code: 403 }] });
		const lock = { id: 'l', path: '/webapi/rest/application-lock', method: 'POST', body: {} };
		expect((await post('bulk', [lock])).body).toMatchObject({ items: [{ code: 400 }] });
		expect((await shop.get('orders')).status).toBe(200);
	});
});
