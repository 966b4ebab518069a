/** What an access key may do, as far as reading tells. */
import type { IDataObject } from 'n8n-workflow';
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench } from './fixtures.mts';

let shop: InSalesSandbox;

beforeEach(async () => {
	shop = await startInSalesSandbox();
});

afterEach(async () => {
	await shop.close();
});

const check = { resource: 'accessRights', operation: 'checkPermissions' };

async function rowsFor(key: 'full' | 'chat' | 'productsOnly'): Promise<Map<string, IDataObject>> {
	const { items, error } = await executeNode(actionBench(shop, key), check);
	expect(error).toBeUndefined();
	return new Map(
		items.map(({ json }) => [`${String(json.resource)}.${String(json.operation)}`, json]),
	);
}

test('only reads', async () => {
	await rowsFor('full');
	expect(new Set(shop.control.requests().map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('asks for each list once', async () => {
	await rowsFor('full');
	const paths = shop.control.requests().map(({ path }) => path);
	expect(new Set(paths).size).toBe(paths.length);
});

test('tells what may be read, and that changes are not known', async () => {
	const rows = await rowsFor('chat');
	expect(rows.get('order.get')).toMatchObject({ granted: true, missing: null, toDo: null });
	expect(rows.get('order.update')).toMatchObject({
		granted: null,
		missing: null,
		unknown: 'orders (заказы) – edit (fields, status, payment and delivery)',
	});
	expect(rows.get('orderLine.add')).toMatchObject({
		granted: null,
		unknown: 'orders (заказы) – edit the contents of orders',
	});
});

test('tells what is missing and what to tick', async () => {
	const rows = await rowsFor('productsOnly');
	expect(rows.get('order.create')).toMatchObject({
		granted: false,
		missing: 'orders (заказы) – view',
		toDo: expect.stringContaining('allow "orders (заказы) – view"'),
		leftOutWithout: expect.stringContaining('shop settings'),
	});
	// The seven system statuses stand in.
	expect(rows.get('customStatus.getAll')).toMatchObject({
		granted: true,
		leftOutWithout: expect.stringContaining('shop settings'),
	});
});

test('says so when the plan has no API at all', async () => {
	shop.control.setPlan({ api: false });
	const { error } = await executeNode(actionBench(shop), check);
	expect(error?.message).toContain('The plan of the shop does not include the API');
});
