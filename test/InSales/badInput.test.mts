/**
 * What expressions, agents and tired people enter: refused before any request, by the name of the field and
 * with the cure. An expression that found nothing never empties, orders or skips anything.
 */
import type { IDataObject } from 'n8n-workflow';

import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, locator } from './fixtures.mts';

let shop: InSalesSandbox;

beforeAll(async () => {
	shop = await startInSalesSandbox();
	shop.control.setLimit({ requests: 1_000_000 });
});

afterAll(async () => {
	await shop.close();
});

const NOTHING = '={{ $json.nothing }}';

const NULL = '={{ null }}';

const create = {
	resource: 'order',
	operation: 'create',
	lines: { row: [{ variantId: '7001', quantity: 1 }] },
	clientName: 'Анна',
	clientPhone: '+79000000000',
	deliveryVariantId: locator('id', 21798),
	paymentGatewayId: locator('id', 79172),
};

const order = { resource: 'order', operation: 'update', orderId: locator('id', 80001) };

const orders = { resource: 'order', operation: 'getAll' };

const line = { resource: 'orderLine', orderId: locator('id', 80001) };

const variant = {
	resource: 'variant',
	operation: 'update',
	productId: locator('id', 501),
	variantId: locator('id', 7001),
};

const variants = { resource: 'variant', operation: 'updateMany' };

const client = { resource: 'client', operation: 'update', clientId: locator('id', 4001) };

const product = { resource: 'product', operation: 'update', productId: locator('id', 501) };

const lineOf = (row: IDataObject) => ({ ...create, lines: { row: [row] } });

const rowOf = (row: IDataObject) => ({
	...variants,
	variants: { row: [{ variantId: '7001', productId: '501', ...row }] },
});

test.each<[string, IDataObject, RegExp]>([
	['no lines', { ...create, lines: {} }, /"Lines" is empty\. Add at least one line/],
	['lines that are no JSON', { ...create, linesJson: '[{' }, /"Lines as JSON" is not a list/],
	['lines of texts', { ...create, linesJson: '["7001"]' }, /"Lines as JSON" is not a list/],
	[
		'a line with a field of another name',
		{ ...create, linesJson: '[{"variantId": 7001, "price": 5}]' },
		/"Lines as JSON" has no entry "price"\. Its entries are variantId, productId, sku/,
	],
	['a quantity of nothing', lineOf({ variantId: '7001', quantity: NOTHING }), /quantity of line 1/],
	['a quantity of null', lineOf({ variantId: '7001', quantity: NULL }), /quantity of line 1/],
	[
		'a quantity of true',
		lineOf({ variantId: '7001', quantity: '={{ true }}' }),
		/quantity of line 1/,
	],
	[
		'a quantity in a list',
		lineOf({ variantId: '7001', quantity: '={{ [2] }}' }),
		/quantity of line 1/,
	],
	['half a piece', lineOf({ variantId: '7001', quantity: 0.5 }), /quantity of line 1 is "0\.5"/],
	[
		'a negative quantity',
		lineOf({ variantId: '7001', quantity: -1 }),
		/quantity of line 1 is "-1"/,
	],
	['a negative price', lineOf({ variantId: '7001', quantity: 1, salePrice: '-5' }), /"Sale Price"/],
	[
		'a price with a blank',
		lineOf({ variantId: '7001', quantity: 1, salePrice: '1 990' }),
		/"Sale Price"/,
	],
	['no variant', lineOf({ variantId: ' ', quantity: 1 }), /none of Variant ID, Product ID and SKU/],
	[
		'two variants',
		lineOf({ variantId: '={{ [7001, 7002] }}', quantity: 1 }),
		/"Variant ID" is "7001,7002"/,
	],
	['no name', { ...create, clientName: NOTHING }, /"Client First Name" is empty/],
	['an email that is none', { ...create, clientEmail: 'anna' }, /"Client Email" is "anna"/],
	['a client 0', { ...create, clientId: locator('id', 0) }, /"Existing Client" is "0"/],
	[
		'a title for an ID',
		{ ...create, deliveryVariantId: locator('id', 'Самовывоз') },
		/"Delivery Method"/,
	],
	[
		'no delivery',
		{ ...create, deliveryVariantId: locator('id', NOTHING) },
		/"Delivery Method" is empty/,
	],
	[
		'half an ID',
		{ ...create, paymentGatewayId: locator('id', '1.5') },
		/"Payment Method" is "1\.5"/,
	],
	['no external ID', { ...create, options: { externalId: NOTHING } }, /"External ID" is empty/],
	['a blank external ID', { ...create, options: { externalId: '  ' } }, /"External ID" is empty/],
	[
		'a field for no external ID',
		{ ...create, options: { externalIdField: 'chat_id' } },
		/there is no external ID\. Fill in "External ID"/,
	],
	['a bracket', { ...create, options: { externalId: 'a]b' } }, /"External ID" holds/],
	['no days', { ...create, options: { externalId: 'a', lookBackDays: 0 } }, /"Look Back \(Days\)"/],
	[
		'a Russian date',
		{ ...create, additionalFields: { delivery_date: '05.03.2026' } },
		/"Delivery Date"/,
	],
	[
		'an hour too late',
		{ ...create, additionalFields: { delivery_from_hour: '99' } },
		/whole hour from 0 to 24/,
	],
	[
		'half an hour',
		{ ...create, additionalFields: { delivery_to_hour: '10.5' } },
		/"Delivery To Hour"/,
	],
	[
		'a time',
		{ ...create, additionalFields: { delivery_to_hour: '10:30' } },
		/whole hour from 0 to 24/,
	],
	[
		'no handle',
		{ ...create, extraFields: { row: [{ value: 'x' }] } },
		/"Extra Fields" has no handle/,
	],
	[
		'an object in a field',
		{ ...create, extraFields: { row: [{ handle: 'chat_id', value: '={{ ({ a: 1 }) }}' }] } },
		/The value of "chat_id" is a list or an object/,
	],
	[
		'a comment of nothing',
		{ ...order, updateFields: { comment: NOTHING } },
		/"comment" in "Update Fields" is empty/,
	],
	[
		'a comment of null',
		{ ...order, updateFields: { manager_comment: NULL } },
		/use "Other Fields": {"manager_comment": ""}/,
	],
	[
		'a price of nothing',
		{ ...order, updateFields: { delivery_price: NOTHING } },
		/"delivery_price" in "Update Fields"/,
	],
	[
		'a status of nothing',
		{ ...order, updateFields: { custom_status_permalink: NOTHING } },
		/"custom_status_permalink"/,
	],
	[
		'an unknown system status',
		{ ...order, updateFields: { fulfillment_status: 'shipped' } },
		/no system status "shipped"/,
	],
	[
		'two statuses',
		{
			...order,
			updateFields: { fulfillment_status: 'accepted', custom_status_permalink: 'sobran' },
		},
		/Both "Status" and "System Status"/,
	],
	[
		'a field whose value is nothing',
		{ ...order, extraFields: { row: [{ handle: 'chat_id', value: NOTHING }] } },
		/The value of "chat_id" came out as nothing/,
	],
	['JSON that is none', { ...order, otherFields: '{bad' }, /"Other Fields" is not a JSON object/],
	[
		'a method among the others',
		{ ...order, otherFields: '{"delivery_variant_id": 21797}' },
		/Use "New Delivery Method"/,
	],
	[
		'a field in two places',
		{ ...order, updateFields: { comment: 'a' }, otherFields: '{"comment": "b"}' },
		/"comment" is named in two places/,
	],
	[
		'an address of nothing',
		{ ...order, shippingAddress: { city: NOTHING } },
		/Nothing to change is named/,
	],
	[
		'a list for an order',
		{ ...order, orderId: locator('id', '={{ [1, 2] }}'), updateFields: { comment: 'a' } },
		/"Order" is "1,2"/,
	],
	[
		'no order',
		{ ...order, orderId: locator('id', NULL), updateFields: { comment: 'a' } },
		/"Order" is empty/,
	],
	[
		'a word for a number',
		{ ...order, orderId: locator('number', 'abc'), updateFields: { comment: 'a' } },
		/number of the order, such as 1001/,
	],
	[
		'no email to verify',
		{
			resource: 'order',
			operation: 'get',
			orderId: locator('id', 80001),
			options: { verifyEmail: NOTHING },
		},
		/"Verify Email" .*is empty/,
	],
	[
		'a blank email to verify',
		{ ...orders, options: { verifyEmail: ' ' } },
		/"Verify Email" .*is empty/,
	],
	[
		'a filter of commas',
		{ ...orders, filters: { fulfillmentStatus: ',' } },
		/"Fulfillment Status" is ","/,
	],
	[
		'a filter of blanks and commas',
		{ ...orders, filters: { customStatus: ' , ' } },
		/"Custom Status" is ","/,
	],
	[
		'a filter of nothing',
		{ ...orders, filters: { email: NOTHING } },
		/The filter "Email" is empty/,
	],
	['a short phone', { ...orders, filters: { phone: '12' } }, /Enter the whole phone number/],
	[
		'a number of letters',
		{ ...orders, filters: { number: 'abc' } },
		/"Number" is "abc"\. Enter the number of the order/,
	],
	[
		'a Russian time',
		{ ...orders, filters: { updatedAfter: '01.03.2026' } },
		/"Updated After" is "01\.03\.2026"/,
	],
	['a limit of 0', { ...orders, limit: 0 }, /"Limit" is "0"/],
	[
		'no quantity to add',
		{ ...line, operation: 'add', variantId: locator('id', 7001), quantity: NOTHING },
		/"Quantity" is empty/,
	],
	[
		'half a piece to add',
		{ ...line, operation: 'add', variantId: locator('id', 7001), quantity: 1.5 },
		/quantity of the line is "1\.5"/,
	],
	[
		'a line comment of nothing',
		{
			...line,
			operation: 'update',
			lineId: locator('id', 9001),
			updateFields: { comment: NOTHING },
		},
		/"Comment" in "Update Fields" is empty/,
	],
	['a price below zero', { ...variant, updateFields: { price: -5 } }, /"Price" is "-5"/],
	[
		'a purchase price below zero',
		{ ...variant, updateFields: { cost_price: -5 } },
		/"Purchase Price" is "-5"/,
	],
	[
		'a price in a text',
		{ ...variant, updateFields: { price: '=1500,50' } },
		/"Price" is "1500,50"/,
	],
	['a row of nothing', { ...variants, rows: NOTHING }, /No variant was named/],
	['rows of a text', { ...variants, rows: 'abc' }, /"Rows" is not a list of objects/],
	[
		'a negative price in a row',
		rowOf({ price: '-1' }),
		/"price" is "-1"\. Enter a number of at least 0/,
	],
	[
		'rows that came out empty',
		rowOf({ price: NULL, quantity: NOTHING }),
		/A row names nothing to change/,
	],
	[
		'a price of null in JSON',
		{ ...variants, rows: '[{"variantId": 7001, "price": null}]' },
		/empties "price"/,
	],
	[
		'a client field of nothing',
		{ ...client, extraFields: { row: [{ handle: 'x', value: NULL }] } },
		/The value of "x" came out as nothing/,
	],
	[
		'a client type of another name',
		{ ...client, updateFields: { type: '=company' } },
		/"Type" is "company"/,
	],
	[
		'IDs of a comma',
		{ resource: 'product', operation: 'getAll', filters: { ids: ',' } },
		/"IDs" is ","/,
	],
	[
		'a cursor that is none',
		{ resource: 'catalog', operation: 'sync', cursor: 'abc' },
		/"Cursor" is not a cursor/,
	],
])('%s', async (_, parameters, message) => {
	shop.control.clearRequests();
	const { items, error } = await executeNode(actionBench(shop), parameters as never);
	expect(error?.message).toMatch(message);
	expect(items).toEqual([]);
	expect(shop.control.requests()).toEqual([]);
});

describe('what came out as nothing leaves the record as it is', () => {
	const variantNow = () =>
		shop.control
			.records({ resource: 'products' })
			.flatMap(({ variants: list }) => list as IDataObject[])
			.find(({ id }) => id === 7001);

	test.each<[string, IDataObject]>([
		['an additional price', { ...variant, prices: { row: [{ kind: 'Опт', price: NULL }] } }],
		[
			'the stock of a warehouse',
			{ ...variant, warehouses: { row: [{ warehouse: '0', quantity: NULL }] } },
		],
		['a property', { ...product, properties: { row: [{ title: 'Материал', value: NOTHING }] } }],
	])('%s', async (_, parameters) => {
		const before = JSON.stringify(shop.control.getRecord({ resource: 'products', id: 501 }));
		const { error } = await executeNode(actionBench(shop), parameters as never);
		expect(error?.message).toMatch(/The value of .* (is ""|came out as nothing)/);
		expect(JSON.stringify(shop.control.getRecord({ resource: 'products', id: 501 }))).toBe(before);
	});

	test('the price of a row whose quantity is known', async () => {
		shop.control.setBulkDelay({ ms: 0 });
		const { items } = await executeNode(actionBench(shop), rowOf({ price: NULL, quantity: '8' }));
		expect(items[0]?.json).toMatchObject({ state: 'applied', changed: { quantity: { after: 8 } } });
		expect(variantNow()).toMatchObject({ price: '1500.0', quantity: 8 });
	});

	test('empty entries of a new order are left out', async () => {
		const { items } = await executeNode(actionBench(shop), {
			...create,
			additionalFields: { comment: NOTHING, delivery_price: NOTHING, delivery_date: NULL },
			options: { dryRun: true },
		});
		const sent = items[0]?.json.order as IDataObject;
		expect(Object.keys(sent)).not.toContain('comment');
		expect(Object.keys(sent)).not.toContain('delivery_price');
		expect(Object.keys(sent)).not.toContain('delivery_date');
	});
});

test('with several items each error names its item, and the others are served', async () => {
	const { items } = await executeNode(
		actionBench(shop),
		{ ...order, updateFields: { comment: '={{ $json.comment }}' } },
		{
			items: [{ json: { comment: 'Первый' } }, { json: {} }, { json: { comment: 'Третий' } }],
			onError: 'continueRegularOutput',
		},
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(items[1]?.json).toEqual({
		error: expect.stringContaining('Update an order (Order ID 80001) [item 1]: "comment"'),
		details: {
			code: 'input',
			hint: expect.stringContaining('Enter a value or remove the field'),
		},
	});
	expect(items[2]?.json).toMatchObject({ note: 'Третий' });
});
