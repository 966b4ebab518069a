/** Many changes at once, and the limit of requests: nothing missed, nothing twice, never too fast. */
import type { INodeExecutionData } from 'n8n-workflow';

import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import type { TriggerBench } from '../support/engine.mts';
import { actionBench, locator } from './fixtures.mts';
import { eventOf, activated, heldShop, ids, triggerBench } from './triggerFixtures.mts';
import type { HeldTime } from './triggerFixtures.mts';

/** Time for thousands of orders on a busy machine. */
const LONG = 180_000;

let shop: InSalesSandbox;
let time: HeldTime;

heldShop(
	'2027-03-10T09:00:00.250Z',
	async () => await startInSalesSandbox(),
	(...held) => ([shop, time] = held),
);

beforeEach(() => {
	shop.control.reset();
	time.pass(30);
});

async function started(parameters: Parameters<typeof triggerBench>[1]): Promise<TriggerBench> {
	return await activated(triggerBench(shop, parameters), time);
}

function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Polls once a minute until nothing comes, and twice more much later; `between` runs after each poll. */
async function drain(
	trigger: TriggerBench,
	between = (_poll: number): void => {},
): Promise<INodeExecutionData[]> {
	const all: INodeExecutionData[] = [];
	for (let poll = 0, idle = 0; idle < 3; poll++) {
		time.pass(idle === 0 ? 1 : 15);
		const items = await trigger.poll();
		all.push(...items);
		between(poll);
		idle = items.length === 0 ? idle + 1 : 0;
		if (poll > 200) throw new Error('The trigger does not come to an end.');
	}
	return all;
}

function expectNoDoubles(items: INodeExecutionData[]): void {
	const names = items.map((item) => eventOf(item).id);
	expect(new Set(names).size).toBe(names.length);
}

test(
	'1,000 changed orders read while others are edited',
	async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 1_200, spacingMs: 60_000 });
		const trigger = await started({
			event: 'orderStatusChanged',
			options: { maxItemsPerPoll: 500 },
		});
		const expected = new Map<number, number[]>();
		const change = (orderId: number, system: string) => {
			const { changeId } = shop.control.changeStatus({ orderId, system });
			if (changeId !== null) expected.set(orderId, [...(expected.get(orderId) ?? []), changeId]);
		};
		for (const id of range(firstOrderId, firstOrderId + 999)) {
			change(id, 'returned');
			if (id % 10 === 0) time.pass(1 / 60);
		}
		const items: INodeExecutionData[] = [];
		for (let poll = 0; poll < 12; poll++) {
			let isRunning = true;
			const running = trigger.poll().finally(() => (isRunning = false));
			// Read and unread ones, while pages are read.
			for (let edit = 0; isRunning; edit++) {
				await new Promise((resolve) => setImmediate(resolve));
				const id = firstOrderId + ((poll * 977 + edit * 131) % (lastOrderId - firstOrderId));
				if (edit < 40) change(id, edit % 2 ? 'declined' : 'approved');
			}
			items.push(...(await running));
			time.pass(1);
		}
		items.push(...(await drain(trigger)));
		expectNoDoubles(items);
		const told = new Map<number, number[]>();
		for (const item of items) {
			const id = Number(item.json.id);
			told.set(id, [...(told.get(id) ?? []), Number(String(eventOf(item).id).split(':').at(-1))]);
		}
		expect(items.length).toBeGreaterThan(1_000);
		expect(told).toEqual(expected);
	},
	LONG,
);

test(
	'a bulk change gives 1,500 orders one time of change',
	async () => {
		const { firstOrderId } = shop.control.seed({ orders: 1_500, spacingMs: 60_000 });
		const triggers = [];
		for (const event of ['orderStatusChanged', 'orderUpdated']) {
			triggers.push(await started({ event, options: { maxItemsPerPoll: 250 } }));
		}
		const changed: number[] = [];
		shop.control.freeze();
		for (const orderId of range(firstOrderId, firstOrderId + 1_499)) {
			const { changeId } = shop.control.changeStatus({ orderId, system: 'returned' });
			if (changeId !== null) changed.push(orderId);
			else shop.control.touchOrder({ orderId });
		}
		shop.control.unfreeze();
		const byId = (a: number, b: number) => a - b;
		const [moved = [], updated = []] = [
			await drain(triggers[0] as TriggerBench),
			await drain(triggers[1] as TriggerBench),
		];
		expectNoDoubles(moved);
		expect(ids(moved).sort(byId)).toEqual(changed);
		expect(ids(updated).sort(byId)).toEqual(range(firstOrderId, firstOrderId + 1_499));
		expect(shop.control.mostInAWindow()).toBeLessThanOrEqual(500);
	},
	LONG,
);

test(
	'one second is read in several polls when the time of one does not suffice',
	async () => {
		const { firstOrderId } = shop.control.seed({ orders: 1_500, spacingMs: 60_000 });
		const trigger = await started({ event: 'orderUpdated', options: { maxItemsPerPoll: 1_000 } });
		shop.control.touchOrder({ orderIds: range(firstOrderId, firstOrderId + 1_499) });
		const seen: number[] = [];
		for (let poll = 0; poll < 6; poll++) {
			time.pass(3);
			// Each poll gets only some pages of the dozen that the second fills.
			shop.control.clearFaults();
			for (let page = 0; page < 4; page++) {
				shop.control.addFault({ kind: 'delay', delayMs: 0, match: { pathIncludes: 'orders' } });
			}
			shop.control.addFault({ kind: 'status', status: 500, times: 0 });
			try {
				seen.push(...ids(await trigger.poll()));
			} catch {
				// Nothing came before the failure.
			}
		}
		expect(seen.length).toBeGreaterThan(0);
		expect(seen.length).toBeLessThan(1_500);
		shop.control.clearFaults();
		seen.push(...ids(await drain(trigger)));
		expect(seen.sort((a, b) => a - b)).toEqual(range(firstOrderId, firstOrderId + 1_499));
	},
	LONG,
);

test('a backlog of a start in the past comes in portions, once', async () => {
	const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 600, spacingMs: 30_000 });
	const trigger = triggerBench(shop, {
		event: 'orderCreated',
		options: { startFrom: 'lastDays', startDays: 2 },
	});
	const first = await trigger.poll('activate');
	expect(first).toHaveLength(100);
	const rest = await drain(trigger, (poll) => {
		// Delivered ones, and ones that are still to come.
		shop.control.touchOrder({ orderIds: [firstOrderId + poll, lastOrderId - poll], note: 'x' });
	});
	const seeded = [...first, ...rest].filter(({ json }) => Number(json.id) >= firstOrderId);
	expectNoDoubles(seeded);
	expect(ids(seeded).sort((a, b) => a - b)).toEqual(range(firstOrderId, lastOrderId));
});

test(
	'two triggers and three action nodes keep within the limit of one key',
	async () => {
		shop.control.seed({ orders: 200, spacingMs: 60_000 });
		const listeners = [
			await started({ event: 'orderCreated' }),
			await started({ event: 'orderStatusChanged' }),
		];
		const items = Array.from({ length: 60 }, (_, at) => ({ json: { at } }));
		const orders = shop.control.records({ resource: 'orders' }).map(({ id }) => Number(id));
		const placed: number[] = [];
		const changed: number[] = [];
		const seen: [number[], number[]] = [[], []];
		let refusals = 0;
		const act = async (node: number) => {
			const { items: output, error } = await executeNode(
				actionBench(shop, 'chat'),
				{
					resource: 'order',
					operation: 'get',
					orderId: locator('id', `={{ [${orders.join()}][$json.at + ${node * 60}] }}`),
				},
				{ items },
			);
			if (error) {
				refusals++;
				expect(`${error.message} ${error.description ?? ''}`).toMatch(/Go on in \d+ s/);
			} else expect(output).toHaveLength(60);
		};
		for (let minute = 0; minute < 15; minute++) {
			placed.push(shop.control.placeOrder().id);
			const orderId = orders[minute] ?? 0;
			const system = minute % 2 ? 'approved' : 'returned';
			if (shop.control.changeStatus({ orderId, system }).changeId !== null) changed.push(orderId);
			const [created = [], moved = []] = await Promise.all([
				...listeners.map(async (listener) => ids(await listener.poll())),
				...[0, 1, 2].map(async (node) => {
					await act(node);
					return [];
				}),
			]);
			seen[0].push(...created);
			seen[1].push(...moved);
			time.pass(1);
		}
		time.pass(5);
		for (const [index, listener] of listeners.entries()) {
			seen[index]?.push(...ids(await listener.poll()));
		}
		expect(refusals).toBeGreaterThan(0);
		expect(shop.control.mostInAWindow()).toBeLessThanOrEqual(500);
		expect(shop.control.ignoredRetryAfters()).toEqual([]);
		expect(seen).toEqual([placed, changed]);
	},
	LONG,
);

test.each([
	[429, false],
	[503, true],
])('a limit used up by others (HTTP %d) ends the poll quietly and loses nothing', async (_, on) => {
	const trigger = await started({ event: 'orderCreated' });
	shop.control.setLegacyThrottle({ on });
	shop.control.setLimit({ requests: 0 });
	const { id } = shop.control.placeOrder();
	for (let minute = 0; minute < 5; minute++) {
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
	}
	shop.control.setLimit({ requests: 500 });
	shop.control.clearLimits();
	time.pass(5);
	expect(ids(await trigger.poll())).toEqual([id]);
});

test('what was found before the limit was used up is delivered', async () => {
	const { firstOrderId } = shop.control.seed({ orders: 600, spacingMs: 60_000 });
	const trigger = await started({ event: 'orderUpdated', options: { maxItemsPerPoll: 1_000 } });
	for (const orderId of range(firstOrderId, firstOrderId + 599)) {
		shop.control.touchOrder({ orderId, note: 'x' });
		time.pass(1 / 60);
	}
	const used = { kind: 'status', status: 429, headers: { 'Retry-After': '200' } } as const;
	shop.control.addFault({ kind: 'delay', delayMs: 0 });
	shop.control.addFault({ ...used, times: 1 });
	const before = ids(await trigger.poll());
	expect(before.length).toBeGreaterThanOrEqual(200);
	expect(before.length).toBeLessThan(600);
	const rest = ids(await drain(trigger));
	expect([...before, ...rest]).toEqual(range(firstOrderId, firstOrderId + 599));
});

test('what it costs to read along the orders of the last minutes', async () => {
	const trigger = await started({ event: 'orderStatusChanged' });
	for (let order = 0; order < 5; order++) shop.control.placeOrder();
	await trigger.poll();
	const bytes: number[] = [];
	for (let minute = 0; minute < 16; minute++) {
		time.pass(1);
		shop.control.clearRequests();
		expect(await trigger.poll()).toEqual([]);
		const requests = shop.control.requests();
		expect(requests).toHaveLength(1);
		bytes.push(requests[0]?.bytes ?? 0);
	}
	// For as long as a change might become visible late; then the answers are empty.
	expect(bytes[0]).toBeLessThan(5 * 10_000);
	expect(bytes.findIndex((each) => each === 2)).toBeLessThanOrEqual(13);
	expect(bytes.at(-1)).toBe(2);
});
