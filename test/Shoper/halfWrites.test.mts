/** What was created is told even if it cannot be shown: whoever repeats the run would make another. */
import type { INodeParameters, INodeType } from 'n8n-workflow';

import { SHOPER_TOKENS } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { executeNode } from '../support/engine.mts';
import { inTwoProcesses } from '../support/processes.mts';
import { by, jsonOf, run, wideShop } from './catalogueFixtures.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await wideShop();
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
	shop.control.clearFaults();
	shop.control.clearRequests();
});

/** The shop refuses to show one record. */
function hide(path: string): void {
	const match = { method: 'GET', pathIncludes: path };
	shop.control.addFault({ kind: 'status', status: 500, times: 0, match });
}

const order = {
	email: 'anna.nowak@example.com',
	statusId: by('id', '1'),
	paymentId: by('id', '2'),
	shippingId: by('id', '8'),
	lines: { row: [{ sku: 'MUG-1', quantity: 2 }] },
};

test.each<[string, string, INodeParameters]>([
	['order', '/orders/6', order],
	['order', '/orders/6', { ...order, options: { externalId: 'm-1' } }],
	['customer', '/users/5', { email: 'new@example.com', firstname: 'Jan', lastname: 'Testowy' }],
	['parcel', '/parcels/1', { orderId: by('id', '5'), trackingNumber: 'TR-1' }],
	['product', '/products/9', { name: 'A', code: 'NEW-1', price: '1.50', categoryId: '4' }],
	['webhook', '/webhooks/1', { url: 'https://n8n.example.com/a', events: 'order.create' }],
])('a new %s at %s that cannot be read back', async (resource, path, parameters) => {
	hide(path);
	const [result] = jsonOf(await run(shop, resource, 'create', parameters));
	expect(result).toMatchObject({
		id: path.split('/')[2],
		created: true,
		warning: expect.stringContaining('was created, but could not be read back') as string,
	});
	expect(result?.warning).toContain('Do not repeat this.');
});

test('a new record of any resource that cannot be read back', async () => {
	hide('/webhooks/1');
	const record = '{"url": "https://n8n.example.com/a", "format": 0, "events": ["order.create"]}';
	const parameters = { resourcePath: by('path', 'webhooks'), record };
	const [result] = jsonOf(await run(shop, 'anyResource', 'create', parameters));
	expect(result).toEqual({ id: '1', _created: true, _id: '1' });
});

test('runs side by side with one external ID make one order', async () => {
	const count = () => shop.control.records({ resource: 'orders' }).length;
	const before = count();
	const parameters = { ...order, options: { externalId: 'side-by-side' } };
	const runs = await Promise.all(
		Array.from({ length: 5 }, async () => jsonOf(await run(shop, 'order', 'create', parameters))),
	);
	expect(count()).toBe(before + 1);
	const told = runs.map(([result]) => result);
	expect(told.filter((each) => each?.created === true)).toHaveLength(1);
	expect(new Set(told.map((each) => each?.id)).size).toBe(1);
});

test('runs in two processes that pass each other are told with both orders', async () => {
	shop.control.addFault({ kind: 'delay', delayMs: 150, times: 0, match: { method: 'GET' } });
	const runs = await inTwoProcesses('../../nodes/Shoper/Shoper.node.ts', async (module) => {
		const { Shoper: Node } = module as { Shoper: new () => INodeType };
		const parameters = { resource: 'order', operation: 'create', ...order };
		return await executeNode(
			{ ...actionBench(tokenCredentials(shop, SHOPER_TOKENS.full)), node: new Node() },
			{ ...parameters, options: { externalId: 'twice' } },
		);
	});
	const told = runs.flatMap(jsonOf);
	expect(told.map(({ created }) => created)).toEqual([true, true]);
	const ids = told.map(({ id }) => String(id)).sort();
	const warned = told.filter(({ warning }) =>
		String(warning).includes(`there are ${ids.join(' and ')} now`),
	);
	expect(warned.length).toBeGreaterThan(0);
});
