/** What expressions and agents get wrong: every item is told which field and how, and nothing is written. */
import type { INodeParameters } from 'n8n-workflow';

import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { by, requestsOf, run, wideShop } from './catalogueFixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await wideShop();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
	shop.control.clearRequests();
});

const id = (value: string) => by('id', value);
const nothing = '={{ null }}';
const order = { orderId: id('1') };
const status = { ...order, statusId: id('2') };
const customer = { customerId: id('2') };
const mug = { productId: by('code', 'MUG-1') };
const newCustomer = { email: 'new@example.com', firstname: 'Jan', lastname: 'Testowy' };
const newProduct = { name: 'A', code: 'Z-1', price: '1.5', categoryId: '19' };
const newOrder = {
	email: 'anna.nowak@example.com',
	statusId: id('1'),
	paymentId: id('2'),
	shippingId: id('8'),
};
const line = (row: INodeParameters) => ({ ...newOrder, lines: { row: [row] } });
const filters = (values: INodeParameters) => ({ filters: values });
const fields = (values: INodeParameters) => ({ ...order, updateFields: values });
const path = (value: string) => ({ resourcePath: by('path', value) });

type Row = [resource: string, operation: string, parameters: INodeParameters, message: string];

/** Refused before any request. */
const AT_ONCE: Row[] = [
	['order', 'get', { orderId: id(nothing) }, '"Order" is empty. Enter a value.'],
	['order', 'get', { orderId: id('={{ "  " }}') }, '"Order" is empty.'],
	['order', 'get', { orderId: id('={{ 0 }}') }, '"Order ID" is "0".'],
	['order', 'get', { orderId: id('={{ -1 }}') }, '"Order ID" is "-1".'],
	['order', 'get', { orderId: id('={{ 1.5 }}') }, '"Order ID" is "1.5".'],
	['order', 'get', { orderId: id('={{ "1,,2" }}') }, '"Order ID" is "".'],
	[
		'order',
		'get',
		{ ...order, options: { verifyEmail: nothing } },
		'"Verify Email" in "Options" is empty.',
	],
	[
		'order',
		'get',
		{ ...order, options: { verifyEmail: '' } },
		'"Verify Email" in "Options" is empty.',
	],
	[
		'order',
		'get',
		{ ...order, options: { include: '={{ ["line"] }}' } },
		'"Include" is "line". Choose from customer, ',
	],
	['order', 'getAll', { limit: 0 }, '"Limit" is "0".'],
	['order', 'getAll', { limit: '={{ "ten" }}' }, '"Limit" is "ten".'],
	[
		'order',
		'getAll',
		{ sort: '={{ "ascending" }}' },
		'"Sort" is "ascending". Choose from newest, oldest.',
	],
	['order', 'getAll', filters({ createdAfter: nothing }), 'The filter "Created After" is empty'],
	[
		'order',
		'getAll',
		filters({ statusType: '={{ "new" }}' }),
		'"Status Type" is "new". Choose from 3, 2, 1, 4.',
	],
	['order', 'getAll', filters({ statusId: 'new' }), '"Status ID" is "new".'],
	['order', 'getAll', filters({ email: 'anna' }), '"anna" is not an e-mail address.'],
	['order', 'getAll', filters({ idAfter: '-3' }), '"ID After" is "-3".'],
	[
		'order',
		'getAll',
		filters({ paid: '={{ "maybe" }}' }),
		'"Paid" is "maybe". Enter true or false.',
	],
	['order', 'getLatest', { customer: by('email', nothing) }, '"Customer" is empty.'],
	['order', 'changeStatus', { ...status, orderId: id('1,2') }, '"Order ID" is "1,2".'],
	['order', 'changeStatus', { ...status, statusId: id(nothing) }, '"Status" is empty.'],
	['order', 'update', fields({}), '"Update Fields" names nothing to change.'],
	['order', 'update', fields({ email: '' }), '"email" in "Update Fields" is empty.'],
	['order', 'update', fields({ notes_priv: nothing }), '"notes_priv" in "Update Fields" is empty.'],
	['order', 'update', fields({ email: 'nonsense' }), '"nonsense" is not an e-mail address.'],
	['order', 'update', fields({ paid: '={{ "12,50" }}' }), '"Paid Amount" is "12,50".'],
	[
		'order',
		'update',
		fields({ paid: '={{ -4 }}' }),
		'"Paid Amount" is "-4". Enter a number of at least 0.',
	],
	['order', 'update', fields({ shipping_id: 'abc' }), '"shipping_id" is "abc".'],
	['order', 'update', fields({ otherFields: '[1]' }), '"Other Fields" is not a JSON object.'],
	[
		'order',
		'update',
		fields({ otherFields: '{"status_id": 2}' }),
		'Use the operation "Change Status"',
	],
	[
		'order',
		'update',
		fields({ notes: 'a', otherFields: '{"notes": "b"}' }),
		'"notes" is named in two places.',
	],
	[
		'order',
		'update',
		fields({ billing_address: '{"street": "x"}' }),
		'"Billing Address" has an unknown field "street".',
	],
	['order', 'create', newOrder, 'The order has no lines. Fill in "Lines" or "Lines as JSON".'],
	[
		'order',
		'create',
		{ ...newOrder, lines: '={{ ({row: [{sku: "MUG-1"}]}) }}' },
		'The order has no lines.',
	],
	[
		'order',
		'create',
		{ ...newOrder, linesJson: '"MUG-1"' },
		'"Lines as JSON" is not a list of objects.',
	],
	[
		'order',
		'create',
		{ ...newOrder, linesJson: '["MUG-1"]' },
		'"Lines as JSON" is not a list of objects.',
	],
	[
		'order',
		'create',
		{ ...newOrder, linesJson: '[{"sku": "MUG-1", "qty": 3}]' },
		'Line 1 has no field "qty".',
	],
	[
		'order',
		'create',
		{ ...newOrder, linesJson: '[{"sku": ["MUG-1"]}]' },
		'Line 1: the sku is not a text.',
	],
	[
		'order',
		'create',
		{ ...newOrder, linesJson: '[{"sku": "MUG-1", "quantity": null}]' },
		'Line 1: the quantity is "".',
	],
	['order', 'create', line({ sku: 'MUG-1', quantity: nothing }), 'Line 1: the quantity is "".'],
	['order', 'create', line({ sku: 'MUG-1', quantity: 0 }), 'Line 1: the quantity is "0".'],
	[
		'order',
		'create',
		line({ sku: 'MUG-1', quantity: '={{ "2,5" }}' }),
		'Line 1: the quantity is "2,5".',
	],
	['order', 'create', line({ sku: 'MUG-1', price: '19,90' }), 'Line 1: the price is "19,90".'],
	['order', 'create', line({ sku: 'MUG-1', price: 'free' }), 'Line 1: the price is "free".'],
	['order', 'create', line({ sku: 'MUG-1', price: '-5' }), 'Line 1: the price is "-5".'],
	[
		'order',
		'create',
		{ ...line({ sku: 'MUG-1' }), orderFields: { currency_id: 'PLN' } },
		'"Currency ID" is "PLN".',
	],
	[
		'order',
		'create',
		{ ...line({ sku: 'MUG-1' }), orderFields: { paid: '={{ -1 }}' } },
		'"Paid Amount" is "-1".',
	],
	['order', 'create', { ...line({ sku: 'MUG-1' }), email: 'x' }, '"x" is not an e-mail address.'],
	['orderProduct', 'getAll', { orderId: id('={{ "a" }}') }, '"Order ID" is "a".'],
	['parcel', 'create', { ...order, trackingNumber: '={{ " " }}' }, '"Tracking Number" is empty.'],
	[
		'parcel',
		'update',
		{ parcelId: '1', updateFields: { shipping_code: nothing } },
		'To empty it on purpose, use the resource "Other API Resource"',
	],
	['customer', 'create', { ...newCustomer, firstname: nothing }, '"First Name" is empty.'],
	['customer', 'create', { ...newCustomer, password: 'short' }, '"Password" is too short.'],
	[
		'customer',
		'create',
		{ ...newCustomer, additionalFields: { discount: '5,50' } },
		'"Discount" is "5,50".',
	],
	[
		'customer',
		'create',
		{ ...newCustomer, otherFields: '{"email": "b@example.com"}' },
		'"email" is named in two places.',
	],
	[
		'customer',
		'update',
		{ ...customer, updateFields: { group_id: 'vip' } },
		'"group_id" is "vip".',
	],
	[
		'customer',
		'update',
		{ ...customer, updateFields: { discount: '5,50' } },
		'"Discount" is "5,50".',
	],
	[
		'customer',
		'update',
		{ ...customer, updateFields: { active: nothing } },
		'"Active" in "Update Fields" is empty.',
	],
	['product', 'create', { ...newProduct, price: '1,5' }, '"price" is "1,5".'],
	['product', 'create', { ...newProduct, quantity: '2,5' }, '"Quantity" is "2,5".'],
	[
		'product',
		'create',
		{ ...newProduct, otherFields: '{"stock": {"stock": 5}}' },
		'"stock" cannot be changed.',
	],
	['product', 'create', { ...newProduct, categoryId: '={{ "19a" }}' }, '"Category ID" is "19a".'],
	['product', 'update', { ...mug, updateFields: { price: '12,50' } }, '"price" is "12,50".'],
	[
		'stock',
		'update',
		{ ...mug, mode: '={{ "add" }}', quantity: 5 },
		'"Mode" is "add". Choose from changeBy, set.',
	],
	['stock', 'update', { ...mug, mode: nothing, quantity: 5 }, '"Mode" is empty.'],
	['stock', 'update', { ...mug, quantity: nothing }, '"Quantity" is empty.'],
	['stock', 'update', { ...mug, quantity: '={{ "1,5" }}' }, '"Quantity" is "1,5".'],
	[
		'webhook',
		'create',
		{ url: 'example.com', events: 'order.create' },
		'"URL" is not a web address.',
	],
	[
		'webhook',
		'update',
		{ webhookId: id('1'), updateFields: { url: '' } },
		'"url" in "Update Fields" is empty.',
	],
	['anyResource', 'get', path('application-lock'), 'It locks administrators out'],
	[
		'anyResource',
		'update',
		{ ...path('orders'), recordId: nothing, record: '{"notes": "x"}' },
		'"Record ID" is empty. Name the record of "orders" to change.',
	],
	[
		'anyResource',
		'create',
		{ ...path('webhooks'), record: '{"secret": "***"}' },
		'"secret" is masked. Give its real value',
	],
	[
		'anyResource',
		'create',
		{ ...path('metafields/product'), record: '{"a": [{"password": "***"}]}' },
		'"password" is masked.',
	],
	['anyResource', 'delete', { ...path('orders'), recordId: nothing }, '"Record ID" is empty.'],
];

/** Refused after looking at the shop. */
const AFTER_LOOKING: Row[] = [
	['order', 'get', { orderId: id('999') }, 'The shop has no order with the ID "999".'],
	[
		'order',
		'getAll',
		filters({ createdAfter: 'yesterday' }),
		'Enter a time such as 2026-01-31T08:00:00+01:00.',
	],
	[
		'order',
		'changeStatus',
		{ ...order, statusId: by('name', 'nope') },
		'Choose one of: 1 złożone, ',
	],
	[
		'order',
		'update',
		fields({ otherFields: '{"notez": "x"}' }),
		'An order of this shop has no field "notez".',
	],
	[
		'order',
		'create',
		line({ sku: 'nope' }),
		'Line 1: the shop has no product or variant with the SKU "nope".',
	],
	[
		'parcel',
		'create',
		{ ...order, trackingNumber: 'T1', options: { shippingId: 'abc' } },
		'"Delivery Method ID" is "abc".',
	],
	[
		'product',
		'update',
		{ ...mug, updateFields: { category_id: '19a' } },
		'"category_id" is "19a".',
	],
	['product', 'get', { ...mug, options: { language: 'klingon' } }, 'Choose one of: pl_PL, en_US.'],
];

async function refused([resource, operation, parameters, message]: Row): Promise<void> {
	const input = { items: [{}, {}], goOn: true };
	const { items, error } = await run(shop, resource, operation, parameters, input);
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	for (const [index, { json }] of items.entries()) {
		expect(json.error).toContain(message);
		expect(json.error).toContain(`[item ${index}]`);
		expect(json.details).toMatchObject({ hint: expect.stringMatching(/./) as string });
	}
	const writes = requestsOf(shop).filter((request) => !request.startsWith('GET'));
	expect(writes).toEqual([]);
}

test.each(AT_ONCE)('%s.%s %j: %s', async (...row) => {
	await refused(row);
	expect(requestsOf(shop)).toEqual([]);
});

test.each(AFTER_LOOKING)('%s.%s %j, after a look: %s', async (...row) => {
	await refused(row);
});
