/** Shoper REST reference 3 (lists) and the row shapes of 10. */
import { SHOPER_TOKENS } from '../../sandbox/shoper/shop.mts';
import { ShoperClient } from './shoperClient.mts';

let shop: ShoperClient;

beforeAll(async () => {
	shop = await ShoperClient.start({ now: Date.parse('2026-11-20T10:00:00Z') });
});

beforeEach(() => shop.sandbox.control.reset());

afterAll(async () => await shop.sandbox.close());

describe('paging', () => {
	beforeEach(() => shop.sandbox.control.seed({ orders: 120 }));

	it.each([
		['', 10],
		['?limit=1', 1],
		['?limit=50', 50],
		['?limit=51', 10],
		['?limit=500', 10],
		['?limit=0', 10],
		['?limit=x', 10],
	])('orders%s → %i rows', async (query, rows) => {
		const { body } = await shop.get(`orders${query}`);
		expect(body.list).toHaveLength(rows);
		expect([body.count, body.pages, body.page]).toEqual(['125', Math.ceil(125 / rows), 1]);
	});

	it('repeats its figures in headers, which is all a HEAD answers', async () => {
		const answer = await shop.raw('HEAD', 'orders?limit=50&page=3');
		expect(answer.status).toBe(200);
		expect(answer.body).toHaveLength(0);
		expect(
			['count', 'pages', 'page'].map((name) => answer.headers[`x-shop-result-${name}`]),
		).toEqual(['125', '3', '3']);
	});

	it('has a last page, calls a page past the end page 1, and takes an offset', async () => {
		expect((await shop.get('orders?limit=50&page=3')).body).toMatchObject({ page: 3 });
		expect(await shop.column('orders?limit=50&page=3', 'order_id')).toHaveLength(25);
		expect((await shop.get('orders?limit=50&page=4')).body).toEqual({
			count: '125',
			pages: 3,
			page: 1,
			list: [],
		});
		expect(await shop.column('orders?limit=2&offset=100', 'order_id')).toEqual(['101', '102']);
	});

	it('answers an empty list', async () => {
		expect((await shop.get('orders', { order_id: { '>': 999 } })).body).toEqual({
			count: '0',
			pages: 0,
			page: 1,
			list: [],
		});
	});
});

describe('sorting', () => {
	it.each([
		['', ['1', '2', '3', '4', '5']],
		['?order=order_id', ['5', '4', '3', '2', '1']],
		['?order=order_id%20ASC', ['1', '2', '3', '4', '5']],
		['?order=order_id+desc', ['5', '4', '3', '2', '1']],
		['?order[]=user_id ASC&order[]=order_id DESC', ['1', '4', '2', '3', '5']],
		['?order=sum DESC&limit=2', ['2', '4']],
	])('orders%s', async (query, ids) => {
		expect(await shop.column(`orders${query}`, 'order_id')).toEqual(ids);
	});

	it('sorts products by nested fields, and refuses unknown ones', async () => {
		expect(
			await shop.column('products?order[]=translations.en_US.name ASC&limit=3', 'code'),
		).toEqual(['BAG-1', 'TEE-COT', 'HOOD']);
		expect((await shop.column('products?order=stock.stock DESC&limit=2', 'code')).at(0)).toBe(
			'MUG-1',
		);
		expect((await shop.get('orders?order=nothing ASC')).status).toBe(404);
	});
});

describe('filters', () => {
	it.each([
		['filters={"order_id":{">":3}}', ['4', '5']],
		['filters[order_id][>]=3', ['4', '5']],
		['filters%5Border_id%5D%5B%3E%5D=3', ['4', '5']],
		['filters[order_id][>=]=4', ['4', '5']],
		['filters[order_id]=1', ['1']],
		['filters={"order_id":1}', ['1']],
		['filters={"order_id":"1"}', ['1']],
		['filters[order_id]=>3', []],
		['filters={"order_id":{"<":3}}', ['1', '2']],
		['filters={"order_id":{"<=":2,">=":2}}', ['2']],
		['filters={"order_id":{"!=":3}}', ['1', '2', '4', '5']],
		['filters={"order_id":{"IN":[1,"4",99]}}', ['1', '4']],
		['filters={"order_id":{"in":[5]}}', ['5']],
		['filters[order_id][in][]=2&filters[order_id][in][]=3', ['2', '3']],
		['filters={"order_id":{"NOT IN":[1,2,3]}}', ['4', '5']],
		['filters={"email":"JAN.test@example.com"}', ['1']],
		['filters={"email":{"like":"%25nowak%25"}}', ['2', '4']],
		['filters={"email":{"~":"jan%25"}}', ['1']],
		['filters={"email":{"!~":"%25a%25@%25"}}', []],
		['filters={"user_id":2,"status_id":8}', ['2']],
		['filters={"code_id":{"!=":null}}', []],
		['filters={"is_paid":false}', ['1', '2', '3', '4', '5']],
		['filters={"is_paid":"1"}', []],
		['filters={"is_cash_on_delivery":true}', ['2', '5']],
		['filters={"total_products":{">=":3}}', ['3', '5']],
		['filters={"total_parcels":{">":0}}', []],
	])('orders?%s', async (query, ids) => {
		expect(await shop.column(`orders?${query}`, 'order_id')).toEqual(ids);
	});

	it('compares dates in the shop’s zone, and does not understand ISO', async () => {
		const { control } = shop.sandbox;
		const { id } = control.placeOrder({ at: Date.parse('2026-11-20T09:00:00Z') });
		const at = (date: string): Promise<unknown[]> =>
			shop.column('orders', 'order_id', { date: { '>=': date } });
		expect(await at('2026-11-20 10:00:00')).toEqual([String(id)]);
		expect(await at('2026-11-20 10:00:01')).toEqual([]);
		expect(await at('2026-11-20')).toEqual(['5', String(id)]);
		expect(await at('2026-11-01T00:00:00+01:00')).toEqual([]);
		expect(await shop.column('orders', 'order_id', { status_date: '2026-11-20 10:00:00' })).toEqual(
			[String(id)],
		);
	});

	it.each([
		['orders', { date_add: '2026-01-01' }],
		['products', { code: 'HOOD' }],
		['products', { category_id: 1 }],
		['products', { 'stock.nothing.else': 1 }],
		['users', { name: 'x' }],
		['statuses', { 'translations.pl_PL.nothing': 'x' }],
	])('answers 404 for an unknown field: %s %j', async (path, filters) => {
		const { status, body } = await shop.get(path, filters);
		expect([status, body]).toEqual([
			404,
			{ error: 'invalid_request', error_description: 'Resource not found' },
		]);
	});

	it('does not know operators that nobody has seen at work', async () => {
		expect((await shop.get('orders', { date: { '+gte': '2026-01-01' } })).status).toBe(400);
	});

	it('repeats a product for every stock row that matches', async () => {
		expect(await shop.column('products?limit=50', 'product_id')).toHaveLength(8);
		const filters = { 'stock.stock': { '>': 0 } };
		const ids = await shop.column('products?limit=50', 'product_id', filters);
		expect(ids).toEqual(['1', '1', '1', '2', '3', '4', '5', '6', '8']);
		expect((await shop.get('products', filters)).body.count).toBe('9');
		expect(await shop.column('products', 'product_id', { 'stock.code': 'TEE-COT-R' })).toEqual([
			'1',
		]);
	});

	it('finds names with and without a locale, and in the singular', async () => {
		for (const field of ['translations.name', 'translations.pl_PL.name', 'translation.pl_PL.name'])
			expect(await shop.column('products', 'code', { [field]: { like: '%kaptur%' } })).toEqual([
				'HOOD',
			]);
		expect(
			await shop.column('products', 'code', { 'translations.en_US.name': 'Turtle mug' }),
		).toEqual(['MUG-1']);
		expect(
			await shop.column('products', 'code', { 'translations.pl_PL.name': 'Turtle mug' }),
		).toEqual([]);
	});

	it('finds products of a category and those below it', async () => {
		expect(await shop.column('products', 'product_id', { category_tree_id: 1 })).toEqual([
			'1',
			'2',
			'3',
			'4',
		]);
		expect(await shop.column('products', 'product_id', { category_tree_id: 3 })).toEqual([
			'3',
			'4',
		]);
	});

	it('finds orders by tag and by additional field', async () => {
		shop.sandbox.control.putRecord({
			resource: 'orders',
			id: 2,
			record: {
				tags: [{ tag_id: '3', name: 'pilne' }],
				additional_fields: [{ field_id: '5', value: 'test' }],
			},
		});
		expect(await shop.column('orders', 'order_id', { tags: 'pilne' })).toEqual(['2']);
		expect(await shop.column('orders', 'order_id', { tag_id: 3 })).toEqual(['2']);
		const filters = { additional_fields: { '=': { '5': 'test' } } };
		expect(await shop.column('orders', 'order_id', filters)).toEqual(['2']);
		expect(
			await shop.column('orders', 'order_id', { additional_fields: { '=': { '2': 'test' } } }),
		).toEqual([]);
	});

	it.each([
		['setProductDateFilter', 'products?filters={"edit_date":{">":"2099-01-01"}}'],
		['setIsPaidFilter', 'orders?filters={"is_paid":true}'],
	])('%s plays works, unknown and ignored', async (verb, path) => {
		expect((await shop.get(path)).body.count).toBe('0');
		await shop.verb(verb, { works: false });
		expect((await shop.get(path)).status).toBe(404);
		await shop.verb(verb, { works: false, mode: 'ignored' });
		expect(Number((await shop.get(path)).body.count)).toBeGreaterThan(0);
		await shop.verb(verb, { works: true });
		expect((await shop.get(path)).body.count).toBe('0');
	});

	it('can tell capitals from small letters', async () => {
		shop.sandbox.control.setCaseSensitiveFilters({ on: true });
		expect(await shop.column('users', 'user_id', { email: 'JAN.test@example.com' })).toEqual([]);
	});
});

describe('shapes', () => {
	const ORDER =
		'order_id user_id date status_date confirm_date delivery_date status_id sum payment_id user_order shipping_id shipping_cost email delivery_code code confirm notes notes_priv notes_pub currency_id currency_rate paid ip_address discount_client discount_group discount_levels discount_code code_id lang_id origin parent_order_id registered delivery_email promo_code additional_fields properties tags order_url payment_url is_cash_on_delivery is_paid is_overpayment is_underpayment total_parcels total_products children loyalty_cost loyalty_score vat_eu shipping_tax_name shipping_tax_value shipping_tax_id delivery_address billing_address';
	const LINE =
		'id order_id product_id stock_id price discount_perc quantity delivery_time name code pkwiu tax tax_value unit option unit_fp weight type loyalty delivery_time_hours is_digital text_options file_options warehouse_code ean images';
	const STATUS = 'status_id active default color type email_change order translations';
	const USER =
		'user_id login date_add lastvisit verify_email origin registered groups group_id additional_fields tags firstname lastname email discount newsletter active lang_id comment';

	it.each([
		['orders/1', ORDER],
		['order-products/1', LINE],
		['statuses/4', STATUS],
		['users/1', USER],
	])('%s has the recorded keys in their order', async (path, keys) => {
		const { body } = await shop.get(path);
		expect(Object.keys(body)).toEqual(keys.split(' '));
		const [list = ''] = path.split('/');
		const rows = (await shop.get(list)).body.list ?? [];
		expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(body));
	});

	it('prints an order as on the wire', async () => {
		expect((await shop.get('orders/1')).body).toMatchObject({
			order_id: '1',
			user_id: '1',
			sum: '109.98',
			shipping_cost: '15.00',
			paid: '0.00',
			code_id: null,
			delivery_email: null,
			is_paid: false,
			is_underpayment: true,
			is_cash_on_delivery: false,
			total_products: 2,
			loyalty_cost: 0,
			tags: [],
			shipping_tax_name: '23%',
			shipping_tax_value: '23',
			billing_address: { order_id: '1', type: '1', country_code: 'PL', phone: '500000000' },
			delivery_address: { order_id: '1', type: '2' },
		});
	});

	it('prints products, stocks, users and settings as on the wire', async () => {
		const product = (await shop.get('products/1')).body;
		expect(product).toMatchObject({
			product_id: '1',
			categories: [2],
			is_product_of_day: false,
			attributes: [],
			stock: { stock_id: '1', extended: '0', stock: '99', price: '59.99' },
			translations: { pl_PL: { name: 'Koszulka bawełniana', isdefault: '0', lang_id: '1' } },
			main_image: { gfx_id: '1', unic_name: 'image-1', extension: 'jpg' },
		});
		expect((await shop.get('products/2')).body.main_image).toBe(false);
		const stocks = (await shop.get('product-stocks', { product_id: 1 })).body.list ?? [];
		expect(stocks.map(({ options, comp_price }) => [options, comp_price])).toEqual([
			[[], '59.99'],
			[{ '40': '95' }, '59.99'],
			[{ '40': '96' }, '64.99'],
		]);
		expect((await shop.get('users/1')).body).toMatchObject({
			registered: '0',
			lastvisit: '0000-00-00 00:00:00',
		});
		expect((await shop.get('application-config')).body).toMatchObject({
			shop_off: '',
			locale_timezone: 'Europe/Warsaw',
			default_currency_name: 'PLN',
			shopping_update_stock_on_buy: '1',
		});
		expect((await shop.get('application-version')).body).toEqual({ version: '5.26.54' });
	});

	it('needs two pages for its eleven statuses, named in both languages', async () => {
		const { body } = await shop.get('statuses');
		expect([body.count, body.pages, body.list?.length]).toEqual(['11', 2, 10]);
		expect(await shop.column('statuses?page=2', 'status_id')).toEqual(['12']);
		expect(body.list?.[0]).toMatchObject({
			type: '1',
			translations: { pl_PL: { name: 'złożone' }, en_US: { name: 'placed' } },
		});
	});

	it.each([
		['payments', 'name', ['external', 'cod', 'cash', 'payu']],
		['shippings', 'shipping_id', ['1', '2', '8']],
		['currencies', 'name', ['PLN', 'EUR']],
		['languages', 'locale', ['pl_PL', 'en_US']],
		['taxes', 'value', ['23', '8', '5', '0', '0', '0']],
		['deliveries', 'hours', ['24', '48', '168']],
		['availabilities', 'availability_id', ['1', '2', '3', '4', '5']],
		['units', 'unit_id', ['1', '2']],
		['zones', 'name', ['Polska']],
	])('%s', async (path, field, values) => {
		expect(await shop.column(path, field)).toEqual(values);
		expect((await shop.call('DELETE', `${path}/1`)).status).toBe(405);
	});

	it('lists bare arrays where real shops do', async () => {
		expect((await shop.get('categories-tree')).value).toEqual([
			{
				id: 1,
				children: [
					{ id: 2, children: [] },
					{ id: 3, children: [] },
				],
			},
			{ id: 4, children: [] },
		]);
		shop.sandbox.control.changeStatus({ orderId: 5, statusId: 6 });
		const [newest] = (await shop.get('dashboard-activities?limit=1')).value as unknown[];
		expect(newest).toEqual({
			info: 'Status zamówienia 5 został zmieniony na: gotowe do wysłania',
			id: '5',
			object: 'order',
			time: Math.floor(shop.sandbox.control.now().ms / 1000),
		});
	});

	it('hides the secret of a webhook from others in lists only', async () => {
		const body = { url: 'https://hooks.example.com/a', format: 0, secret: 'geheim' };
		await shop.call('POST', 'webhooks', { body });
		const token = 'ef'.repeat(32);
		shop.sandbox.control.addToken({ token, rights: { webhooks: 'read' } });
		const list = async (as: string): Promise<unknown> =>
			(await shop.call('GET', 'webhooks', { token: as })).body.list?.[0]?.secret;
		expect(await list(SHOPER_TOKENS.full)).toBe('geheim');
		expect(await list(token)).toBeUndefined();
		expect((await shop.call('GET', 'webhooks/1', { token })).body.secret).toBe('geheim');
	});
});
