/**
 * WRITES to a real Shoper shop, and only with SHOPER_WRITES=1: a customer, a product, an order with a
 * parcel, their changes, and what the trigger tells of them. Everything is deleted at the end.
 *
 * With SHOPER_MAIL_ORDER, an order of the shop gets a status that mails its customer, and its own
 * status back: the one question that only a mailbox can answer.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId } from './parameters.mts';
import {
	ask,
	demand,
	first,
	found,
	idsOf,
	mailOrder,
	mayWrite,
	report,
	rowsOf,
	run,
	watching,
} from './shoperShop.mts';
import { cleanUp, later } from './undo.mts';

const mark = `live-${Date.now()}`;
const email = `${mark}@example.com`;
const code = mark.toUpperCase();

afterAll(async () => {
	const failures = await cleanUp();
	report();
	expect(failures).toEqual([]);
});

async function record(path: string, id: string): Promise<IDataObject> {
	return (await demand('GET', `${path}/${id}`)) as IDataObject;
}

async function remove(path: string, id: string): Promise<void> {
	const { status } = await ask('DELETE', `${path}/${id}`);
	// 404: a test has deleted it.
	if (status !== 200 && status !== 404) throw new Error(`${path}/${id} is left: HTTP ${status}`);
}

/** Statuses in use, by whether the shop mails the customer. */
async function statuses(mails: boolean): Promise<Array<{ id: string; type: string }>> {
	const rows = await rowsOf('statuses', { limit: 50, order: 'status_id ASC' });
	return rows
		.filter(({ active, email_change }) => active === '1' && (email_change === '1') === mails)
		.map(({ status_id, type }) => ({ id: String(status_id), type: String(type) }));
}

(mayWrite ? describe : describe.skip)('with SHOPER_WRITES=1', () => {
	let customerId = '';
	let productId = '';
	let orderId = '';

	test('a customer is created, and the trigger tells', async () => {
		const watched = await watching('customerCreated');
		const names = { firstname: 'Live', lastname: 'Test' };
		customerId = String((await first('customer.create', { email, ...names })).id);
		later(async () => await remove('users', customerId));
		expect((await watched.poll()).map(({ json }) => json.email)).toEqual([email]);
		expect(await idsOf(watched)).toEqual([]);
		const { error } = await run('customer.create', { email: email.toUpperCase(), ...names });
		expect(error?.message).toContain('already belongs to the customer');
	});

	test('a customer keeps everything else when the note changes', async () => {
		const { comment: _before, ...before } = await record('users', customerId);
		await first('customer.update', {
			customerId: { __rl: true, mode: 'email', value: email },
			updateFields: { comment: 'Live note' },
		});
		const { comment, ...after } = await record('users', customerId);
		expect(comment).toBe('Live note');
		expect(after).toEqual(before);
	});

	test('a product is created with its texts', async () => {
		const [category] = await rowsOf('categories', { limit: 1 });
		const created = await first('product.create', {
			name: 'Live test',
			code,
			price: '12.50',
			quantity: '5',
			categoryId: String(category?.category_id),
		});
		productId = String(created.id);
		later(async () => await remove('products', productId));
		expect(created).toMatchObject({ name: 'Live test', reference: code, price: 12.5, stock: 5 });
	});

	test('a product keeps everything else when one text changes', async () => {
		const [language] = (await run('language.getAll', { limit: 1 })).items;
		const row = { language: String(language?.json.locale), metaTitle: 'Changed' };
		const before = await first('product.get', { productId: byId(productId) });
		const after = await first('product.update', {
			productId: byId(productId),
			translations: { row: [row] },
			updateFields: { price: '13.00' },
		});
		const plain = ({ metaTitle: _1, price: _2, updatedAt: _3, ...rest }: IDataObject) => rest;
		expect(after).toMatchObject({ price: 13, ...plain(before) });
		expect((await first('product.get', { productId: byId(productId) })).price).toBe(13);
	});

	test('stock is set, and changed by an amount', async () => {
		const dates: unknown[] = [(await record('products', productId)).edit_date];
		const change = async (mode: string, quantity: number) => {
			const product = { __rl: true, mode: 'code', value: code } as const;
			const changed = await first('stock.update', { productId: product, mode, quantity });
			dates.push((await record('products', productId)).edit_date);
			return changed;
		};
		expect(await change('set', 7)).toMatchObject({ previousQuantity: 5, quantity: 7 });
		expect(await change('changeBy', -2)).toMatchObject({ previousQuantity: 7, quantity: 5 });
		// Times are whole seconds: the same one twice says little.
		found('edit_date before, after "set", after "changeBy"', dates.join(', '));
	});

	async function stock(): Promise<unknown> {
		return (await first('stock.get', { productId: byId(productId) })).quantity;
	}

	test('an order is created once, and the trigger tells', async () => {
		const [quiet] = await statuses(false);
		if (!quiet) throw new Error('The shop has no status without an email: add one.');
		const watched = await watching('orderCreated');
		const [payment] = await rowsOf('payments', { limit: 1 });
		const [shipping] = await rowsOf('shippings', { limit: 1 });
		const address = {
			firstname: 'Live',
			lastname: 'Test',
			street1: 'Prosta 1',
			postcode: '00-001',
			city: 'Warszawa',
			country_code: 'PL',
			phone: '500000000',
		};
		const order: INodeParameters = {
			email,
			statusId: byId(quiet.id),
			paymentId: byId(payment?.payment_id),
			shippingId: byId(shipping?.shipping_id),
			lines: { row: [{ sku: code, quantity: 2 }] },
			orderFields: {
				billing_address: JSON.stringify(address),
				delivery_address: JSON.stringify(address),
			},
			options: { externalId: mark },
		};
		const created = await first('order.create', order);
		orderId = String(created.id);
		later(async () => await remove('orders', orderId));
		expect(created).toMatchObject({ created: true, customer: { email } });
		expect(created.lines).toMatchObject([{ sku: code, quantity: 2, unitPrice: 13 }]);
		expect(await first('order.create', order)).toMatchObject({ id: orderId, created: false });
		expect(await idsOf(watched)).toEqual([orderId]);
		expect(await idsOf(watched)).toEqual([]);
		found('stock of 5 after an order of 2', await stock());
	});

	test('its status is changed once, and the trigger tells', async () => {
		const { status_id: original } = await record('orders', orderId);
		const quiet = (await statuses(false)).find(({ id, type }) => id !== original && type === '2');
		if (!quiet) throw new Error('The shop has no second status without an email: add one.');
		const watched = await watching('orderStatusChanged');
		const change = async (options: INodeParameters = {}) =>
			await first('order.changeStatus', {
				orderId: byId(orderId),
				statusId: byId(quiet.id),
				options,
			});
		expect(await change({ dryRun: true })).toMatchObject({ changed: false });
		expect((await record('orders', orderId)).status_id).toBe(original);
		expect(await change()).toMatchObject({ changed: true, previousStatus: { id: original } });
		expect(await change()).toMatchObject({ changed: false });
		const [event, ...others] = await watched.poll();
		expect(others).toEqual([]);
		expect(event?.json).toMatchObject({
			id: orderId,
			status: { id: quiet.id },
			previousStatus: { id: original },
		});
		expect(await idsOf(watched)).toEqual([]);
	});

	test('it is paid, and the trigger tells', async () => {
		const watched = await watching('orderPaid');
		const { status_id: before, sum } = await record('orders', orderId);
		const updateFields = { paid: Number(sum) };
		await first('order.update', { orderId: byId(orderId), updateFields });
		expect(await idsOf(watched)).toEqual([orderId]);
		expect(await idsOf(watched)).toEqual([]);
		const { status_id: after } = await record('orders', orderId);
		found('a payment moves the status', before === after ? 'no' : after);
	});

	test('it gets a parcel, once', async () => {
		const { status_id: before } = await record('orders', orderId);
		const parcel = { orderId: byId(orderId), trackingNumber: mark, sent: false };
		expect(await first('parcel.create', parcel)).toMatchObject({
			trackingNumber: mark,
			created: true,
		});
		expect(await first('parcel.create', parcel)).toMatchObject({ created: false });
		const { status_id: after } = await record('orders', orderId);
		found('an unsent parcel moves the status', before === after ? 'no' : after);
	});

	test('it is cancelled and deleted', async () => {
		const cancelled = (await statuses(false)).find(({ type }) => type === '4');
		if (cancelled) {
			const change = { orderId: byId(orderId), statusId: byId(cancelled.id) };
			expect(await first('order.changeStatus', change)).toMatchObject({ changed: true });
			found('stock after cancelling', await stock());
		}
		expect(await first('order.delete', { orderId: byId(orderId) })).toMatchObject({
			deleted: true,
		});
		const { error } = await run('order.get', { orderId: byId(orderId) });
		expect(error?.message).toContain('no order');
		found('stock after deleting', await stock());
	});
});

(mailOrder === '' ? describe.skip : describe)('with SHOPER_MAIL_ORDER', () => {
	test('a status that mails is given, and taken back', async () => {
		const { status_id: original, email: customer } = await record('orders', mailOrder);
		const mailing = (await statuses(true)).find(({ id, type }) => id !== original && type === '2');
		if (!mailing) throw new Error('The shop has no status in progress with an email: add one.');
		const change = async (id: unknown) =>
			await first('order.changeStatus', { orderId: byId(mailOrder), statusId: byId(id) });
		later(async () => {
			await change(original);
			const { status_id: now } = await record('orders', mailOrder);
			if (now !== original)
				throw new Error(`Order ${mailOrder} is not back in status ${String(original)}.`);
		});
		expect(await change(mailing.id)).toMatchObject({ changed: true, emailExpected: true });
		found(
			`look into the mailbox of ${String(customer)}`,
			`did one email come for status ${mailing.id}?`,
		);
	});
});
