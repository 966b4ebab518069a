/** Shoper REST reference 5 (writes), 6.2 to 6.5, 6.9 (parcels) and 7 (orders in depth). */
import { ShoperClient } from './shoperClient.mts';

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

const NEW_ORDER = {
	email: 'jan.test@example.com',
	status_id: 1,
	payment_id: 2,
	shipping_id: 8,
	user_id: 1,
	shipping_tax_id: 1,
};

const put = (path: string, body: unknown): ReturnType<ShoperClient['call']> =>
	shop.call('PUT', path, { body });
const post = (path: string, body: unknown): ReturnType<ShoperClient['call']> =>
	shop.call('POST', path, { body });
const complaint = (field: string, reason: string): string =>
	`Wartość pola '${field}' jest niepoprawna: ${reason}`;
const stockOf = async (id: number): Promise<unknown> =>
	(await shop.get(`product-stocks/${id}`)).body.stock;

describe('creating orders', () => {
	it('names every missing field in one text', async () => {
		const { status, body } = await post('orders', { email: '' });
		expect([status, body.error]).toEqual([400, 'invalid_request']);
		expect(body.error_description).toBe(
			['email', 'status_id', 'payment_id', 'shipping_id', 'user_id', 'shipping_tax_id']
				.map((field) => complaint(field, 'Pole wymagane'))
				.join('; '),
		);
	});

	it.each([
		['user_id', 0, "Nie znaleziono wartości '0'"],
		['status_id', 10, "Nie znaleziono wartości '10'"],
		['payment_id', 'x', "Nie znaleziono wartości 'x'"],
	])('refuses %s %j', async (field, value, reason) => {
		const { status, body } = await post('orders', { ...NEW_ORDER, [field]: value });
		expect([status, body.error_description]).toEqual([400, complaint(field, reason)]);
	});

	it('answers the bare id and stores strings', async () => {
		const answer = await post('orders', {
			...NEW_ORDER,
			shipping_cost: 15,
			code: 'mine',
			notes_priv: 'n8n:1',
			user_order: true,
			additional_fields: { 'Uwagi do dostawy': 'po 16' },
			billing_address: { firstname: 'Jan', lastname: 'Testowy', phone: '500', city: 'Miasto' },
		});
		expect([answer.status, answer.value]).toEqual([200, 6]);
		const { body } = await shop.get('orders/6');
		expect(body).toMatchObject({
			date: '2026-11-20 11:00:00',
			status_date: '2026-11-20 11:00:00',
			status_id: '1',
			shipping_cost: '15.00',
			sum: '15.00',
			user_order: '1',
			origin: '4',
			is_cash_on_delivery: true,
			additional_fields: [{ field_id: '5', field_value: 'po 16', value: 'po 16' }],
			billing_address: { type: '1', firstname: 'Jan', phone: '500' },
		});
		// A sent confirmation code is lost; one address serves for both.
		expect(body.code).toMatch(/^[0-9a-f]{32}$/);
		expect(body.delivery_address).toEqual(body.billing_address);
		expect(await shop.column('orders', 'order_id', { notes_priv: 'n8n:1' })).toEqual(['6']);
	});

	it('wants a phone with an address', async () => {
		const answer = await post('orders', { ...NEW_ORDER, billing_address: { firstname: 'Jan' } });
		expect(answer.body.error_description).toBe(complaint('phone', 'Pole wymagane'));
	});

	it('takes addresses from the address book', async () => {
		const address = {
			user_id: 1,
			firstname: 'Ewa',
			lastname: 'Testowa',
			street_1: 'Krótka 2',
			city: 'Miasto',
			zip_code: '00-002',
			phone: '600',
		};
		const { value: id } = await post('user-addresses', address);
		await post('orders', { ...NEW_ORDER, billing_address_id: id });
		expect((await shop.get('orders/6')).body.billing_address).toMatchObject({
			firstname: 'Ewa',
			street1: 'Krótka 2',
			postcode: '00-002',
		});
		const { user_id: _user, ...incomplete } = address;
		expect((await post('user-addresses', incomplete)).body.error_description).toBe(
			complaint('user_id', 'Pole wymagane'),
		);
	});
});

describe('changing orders', () => {
	it('changes only what is sent', async () => {
		const before = (await shop.get('orders/1')).body;
		expect((await put('orders/1', { notes_pub: 'hello', sum: 1, order_id: 9 })).value).toBe(1);
		expect((await shop.get('orders/1')).body).toEqual({ ...before, notes_pub: 'hello' });
		await put('orders/1', { delivery_address: { city: 'Inne' } });
		const after = (await shop.get('orders/1')).body;
		expect(after.delivery_address).toMatchObject({ city: 'Inne', firstname: 'Jan', type: '2' });
		expect(after.billing_address).toEqual(before.billing_address);
	});

	it('moves status_date, and mails where the status says so', async () => {
		const { control } = shop.sandbox;
		control.advance({ ms: 60_000 });
		expect((await put('orders/5', { status_id: 6 })).value).toBe(1);
		expect((await shop.get('orders/5')).body).toMatchObject({
			status_id: '6',
			status_date: '2026-11-20 11:01:00',
		});
		expect(control.mails()).toEqual([]);
		await put('orders/5', { status_id: '7' });
		expect(control.mails()).toEqual([
			{
				to: 'maria.wisniewska@example.com',
				subject: 'Zamówienie nr 5: przesyłka wysłana',
				orderId: 5,
				statusId: 7,
				text: 'Status zamówienia zmienił się na: przesyłka wysłana.',
				at: '2026-11-20 11:01:00',
			},
		]);
	});

	it('does nothing for the status it has already, unless told to mail again', async () => {
		const { control } = shop.sandbox;
		await put('orders/1', { status_id: 7 });
		expect(control.mails()).toEqual([]);
		control.setRepeatStatusMails({ on: true });
		await put('orders/1', { status_id: 7 });
		expect(control.mails()).toHaveLength(1);
	});

	it('refuses a status that does not exist, and changes nothing', async () => {
		const { status, body } = await put('orders/1', { status_id: 99, notes: 'x' });
		expect([status, body.error_description]).toEqual([
			400,
			complaint('status_id', "Nie znaleziono wartości '99'"),
		]);
		expect((await shop.get('orders/1')).body).toMatchObject({ status_id: '7', notes: '' });
	});

	it('answers 409 while somebody edits the order', async () => {
		const { control } = shop.sandbox;
		control.lockOrder({ id: 1 });
		expect((await put('orders/1', { status_id: 8 })).status).toBe(409);
		expect((await shop.call('DELETE', 'orders/1')).status).toBe(409);
		expect((await shop.get('orders/1')).body.status_id).toBe('7');
		expect((await put('orders/2', { status_id: 9 })).status).toBe(200);
		control.unlockOrder({ id: 1 });
		expect((await put('orders/1', { status_id: 8 })).status).toBe(200);
	});

	it('is paid when paid reaches the sum', async () => {
		const state = async (): Promise<unknown[]> => {
			const { body } = await shop.get('orders/1');
			return [body.paid, body.is_paid, body.is_underpayment, body.is_overpayment];
		};
		await put('orders/1', { paid: 109.97 });
		expect(await state()).toEqual(['109.97', false, true, false]);
		await put('orders/1', { paid: '109.98' });
		expect(await state()).toEqual(['109.98', true, false, false]);
		await put('orders/1', { paid: 110 });
		expect(await state()).toEqual(['110.00', true, false, true]);
	});

	it('moves a paid order where the settings say so', async () => {
		const { control } = shop.sandbox;
		control.setPaid({ orderId: 5 });
		expect(control.getRecord({ resource: 'orders', id: 5 })).toMatchObject({
			is_paid: true,
			status_id: '1',
		});
		control.setConfig({ key: 'shopping_change_status_payment_made_id', value: '2' });
		await put('orders/4', { paid: 1000, status_id: 5 });
		expect((await shop.get('orders/4')).body.status_id).toBe('2');
	});

	it('gives the stock back when the order goes', async () => {
		expect(await stockOf(5)).toBe('197');
		expect((await shop.call('DELETE', 'orders/5')).value).toBe(1);
		expect(await stockOf(5)).toBe('199');
		expect((await shop.call('DELETE', 'orders/5')).status).toBe(404);
		expect(await shop.column('order-products', 'id', { order_id: 5 })).toEqual([]);
	});
});

describe('lines', () => {
	it('takes stock at once, and price and tax as sent', async () => {
		const line = { order_id: 5, product_id: 3, stock_id: 5, price: 1.5, quantity: 4, tax: 'zw.' };
		const { value: id } = await post('order-products', line);
		expect(await stockOf(5)).toBe('193');
		expect((await shop.get(`order-products/${String(id)}`)).body).toMatchObject({
			price: '1.50',
			quantity: '4',
			tax: 'zw.',
			name: 'Bluza z kapturem',
		});
		expect((await shop.get('orders/5')).body).toMatchObject({ sum: '119.98', total_products: 7 });
		await put(`order-products/${String(id)}`, { quantity: 1 });
		expect(await stockOf(5)).toBe('196');
		await shop.call('DELETE', `order-products/${String(id)}`);
		expect(await stockOf(5)).toBe('197');
	});

	it('leaves the stock alone when the shop does not deduct on buying', async () => {
		shop.sandbox.control.setConfig({ key: 'shopping_update_stock_on_buy', value: '0' });
		await post('order-products', { order_id: 5, product_id: 5, price: 1, quantity: 4 });
		expect(await stockOf(5)).toBe('197');
	});

	it('comes for many orders at once', async () => {
		const path = 'order-products?limit=50';
		expect(await shop.column(path, 'order_id', { order_id: { IN: [1, 5] } })).toEqual([
			'1',
			'1',
			'5',
			'5',
			'5',
		]);
	});

	it('may be of no product', async () => {
		expect(
			(await post('order-products', { order_id: 1, price: 5, quantity: 1, name: 'x' })).status,
		).toBe(200);
		const refused = await post('order-products', {
			order_id: 1,
			price: 5,
			quantity: 1,
			product_id: 77,
		});
		expect(refused.body.error_description).toBe(
			complaint('product_id', "Nie znaleziono wartości '77'"),
		);
	});
});

describe('parcels', () => {
	it('takes what is left, moves the order, and then has nothing more to send', async () => {
		const parcel = { order_id: 5, shipping_id: 8, shipping_code: 'TR-1', sent: true };
		const { value: id } = await post('parcels', parcel);
		expect((await shop.get(`parcels/${String(id)}`)).body).toMatchObject({
			sent: '1',
			shipping_code: 'TR-1',
			send_date: '2026-11-20 11:00:00',
			products: [{ quantity: '1' }, { quantity: '1' }, { quantity: '1' }],
		});
		expect((await shop.get('orders/5')).body).toMatchObject({ status_id: '7', total_parcels: 1 });
		expect(shop.sandbox.control.mails()).toHaveLength(1);
		expect((await post('parcels', parcel)).body).toEqual({
			error: 'invalid_request',
			error_description: 'All products has been already sent',
		});
		expect((await put(`parcels/${String(id)}`, { shipping_code: 'TR-2' })).value).toBe(1);
		expect((await put(`parcels/${String(id)}`, { notes: 'x' })).body.error).toBe(
			'parcel_cannot_modify',
		);
		expect((await put(`parcels/${String(id)}`, { sent: true })).body.error).toBe(
			'parcel_already_sent',
		);
		expect(await shop.column('parcels', 'shipping_code', { order_id: 5 })).toEqual(['TR-2']);
	});

	it('takes single products, and the rest with the next parcel', async () => {
		const [line] = await shop.column('order-products', 'id', { order_id: 5 });
		const products = [{ order_product_id: line, quantity: 1 }];
		await post('parcels', { order_id: 5, shipping_id: 8, products });
		expect((await shop.get('orders/5')).body.status_id).toBe('1');
		expect((await post('parcels', { order_id: 5, shipping_id: 8, products })).status).toBe(400);
		const { value: id } = await post('parcels', { order_id: 5, shipping_id: 8 });
		expect((await shop.get(`parcels/${String(id)}`)).body.products).toHaveLength(2);
		expect((await put(`parcels/${String(id)}`, { sent: true })).value).toBe(1);
		expect((await shop.get('orders/5')).body.status_id).toBe('7');
	});

	it('moves the order to the status for new parcels where one is set', async () => {
		shop.sandbox.control.setConfig({ key: 'shopping_parcel_create_status_id', value: '6' });
		await post('parcels', { order_id: 5, shipping_id: 8 });
		expect((await shop.get('orders/5')).body.status_id).toBe('6');
		expect((await shop.call('DELETE', 'parcels/1')).value).toBe(1);
		expect((await shop.get('orders/5')).body.total_parcels).toBe(0);
	});
});

describe('customers', () => {
	it('belongs to one e-mail address', async () => {
		const { value: id } = await post('users', { email: 'new@example.com', tags: 'a, b' });
		expect(id).toBe(5);
		expect((await shop.get('users/5')).body).toMatchObject({
			email: 'new@example.com',
			date_add: '2026-11-20 11:00:00',
			tags: ['a', 'b'],
			registered: '1',
		});
		for (const email of ['new@example.com', 'NEW@example.com'])
			expect((await post('users', { email })).body.error_description).toBe(
				complaint('email', `Wartość '${email}' już istnieje`),
			);
		expect((await put('users/5', { email: 'new@example.com' })).value).toBe(1);
		expect((await put('users/5', { email: 'jan.test@example.com' })).status).toBe(400);
		expect((await post('users', {})).body.error_description).toBe(
			complaint('email', 'Pole wymagane'),
		);
		expect((await post('users', { email: 'b@example.com', password: 'short' })).status).toBe(400);
		expect(await shop.column('users', 'user_id', { email: 'new@example.com' })).toEqual(['5']);
	});
});

describe('object-mtime', () => {
	it('is the moment of the last write', async () => {
		const { control } = shop.sandbox;
		control.advance({ ms: 90_000 });
		await put('orders/3', { notes: 'x' });
		expect((await shop.get('object-mtime/order/3')).body).toEqual({
			date: Date.parse('2026-11-20T10:01:30Z') / 1000,
		});
		expect((await shop.get('object-mtime/order/99')).status).toBe(404);
	});
});
