/** The resources that are only read. */
import { KEYS, PRESTASHOP_VERSIONS } from './conformance.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { executeNode, searchList } from '../support/engine.mts';
import type { Bench, Execution } from '../support/engine.mts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

function benchOf(shop: PrestaShopSandbox, key = KEYS.full): Bench {
	return {
		node: new PrestaShop(),
		credentialType: new PrestaShopApi(),
		credentials: { shopUrl: shop.url, apiKey: key ?? '', timezone: 'Europe/Warsaw' },
	};
}

async function run(
	shop: PrestaShopSandbox,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	{ items = [{}], key = KEYS.full }: { items?: IDataObject[]; key?: string } = {},
): Promise<Execution> {
	return await executeNode(
		benchOf(shop, key),
		{ resource, operation, ...parameters },
		{ items: items.map((json) => ({ json })) },
	);
}

const jsonOf = ({ items, error }: Execution): IDataObject[] => {
	if (error) throw error;
	return items.map(({ json }) => json);
};

/** Resource, its parameter for the ID, its picker, and a field that every simplified record has. */
const RESOURCES = [
	['address', 'addressId', 'searchAddresses', 'street'],
	['carrier', 'carrierId', 'searchCarriers', 'referenceId'],
	['cart', 'cartId', 'searchCarts', 'lines'],
	['combination', 'combinationId', 'searchCombinations', 'priceImpact'],
	['currency', 'currencyId', 'searchCurrencies', 'isoCode'],
	['customerMessage', 'customerMessageId', 'searchCustomerMessages', 'message'],
	['manufacturer', 'manufacturerId', 'searchManufacturers', 'linkRewrite'],
	['specificPrice', 'specificPriceId', 'searchSpecificPrices', 'reductionType'],
] as const;

/** A conversation about order 1 of customer 1 with two messages. */
function addConversation(shop: PrestaShopSandbox, order = '1', customer = '1'): number {
	const { id } = shop.control.putRecord({
		resource: 'customer_threads',
		record: {
			id_order: order,
			id_customer: customer,
			id_lang: '1',
			id_contact: '1',
			email: 'anna.nowak@example.com',
			token: 'secrettoken1',
			status: 'open',
		},
	});
	for (const [message, employee] of [
		['Where is it?', '0'],
		['On its way.', '1'],
	]) {
		shop.control.putRecord({
			resource: 'customer_messages',
			record: { id_customer_thread: String(id), message, id_employee: employee, private: '0' },
		});
	}
	return id;
}

describe.each(PRESTASHOP_VERSIONS)('PrestaShop %s', (version) => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox({ version });
	});

	beforeEach(() => {
		shop.control.reset();
		addConversation(shop);
	});

	afterAll(async () => {
		await shop.close();
	});

	test.each(RESOURCES)(
		'%s: a list, its records one by one, and the picker agree',
		async (resource, idName, picker, field) => {
			const rows = jsonOf(await run(shop, resource, 'getAll', { returnAll: true }));
			expect(rows.length).toBeGreaterThan(0);
			for (const row of rows) expect(row[field]).toBeDefined();
			shop.control.clearRequests();
			const byId = { [idName]: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
			const single = jsonOf(
				await run(shop, resource, 'get', byId, { items: rows.map(({ id }) => ({ id })) }),
			);
			expect(single).toEqual(rows);
			// The records together, and at most one look-up of what belongs to them.
			expect(shop.control.requests().length).toBeLessThanOrEqual(2);
			const { results } = await searchList(benchOf(shop), picker);
			expect(results.map(({ value }) => String(value))).toEqual(
				expect.arrayContaining(rows.slice(0, 20).map(({ id }) => id)),
			);
			const missing = { [idName]: { __rl: true, mode: 'id', value: '99999' } };
			expect((await run(shop, resource, 'get', missing)).error?.message).toContain('"99999"');
		},
	);

	test.each(RESOURCES)('%s: the raw record is complete', async (resource) => {
		const [row] = jsonOf(await run(shop, resource, 'getAll', { simplify: false, limit: 1 }));
		const names = Object.keys(row ?? {});
		const plural = { address: 'addresses', currency: 'currencies' }[resource as string];
		const table = plural ?? `${resource.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}s`;
		const [record] = shop.control.records({ resource: table });
		expect(names.length).toBeGreaterThanOrEqual(Object.keys(record ?? {}).length - 2);
	});

	test('messages of an order and of a customer, with what their conversation tells', async () => {
		addConversation(shop, '2', '2');
		for (const filters of [{ orderId: '1' }, { customerId: '1' }]) {
			const rows = jsonOf(await run(shop, 'customerMessage', 'getAll', { filters }));
			expect(rows).toMatchObject([
				{ message: 'On its way.', fromCustomer: false, orderId: '1', customerId: '1' },
				{ message: 'Where is it?', fromCustomer: true, email: 'anna.nowak@example.com' },
			]);
		}
		expect(
			jsonOf(await run(shop, 'customerMessage', 'getAll', { filters: { orderId: '3' } })),
		).toEqual([]);
	});

	test('addresses and carts of a customer, combinations and prices of a product', async () => {
		const cases = [
			['address', 'customerId'],
			['cart', 'customerId'],
			['combination', 'productId'],
			['specificPrice', 'productId'],
		] as const;
		for (const [resource, field] of cases) {
			const all = jsonOf(await run(shop, resource, 'getAll', { returnAll: true }));
			const value = all.map((row) => row[field]).find((each) => each !== null);
			const filters = { [field]: String(value) };
			const rows = jsonOf(await run(shop, resource, 'getAll', { returnAll: true, filters }));
			expect(rows).toEqual(all.filter((row) => row[field] === value));
		}
	});

	test('deleted carriers are left out unless asked for', async () => {
		const { id } = shop.control.putRecord({
			resource: 'carriers',
			record: { name: 'Old one', active: '1', deleted: '1' },
		});
		const ids = async (options: INodeParameters) =>
			jsonOf(await run(shop, 'carrier', 'getAll', { returnAll: true, options })).map(
				(row) => row.id,
			);
		expect(await ids({})).not.toContain(String(id));
		expect(await ids({ includeDeleted: true })).toContain(String(id));
	});
});

describe('on one shop', () => {
	let shop: PrestaShopSandbox;

	beforeAll(async () => {
		shop = await startPrestaShopSandbox();
	});

	beforeEach(() => shop.control.reset());

	afterAll(async () => {
		await shop.close();
	});

	test('secrets of carts never leave the node', async () => {
		const raw = jsonOf(await run(shop, 'cart', 'getAll', { simplify: false }));
		const keys = raw.map((row) => row.secure_key).filter((value) => value !== '');
		expect(keys.length).toBeGreaterThan(0);
		expect(new Set(keys)).toEqual(new Set(['***']));
	});

	test('without the right to conversations the messages come without them, and say so', async () => {
		addConversation(shop);
		const key = 'MESSAGESONLYKEY00000000000000006';
		shop.control.addKey({ key, permissions: { customer_messages: ['GET'] } });
		const [row] = jsonOf(await run(shop, 'customerMessage', 'getAll', {}, { key }));
		expect(row).toMatchObject({ message: 'On its way.', orderId: null });
		expect(row?._missing).toEqual([expect.stringContaining('customer_threads – View (GET)')]);
	});

	test('two conditions on one field are refused', async () => {
		addConversation(shop);
		const filters = { orderId: '1', customerId: '1' };
		const { error } = await run(shop, 'customerMessage', 'getAll', { filters });
		expect(error?.message).toContain('cannot be combined');
	});

	test('attributes of combinations are named in the language asked for', async () => {
		shop.control.putRecord({
			resource: 'product_option_values',
			record: { id: 1, name: { 1: 'Small', 2: 'Petit' } },
		});
		const combination = shop.control.records({ resource: 'combinations' })[0];
		shop.control.putRecord({
			resource: 'combinations',
			record: { id: combination?.id, associations: { product_option_values: [{ id: '1' }] } },
		});
		const byId = {
			combinationId: { __rl: true, mode: 'id', value: String(combination?.id) },
			options: { language: 'fr' },
		};
		expect(jsonOf(await run(shop, 'combination', 'get', byId))).toMatchObject([
			{ attributes: [{ id: '1', name: 'Petit' }] },
		]);
	});
});
