/** What it costs to catch up with more orders than one poll delivers. */
import { startInSalesSandbox } from '../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { triggerBench as inSalesTrigger } from './InSales/triggerFixtures.mts';
import { FULL, triggerBench as prestaShopTrigger } from './PrestaShop/fixtures.mts';
import { triggerBench as shoperTrigger, wideShop } from './Shoper/triggerFixtures.mts';
import type { TriggerBench } from './support/engine.mts';
import { holdTime } from './support/triggers.mts';

/** Time for thousands of orders on a busy machine. */
const LONG = 180_000;

const HOUR = 3_600_000;

let time: ReturnType<typeof holdTime>;

beforeEach(() => {
	time = holdTime('2027-03-10T09:00:00Z');
});

afterEach(() => time.end());

interface Stage {
	trigger(maxItemsPerPoll: number): TriggerBench;
	/** Places orders, evenly over the hours before now. */
	seed(orders: number, hours: number): void;
	requests(): Array<{ bytes: number }>;
	clearRequests(): void;
	close(): Promise<void>;
}

const parameters = (maxItemsPerPoll: number) => ({
	event: 'orderCreated',
	options: { maxItemsPerPoll },
});

const STAGES: Record<string, () => Promise<Stage>> = {
	PrestaShop: async () => {
		const shop = await startPrestaShopSandbox();
		const { control } = shop;
		return {
			trigger: (most) => prestaShopTrigger(shop, parameters(most), FULL),
			seed: (orders, hours) => {
				control.seed({
					orders,
					fromMs: Date.now() - hours * HOUR,
					spacingMs: (hours * HOUR) / orders,
				});
			},
			requests: () => control.requests(),
			clearRequests: () => control.clearRequests(),
			close: async () => await shop.close(),
		};
	},
	Shoper: async () => {
		const shop = await wideShop();
		const { control } = shop;
		return {
			trigger: (most) => shoperTrigger(shop, parameters(most)),
			seed: (orders, hours) => {
				control.seed({
					orders,
					since: Date.now() - hours * HOUR,
					spacingMs: (hours * HOUR) / orders,
				});
			},
			requests: () => control.requests(),
			clearRequests: () => control.clearRequests(),
			close: async () => await shop.close(),
		};
	},
	InSales: async () => {
		const shop = await startInSalesSandbox();
		const { control } = shop;
		return {
			trigger: (most) => inSalesTrigger(shop, parameters(most)),
			seed: (orders, hours) => {
				control.seed({
					orders,
					since: Date.now() - hours * HOUR,
					spacingMs: (hours * HOUR) / orders,
				});
			},
			requests: () => control.requests(),
			clearRequests: () => control.clearRequests(),
			close: async () => await shop.close(),
		};
	},
};

describe.each(Object.entries(STAGES))('%s', (name, open) => {
	// Requests until everything has come, and of the twenty idle polls after that.
	test.each([
		['long ago', 1_000, 12, 100, { PrestaShop: [60, 40], Shoper: [110, 20], InSales: [14, 20] }],
		[
			'just now',
			1_000,
			0.01,
			100,
			{ PrestaShop: [110, 100], Shoper: [130, 20], InSales: [22, 20] },
		],
		['at once', 2_000, 0.01, 500, { PrestaShop: [46, 60], Shoper: [160, 70], InSales: [26, 22] }],
	])(
		'orders placed %s (%i in %d hours, %i a poll) are read about once',
		async (_, orders, hours, most, costs) => {
			const cost: Record<string, number[]> = costs;
			const stage = await open();
			const trigger = stage.trigger(most);
			await trigger.poll('activate');
			time.pass(hours * 60 + 1);
			stage.seed(orders, hours);
			stage.clearRequests();
			const seen: unknown[] = [];
			for (let poll = 0; poll < orders / most; poll++) {
				const items = await trigger.poll();
				// No poll is empty before everything has come.
				expect(items).toHaveLength(most);
				seen.push(...items.map(({ json }) => json.id));
				time.pass(1);
			}
			expect(new Set(seen).size).toBe(orders);
			const drained = stage.requests().length;
			for (let minute = 0; minute < 20; minute++) {
				expect(await trigger.poll()).toEqual([]);
				time.pass(1);
			}
			const idle = stage.requests().length - drained;
			expect(drained).toBeLessThanOrEqual(cost[name]?.[0] ?? 0);
			expect(idle).toBeLessThanOrEqual(cost[name]?.[1] ?? 0);
			await stage.close();
		},
		LONG,
	);
});

test('PrestaShop: 500 new orders with three changes each are twelve requests', async () => {
	const shop = await startPrestaShopSandbox();
	const trigger = prestaShopTrigger(shop, parameters(500), FULL);
	await trigger.poll('activate');
	time.pass(1);
	for (let order = 0; order < 500; order++) {
		const { id } = shop.control.placeOrder();
		for (const stateId of [2, 3]) shop.control.changeState({ orderId: id, stateId });
	}
	time.pass(1);
	shop.control.clearRequests();
	expect(await trigger.poll()).toHaveLength(500);
	expect(shop.control.requests().length).toBeLessThanOrEqual(12);
	await shop.close();
});
