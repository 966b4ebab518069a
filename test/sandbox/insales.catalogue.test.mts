/** InSales API reference, sections 5.6 to 5.8, 6.2, 8 and 11.5 to 11.7: products, settings, webhooks. */
import { INSALES_KEYS, startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { Json, JsonObject } from '../../sandbox/insales/records.mts';
import { callAdmin, lacking, list, object } from './insalesRequests.mts';
import type { ApiAnswer } from './insalesRequests.mts';
import { LISTS_SAMPLE, PRODUCT_SAMPLE } from './insalesSamples.mts';

const START = Date.parse('2026-03-01T09:30:00+03:00');

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox({ now: START });
	shop.control.freeze();
});

beforeEach(() => {
	shop.control.setNow({ ms: START });
	shop.control.reset();
});

afterAll(async () => {
	await shop.close();
});

const call = async (method: string, path: string, body?: Json): Promise<ApiAnswer> =>
	await callAdmin(shop.url, method, path, { body });
const product = async (id = 501): Promise<JsonObject> =>
	object(await call('GET', `products/${id}.json`));
const variants = (of: JsonObject): JsonObject[] => of.variants as JsonObject[];

describe('products', () => {
	it('have the shape of the sample: money and stock per warehouse as text', async () => {
		const shirt = await product();
		const sample = structuredClone(PRODUCT_SAMPLE) as JsonObject;
		// A value of a product field is the one thing that the demo shirt does not have.
		sample.product_field_values = [];
		expect(lacking(sample, shirt)).toEqual([]);
		expect(variants(shirt)[0]).toMatchObject({
			price: '1500.0',
			cost_price: '900.0',
			price2: '1400.0',
			prices: ['1400.0', '1300.0'],
			quantity: 5,
			quantity_at_warehouse0: '3.0',
			quantity_at_warehouse1: '2.0',
		});
		expect(shirt.collections_ids).toEqual([30, 31]);
	});

	it('are created from the documented minimum and changed in part', async () => {
		const created = await call('POST', 'products.json', {
			product: { title: 'Шарф', category_id: 22, variants_attributes: [{ price: 100 }] },
		});
		expect(created.status).toBe(201);
		const { id } = object(created);
		expect(object(created)).toMatchObject({ permalink: 'sharf', archived: false });
		expect(variants(object(created))).toMatchObject([{ price: '100.0', cost_price: null }]);
		shop.control.advance({ ms: 1_000 });
		const changed = object(
			await call('PUT', `products/${Number(id)}.json`, { product: { title: 'Шарф синий' } }),
		);
		expect(changed).toMatchObject({ title: 'Шарф синий', category_id: 22 });
		expect(changed.updated_at).toBe('2026-03-01T09:30:01.000+03:00');
	});

	it('properties_attributes replaces the whole set', async () => {
		const rows = [{ title: 'Цвет', value: 'Белый' }];
		const changed = object(
			await call('PUT', 'products/501.json', { product: { properties_attributes: rows } }),
		);
		expect(changed.properties).toMatchObject([{ title: 'Цвет', permalink: 'tsvet' }]);
		expect(changed.characteristics).toMatchObject([{ title: 'Белый' }]);
	});

	it('go to the trash; a missing one too is "ok"; recover answers the stale state', async () => {
		for (const id of [501, 999_999]) {
			const answer = await call('DELETE', `products/${id}.json`);
			expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
		}
		expect((await product()).archived).toBe(true);
		const recovered = await call('POST', 'products/501/recover.json', {});
		expect([recovered.status, object(recovered).archived]).toEqual([200, true]);
		expect((await product()).archived).toBe(false);
		expect((await call('POST', 'products/999999/recover.json', {})).status).toBe(404);
	});

	it('pictures lead to a spinner while they are processed', async () => {
		const image = { image: { src: 'https://static.example.com/new.jpg', title: 'Вид сбоку' } };
		const created = await call('POST', 'products/502/images.json', image);
		expect(created.status).toBe(201);
		const { id, url } = object(created);
		expect(object(created)).toMatchObject({ image_processing: true, position: 2 });
		expect(url).toContain('spinner');
		shop.control.advance({ ms: 5_000 });
		const later = object(await call('GET', `products/502/images/${Number(id)}.json`));
		expect(later).toMatchObject({
			image_processing: false,
			url: 'https://static.example.com/new.jpg',
		});
		expect(list(await call('GET', 'products/502/images.json'))).toHaveLength(2);
		expect((await call('DELETE', `products/502/images/${Number(id)}.json`)).json).toEqual({
			status: 'ok',
		});
	});

	it('collects keep the parents of a collection', async () => {
		const created = await call('POST', 'collects.json', {
			collect: { product_id: 506, collection_id: 35 },
		});
		expect(created.status).toBe(201);
		expect((await product(506)).collections_ids).toEqual([30, 34, 35]);
		await call('DELETE', `collects/${Number(object(created).id)}.json`);
		expect((await product(506)).collections_ids).toEqual([30, 34]);
		expect(list(await call('GET', 'collects.json?collection_id=31'))).toMatchObject([
			{ product_id: 501 },
		]);
	});
});

describe('variants', () => {
	it('are added, changed and removed', async () => {
		const created = await call('POST', 'products/501/variants.json', {
			variant: { sku: 'TS-01-S', price: 1450.5, options: [{ option_name_id: 11, value: 'S' }] },
		});
		expect([created.status, object(created).price]).toEqual([201, '1450.5']);
		const path = `products/501/variants/${Number(object(created).id)}.json`;
		const changed = object(await call('PUT', path, { variant: { quantity: 9, price2: '1300' } }));
		expect(changed).toMatchObject({
			quantity: 9,
			quantity_at_warehouse0: '9.0',
			price2: '1300.0',
			prices: ['1300.0', null],
			price: '1450.5',
		});
		expect(list(await call('GET', 'products/501/variants.json'))).toHaveLength(3);
		expect((await call('DELETE', path)).json).toEqual({ status: 'ok' });
		expect((await call('GET', path)).status).toBe(404);
	});

	it('stock of one warehouse adds up, and moves the product where the guess says so', async () => {
		shop.control.advance({ ms: 1_000 });
		const path = 'products/501/variants/7001.json';
		const changed = await call('PUT', path, { variant: { quantity_at_warehouse1: 7 } });
		expect(object(changed)).toMatchObject({ quantity: 10, quantity_at_warehouse1: '7.0' });
		expect((await product()).updated_at).toBe('2026-03-01T09:30:01.000+03:00');
		shop.control.setGuesses({ stockTouchesProduct: false });
		shop.control.advance({ ms: 1_000 });
		await call('PUT', path, { variant: { price: 1 } });
		expect((await product()).updated_at).toBe('2026-03-01T09:30:01.000+03:00');
	});

	it('group updates answer [] at once, are written later, and drop wrong rows silently', async () => {
		const answer = await call('PUT', 'products/variants_group_update.json', {
			variants: [
				{ id: 7001, price: 1600, quantity: 3, cost_price: 950, price2: 1500 },
				{ id: 1, price: 5 },
				{ id: 7003, price: 'много' },
			],
		});
		expect([answer.status, answer.json]).toEqual([200, []]);
		expect(variants(await product())[0]?.price).toBe('1500.0');
		shop.control.advance({ ms: 2_000 });
		const shirt = await product();
		expect(variants(shirt)[0]).toMatchObject({
			price: '1600.0',
			quantity: 3,
			cost_price: '950.0',
			price2: '1500.0',
		});
		expect(shirt.updated_at).toBe('2026-03-01T09:30:02.000+03:00');
		expect(variants(await product(502))[0]?.price).toBe('490.0');
		const many = Array.from({ length: 101 }, (_, index) => ({ id: index + 1, price: 1 }));
		const refused = await call('PUT', 'products/variants_group_update.json', { variants: many });
		expect(refused.status).toBe(422);
	});
});

describe('settings', () => {
	it('have the shapes of the samples', async () => {
		for (const [request, sample] of Object.entries(LISTS_SAMPLE as JsonObject)) {
			const path = request.replace('GET /admin/', '');
			const separator = path.includes('?') ? '&' : '?';
			const answer = await call('GET', `${path}${separator}per_page=250`);
			expect([path, lacking(sample, answer.json)]).toEqual([path, []]);
		}
	});

	it('statuses are found by permalink; a change answers only ok', async () => {
		const created = await call('POST', 'custom_statuses.json', {
			custom_status: { title: 'Ждёт оплаты', system_status: 'accepted', color: '#E2AC54' },
		});
		expect([created.status, object(created).permalink]).toEqual([201, 'zhdet-oplaty']);
		const path = 'custom_statuses/zhdet-oplaty.json';
		const changed = await call('PUT', path, { custom_status: { title: 'Ждём оплату' } });
		expect([changed.status, changed.json]).toEqual([200, { status: 'ok' }]);
		expect(object(await call('GET', path)).title).toBe('Ждём оплату');
		expect((await call('DELETE', path)).json).toEqual({ status: 'ok' });
		expect((await call('GET', `custom_statuses/${1}.json`)).status).toBe(404);
		const wrong = await call('POST', 'custom_statuses.json', {
			custom_status: { title: '', system_status: 'x', color: '#000000' },
		});
		expect(Object.keys(object(wrong))).toEqual(['title', 'system_status', 'color']);
	});

	it('the default statuses are named like the system statuses', async () => {
		const statuses = list(await call('GET', 'custom_statuses.json'));
		const defaults = statuses.filter((status) => status.is_default);
		expect(defaults.map(({ permalink }) => permalink)).toEqual([
			'new',
			'accepted',
			'approved',
			'dispatched',
			'delivered',
			'declined',
			'returned',
		]);
		expect(defaults.every((status) => status.permalink === status.system_status)).toBe(true);
		expect(statuses).toContainEqual(
			expect.objectContaining({ permalink: 'v-obrabotke', system_status: 'accepted' }),
		);
	});

	it('an external gateway shows its secrets, deliveries have all kinds', async () => {
		const gateways = list(await call('GET', 'payment_gateways.json'));
		expect(gateways.find(({ type }) => type === 'PaymentGateway::External')).toMatchObject({
			password: expect.any(String),
			shop_id: expect.any(String),
		});
		expect(gateways.filter((gateway) => 'password' in gateway)).toHaveLength(1);
		const kinds = list(await call('GET', 'delivery_variants.json')).map(({ type }) => type);
		expect(new Set(kinds)).toEqual(
			new Set(
				['Fixed', 'PickUp', 'External', 'PriceDepend'].map((kind) => `DeliveryVariant::${kind}`),
			),
		);
		const priceless = { delivery_variant: { title: 'x', type: 'DeliveryVariant::Fixed' } };
		expect((await call('POST', 'delivery_variants.json', priceless)).json).toEqual({
			price: ['не может быть пустым'],
		});
	});

	it('fields belong to address, client or order; account, users and currencies are there', async () => {
		const fields = list(await call('GET', 'fields.json'));
		expect(new Set(fields.map(({ destiny }) => destiny))).toEqual(new Set([1, 2, 3]));
		expect(fields).toContainEqual(expect.objectContaining({ handle: 'chat_id', destiny: 3 }));
		expect(list(await call('GET', 'orders/fields.json'))).toHaveLength(3);
		expect(object(await call('GET', 'account.json'))).toMatchObject({
			time_zone: 'Moscow',
			main_host: new URL(shop.url).host,
			blocked: false,
			next_order_number: 1006,
		});
		expect(list(await call('GET', 'users.json'))).toHaveLength(2);
		expect(list(await call('GET', 'currencies.json'))).toMatchObject([{ code: 'RUR' }]);
		expect(list(await call('GET', 'warehouses.json')).map((one) => one.array_index)).toEqual([
			0, 1,
		]);
		expect(list(await call('GET', 'discount_codes.json'))).toHaveLength(2);
		expect((await call('GET', 'order_fields.json')).status).toBe(404);
	});

	it('collections are a tree and can be changed', async () => {
		const created = await call('POST', 'collections.json', {
			collection: { title: 'Новинки', parent_id: 30 },
		});
		expect(object(created)).toMatchObject({ permalink: 'novinki', url: '/collection/novinki' });
		shop.control.advance({ ms: 1_000 });
		const path = `collections/${Number(object(created).id)}.json`;
		const changed = object(await call('PUT', path, { collection: { position: 7 } }));
		expect(changed).toMatchObject({ title: 'Новинки', position: 7 });
		expect((await call('PUT', path, { title: 'x' })).status).toBe(400);
		expect((await call('DELETE', path)).json).toEqual({ status: 'ok' });
	});
});

describe('webhooks', () => {
	const webhook = {
		address: 'https://n8n.example.com/webhook/abc?s=1',
		topic: 'orders/update',
		format_type: 'json',
	};

	it('are unique by address and topic, per key', async () => {
		const created = await call('POST', 'webhooks.json', { webhook });
		expect(created.status).toBe(201);
		expect(object(created)).toMatchObject({ ...webhook, id: 1, batch_size: 10 });
		expect(object(created)).not.toHaveProperty('owner');
		expect((await call('POST', 'webhooks.json', { webhook })).status).toBe(422);
		const other = { ...webhook, topic: 'client/create' };
		expect((await call('POST', 'webhooks.json', { webhook: other })).status).toBe(201);
		const wrong = { ...webhook, topic: 'clients/create' };
		expect((await call('POST', 'webhooks.json', { webhook: wrong })).status).toBe(422);
		const key = { identifier: 'beef', password: 'cafe' };
		shop.control.addKey({ ...key, rights: '*' });
		const foreign = await callAdmin(shop.url, 'GET', 'webhooks.json', { key });
		expect(foreign.json).toEqual([]);
		expect((await call('DELETE', 'webhooks/1.json')).json).toEqual({ status: 'ok' });
		expect(list(await call('GET', 'webhooks.json'))).toHaveLength(1);
		const narrow = await callAdmin(shop.url, 'GET', 'webhooks.json', { key: INSALES_KEYS.chat });
		expect(narrow.status).toBe(403);
	});
});
