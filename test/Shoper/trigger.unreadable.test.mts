/** The Shoper trigger over HTTP when the shop fails at one record. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import { startSpoiledShop } from '../support/spoiledShop.mts';
import type { SpoiledShop } from '../support/spoiledShop.mts';
import { eventOf, holdTime, ids, triggerBench, wideShop } from './triggerFixtures.mts';

let shop: ShoperSandbox;
let spoiled: SpoiledShop;
let time: ReturnType<typeof holdTime>;

beforeEach(async () => {
	time = holdTime('2027-03-10T09:00:00Z');
	shop = await wideShop();
	spoiled = await startSpoiledShop(shop.url);
});

afterEach(async () => {
	time.end();
	await spoiled.close();
	await shop.close();
});

async function started(event: string, include?: string[]): Promise<TriggerBench> {
	const trigger = triggerBench(spoiled, { event, ...(include && { options: { include } }) });
	expect(await trigger.poll('activate')).toEqual([]);
	time.pass(1);
	return trigger;
}

async function pollFor(minutes: number, trigger: TriggerBench): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (let minute = 0; minute < minutes; minute++) {
		time.pass(1);
		items.push(...(await trigger.poll()));
	}
	return items;
}

test('an order that no list can show holds up only itself', async () => {
	const trigger = await started('orderCreated');
	const [good, bad, other] = [1, 2, 3].map(() => shop.control.placeOrder().id);
	spoiled.spoils = (body) => new RegExp(`"order_id":"?${bad}\\b`).test(body);
	expect(ids(await trigger.poll())).toEqual([good, other]);
	const later = shop.control.placeOrder().id;
	expect(ids(await pollFor(1, trigger))).toEqual([later]);
	const [told, ...more] = await pollFor(25, trigger);
	expect(more).toEqual([]);
	expect(told?.json).toMatchObject({
		platform: 'shoper',
		id: `${bad}`,
		incomplete: true,
		_missing: [expect.stringContaining('could not be read')],
	});
	expect(told && eventOf(told).id).toContain(`:orderCreated:${bad}:`);
});

test('one that becomes readable again comes as it is, once', async () => {
	const trigger = await started('orderCreated');
	const bad = shop.control.placeOrder().id;
	shop.control.placeOrder();
	spoiled.spoils = (body) => new RegExp(`"order_id":"?${bad}\\b`).test(body);
	await pollFor(3, trigger);
	spoiled.spoils = () => false;
	const items = await pollFor(25, trigger);
	expect(ids(items)).toEqual([bad]);
	expect(items[0]?.json.incomplete).toBeUndefined();
});

test('an order whose customer cannot be read is told of by what the list has', async () => {
	const trigger = await started('orderCreated', ['customer']);
	const bad = shop.control.placeOrder({ email: 'broken@example.com' }).id;
	const good = shop.control.placeOrder({ email: 'whole@example.com' }).id;
	const user = String(shop.control.getRecord({ resource: 'orders', id: bad })?.user_id);
	spoiled.spoils = (body) =>
		!body.includes('"order_id"') && new RegExp(`"user_id":"?${user}\\b`).test(body);
	expect(ids(await trigger.poll())).toEqual([good]);
	const [told, ...more] = await pollFor(25, trigger);
	expect(more).toEqual([]);
	expect(told?.json).toMatchObject({ id: `${bad}`, incomplete: true, currency: null });
	expect(told?.json.total).toEqual(expect.any(Number));
});

test('an unpaid order that cannot be read keeps no payment of another from being told', async () => {
	const trigger = await started('orderPaid');
	const [bad, other] = [1, 2].map(() => shop.control.placeOrder().id);
	expect(await trigger.poll()).toEqual([]);
	spoiled.spoils = (body) => new RegExp(`"order_id":"?${bad}\\b`).test(body);
	shop.control.setPaid({ orderId: bad ?? 0 });
	shop.control.setPaid({ orderId: other ?? 0 });
	expect(ids(await pollFor(2, trigger))).toEqual([other]);
	spoiled.spoils = () => false;
	expect(ids(await pollFor(2, trigger))).toEqual([bad]);
});
