/** InSales API reference, sections 5.2 to 5.6, 5.9, 5.10, 6 and 11.1 to 11.3: orders, their clients and statuses. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { Json, JsonObject } from '../../sandbox/insales/records.mts';
import { callAdmin, lacking, list, object } from './insalesRequests.mts';
import type { ApiAnswer } from './insalesRequests.mts';
import { CLIENT_SAMPLE, ORDERS_SAMPLE } from './insalesSamples.mts';

const START = Date.parse('2026-03-01T14:05:13.900+03:00');
const STAMP = '2026-03-01T14:05:13.000+03:00';

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox({ now: START, empty: true });
	shop.control.freeze();
});

beforeEach(() => {
	shop.control.setNow({ ms: START });
	shop.control.reset();
});

afterAll(async () => {
	await shop.close();
});

const post = async (order: JsonObject): Promise<ApiAnswer> =>
	await callAdmin(shop.url, 'POST', 'orders.json', { body: { order } });
const put = async (id: number, order: JsonObject): Promise<ApiAnswer> =>
	await callAdmin(shop.url, 'PUT', `orders/${id}.json`, { body: { order } });
const read = async (id: number): Promise<JsonObject> =>
	object(await callAdmin(shop.url, 'GET', `orders/${id}.json`));

function rows(value: Json | undefined): JsonObject[] {
	return value as JsonObject[];
}

const MINIMUM: JsonObject = {
	order_lines_attributes: [{ variant_id: 7001, quantity: 2 }],
	client: { name: 'Анна', phone: '+79000000000' },
	delivery_variant_id: 21_797,
	payment_gateway_id: 79_172,
};

describe('reading', () => {
	it('has the shape of the sample, in lists and alone', async () => {
		const created = await post({
			...MINIMUM,
			fields_values_attributes: [{ handle: 'chat_id', value: 'c-15' }],
		});
		const whole = list(await callAdmin(shop.url, 'GET', 'orders.json'));
		expect(lacking(ORDERS_SAMPLE, whole)).toEqual([]);
		expect(object(created)).toEqual(whole[0]);
		expect(await read(80_001)).toEqual(whole[0]);
	});

	it('has numbers as money, RUR, a secret key, and bulky form data', async () => {
		const order = object(await post(MINIMUM));
		expect(order).toMatchObject({
			items_price: 3000,
			delivery_price: 300,
			total_price: 3300,
			total_profit: 1200,
			currency_code: 'RUR',
			number: 1001,
		});
		expect(order.key).toMatch(/^[0-9a-f]{32}$/);
		expect(order.client_id).toBeUndefined();
		const address = order.shipping_address as JsonObject;
		expect(rows(address.country_options).length).toBeGreaterThan(30);
		expect(Object.keys(address)).toEqual(
			expect.arrayContaining(['recipient_fields', 'backoffice_fields', 'location']),
		);
		expect(rows(order.order_lines)[0]).not.toHaveProperty('cost_price');
	});

	it('stamps records to the second, the history to the millisecond and up to a second later', async () => {
		const order = object(await post(MINIMUM));
		expect(order.created_at).toBe(STAMP);
		expect(order.updated_at).toBe(STAMP);
		const at = rows(order.order_changes).map((change) => String(change.created_at));
		expect(at[0]).toMatch(/^2026-03-01T14:05:1[34]\.\d{3}\+03:00$/);
		const later = Date.parse(at[0] ?? '') - Date.parse(STAMP);
		expect(later).toBeGreaterThan(0);
		expect(later).toBeLessThanOrEqual(1_200);
	});
});

describe('creating', () => {
	it('takes the documented body', async () => {
		const answer = await post({
			order_lines_attributes: [
				{ variant_id: 7001, quantity: 2 },
				{ product_id: 502, quantity: 1, sale_price: 990 },
			],
			client: {
				name: 'Анна',
				surname: 'Тестова',
				phone: '+79000000000',
				email: 'anna@example.com',
				consent_to_personal_data: true,
			},
			shipping_address_attributes: { city: 'Москва', address: 'ул. Примерная, 1' },
			delivery_variant_id: 21_798,
			payment_gateway_id: 79_172,
			fields_values_attributes: [{ handle: 'chat_id', value: 'c-15' }],
			comment: 'Позвонить заранее',
			manager_comment: 'Из чата',
			custom_status_permalink: 'novyy-iz-chata',
			financial_status: 'pending',
		});
		expect(answer.status).toBe(201);
		expect(object(answer)).toMatchObject({
			comment: 'Позвонить заранее',
			manager_comment: 'Из чата',
			custom_status: { permalink: 'novyy-iz-chata' },
			fulfillment_status: 'new',
			delivery_title: 'Самовывоз',
			total_price: 3990,
			client: { id: 4001, email: 'anna@example.com' },
			fields_values: [{ field_id: 41, value: 'c-15', handle: 'chat_id' }],
			order_lines: [
				{ sku: 'TS-01-M', total_price: 3000 },
				{ sku: 'MUG-01', total_price: 990 },
			],
			shipping_address: { full_delivery_address: 'г Москва, ул. Примерная, 1' },
		});
	});

	it('takes an existing client by id, changes its phone, and posts without the root too', async () => {
		const { id } = shop.control.addClient({ name: 'Иван', phone: '+79000000001' });
		const answer = await callAdmin(shop.url, 'POST', 'orders.json', {
			body: { ...MINIMUM, client: { id, phone: '+79000000002' } },
		});
		expect(answer.status).toBe(201);
		expect(object(answer).client).toMatchObject({ id, name: 'Иван', phone: '+79000000002' });
		expect(shop.control.records({ resource: 'clients' })).toHaveLength(1);
	});

	it.each<[string, JsonObject, JsonObject]>([
		['no lines', { order_lines_attributes: [] }, { order_lines: ['не может быть пустым'] }],
		[
			'an unknown variant',
			{ order_lines_attributes: [{ variant_id: 1 }] },
			{ 'order_lines.variant': ['не может быть пустым'] },
		],
		[
			'a client without phone',
			{ client: { name: 'Анна' } },
			{ 'client.phone': ['не может быть пустым'] },
		],
		[
			'an unknown delivery',
			{ delivery_variant_id: 1 },
			{ delivery_variant: ['не может быть пустым'] },
		],
		[
			'an unknown payment',
			{ payment_gateway_id: null },
			{ payment_gateway: ['не может быть пустым'] },
		],
		[
			'an unknown field',
			{ fields_values_attributes: [{ handle: 'nickname', value: 'x' }] },
			{ 'fields_values.field': ['не может быть пустым'] },
		],
	])('refuses %s and saves nothing', async (_, change, errors) => {
		const answer = await post({ ...MINIMUM, ...change });
		expect([answer.status, answer.json]).toEqual([422, errors]);
		expect(shop.control.records({ resource: 'orders' })).toEqual([]);
		expect(shop.control.records({ resource: 'clients' })).toEqual([]);
		shop.control.setGuesses({ orderErrorsWrapped: true });
		expect((await post({ ...MINIMUM, ...change })).json).toEqual({ status: 'error', errors });
	});

	it('knows the price of a fixed delivery only, and can be told to demand links', async () => {
		const price = async (delivery: number): Promise<Json | undefined> =>
			object(await post({ ...MINIMUM, delivery_variant_id: delivery })).delivery_price;
		expect(await price(21_797)).toBe(300);
		expect(await price(21_799)).toBe(0);
		expect(await price(21_800)).toBe(0);
		expect(object(await post({ ...MINIMUM, delivery_price: '150' })).total_price).toBe(3150);
		const unlinked = { ...MINIMUM, delivery_variant_id: 21_798, payment_gateway_id: 79_174 };
		expect((await post(unlinked)).status).toBe(201);
		shop.control.setGuesses({ paymentLinksEnforced: true });
		expect((await post(unlinked)).status).toBe(422);
	});

	it('can be told to demand obligatory fields, and to know no fixed price', async () => {
		shop.control.putRecord({ resource: 'fields', record: { id: 41, obligatory: true } });
		expect((await post(MINIMUM)).status).toBe(201);
		shop.control.setGuesses({ obligatoryFieldsEnforced: true, fixedPriceThroughApi: false });
		expect((await post(MINIMUM)).json).toEqual({
			'fields_values.field_41': ['не может быть пустым'],
		});
		const fields = [{ handle: 'chat_id', value: 'c-1' }];
		const answer = await post({ ...MINIMUM, fields_values_attributes: fields });
		expect([answer.status, object(answer).delivery_price]).toEqual([201, 0]);
	});

	it('messages the customer, unless the guess says that the API does not', async () => {
		const client = { name: 'Анна', phone: '+79000000000', email: 'anna@example.com' };
		const { id } = object(await post({ ...MINIMUM, client }));
		expect(shop.control.mails()).toMatchObject([
			{ to: 'anna@example.com', channel: 'email', orderId: id, number: 1001, permalink: 'new' },
		]);
		shop.control.setGuesses({ apiChangesNotify: false });
		await put(Number(id), { fulfillment_status: 'accepted' });
		await post(MINIMUM);
		expect(shop.control.mails()).toHaveLength(1);
	});

	it('works out discounts and payment surcharge as the genuine order of 2017', async () => {
		const created = object(
			await post({
				...MINIMUM,
				order_lines_attributes: [{ variant_id: 7001, sale_price: 12_600 }],
				payment_gateway_id: 79_175,
				delivery_price: 115,
			}),
		);
		const order = object(
			await put(Number(created.id), { discounts_attributes: [{ type_id: 1, discount: 10 }] }),
		);
		expect(order).toMatchObject({
			order_lines: [
				{
					sale_price: 12_600,
					discounts_amount: 1260,
					full_sale_price: 12_474,
					full_total_price: 12_474,
				},
			],
			full_delivery_price: 126.5,
			items_price: 12_474,
			total_price: 12_600.5,
			discount: { type_id: 1, percent: 10 },
		});
		const change = rows(order.order_changes)[0];
		expect(change).toMatchObject({ action: 'discount_created', value_is: { discount: 10 } });
	});
});

describe('changing', () => {
	let id = 0;

	beforeEach(() => {
		({ id } = shop.control.placeOrder({ fields: { chat_id: 'c-1' } }));
		shop.control.advance({ ms: 60_000 });
		shop.control.clearMails();
	});

	it('a permalink moves the system status, with history on top, dates and a message', async () => {
		const order = object(await put(id, { custom_status_permalink: 'v-obrabotke' }));
		expect(order).toMatchObject({
			fulfillment_status: 'accepted',
			custom_status: { permalink: 'v-obrabotke', title: 'В обработке' },
			accepted_at: '2026-03-01T14:06:13.000+03:00',
			updated_at: '2026-03-01T14:06:13.000+03:00',
		});
		const [first, second] = rows(order.order_changes);
		expect(first).toMatchObject({
			action: 'fulfillment_status_changed',
			value_was: 'new',
			value_is: 'accepted',
			full_description: 'Статус изменён: Новый → В обработке',
		});
		expect(second).toMatchObject({ action: 'order_created' });
		expect(Number(first?.id)).toBeGreaterThan(Number(second?.id));
		expect(shop.control.mails()).toMatchObject([
			{ to: 'anna@example.com', orderId: id, permalink: 'v-obrabotke' },
		]);
	});

	it('a change within one system status has an entry under another name, or none', async () => {
		await put(id, { custom_status_permalink: 'novyy-iz-chata' });
		expect(rows((await read(id)).order_changes)[0]).toMatchObject({
			action: 'custom_status_changed',
			value_was: 'new',
			value_is: 'novyy-iz-chata',
		});
		shop.control.setGuesses({ customStatusAction: null });
		await put(id, { custom_status_permalink: 'new' });
		const order = await read(id);
		expect(order.custom_status).toMatchObject({ permalink: 'new' });
		expect(rows(order.order_changes)).toHaveLength(2);
	});

	it('a permalink sticks only with its own system status where the switch says so', async () => {
		shop.control.setPermalinkAlone({ works: false });
		const permalink = async (order: JsonObject): Promise<Json | undefined> =>
			(object(await put(id, order)).custom_status as JsonObject).permalink;
		expect(await permalink({ custom_status_permalink: 'otmenen' })).toBe('new');
		expect(
			await permalink({ custom_status_permalink: 'otmenen', fulfillment_status: 'accepted' }),
		).toBe('accepted');
		expect(
			await permalink({ custom_status_permalink: 'otmenen', fulfillment_status: 'declined' }),
		).toBe('otmenen');
	});

	it('a system status brings its default status; unknown ones are refused', async () => {
		const order = object(await put(id, { fulfillment_status: 'delivered' }));
		expect(order).toMatchObject({
			custom_status: { permalink: 'delivered' },
			delivered_at: '2026-03-01T14:06:13.000+03:00',
		});
		expect((await put(id, { fulfillment_status: 'lost' })).status).toBe(422);
		expect((await put(id, { custom_status_permalink: 'lost' })).status).toBe(422);
	});

	it('payment sets paid_at and takes it back', async () => {
		const paid = object(await put(id, { financial_status: 'paid' }));
		expect(paid.paid_at).toBe('2026-03-01T14:06:13.000+03:00');
		expect(rows(paid.order_changes)[0]).toMatchObject({
			action: 'financial_status_changed',
			value_was: 'pending',
			value_is: 'paid',
		});
		expect(object(await put(id, { financial_status: 'pending' })).paid_at).toBeNull();
	});

	it('nothing to change answers 200, touches nothing and messages nobody', async () => {
		const before = await read(id);
		for (const order of [{}, { fulfillment_status: 'new' }, { custom_status: { permalink: 'x' } }])
			expect(object(await put(id, order as JsonObject))).toEqual(before);
		const empty = await callAdmin(shop.url, 'PUT', `orders/${id}.json`, {
			headers: { 'Content-Type': 'application/json' },
		});
		expect([empty.status, empty.json]).toEqual([200, before]);
		expect(shop.control.mails()).toEqual([]);
	});

	it('lines are added again and again, changed and removed by their id', async () => {
		const add = { order_lines_attributes: [{ variant_id: 7001, quantity: 2 }] };
		await put(id, add);
		const two = rows(object(await put(id, add)).order_lines);
		expect(two.map(({ sku }) => sku)).toEqual(['MUG-01', 'TS-01-M', 'TS-01-M']);
		const [mug, first, second] = two.map((line) => line.id ?? null);
		const order = object(
			await put(id, {
				order_lines_attributes: [
					{ id: first ?? null, quantity: 5, comment: 'красную' },
					{ id: second ?? null, _destroy: true },
				],
			}),
		);
		expect(rows(order.order_lines)).toMatchObject([
			{ id: mug },
			{ id: first, quantity: 5, comment: 'красную', total_price: 7500 },
		]);
		expect(order.items_price).toBe(7990);
		expect((await put(id, { order_lines_attributes: [{ id: 1, quantity: 1 }] })).status).toBe(422);
	});

	it('an extra field is changed by the id of its value, and doubled by the field', async () => {
		const [held] = rows((await read(id)).fields_values);
		await put(id, { fields_values_attributes: [{ id: held?.id ?? null, value: 'c-2' }] });
		expect(rows((await read(id)).fields_values)).toMatchObject([{ id: held?.id, value: 'c-2' }]);
		await put(id, { fields_values_attributes: [{ field_id: 41, value: 'c-3' }] });
		await put(id, { fields_values_attributes: [{ handle: 'chat_id', value: 'c-4' }] });
		const values = rows((await read(id)).fields_values).map(({ value }) => value);
		expect(values).toEqual(['c-2', 'c-3', 'c-4']);
		shop.control.setGuesses({ fieldIdDuplicates: false });
		await put(id, { fields_values_attributes: [{ handle: 'chat_id', value: 'c-5' }] });
		expect(rows((await read(id)).fields_values)).toHaveLength(3);
	});

	it('delivery, payment, address, texts and single discounts', async () => {
		const [line] = rows((await read(id)).order_lines);
		const order = object(
			await put(id, {
				delivery_variant_id: 21_798,
				payment_gateway_id: 79_173,
				manager_comment: 'Проверено',
				delivery_date: '2026-03-05',
				shipping_address_attributes: {
					address: 'ул. Новая, 2',
					fields_values_attributes: [{ handle: 'landmark', value: 'у парка' }],
				},
				discounts_attributes: [
					{ type_id: 2, discount: 90, discount_order_lines_ids: [line?.id ?? null] },
				],
			}),
		);
		expect(order).toMatchObject({
			delivery_title: 'Самовывоз',
			delivery_price: 0,
			payment_title: 'Перевод по реквизитам',
			manager_comment: 'Проверено',
			delivery_date: '2026-03-05',
			shipping_address: {
				address: 'ул. Новая, 2',
				city: 'Москва',
				fields_values: [{ handle: 'landmark', value: 'у парка' }],
			},
			total_price: 400,
		});
		const [discount] = rows(order.discounts);
		const removed = await put(id, {
			discounts_attributes: [{ id: discount?.id ?? null, _destroy: 1 }],
		});
		expect(object(removed)).toMatchObject({ total_price: 490, discounts: [], discount: null });
	});

	it('deleting archives', async () => {
		const answer = await callAdmin(shop.url, 'DELETE', `orders/${id}.json`);
		expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
		expect(await read(id)).toMatchObject({ archived: true });
		expect((await callAdmin(shop.url, 'DELETE', 'orders/1.json')).status).toBe(404);
	});
});

describe('clients', () => {
	const client = async (method: string, path: string, body: JsonObject): Promise<ApiAnswer> =>
		await callAdmin(shop.url, method, path, { body: { client: body } });

	it('are created with the shape of the sample, changed in part, deleted', async () => {
		const created = await client('POST', 'clients.json', {
			name: 'Анна',
			phone: '8 (900) 000-00-00',
			email: 'anna@example.com',
			registered: false,
			subscribe: false,
			fields_values_attributes: [{ handle: 'nickname', value: 'anna_t' }],
		});
		expect(created.status).toBe(201);
		expect(lacking(CLIENT_SAMPLE, created.json)).toEqual([]);
		expect(object(created)).toMatchObject({
			id: 4001,
			phone: '8 (900) 000-00-00',
			subscribe: false,
		});
		shop.control.advance({ ms: 2_000 });
		const changed = object(await client('PUT', 'clients/4001.json', { surname: 'Тестова' }));
		expect(changed).toMatchObject({
			name: 'Анна',
			contact_name: 'Тестова Анна',
			updated_at: '2026-03-01T14:05:15.000+03:00',
			fields_values: [{ handle: 'nickname', value: 'anna_t' }],
		});
		expect((await callAdmin(shop.url, 'DELETE', 'clients/4001.json')).json).toEqual({
			status: 'ok',
		});
		expect((await callAdmin(shop.url, 'GET', 'clients/4001.json')).status).toBe(404);
	});

	it.each<[JsonObject, JsonObject]>([
		[{ name: '' }, { name: ['не может быть пустым'] }],
		[{ name: 'А', email: 'nowhere' }, { email: ['имеет неверное значение'] }],
		[
			{ name: 'А', registered: true, password: '123' },
			{
				email: ['не может быть пустым'],
				password: ['недостаточной длины (не может быть меньше 6 символов)'],
			},
		],
	])('refuses %j', async (body, errors) => {
		const answer = await client('POST', 'clients.json', body);
		expect([answer.status, answer.json]).toEqual([422, errors]);
	});
});
