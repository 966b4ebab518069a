/** Making orders: right total and state, no mail that was not asked for, never two orders. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createOrder } from '../../nodes/PrestaShop/actions/order/create.operation.ts';
import { prestaShop } from '../../nodes/PrestaShop/vendor.ts';
import { PRESTASHOP_VERSIONS } from '../../sandbox/prestashop/versions.mts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { Fault } from '../../sandbox/shared/faults.mts';
import { executeNode } from '../support/engine.mts';
import { FULL, actionBench } from './fixtures.mts';

/** The key of the recordings that made orders: the least that is needed. */
const ORDER_MAKER = 'ORDERMAKERKEY0000000000000000006';

/** Exactly the rights that the operation lists. */
const LISTED = 'LISTEDKEY00000000000000000000007';

let shop: PrestaShopSandbox;
const { timeoutMs } = prestaShop.limits;

beforeAll(async () => {
	shop = await startPrestaShopSandbox();
});

afterAll(async () => {
	await shop.close();
});

afterEach(() => {
	(prestaShop.limits as { timeoutMs: number }).timeoutMs = timeoutMs;
});

type Version = (typeof PRESTASHOP_VERSIONS)[number];

function listedRights(): Record<string, string[]> {
	const rights: Record<string, string[]> = {};
	for (const right of [...createOrder.needs, ...(createOrder.uses ?? [])]) {
		const [resource = '', method = ''] = right.split(' ');
		rights[resource] = [...(rights[resource] ?? []), method];
	}
	return rights;
}

/** A shop with products of known prices: 20 simple, 21 virtual, 22 with the combinations 90 (S) and 91 (M). */
function open(version: Version = '8.2.1'): void {
	const { control } = shop;
	control.reset({ version });
	const texts = (text: string) => ({ '1': text, '2': text, '3': text });
	const put = (resource: string, record: object) => control.putRecord({ resource, record });
	put('carriers', { id: 2, id_tax_rules_group: '1' });
	if (version === '1.6.1.24') {
		put('tax_rules', { id_tax_rules_group: '1', id_country: '14', id_state: '0', id_tax: '1' });
	}
	for (const [id, price, virtual] of [
		[20, '12.345000', '0'],
		[21, '9.990000', '1'],
		[22, '29.000000', '0'],
	] as const) {
		put('products', {
			id,
			reference: `SKU-${id}`,
			ean13: `59012341234${id}`,
			name: texts(`Product ${id}`),
			price,
			is_virtual: virtual,
			id_tax_rules_group: '1',
			active: '1',
			available_for_order: '1',
			minimal_quantity: '1',
			weight: '0.500000',
		});
		stock(id, 0, 100);
	}
	for (const [id, value, price] of [
		[90, '1', '0.000000'],
		[91, '2', '2.500000'],
	] as const) {
		put('combinations', {
			id,
			id_product: '22',
			reference: `SKU-22-${id}`,
			price,
			minimal_quantity: '1',
			associations: { product_option_values: [{ id: value }] },
		});
		stock(22, id, 50);
	}
	put('customers', {
		id: 70,
		email: 'ewa.lis@example.com',
		firstname: 'Ewa',
		lastname: 'Lis',
		active: '1',
		id_lang: '1',
		id_shop: '1',
		id_shop_group: '1',
		id_default_group: '3',
		secure_key: '0123456789abcdef0123456789abcdef',
	});
	put('addresses', { id: 80, ...ADDRESS_RECORD, id_customer: '70' });
	control.addKey({ key: LISTED, permissions: listedRights(), description: 'listed' });
	control.clearMails();
	control.clearRequests();
}

const ADDRESS_RECORD = {
	id_country: '14',
	alias: 'Home',
	firstname: 'Ewa',
	lastname: 'Lis',
	address1: 'ul. Prosta 1',
	postcode: '00-001',
	city: 'Warszawa',
};

function stock(productId: number, combinationId: number, quantity: number): void {
	shop.control.putRecord({
		resource: 'stock_availables',
		record: {
			id_product: String(productId),
			id_product_attribute: String(combinationId),
			id_shop: '1',
			quantity: String(quantity),
			out_of_stock: '2',
		},
	});
}

/** A state of the shop's own that compares no totals. */
function prepareShop(): string {
	const { id } = shop.control.putRecord({
		resource: 'order_states',
		record: {
			name: { '1': 'Imported', '2': 'Imported', '3': 'Imported' },
			logable: '0',
			send_email: '0',
			paid: '0',
			invoice: '0',
		},
	});
	const [setting] = shop.control
		.records({ resource: 'configurations' })
		.filter(({ name }) => name === 'PS_OS_WS_PAYMENT');
	shop.control.putRecord({
		resource: 'configurations',
		record: { id: setting?.id, value: String(id) },
	});
	return String(id);
}

const ADDRESS = {
	firstname: 'Ewa',
	lastname: 'Lis',
	address1: 'ul. Prosta 1',
	postcode: '00-001',
	city: 'Warszawa',
	country: 'PL',
};

function parameters({ lines, options, ...more }: IDataObject = {}): INodeParameters {
	return {
		resource: 'order',
		operation: 'create',
		buyer: { __rl: true, mode: 'email', value: 'ewa.lis@example.com' },
		lines: { row: lines ?? [{ productId: '20', quantity: 3 }] },
		shippingAddress: ADDRESS,
		carrierId: { __rl: true, mode: 'id', value: '2' },
		paymentName: 'Marketplace',
		options: options ?? {},
		...more,
	} as INodeParameters;
}

async function create(more?: IDataObject, key = LISTED): Promise<IDataObject> {
	const { items, error } = await executeNode(actionBench(shop, key), parameters(more));
	if (error) throw error;
	return items[0]?.json ?? {};
}

async function refused(more?: IDataObject, key = LISTED): Promise<string> {
	try {
		await create(more, key);
	} catch (error) {
		return (error as Error).message;
	}
	throw new Error('It was not refused.');
}

function orders(): IDataObject[] {
	// The shop's own demo orders have no cart of ours.
	return shop.control
		.records({ resource: 'orders' })
		.filter(({ id }) => id > 5) as unknown as IDataObject[];
}

function posts(): string[] {
	return shop.control
		.requests()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
}

const mails = () => shop.control.mails().map(({ subject }) => subject);

/** What the shop takes for carrier 2, with tax. */
const SHIPPING: Record<Version, number> = {
	'1.6.1.24': 7.28,
	'1.7.8.11': 8.61,
	'8.2.1': 8.61,
	'9.1.4': 8.61,
};

const cents = (value: number) => Math.round(value * 100 + 1e-7) / 100;

describe.each(PRESTASHOP_VERSIONS)('an order in PrestaShop %s', (version) => {
	const tax = version === '1.6.1.24' ? 1.04 : 1.23;
	const paid = version === '1.6.1.24' ? '12' : '11';

	beforeEach(() => open(version));

	test('has the total that the node computed, and the state of a payment from elsewhere', async () => {
		const result = await create({
			lines: [
				{ productId: '20', quantity: 3 },
				{ sku: 'SKU-22-91', quantity: 2 },
				{ productId: '22', options: 'S', quantity: 1 },
			],
		});
		const goods = cents(12.345 * tax * 3) + cents(31.5 * tax * 2) + cents(29 * tax);
		expect(result.warning ?? '').not.toContain('differs');
		const [order] = orders();
		expect(Number(order?.total_paid)).toBeCloseTo(cents(goods + SHIPPING[version]), 2);
		expect(order).toMatchObject({ current_state: paid, id_carrier: '2', payment: 'Marketplace' });
		expect(result).toMatchObject({ id: String(order?.id), created: true });
		expect(mails()).toEqual(['Remote payment accepted', 'Order confirmation']);
		expect(orders()).toHaveLength(1);
	});

	test('takes the prices it is given, each with tax', async () => {
		const lines = [
			{ productId: '20', quantity: 2, price: '10.00' },
			{ combinationId: '90', quantity: 1, price: '19.99' },
		];
		await create({ lines });
		const [order] = orders();
		expect(Number(order?.total_products_wt)).toBeCloseTo(39.99, 2);
		expect(Number(order?.total_paid)).toBeCloseTo(39.99 + SHIPPING[version], 2);
		expect(order?.current_state).toBe(paid);
	});

	test('of a prepared shop sends one confirmation, and gets its final state without a mail', async () => {
		const own = prepareShop();
		const result = await create({ mode: 'preparedShop', options: { state: '2' } });
		expect(result).toMatchObject({ created: true });
		expect(mails()).toEqual(['Order confirmation']);
		const [order] = orders();
		expect(order).toMatchObject({ current_state: '2' });
		expect(Number(order?.total_paid_real)).toBeCloseTo(Number(order?.total_paid), 2);
		expect(own).not.toBe('2');
	});

	test('needs no more than the rights of the recorded key', async () => {
		const result = await create(
			{
				buyer: { __rl: true, mode: 'email', value: 'new.buyer@example.com' },
				shippingAddress: { ...ADDRESS, country: '14' },
				lines: [{ productId: '20', quantity: 2, price: '10.00' }],
				options: { shippingPrice: String(SHIPPING[version]), state: '3', externalId: 'MP-1' },
			},
			ORDER_MAKER,
		);
		expect(result).toMatchObject({ created: true });
		expect(result.notChecked).toEqual(expect.arrayContaining([expect.stringContaining('stock')]));
		const [order] = orders();
		expect(order).toMatchObject({ current_state: '3', gift_message: 'MP-1' });
		expect(posts()).toEqual([
			'POST /api/customers',
			'POST /api/addresses',
			'POST /api/carts',
			'POST /api/specific_prices',
			'POST /api/orders',
			'POST /api/order_histories',
		]);
	});

	test('is made once, however often it is run', async () => {
		const options = { externalId: 'MP-2026/0815' };
		const first = await create({ options });
		const again = await create({ options });
		expect(again).toMatchObject({ id: first.id, created: false });
		expect(orders()).toHaveLength(1);
		expect(posts().filter((post) => post === 'POST /api/orders')).toHaveLength(1);
	});

	test('is made once by two runs at the same moment', async () => {
		const more = {
			buyer: { __rl: true, mode: 'email', value: 'new.buyer@example.com' },
			options: { externalId: 'MP-7' },
		};
		const [a, b] = await Promise.all([create(more), create(more)]);
		expect(orders()).toHaveLength(1);
		expect([a?.created, b?.created].sort()).toEqual([false, true]);
	});

	test('that a run in another process makes as well is told with both IDs', async () => {
		const options = { externalId: 'MP-8' };
		const other = await create({ options });
		// What the other one made was not there yet when this one looked.
		const body = '<prestashop><carts></carts></prestashop>';
		const match = { method: 'GET', pathIncludes: 'gift_message' };
		shop.control.addFault({ kind: 'status', status: 200, body, match });
		const own = await create({ options });
		expect(own.created).toBe(true);
		expect(own.warning).toContain(`there are ${other.id as string} and ${own.id as string} now`);
	});
});

describe('what is checked before anything is written', () => {
	beforeEach(() => open());

	afterEach(() => {
		expect(posts()).toEqual([]);
	});

	test.each<[string, IDataObject, string]>([
		['an inactive product', { lines: [{ productId: '20' }] }, 'is not active'],
		['too little stock', { lines: [{ productId: '20', quantity: 101 }] }, 'has 100, and 101'],
		['no combination', { lines: [{ productId: '22' }] }, 'none is named'],
		[
			'options of no combination',
			{ lines: [{ productId: '22', options: 'XL' }] },
			'fit no combination',
		],
		['an unknown SKU', { lines: [{ sku: 'NONE' }] }, 'No product has the SKU "NONE" (line 1)'],
		['no line', { lines: [] }, '"Lines" is empty'],
		['a line without a product', { lines: [{ quantity: 1 }] }, 'none of Product ID'],
		['a quantity of nothing', { lines: [{ productId: '20', quantity: 0 }] }, 'quantity of line 1'],
		[
			'one product at two prices',
			{
				lines: [
					{ productId: '20', price: '1' },
					{ productId: '20', price: '2' },
				],
			},
			'at different prices',
		],
		['a price with a comma', { lines: [{ productId: '20', price: '1,50' }] }, 'Price of line 1'],
		[
			'a country that is switched off',
			{ shippingAddress: { ...ADDRESS, country: 'DE' } },
			'switched off',
		],
		['an unknown country', { shippingAddress: { ...ADDRESS, country: 'XX' } }, 'ISO code "XX"'],
		[
			'a wrong postcode',
			{ shippingAddress: { ...ADDRESS, postcode: '123' } },
			'does not look like NN-NNN',
		],
		['no city', { shippingAddress: { ...ADDRESS, city: '' } }, 'lacks city'],
		['an address of somebody else', { shippingAddress: { addressId: '2' } }, 'does not belong'],
		[
			'an unknown carrier',
			{ carrierId: { __rl: true, mode: 'id', value: '77' } },
			'carrier with the ID',
		],
		['an external ID that cannot be found', { options: { externalId: 'a|b' } }, '"External ID" is'],
		['a shop that is not prepared', { mode: 'preparedShop' }, 'The shop is not prepared'],
		['an unknown state', { options: { state: 'Nowhere' } }, 'no state called "Nowhere"'],
		['an unknown currency', { options: { currency: 'XXX' } }, 'no active currency'],
		[
			'an address without a name',
			{
				buyer: { __rl: true, mode: 'email', value: 'x@example.com' },
				shippingAddress: { ...ADDRESS, lastname: '' },
			},
			'last name for a new one',
		],
	])('%s', async (what, more, message) => {
		if (what === 'an inactive product') {
			shop.control.putRecord({ resource: 'products', record: { id: 20, active: '0' } });
		}
		expect(await refused(more)).toContain(message);
	});

	test('a carrier that does not deliver there', async () => {
		for (const { id } of shop.control.records({ resource: 'deliveries' })) {
			shop.control.putRecord({ resource: 'deliveries', record: { id, id_zone: '5' } });
		}
		expect(await refused()).toContain('does not deliver to the zone 1');
	});

	test('a carrier that is switched off', async () => {
		shop.control.putRecord({ resource: 'carriers', record: { id: 2, active: '0' } });
		expect(await refused()).toContain('is switched off');
	});

	test('a percentage of the customer group, which no computed price shows', async () => {
		shop.control.putRecord({ resource: 'groups', record: { id: 3, reduction: '10.00' } });
		expect(await refused()).toContain('10 % off');
	});

	test('a voucher that would join the cart', async () => {
		voucher();
		expect(await refused()).toContain('joins every cart');
	});

	test('the rights', async () => {
		const rights = listedRights();
		rights.carts = ['GET'];
		shop.control.addKey({ key: LISTED, permissions: rights });
		expect(await refused()).toContain('carts – Add (POST)');
	});

	test('nothing is written in a dry run, which tells the whole plan', async () => {
		const result = await create({ options: { dryRun: true } });
		expect(result).toMatchObject({
			dryRun: true,
			would: 'create',
			record: { total: 54.16, carrierId: '2', lines: [{ productId: '20', quantity: 3 }] },
		});
	});
});

function voucher(): void {
	shop.control.putRecord({
		resource: 'cart_rules',
		record: {
			name: { '1': 'Auto', '2': 'Auto', '3': 'Auto' },
			code: '',
			active: '1',
			quantity: '5',
			id_customer: '0',
			reduction_percent: '50.00',
			date_from: '2020-01-01 00:00:00',
			date_to: '2099-01-01 00:00:00',
		},
	});
}

describe('what the shop does differently is told', () => {
	beforeEach(() => open());

	test('a total that differs', async () => {
		const result = await create({ total: '54.17' });
		expect(result.warning).toContain('the total is 54.16, and 54.17 was posted');
		expect(orders()).toMatchObject([{ current_state: '8' }]);
	});

	test('a carrier that was replaced', async () => {
		const result = await create(
			{
				total: '45.55',
				shippingAddress: { ...ADDRESS, country: '14' },
				carrierId: { __rl: true, mode: 'id', value: '9' },
			},
			ORDER_MAKER,
		);
		expect(result.warning).toContain('replaced the carrier 9 by 1');
	});

	test('an order that was split', async () => {
		for (const [id, carrier] of [
			[20, '2'],
			[21, '1'],
		] as const) {
			shop.control.putRecord({
				resource: 'products',
				record: { id, is_virtual: '0', associations: { carriers: [{ id: carrier }] } },
			});
		}
		prepareShop();
		const result = await create({
			mode: 'preparedShop',
			lines: [{ productId: '20' }, { productId: '21' }],
		});
		expect(result.warning).toContain('split the cart into 2 orders');
		expect(result.orderIds).toHaveLength(2);
	});

	test('a backorder', async () => {
		open('1.7.8.11');
		const result = await create({
			lines: [{ productId: '20', quantity: 101 }],
			options: { allowOutOfStock: true },
		});
		expect(result.warning).toContain('status 9 in place of 11');
	});

	test('a voucher that joined in a prepared shop', async () => {
		prepareShop();
		voucher();
		const result = await create({
			mode: 'preparedShop',
			lines: [{ productId: '20', quantity: 2 }],
		});
		expect(result).toMatchObject({ created: true });
		expect(Number(orders()[0]?.total_discounts)).toBeCloseTo(15.19, 2);
	});
});

describe('lines that name one product are one row of the cart', () => {
	beforeEach(() => open());

	test('two rows would empty it', async () => {
		await create({
			lines: [
				{ productId: '20', quantity: 1 },
				{ sku: 'SKU-20', quantity: 2 },
				{ ean13: '5901234123420', quantity: 1 },
			],
			total: '69.35',
			linesJson: '[]',
		});
		const [order] = orders();
		const cart = shop.control.getRecord({ resource: 'carts', id: Number(order?.id_cart) });
		expect(cart?.associations?.cart_rows).toHaveLength(1);
		expect(cart?.associations?.cart_rows?.[0]?.quantity).toBe('4');
	});

	test('guests, a message and virtual goods', async () => {
		const result = await create({
			buyer: { __rl: true, mode: 'email', value: 'guest@example.com' },
			newCustomer: { isGuest: true },
			lines: [{ productId: '21' }],
			carrierId: { __rl: true, mode: 'id', value: '' },
			options: { message: 'Please ring twice' },
		});
		expect(result).toMatchObject({ created: true });
		const guest = shop.control.records({ resource: 'customers' }).at(-1);
		expect(guest).toMatchObject({ email: 'guest@example.com', is_guest: '1' });
		const message = shop.control.records({ resource: 'customer_messages' }).at(-1);
		expect(message?.message).toBe('Please ring twice');
		expect(orders()).toMatchObject([{ id_carrier: '0', total_shipping: '0.000000' }]);
	});

	test('a known address is not made again', async () => {
		await create({ shippingAddress: { addressId: '80' } });
		expect(posts()).not.toContain('POST /api/addresses');
		expect(orders()).toMatchObject([{ id_address_delivery: '80', id_address_invoice: '80' }]);
	});
});

/** Every step, cut in every way: the order exists once, or the message says that it does not. */
describe('an answer that is cut', () => {
	const STEPS = [
		'customers',
		'addresses',
		'carts',
		'specific_prices',
		'messages',
		'orders',
		'order_histories',
	];
	const lost: Omit<Fault, 'match'> = { kind: 'afterCommit500', status: 500 };
	const cases: Array<{ step: string; way: string; fault: Omit<Fault, 'match'> }> = [
		...STEPS.map((step) => ({ step, way: 'lost after the shop acted', fault: lost })),
		...STEPS.map((step) => ({ step, way: 'half sent', fault: { kind: 'truncate' as const } })),
		// Where the shop may still be at work, the node looks for some seconds: once each is enough.
		{ step: 'carts', way: 'never begun', fault: { kind: 'reset' } },
		{ step: 'orders', way: 'never begun', fault: { kind: 'reset' } },
	];

	beforeEach(() => open());

	test.each(cases)(
		'of $step, $way',
		async ({ step, fault }) => {
			const more = {
				buyer: { __rl: true, mode: 'email', value: 'new.buyer@example.com' },
				lines: [{ productId: '20', quantity: 2, price: '10.00' }],
				options: { externalId: 'CUT-1', state: '3', message: 'Hello' },
			};
			shop.control.addFault({ ...fault, match: { method: 'POST', pathIncludes: `/api/${step}` } });
			const first = await create(more).catch((error: Error) => error.message);
			const made = orders().length;
			if (typeof first === 'string') {
				expect(first).toMatch(/No order was made|No new record was found|was not changed/);
				expect(made).toBe(0);
			} else {
				expect(made).toBe(1);
				if (step === 'orders' || step === 'customers') expect(first.warning).toContain('did ');
			}
			const again = await create(more);
			expect(orders()).toHaveLength(1);
			expect(again.id).toBe(String(orders()[0]?.id));
			expect(mails().filter((subject) => subject === 'Order confirmation')).toHaveLength(1);
			expect(Number(orders()[0]?.total_products_wt)).toBeCloseTo(20, 2);
		},
		60_000,
	);

	test('is told truly by a shop that answers 500 although it made the order (1.6)', async () => {
		open('1.6.1.24');
		const result = await create();
		expect(result.created).toBe(true);
		expect(result.warning).toContain('did make the order');
	});

	test('names the payment module when the shop makes no order', async () => {
		const message = await refused({ options: { module: 'nosuchmodule' } });
		expect(message).toContain('No order was made');
		expect(message).toContain('nosuchmodule');
		expect(orders()).toEqual([]);
	});
});

test('a key with all rights reaches the same', async () => {
	open();
	expect(await create({}, FULL)).toMatchObject({ created: true });
});
