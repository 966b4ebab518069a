/** A trigger when the list goes missing for a while, and when two processes poll for it. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import { holdTime, ids, triggerBench } from './triggerFixtures.mts';

let shop: InSalesSandbox;
let time: ReturnType<typeof holdTime>;

beforeAll(async () => {
	time = holdTime('2027-03-10T09:00:00Z');
	shop = await startInSalesSandbox();
});

afterAll(async () => {
	time.end();
	await shop.close();
});

beforeEach(() => {
	time.pass(61);
	shop.control.reset();
});

async function started(): Promise<TriggerBench> {
	const trigger = triggerBench(shop, { event: 'orderCreated' });
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
