/** Orders beyond single cases: nothing is created, added or told twice, whatever the shop does. */
import type { IDataObject } from 'n8n-workflow';
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, locator } from './fixtures.mts';

let shop: InSalesSandbox;

beforeEach(async () => {
	shop = await startInSalesSandbox();
});

afterEach(async () => {
	await shop.close();
});

const create = {
	resource: 'order',
	operation: 'create',
	lines: { row: [{ variantId: '7001', quantity: 1 }] },
	clientName: 'Анна',
	clientPhone: '+79000000000',
	deliveryVariantId: locator('id', 21798),
	paymentGatewayId: locator('id', 79172),
};

const run = async (parameters: IDataObject, ids: number[] = [0]) =>
	await executeNode(actionBench(shop, 'chat'), parameters as never, {
		items: ids.map((id) => ({ json: { id } })),
	});

const orderCount = () => shop.control.records({ resource: 'orders' }).length;

const numbers = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => from + index);

describe('creating with an external ID', () => {
	const external = { ...create, options: { externalId: '=chat-{{ $json.id }}' } };

	test('a run of many costs one look at first and two requests each, and its repeat creates nothing', async () => {
		shop.control.seed({ orders: 600, spacingMs: 60_000 });
		const before = orderCount();
		shop.control.clearRequests();
		const first = await run(external, numbers(0, 40));
		expect(first.error).toBeUndefined();
		const asked = shop.control.requests();
		expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(40);
		// Two lists of settings, three pages of orders, and one look for doubles behind each order.
		expect(asked.length).toBeLessThanOrEqual(2 + 4 + 40 * 2);
		const second = await run(external, numbers(0, 45));
		expect(orderCount() - before).toBe(45);
		expect(second.items.map(({ json }) => json._created)).toEqual([
			...numbers(0, 40).map(() => false),
			...numbers(40, 45).map(() => true),
		]);
		expect(second.items.slice(0, 40).map(({ json }) => json.id)).toEqual(
			first.items.map(({ json }) => json.id),
		);
	});

	test('runs side by side make one order', async () => {
		const before = orderCount();
		const runs = await Promise.all(
			Array.from({ length: 5 }, async () => await run(external, [4711])),
		);
		expect(runs.map(({ error }) => error)).toEqual(Array(5).fill(undefined));
		expect(orderCount()).toBe(before + 1);
		const told = runs.map(({ items }) => items[0]?.json);
		expect(told.filter((each) => each?._created === true)).toHaveLength(1);
		expect(new Set(told.map((each) => each?.id)).size).toBe(1);
	});

	test('one that a run in another process makes as well is told with both IDs', async () => {
		const parameters = { ...external, options: { externalId: 'twice' } };
		const other = (await run(parameters)).items[0]?.json;
		// What the other one made was not there yet when this one looked.
		const match = { method: 'GET', pathIncludes: 'with_deleted' };
		shop.control.addFault({ kind: 'status', status: 200, body: '[]', match });
		const own = (await run(parameters)).items[0]?.json;
		expect(own?._created).toBe(true);
		expect(own?._warning).toContain(`there are ${String(other?.id)} and ${String(own?.id)} now`);
	});

	test('a repeat after a lost answer finds the order', async () => {
		shop.control.addFault({ kind: 'truncate', match: { method: 'POST' } });
		shop.control.addFault({
			kind: 'reset',
			match: { method: 'GET', pathIncludes: 'with_deleted' },
			times: 0,
		});
		const before = orderCount();
		const lost = await run({ ...external, options: {} });
		expect(lost.error?.message).toContain('It is not known whether the record was created');
		expect(orderCount()).toBe(before + 1);
		shop.control.clearFaults();
		const marked = await run(external);
		const again = await run(external);
		expect([marked.items[0]?.json._created, again.items[0]?.json._created]).toEqual([true, false]);
		expect(orderCount()).toBe(before + 2);
	});

	test('an answer that cannot be read is looked after, and nothing is sent again', async () => {
		shop.control.addFault({ kind: 'truncate', match: { method: 'POST' } });
		const before = orderCount();
		const { items, error } = await run(external);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			_created: true,
			_warning: expect.stringContaining('did create the record. Do not repeat this.'),
		});
		expect(orderCount()).toBe(before + 1);
	});

	test('an order that went to the archive is still found', async () => {
		const { items } = await run(external);
		const id = String(items[0]?.json.id);
		await executeNode(actionBench(shop), {
			resource: 'order',
			operation: 'delete',
			orderId: locator('id', id),
		});
		const again = await run(external);
		expect(again.items[0]?.json).toMatchObject({ _created: false, id });
	});

	test('a shop that drops the field without a word is told about', async () => {
		shop.control.addFault({
			kind: 'status',
			status: 201,
			headers: { 'Content-Type': 'application/json' },
			body: '{"id":90001,"number":5000,"fields_values":[]}',
			match: { method: 'POST' },
		});
		const { items } = await run({
			...create,
			options: { externalId: 'x-1', externalIdField: 'chat_id' },
		});
		expect(items[0]?.json._warning).toContain('a repeated run would create a second order');
	});
});

describe('a new order', () => {
	test('takes lines of any length as JSON, besides those of the form', async () => {
		const { items, error } = await run({
			...create,
			linesJson:
				'=[{"sku":"TS-01-L","quantity":2,"salePrice":990,"comment":"gift"},{"productId":502}]',
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.lines).toMatchObject([
			{ variantId: '7001', quantity: 1 },
			{ sku: 'TS-01-L', quantity: 2, unitPrice: 990 },
			{ productId: '502', quantity: 1 },
		]);
	});

	test('an extra field that orders do not have is named before anything is sent', async () => {
		const before = orderCount();
		const { error } = await run({
			...create,
			extraFields: { row: [{ handle: 'chat-id', value: 'x' }] },
		});
		expect(error?.message).toMatch(
			/The orders of the shop have no extra field "chat-id"\. Choose one of: .*chat_id/,
		);
		expect(orderCount()).toBe(before);
	});

	test('any number of days can be looked back', async () => {
		const { error } = await run({ ...create, options: { externalId: 'a', lookBackDays: 1e9 } });
		expect(error).toBeUndefined();
	});

	test.each([
		['is looked after by the external ID', { externalId: 'silent' }, /^8\d+$/, undefined],
		[
			'is told of',
			{},
			/^$/,
			'The shop accepted it, but did not say what it created. Look for it before you repeat this.',
		],
	])('an answer without a word %s', async (_, options, id, warning) => {
		const before = orderCount();
		shop.control.addFault({
			kind: 'afterCommit500',
			status: 201,
			body: '',
			match: { method: 'POST' },
		});
		const { items } = await run({ ...create, options });
		expect(orderCount()).toBe(before + 1);
		expect(items[0]?.json).toMatchObject({ id: expect.stringMatching(id), _created: true });
		expect(items[0]?.json._warning).toBe(warning);
	});
});

describe('the status in an update', () => {
	const update = {
		resource: 'order',
		operation: 'update',
		orderId: locator('id', 80005),
	};

	test('goes along with other fields, together with its system status, and once', async () => {
		shop.control.setPermalinkAlone({ works: false });
		shop.control.clearMails();
		const change = {
			...update,
			updateFields: { custom_status_permalink: 'sobran', manager_comment: '={{ $json.id }}' },
		};
		const { items, error } = await run(change, [1, 2]);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.status)).toMatchObject([
			{ id: 'sobran' },
			{ id: 'sobran' },
		]);
		expect(shop.control.getRecord({ resource: 'orders', id: 80005 })).toMatchObject({
			manager_comment: '2',
		});
		expect(shop.control.mails()).toHaveLength(1);
	});

	test('can be a system status', async () => {
		const { items } = await run({ ...update, updateFields: { fulfillment_status: 'delivered' } });
		expect(items[0]?.json).toMatchObject({ status: { phase: 'delivered' } });
	});

	test('that the shop does not have is refused with those it has', async () => {
		const { error } = await run({ ...update, updateFields: { custom_status_permalink: 'nope' } });
		expect(error?.message).toMatch(/no status "nope"\. Choose one of: new \(Новый\)/);
	});
});

test('texts that are emptied on purpose keep the external ID', async () => {
	const { items } = await run({ ...create, options: { externalId: 'keep' } });
	const id = String(items[0]?.json.id);
	await run({
		resource: 'order',
		operation: 'update',
		orderId: locator('id', id),
		otherFields: '{"manager_comment": null}',
	});
	const again = await run({ ...create, options: { externalId: 'keep' } });
	expect(again.items[0]?.json).toMatchObject({ _created: false, id });
});

describe('a key that may not see the settings', () => {
	const asClerk = async (parameters: IDataObject) => {
		const identifier = 'a'.repeat(32);
		const password = 'b'.repeat(32);
		shop.control.addKey({ identifier, password, rights: ['orders:edit', 'orders:contents'] });
		const bench = actionBench(shop, 'full', { identifier, password });
		return await executeNode(bench, parameters as never);
	};

	const change = { resource: 'order', operation: 'changeStatus', orderId: locator('id', 80005) };

	test('gives an order a status by its permalink', async () => {
		const { items, error } = await asClerk({ ...change, statusId: locator('id', 'sobran') });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ changed: true, status: { id: 'sobran' } });
	});

	test('is told that titles cannot be looked up, not that there is no such status', async () => {
		const { error } = await asClerk({ ...change, statusId: locator('name', 'Собран') });
		expect(error?.message).toMatch(/may not see the statuses .* by its permalink/);
	});

	test('writes extra fields all the same, and is told that nobody checked them', async () => {
		const { items, error } = await asClerk({
			resource: 'order',
			operation: 'update',
			orderId: locator('id', 80005),
			extraFields: { row: [{ handle: 'chat_id', value: 'x' }] },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			extraFields: { chat_id: 'x' },
			_update: { warning: expect.stringContaining('check of the extra fields: needs the right') },
		});
	});
});

describe('whatever no document says for sure', () => {
	test.each([true, false])('errors of orders come wrapped: %p', async (orderErrorsWrapped) => {
		shop.control.setGuesses({ orderErrorsWrapped });
		const { error } = await run({ ...create, lines: { row: [{ variantId: '1', quantity: 1 }] } });
		expect(error?.message).toMatch(/refused the request: .*(order_lines|variant)/);
	});

	test('a payment that is not linked may be refused; the message has the words of the shop', async () => {
		shop.control.setGuesses({ paymentLinksEnforced: true });
		const { error } = await run({ ...create, paymentGatewayId: locator('id', 79174) });
		expect(error?.message).toMatch(/refused the request: .*payment_gateway/);
	});

	test.each([true, false])(
		'a field named by its handle is added again: %p',
		async (fieldIdDuplicates) => {
			shop.control.setGuesses({ fieldIdDuplicates });
			const { id } = shop.control.placeOrder({ fields: { chat_id: 'old' } });
			const { items } = await run({
				resource: 'order',
				operation: 'update',
				orderId: locator('id', id),
				simplify: false,
				extraFields: { row: [{ handle: 'CHAT_ID', value: 'new' }] },
			});
			const values = items[0]?.json.fields_values as IDataObject[];
			expect(values.map(({ value }) => value)).toEqual(['new']);
		},
	);

	test.each([true, false])('plain lists come newest first: %p', async (newestFirst) => {
		shop.control.setGuesses({ newestFirst });
		shop.control.seed({ orders: 600 });
		const { items, error } = await run({
			resource: 'order',
			operation: 'get',
			orderId: locator('number', '№ 1300'),
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.number).toBe('1300');
	});

	test.each([true, false])(
		'the newest are found where lists begin with them: %p',
		async (newestFirst) => {
			shop.control.setGuesses({ newestFirst });
			shop.control.seed({ orders: 600, clients: 120 });
			const newest = (resource: string) =>
				shop.control
					.records({ resource })
					.map(({ id }) => Number(id))
					.sort((a, b) => b - a);
			shop.control.clearRequests();
			const few = await run({ resource: 'order', operation: 'getAll', limit: 3 });
			expect(few.items.map(({ json }) => Number(json.id))).toEqual(newest('orders').slice(0, 3));
			expect(shop.control.requests().length).toBeLessThanOrEqual(3);
			const many = await run({ resource: 'order', operation: 'getAll', limit: 400 });
			expect(many.items.map(({ json }) => Number(json.id))).toEqual(newest('orders').slice(0, 400));
			const clients = await run({ resource: 'client', operation: 'getAll', limit: 20 });
			expect(clients.items.map(({ json }) => Number(json.id))).toEqual(
				newest('clients').slice(0, 20),
			);
		},
	);

	test.each([402, 423] as const)(
		'custom statuses are refused with %p: system statuses stand in',
		async (status) => {
			shop.control.setPlan({ customStatuses: false, status });
			const { items, error } = await run({
				resource: 'order',
				operation: 'changeStatus',
				orderId: locator('id', 80005),
				statusId: locator('name', 'Отгружен'),
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ changed: true, status: { phase: 'shipped' } });
		},
	);
});

test('a status given twice in one run mails the customer once', async () => {
	shop.control.clearMails();
	const change = {
		resource: 'order',
		operation: 'changeStatus',
		orderId: locator('id', 80005),
		statusId: locator('id', 'sobran'),
	};
	await run(change, [1, 2, 3]);
	expect(shop.control.mails()).toHaveLength(1);
});

describe('a delivery of fixed price', () => {
	const fixed = {
		...create,
		deliveryVariantId: locator('id', 21797),
		shippingAddress: { city: 'Москва', address: 'ул. Примерная, 1' },
	};
	const priceSent = async (parameters: IDataObject) => {
		const { items, error } = await run({ ...fixed, ...parameters, options: { dryRun: true } });
		expect(error).toBeUndefined();
		return (items[0]?.json.order as IDataObject).delivery_price;
	};

	test('is charged with the price of the method, unless another is given', async () => {
		expect(await priceSent({})).toBe(300);
		expect(await priceSent({ additionalFields: { delivery_price: '0' } })).toBe(0);
		expect(await priceSent({ deliveryVariantId: locator('id', 21798) })).toBeUndefined();
	});
});
