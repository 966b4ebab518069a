/** The operations of the PrestaShop node, run by n8n with the limited key. */
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { Item } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { runAction } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import type { ShopOrder } from './support/shop.mts';
import { locator, manyItems } from './support/workflows.mts';

const CUSTOMER = 'jane.roe@example.com';

describe('the operations of the PrestaShop node', () => {
	let rest: N8nRest;
	let order: ShopOrder;

	const run = async (parameters: Record<string, unknown>): Promise<Item[]> => {
		const { execution } = await runAction(rest, parameters);
		const error = errorOf(execution.run);
		if (error) throw new Error(`${error.message} / ${error.description}`);
		const items = outputOf(execution.run, 'PrestaShop');
		saw(`${items.length} items, first: ${JSON.stringify(items[0]?.json).slice(0, 300)}`);
		return items;
	};

	beforeAll(async () => {
		await shop.reset();
		rest = enterN8n();
		await shop.placeOrder({ email: CUSTOMER });
		order = await shop.placeOrder({ email: CUSTOMER });
	});

	test('order: get by reference', async () => {
		const [item] = await run({
			resource: 'order',
			operation: 'get',
			orderId: locator('reference', order.reference),
		});
		expect(item?.json).toMatchObject({
			platform: 'prestashop',
			id: String(order.id),
			reference: order.reference,
			customer: { email: CUSTOMER },
			lines: expect.arrayContaining([expect.objectContaining({ quantity: expect.any(Number) })]),
		});
		expect(item?.pairedItem).toEqual({ item: 0 });
	});

	test('order: get by id, complete', async () => {
		const [item] = await run({
			resource: 'order',
			operation: 'get',
			orderId: locator('id', String(order.id)),
			simplify: false,
		});
		expect(item?.json).toHaveProperty('id_customer');
	});

	test('order: get many with a limit and a filter', async () => {
		const limited = await run({ resource: 'order', operation: 'getAll', limit: 3 });
		const own = await run({
			resource: 'order',
			operation: 'getAll',
			returnAll: true,
			filters: { customerEmail: CUSTOMER },
		});
		expect(limited).toHaveLength(3);
		expect(own).toHaveLength(2);
	});

	test('order: the latest of a customer', async () => {
		const [item] = await run({
			resource: 'order',
			operation: 'getLatest',
			customer: locator('email', CUSTOMER),
		});
		expect(item?.json.reference).toBe(order.reference);
	});

	test('order detail: lines of an order', async () => {
		const items = await run({
			resource: 'orderDetail',
			operation: 'getAll',
			orderId: locator('id', String(order.id)),
			returnAll: true,
		});
		expect(items.length).toBeGreaterThan(0);
	});

	test('order state: the list of states', async () => {
		const items = await run({ resource: 'orderState', operation: 'getAll', returnAll: true });
		expect(items.map((item) => item.json.name)).toContain('Shipped');
	});

	test('language: the list of languages', async () => {
		const items = await run({ resource: 'language', operation: 'getAll', returnAll: true });
		expect(JSON.stringify(items)).toMatch(/"en"/);
	});

	test('api key: which operations the key may run', async () => {
		await shop.clearRequests();
		const items = await run({ resource: 'apiKey', operation: 'checkPermissions' });
		const requests = await shop.requests();
		saw(`${requests.length} request`);
		expect(items.length).toBeGreaterThanOrEqual(9);
		expect(requests).toHaveLength(1);
	});

	test('order history: a new status without mail, then one with mail', async () => {
		const before = (await shop.mails()).length;
		await run({
			resource: 'orderHistory',
			operation: 'create',
			orderId: locator('id', String(order.id)),
			stateId: locator('id', '3'),
			notifyCustomer: false,
		});
		const between = (await shop.mails()).length;
		await run({
			resource: 'orderHistory',
			operation: 'create',
			orderId: locator('reference', order.reference),
			stateId: locator('name', 'Shipped'),
			notifyCustomer: true,
		});
		const mails = await shop.mails();
		saw(
			`mails before ${before}, after the silent change ${between}, after the other ${mails.length}`,
		);
		expect(between).toBe(before);
		expect(mails.length).toBe(between + 1);
		expect(JSON.stringify(mails.at(-1))).toContain(CUSTOMER);
		const history = await run({
			resource: 'orderHistory',
			operation: 'getAll',
			orderId: locator('id', String(order.id)),
			returnAll: true,
		});
		expect(history.length).toBeGreaterThanOrEqual(3);
	});

	test('a missing order fails with a message that says what to do', async () => {
		const { execution } = await runAction(rest, {
			resource: 'order',
			operation: 'get',
			orderId: locator('reference', 'NOSUCHREF'),
		});
		const error = errorOf(execution.run);
		saw(`${error?.message} / ${error?.description}`);
		expect(execution.status).toBe('error');
		expect(error?.message).toContain('NOSUCHREF');
	});

	test('a hundred orders by reference cost a handful of requests', async () => {
		await shop.seed(100);
		const many = await run({ resource: 'order', operation: 'getAll', limit: 100 });
		const references = many.map((item) => String(item.json.reference));
		await shop.clearRequests();
		const { execution } = await runAction(
			rest,
			{
				resource: 'order',
				operation: 'get',
				orderId: locator('reference', '={{ $json.value }}'),
			},
			manyItems(references),
		);
		const items = outputOf(execution.run, 'PrestaShop');
		const requests = await shop.requests();
		saw(`${items.length} items for ${references.length}, ${requests.length} requests`);
		expect(items.map((item) => item.json.reference)).toEqual(references);
		expect(items.map((item) => item.pairedItem)).toEqual(references.map((_, item) => ({ item })));
		expect(requests.length).toBeLessThanOrEqual(5);
	});

	test('the searchable list of orders works in the editor', async () => {
		const { workflow } = await runAction(rest, { resource: 'orderState', operation: 'getAll' });
		const [node] = workflow.nodes.filter((entry) => entry.credentials);
		const reference = node?.credentials?.prestaShopApi;
		const results = await rest.searchList({
			path: 'parameters.orderId',
			methodName: 'searchOrders',
			nodeType: 'n8n-nodes-storefronts.prestaShop',
			credentials: { prestaShopApi: { id: reference?.id ?? '', name: reference?.name ?? '' } },
			currentNodeParameters: { resource: 'order', operation: 'get' },
			filter: order.reference,
		});
		saw(JSON.stringify(results[0]));
		expect(results[0]?.name).toContain(order.reference);
	});
});
