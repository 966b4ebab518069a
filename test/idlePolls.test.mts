/** What a poll costs that finds nothing: docs/delivery-guarantees.md says it to the users. */
import { startInSalesSandbox } from '../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { triggerBench as inSalesTrigger } from './InSales/triggerFixtures.mts';
import { FULL, triggerBench as prestaShopTrigger } from './PrestaShop/fixtures.mts';
import { triggerBench as shoperTrigger, wideShop } from './Shoper/triggerFixtures.mts';
import type { TriggerBench } from './support/engine.mts';
import { holdTime } from './support/triggers.mts';

let time: ReturnType<typeof holdTime>;

beforeEach(() => {
	time = holdTime('2027-03-10T09:00:00Z');
});

afterEach(() => time.end());

/** What happens in a shop, and what it was asked. */
interface Control {
	placeOrder(): unknown;
	requests(): unknown[];
	clearRequests(): void;
}

/** Requests of twenty polls, the first of them a minute after an order came. */
async function costOf(trigger: TriggerBench, control: Control): Promise<number[]> {
	await trigger.poll('activate');
	time.pass(30);
	control.placeOrder();
	await trigger.poll();
	const costs: number[] = [];
	for (let minute = 0; minute < 20; minute++) {
		time.pass(1);
		control.clearRequests();
		expect(await trigger.poll()).toEqual([]);
		costs.push(control.requests().length);
	}
	return costs;
}

const EVENTS = [
	'orderCreated',
	'orderPaid',
	'orderStatusChanged',
	'orderUpdated',
	'customerCreated',
	'productUpdated',
];

/** What the twenty polls cost where that is more than one request each. */
type Dearer = Readonly<Record<string, number>>;

async function expectCheap(trigger: TriggerBench, control: Control, sum = 20): Promise<void> {
	const costs = await costOf(trigger, control);
	expect(Math.max(...costs)).toBeLessThanOrEqual(3);
	expect(costs.reduce((all, cost) => all + cost, 0)).toBeLessThanOrEqual(sum);
}

test.each(EVENTS)('PrestaShop: %s', async (event) => {
	// Orders without a state or a history are looked for now and then; a change is looked at twice.
	const dearer: Dearer = { orderCreated: 26, orderUpdated: 21 };
	const shop = await startPrestaShopSandbox();
	await expectCheap(prestaShopTrigger(shop, { event }, FULL), shop.control, dearer[event]);
	await shop.close();
});

test.each(EVENTS.filter((event) => event !== 'orderUpdated'))('Shoper: %s', async (event) => {
	// The unpaid orders are looked at, too.
	const dearer: Dearer = { orderPaid: 40 };
	const shop = await wideShop();
	await expectCheap(shoperTrigger(shop, { event }), shop.control, dearer[event]);
	await shop.close();
});

test.each(EVENTS)('InSales: %s', async (event) => {
	const shop = await startInSalesSandbox();
	await expectCheap(inSalesTrigger(shop, { event }), shop.control);
	await shop.close();
});
