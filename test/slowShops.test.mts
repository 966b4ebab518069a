/** Triggers on shops that take their time with each answer. Their minutes take milliseconds. */
import type { INodeExecutionData } from 'n8n-workflow';
import { startInSalesSandbox } from '../sandbox/insales/shop.mts';
import { startPrestaShopSandbox } from '../sandbox/prestashop/shop.mts';
import { triggerBench as inSalesTrigger } from './InSales/triggerFixtures.mts';
import { FULL, triggerBench as prestaShopTrigger } from './PrestaShop/fixtures.mts';
import { triggerBench as shoperTrigger, wideShop } from './Shoper/triggerFixtures.mts';
import type { TriggerBench } from './support/engine.mts';
import { SlowTime } from './support/slowShop.mts';
import { eventOf, ids } from './support/triggers.mts';

const SECOND = 1_000;

/** What the durable scheduler grants a poll (n8n 2.41). */
const DURABLE_BUDGET_MS = 36 * SECOND;

let time: SlowTime;

beforeEach(() => {
	time = new SlowTime('2027-03-10T09:00:00Z');
});

afterEach(() => time.end());

/** A shop, and what happens there. */
interface Stage {
	trigger(event: string): TriggerBench;
	placeOrder(): number;
	changeStatus(orderId: number): void;
	close(): Promise<void>;
}

const STAGES: Record<string, () => Promise<Stage>> = {
	PrestaShop: async () => {
		const shop = await startPrestaShopSandbox();
		return {
			// The zone has to be asked for, too.
			trigger: (event) => prestaShopTrigger(shop, { event }, FULL, { timezone: '' }),
			placeOrder: () => shop.control.placeOrder().id,
			changeStatus: (orderId) => shop.control.changeState({ orderId, stateId: 3 }),
			close: async () => await shop.close(),
		};
	},
	Shoper: async () => {
		const shop = await wideShop();
		return {
			trigger: (event) => shoperTrigger(shop, { event }),
			placeOrder: () => shop.control.placeOrder().id,
			changeStatus: (orderId) => shop.control.changeStatus({ orderId, statusId: 3 }),
			close: async () => await shop.close(),
		};
	},
	InSales: async () => {
		const shop = await startInSalesSandbox();
		return {
			trigger: (event) => inSalesTrigger(shop, { event }),
			placeOrder: () => shop.control.placeOrder().id,
			changeStatus: (orderId) => {
				shop.control.changeStatus({ orderId, system: 'accepted' });
			},
			close: async () => await shop.close(),
		};
	},
};

/** What a trigger delivered, poll by poll, a minute apart; failures by their messages. */
class Polls {
	readonly items: INodeExecutionData[] = [];
	readonly failures: string[] = [];

	constructor(private readonly trigger: TriggerBench) {}

	async next(): Promise<void> {
		try {
			this.items.push(...(await this.trigger.poll()));
		} catch (error) {
			this.failures.push((error as Error).message);
		}
	}
}

async function pollAll(
	all: readonly Polls[],
	count: number,
	isDone = () => false,
): Promise<number> {
	for (let poll = 1; poll <= count; poll++) {
		const began = Date.now();
		await time.run(async () => await Promise.all(all.map(async (each) => await each.next())));
		time.pass(Math.max(0, 60 * SECOND - (Date.now() - began)) / 60_000);
		if (isDone()) return poll;
	}
	return Number.POSITIVE_INFINITY;
}

async function started(stage: Stage, event: string, budgetMs?: number): Promise<Polls> {
	const trigger = time.slow(stage.trigger(event), budgetMs);
	await time.run(async () => await trigger.poll('activate'));
	return new Polls(trigger);
}

describe.each(Object.entries(STAGES))('%s', (_, open) => {
	let stage: Stage;

	beforeEach(async () => {
		stage = await open();
	});

	afterEach(async () => await stage.close());

	test.each([
		['orderCreated', 1, 20, undefined],
		['orderCreated', 5, 4, undefined],
		['orderCreated', 10, 2, undefined],
		['orderStatusChanged', 1, 20, undefined],
		['orderCreated', 1, 20, DURABLE_BUDGET_MS],
		['orderStatusChanged', 1, 20, DURABLE_BUDGET_MS],
	])('%s, %i triggers at %i s a request: within three polls (budget %s)', async (...args) => {
		const [event, count, seconds, budgetMs] = args;
		const all: Polls[] = [];
		for (let each = 0; each < count; each++) all.push(await started(stage, event, budgetMs));
		time.pass(20);
		const id = stage.placeOrder();
		if (event === 'orderStatusChanged') {
			await pollAll(all, 1);
			expect(all.flatMap(({ items }) => items)).toEqual([]);
			stage.changeStatus(id);
		}
		time.delayOf = () => seconds * SECOND;
		const polls = await pollAll(all, 8, () => all.every(({ items }) => items.length > 0));
		expect(polls).toBeLessThanOrEqual(3);
		expect(all.flatMap(({ failures }) => failures)).toEqual([]);
		// Quick again: nothing comes twice.
		time.delayOf = () => 0;
		await pollAll(all, 3);
		for (const { items } of all) expect(ids(items)).toEqual([id]);
	});

	test('a trigger that starts at 20 s a request goes on with what happens since', async () => {
		time.delayOf = () => 20 * SECOND;
		const polls = await started(stage, 'orderCreated');
		const id = stage.placeOrder();
		await pollAll([polls], 3);
		expect(ids(polls.items)).toEqual([id]);
	});

	test('a shop that does not answer in time: the message says what took how long', async () => {
		const polls = await started(stage, 'orderCreated');
		time.pass(1);
		time.delayOf = () => undefined;
		await pollAll([polls], 1);
		expect(polls.failures).toEqual([
			expect.stringMatching(/time for this poll was used up.* In this poll GET \w+ took 50 s\./),
		]);
	});

	test('orders that keep coming are delivered once and in order, however slow the shop is', async () => {
		const polls = await started(stage, 'orderCreated');
		time.pass(1);
		time.delayOf = () => 12 * SECOND;
		const placed: number[] = [];
		for (let minute = 0; minute < 12; minute++) {
			placed.push(stage.placeOrder(), stage.placeOrder());
			await pollAll([polls], 1);
		}
		await pollAll([polls], 2);
		expect(ids(polls.items)).toEqual(placed);
		const events = polls.items.map((item) => eventOf(item).id);
		expect(new Set(events).size).toBe(placed.length);
	});
});
