/** A trigger when the list goes missing for a while, and when two processes poll for it. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { Fault } from '../../sandbox/shared/faults.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import { FULL, holdTime, ids, triggerBench } from './fixtures.mts';

let shop: PrestaShopSandbox;
let time: ReturnType<typeof holdTime>;

beforeAll(async () => {
	time = holdTime('2027-03-10T09:00:00Z');
	shop = await startPrestaShopSandbox();
});

afterAll(async () => {
	time.end();
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
});

async function started(event = 'orderCreated', key?: string): Promise<TriggerBench> {
	const trigger = triggerBench(shop, { event }, key);
	expect(await trigger.poll('activate')).toEqual([]);
	time.pass(1);
	return trigger;
}

test('orders placed while the list answers 404 come afterwards, once', async () => {
	const trigger = await started();
	const { id } = shop.control.placeOrder();
	shop.control.addFault({ kind: 'status', status: 404, times: 0 });
	for (let poll = 0; poll < 3; poll++) {
		const seen = await trigger.poll().catch(() => []);
		expect(seen).toEqual([]);
		time.pass(1);
	}
	shop.control.clearFaults();
	const later = shop.control.placeOrder();
	time.pass(1);
	const items = [...(await trigger.poll())];
	time.pass(30);
	items.push(...(await trigger.poll()));
	expect(ids(items)).toEqual([id, later.id]);
});

test('two polls of one trigger at the same time deliver an order once', async () => {
	const trigger = await started();
	const { id } = shop.control.placeOrder();
	time.pass(1);
	const both = await Promise.all([trigger.poll(), trigger.poll()]);
	expect(ids(both.flat())).toEqual([id]);
});

test.each([
	'orderCreated',
	'orderStatusChanged',
	'orderPaid',
	'orderUpdated',
	'customerCreated',
	'productUpdated',
])('an outage that ends while the cause is looked for makes nothing new: %s', async (event) => {
	const { id } = shop.control.placeOrder();
	shop.control.changeState({ orderId: id, stateId: 2 });
	const date_upd = shop.control.now().wall;
	shop.control.putRecord({ resource: 'products', record: { id: 1, date_upd } });
	time.pass(1);
	const trigger = await started(event, FULL);
	// A page of 200 is halved eight times until one row stands alone.
	for (let times = 1; times <= 12; times++) {
		const fault: Fault = { kind: 'status', status: 500, times };
		shop.control.addFault(fault);
		const items = await trigger.poll().catch(() => []);
		shop.control.clearFaults();
		expect({ fault, items }).toEqual({ fault, items: [] });
		time.pass(1);
		expect({ fault, items: await trigger.poll() }).toEqual({ fault, items: [] });
		time.pass(1);
	}
});

test.each([1, 2, 3, 0])(
	'contents that cannot be read for a while are no change (%d)',
	async (times) => {
		const trigger = await started('productUpdated', FULL);
		const products = [1, 2, 3];
		for (const id of products) {
			const record = { id, price: '7.000000', date_upd: shop.control.now().wall };
			shop.control.putRecord({ resource: 'products', record });
		}
		expect(ids(await trigger.poll())).toEqual(products);
		time.pass(1);
		const match = { pathIncludes: 'filter[id]=' };
		shop.control.addFault({ kind: 'status', status: 500, times, match });
		expect(await trigger.poll().catch(() => [])).toEqual([]);
		shop.control.clearFaults();
		time.pass(1);
		expect(await trigger.poll()).toEqual([]);
	},
);
