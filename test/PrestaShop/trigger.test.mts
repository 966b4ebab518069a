/** The PrestaShop trigger over HTTP, in n8n's engine, with the right to read the history and without. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import {
	FULL,
	LIMITED,
	NO_HISTORY,
	addNoHistoryKey,
	eventOf,
	activated,
	heldShop,
	ids,
	triggerBench,
} from './fixtures.mts';
import type { HeldTime } from './fixtures.mts';

let shop: PrestaShopSandbox;
let time: HeldTime;

heldShop(
	'2027-03-10T09:00:00Z',
	async () => await startPrestaShopSandbox(),
	(...held) => ([shop, time] = held),
);

beforeEach(() => {
	shop.control.reset();
	addNoHistoryKey(shop);
});

/** A trigger past its first poll. */
async function started(
	parameters: Parameters<typeof triggerBench>[1],
	key = LIMITED,
): Promise<TriggerBench> {
	return await activated(triggerBench(shop, parameters, key), time);
}

async function pollAfter(minutes: number, trigger: TriggerBench) {
	time.pass(minutes);
	return await trigger.poll();
}

const KEYS = [
	['with the history', LIMITED],
	['without the history', NO_HISTORY],
] as const;

describe.each(KEYS)('orderCreated %s', (_, key) => {
	const parameters = { event: 'orderCreated' };

	test('delivers new orders once, oldest first, in the common shape', async () => {
		const trigger = await started(parameters, key);
		const first = shop.control.placeOrder({ email: 'maria@example.com', firstName: 'Maria' });
		const second = shop.control.placeOrder();

		const items = await trigger.poll();

		expect(ids(items)).toEqual([first.id, second.id]);
		const host = new URL(shop.url).host;
		expect(items[0]?.json).toMatchObject({
			platform: 'prestashop',
			shop: host,
			reference: first.reference,
			status: { id: '1', name: expect.any(String), phase: 'new' },
			customer: { email: 'maria@example.com', firstName: 'Maria' },
			lines: [{ quantity: 1 }],
			event: { type: 'orderCreated', shop: host },
		});
		const date_add = shop.control.getRecord({ resource: 'orders', id: first.id })?.date_add;
		const placedAt = String(date_add).replace(/\D/g, '');
		const occurredAt = String(date_add).replace(' ', 'T');
		expect(items[0] && eventOf(items[0])).toMatchObject({
			id: `${host}:orderCreated:${first.id}:${placedAt}`,
			occurredAt: expect.stringMatching(new RegExp(`^${occurredAt}\\+0[12]:00$`)),
		});
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('an idle poll is one small request', async () => {
		const trigger = await started(parameters, key);
		shop.control.placeOrder();
		await trigger.poll();
		shop.control.clearRequests();
		expect(await pollAfter(1, trigger)).toEqual([]);
		const requests = shop.control.requests();
		expect(requests).toHaveLength(1);
		expect(requests[0]?.bytes).toBeLessThan(600);
	});

	test('orders of the same second are all delivered', async () => {
		const trigger = await started(parameters, key);
		shop.control.freeze();
		const before = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([before.id]);
		const placed = [1, 2, 3].map(() => shop.control.placeOrder().id);
		expect(ids(await trigger.poll())).toEqual(placed);
		shop.control.unfreeze();
	});

	test('an order that is still being created is delivered when it is complete', async () => {
		const trigger = await started(parameters, key);
		const { id } = shop.control.placeOrder({ stage: 'rowOnly' });
		const later = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([later.id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.completeOrder({ id });
		const items = await pollAfter(1, trigger);
		expect(ids(items)).toEqual([id]);
		expect(items[0]?.json.incomplete).toBeUndefined();
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('an order that is never completed is told of as it is, once', async () => {
		const trigger = await started(parameters, key);
		const { id } = shop.control.placeOrder({ stage: 'rowOnly' });
		const delivered = [];
		for (let minutes = 0; minutes < 25; minutes++) delivered.push(...(await pollAfter(1, trigger)));
		expect(ids(delivered)).toEqual([id]);
		expect(delivered[0]?.json).toMatchObject({ incomplete: true, status: null });
		// Repaired a day later: the same order, not a new one.
		time.pass(24 * 60);
		shop.control.completeOrder({ id });
		expect(await trigger.poll()).toEqual([]);
		expect(await pollAfter(20, trigger)).toEqual([]);
	});

	test('an order without any history is delivered', async () => {
		const trigger = await started(parameters, key);
		const { id } = shop.control.placeOrder({ stage: 'withoutHistory' });
		const delivered = [];
		for (let minutes = 0; minutes < 40; minutes++) delivered.push(...(await pollAfter(1, trigger)));
		expect(ids(delivered)).toEqual([id]);
		expect(delivered[0]?.json.incomplete).toBeUndefined();
	});

	test('an order with a lower number that shows up late is not missed', async () => {
		const trigger = await started(parameters, key);
		const number = shop.control.reserveOrderId();
		const seen = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([seen.id]);
		time.pass(2);
		shop.control.placeOrder({ id: number });
		expect(ids(await trigger.poll())).toEqual([number]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('a poll never floods', async () => {
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 3 } }, key);
		const placed = Array.from({ length: 7 }, () => shop.control.placeOrder().id);
		const polls = [];
		for (let poll = 0; poll < 4; poll++) polls.push(ids(await pollAfter(1, trigger)));
		expect(polls).toEqual([placed.slice(0, 3), placed.slice(3, 6), placed.slice(6), []]);
	});

	test('goes on after the shop was set back to a backup', async () => {
		const trigger = await started(parameters, key);
		const kept = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([kept.id]);
		const snapshot = shop.control.snapshot();
		time.pass(5);
		const lost = [1, 2, 3].map(() => shop.control.placeOrder().id);
		expect(ids(await trigger.poll())).toEqual(lost);
		await pollAfter(20, trigger);
		await pollAfter(20, trigger);
		shop.control.restore({ snapshot });
		expect(await pollAfter(1, trigger)).toEqual([]);
		// The new order gets a number that was used before.
		time.pass(1);
		const again = shop.control.placeOrder();
		expect(lost).toContain(again.id);
		expect(ids(await trigger.poll())).toEqual([again.id]);
	});

	test('an order that was deleted before the poll is left out, the next one is not', async () => {
		const trigger = await started(parameters, key);
		const gone = shop.control.placeOrder();
		const next = shop.control.placeOrder();
		shop.control.deleteRecord({ resource: 'orders', id: gone.id });
		expect(ids(await trigger.poll())).toEqual([next.id]);
	});

	test('a failure while orders are read is no reason to lose one', async () => {
		const trigger = await started(parameters, key);
		const { id } = shop.control.placeOrder();
		const match = { pathIncludes: 'filter[id]=[' };
		shop.control.addFault({ match, kind: 'status', status: 500 });
		expect(await trigger.poll()).toEqual([]);
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	test('a restart neither repeats nor loses orders', async () => {
		const trigger = await started(parameters, key);
		const first = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([first.id]);
		const while_off = shop.control.placeOrder();
		time.pass(180);
		trigger.restart();
		expect(ids(await trigger.poll('init'))).toEqual([while_off.id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('starts from a date or some days back', async () => {
		shop.control.setNow({ ms: Date.now() - 3 * 24 * 3_600_000 });
		const old = shop.control.placeOrder();
		shop.control.setNow({ ms: Date.now() - 3_600_000 });
		const recent = shop.control.placeOrder();
		shop.control.setNow({ ms: Date.now() });
		const from = async (options: Record<string, string | number>) =>
			ids(await triggerBench(shop, { ...parameters, options }, key).poll('activate'));
		expect(await from({ startFrom: 'lastDays', startDays: 1 })).toEqual([recent.id]);
		const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
		expect(await from({ startFrom: 'date', startDate: since })).toEqual([recent.id]);
		expect(await from({ startFrom: 'lastDays', startDays: 5 })).toContain(old.id);
		expect(await from({})).toEqual([]);
	});

	test('says what to set when it cannot look back, rather than starting elsewhere', async () => {
		const options = { startFrom: 'lastDays', startDays: 1 };
		const trigger = triggerBench(shop, { ...parameters, options }, key, { timezone: '' });
		await expect(trigger.poll('activate')).rejects.toThrow('Let the credential say it');
	});

	test('gives the raw record, with what was asked to come along', async () => {
		const trigger = await started(
			{ ...parameters, simplify: false, options: { include: ['customer'] } },
			key,
		);
		const { id } = shop.control.placeOrder();
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({
			id: String(id),
			current_state: '1',
			_included: { customer: { email: 'anna.nowak@example.com' } },
		});
		expect(item?.json._included).toMatchObject({ customer: { secure_key: '***' } });
	});

	test('a test event is the newest order and changes nothing', async () => {
		const trigger = triggerBench(shop, parameters, key);
		const { id } = shop.control.placeOrder();
		const items = await trigger.poll('manual', 'manual');
		expect(ids(items)).toEqual([id]);
		expect(eventOf(items[0] ?? { json: {} }).type).toBe('orderCreated');
		expect(trigger.staticData).toEqual({});
	});
});

describe('orderCreated with the history', () => {
	test('a history row that becomes visible late still brings its order', async () => {
		const trigger = await started({ event: 'orderCreated' });
		const slow = shop.control.placeOrder({ stage: 'rowOnly' });
		const historyId = shop.control.reserveHistoryId();
		const quick = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([quick.id]);
		time.pass(4);
		shop.control.commitHistory({ id: historyId, orderId: slow.id, stateId: 1 });
		expect(ids(await trigger.poll())).toEqual([slow.id]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('two history rows at once are one new order', async () => {
		const trigger = await started({ event: 'orderCreated' });
		const { id } = shop.control.placeOrder();
		shop.control.changeState({ orderId: id, stateId: 2 });
		expect(ids(await trigger.poll())).toEqual([id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('brings lines, history and names what the key may not read', async () => {
		const options = { include: ['customer', 'lines', 'history', 'carrier'] };
		const trigger = await started({ event: 'orderCreated', options });
		shop.control.placeOrder({ lines: [{ productId: 1, quantity: 2 }] });
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({
			lines: [{ quantity: 2, orderId: expect.any(String) }],
			history: [{ status: { id: '1' } }],
		});
		expect(JSON.stringify(item?.json._missing)).toContain('carriers – View (GET)');
	});
});

const EVENTS = [
	'orderCreated',
	'orderPaid',
	'orderStatusChanged',
	'orderUpdated',
	'customerCreated',
	'productUpdated',
];

interface Change {
	status: { id: string; name: string };
	previousStatus: { id: string; name: string } | null;
}

function changes(items: Array<{ json: object }>): string[] {
	return items.map(({ json }) => {
		const { id, status, previousStatus } = json as Change & { id: string };
		return `${id}: ${previousStatus?.id ?? '?'} → ${status.id}`;
	});
}

describe('orderStatusChanged with the history', () => {
	const parameters = { event: 'orderStatusChanged' };

	test('delivers every change between two polls, in order, with both states', async () => {
		const { id } = shop.control.placeOrder();
		const other = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.freeze();
		shop.control.changeState({ orderId: id, stateId: 2 });
		shop.control.changeState({ orderId: other.id, stateId: 6 });
		shop.control.changeState({ orderId: id, stateId: 3 });
		shop.control.changeState({ orderId: id, stateId: 4 });
		shop.control.unfreeze();
		const items = await trigger.poll();
		expect(changes(items)).toEqual([
			`${id}: 1 → 2`,
			`${other.id}: 1 → 6`,
			`${id}: 2 → 3`,
			`${id}: 3 → 4`,
		]);
		expect(items[0]?.json).toMatchObject({
			previousStatus: { name: 'Awaiting check payment', phase: 'new' },
			status: { name: 'Payment accepted', phase: 'processing' },
		});
		expect(new Set(items.map((item) => eventOf(item).id)).size).toBe(4);
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('a new order is no change; going back and forth is', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		expect(await trigger.poll()).toEqual([]);
		shop.control.changeState({ orderId: id, stateId: 2 });
		shop.control.changeState({ orderId: id, stateId: 1 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`, `${id}: 2 → 1`]);
	});

	test('only the wanted states', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started({ ...parameters, statusIds: ['4', '5'] });
		for (const stateId of [2, 4, 3, 5]) shop.control.changeState({ orderId: id, stateId });
		expect(changes(await trigger.poll())).toEqual([`${id}: 2 → 4`, `${id}: 3 → 5`]);
	});

	test('a row that becomes visible late is delivered', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		const historyId = shop.control.reserveHistoryId();
		shop.control.changeState({ orderId: id, stateId: 4 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 4`]);
		time.pass(3);
		shop.control.commitHistory({ id: historyId, orderId: id, stateId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('the first row arriving after the second makes that one a change', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder({ stage: 'rowOnly' });
		const historyId = shop.control.reserveHistoryId();
		shop.control.changeState({ orderId: id, stateId: 2 });
		expect(await trigger.poll()).toEqual([]);
		shop.control.commitHistory({ id: historyId, orderId: id, stateId: 1 });
		expect(changes(await pollAfter(1, trigger))).toEqual([`${id}: 1 → 2`]);
	});

	test('a change made while earlier ones are being read is not lost', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 230 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 500 } });
		for (let orderId = firstOrderId; orderId <= lastOrderId; orderId++) {
			shop.control.changeState({ orderId, stateId: 7 });
		}
		shop.control.clearRequests();
		// As soon as the first orders' histories were looked up, the first order changes again.
		const watch = setInterval(() => {
			if (!shop.control.requests().some(({ path }) => path.includes('filter[id_order]'))) return;
			clearInterval(watch);
			shop.control.changeState({ orderId: firstOrderId, stateId: 6 });
		}, 2);
		const delivered = changes(await trigger.poll());
		delivered.push(...changes(await pollAfter(1, trigger)));
		expect(delivered.filter((each) => each === `${firstOrderId}: 7 → 6`)).toHaveLength(1);
		expect(delivered).toHaveLength(lastOrderId - firstOrderId + 2);
	});

	test('more changes than fit in one poll', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 2 } });
		for (const stateId of [2, 3, 4, 5, 7]) shop.control.changeState({ orderId: id, stateId });
		const polls = [];
		for (let poll = 0; poll < 4; poll++) polls.push(changes(await pollAfter(1, trigger)));
		expect(polls).toEqual([
			[`${id}: 1 → 2`, `${id}: 2 → 3`],
			[`${id}: 3 → 4`, `${id}: 4 → 5`],
			[`${id}: 5 → 7`],
			[],
		]);
	});

	test('a test event is the newest change', async () => {
		const { id } = shop.control.placeOrder();
		shop.control.changeState({ orderId: id, stateId: 2 });
		shop.control.placeOrder();
		const trigger = triggerBench(shop, parameters);
		expect(changes(await trigger.poll('manual', 'manual'))).toEqual([`${id}: 1 → 2`]);
		expect(trigger.staticData).toEqual({});
	});
});

describe.each([
	['with the history', FULL],
	['without the history', NO_HISTORY],
])('a test event %s', (_, key) => {
	test.each<[string, { event: string; statusIds?: string[] }]>([
		['any change', { event: 'orderStatusChanged' }],
		['a chosen state', { event: 'orderStatusChanged', statusIds: ['5'] }],
		['a payment', { event: 'orderPaid' }],
	])('of %s is found behind many orders without one', async (_name, parameters) => {
		const { id } = shop.control.placeOrder();
		for (const stateId of [2, 5]) {
			time.pass(1);
			shop.control.changeState({ orderId: id, stateId });
		}
		for (let count = 0; count < 120; count++) {
			time.pass(1);
			shop.control.placeOrder();
		}
		shop.control.clearRequests();
		const trigger = triggerBench(shop, parameters, key);
		const [item] = await trigger.poll('manual', 'manual');
		// Without the history, an order of any state may be one that was changed.
		const isAny = key === NO_HISTORY && parameters.statusIds === undefined;
		if (!isAny || parameters.event === 'orderPaid') expect(Number(item?.json.id)).toBe(id);
		else expect(item).toBeDefined();
		expect(shop.control.requests().length).toBeLessThanOrEqual(16);
	});
});

describe('orderStatusChanged without the history', () => {
	const parameters = { event: 'orderStatusChanged' };

	test('tells the last change since the previous poll, with the state before', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters, NO_HISTORY);
		shop.control.changeState({ orderId: id, stateId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
		time.pass(1);
		shop.control.changeState({ orderId: id, stateId: 3 });
		shop.control.changeState({ orderId: id, stateId: 4 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 2 → 4`]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('a second change within the same second is delivered', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters, NO_HISTORY);
		shop.control.freeze();
		shop.control.changeState({ orderId: id, stateId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
		shop.control.changeState({ orderId: id, stateId: 3 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 2 → 3`]);
		shop.control.unfreeze();
	});

	test('a new order or another edit is no change of status', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters, NO_HISTORY);
		shop.control.placeOrder();
		shop.control.putRecord({
			resource: 'orders',
			record: { id, payment: 'Cash', date_upd: shop.control.now().wall },
		});
		expect(await trigger.poll()).toEqual([]);
	});

	test('an order that lost its state is no change', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters, NO_HISTORY);
		shop.control.putRecord({
			resource: 'orders',
			record: { id, current_state: '0', date_upd: shop.control.now().wall },
		});
		expect(await trigger.poll()).toEqual([]);
	});

	test('the state an order begins with is no change, also when the order was met before it had one', async () => {
		const trigger = await started(parameters, NO_HISTORY);
		const { id } = shop.control.placeOrder({ stage: 'rowOnly' });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.completeOrder({ id });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.changeState({ orderId: id, stateId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
	});

	test('nothing is missed in the hour that the end of summer time repeats', async () => {
		const { id } = shop.control.placeOrder();
		const back = Date.parse('2027-10-31T01:00:00Z');
		time.pass((back - 40 * 60_000 - Date.now()) / 60_000);
		const trigger = await started(parameters, NO_HISTORY);
		const seen = [];
		for (const stateId of [2, 3, 4, 5, 7]) {
			shop.control.changeState({ orderId: id, stateId });
			seen.push(...changes(await trigger.poll()));
			time.pass(20);
		}
		expect(seen).toEqual(
			[1, 2, 3, 4]
				.map((at, index) => `${id}: ${at === 1 ? 1 : at} → ${[2, 3, 4, 5][index]}`)
				.concat(`${id}: 5 → 7`),
		);
	});

	test('an idle poll is one small request', async () => {
		const trigger = await started(parameters, NO_HISTORY);
		await trigger.poll();
		time.pass(200);
		await trigger.poll();
		shop.control.clearRequests();
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(shop.control.requests()).toHaveLength(1);
	});

	test('the trigger stays with the feed it started on', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters, NO_HISTORY);
		shop.control.addKey({ key: NO_HISTORY, permissions: '*' });
		shop.control.changeState({ orderId: id, stateId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
	});
});

describe.each(KEYS)('orderPaid %s', (_, key) => {
	const parameters = { event: 'orderPaid' };

	test('comes once per order, at its first paid state', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters, key);
		shop.control.changeState({ orderId: id, stateId: 3 });
		const items = [...(await trigger.poll()), ...(await pollAfter(1, trigger))];
		shop.control.changeState({ orderId: id, stateId: 2 });
		items.push(...(await pollAfter(1, trigger)));
		shop.control.changeState({ orderId: id, stateId: 6 });
		items.push(...(await pollAfter(1, trigger)));
		shop.control.changeState({ orderId: id, stateId: 2 });
		items.push(...(await pollAfter(1, trigger)));
		items.push(...(await pollAfter(90, trigger)));
		expect(ids(items)).toEqual([id]);
		const paid = shop.control.getRecord({ resource: 'order_states', id: 3 })?.paid;
		expect(eventOf(items[0] ?? { json: {} })).toMatchObject({ type: 'orderPaid' });
		expect(items[0]?.json.status).toMatchObject({ id: paid === '1' ? '3' : '2' });
	});

	test('an order that is paid when it is placed counts', async () => {
		const trigger = await started(parameters, key);
		const { id } = shop.control.placeOrder({ stateId: 2 });
		shop.control.placeOrder({ stateId: 1 });
		expect(ids(await trigger.poll())).toEqual([id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('an order paid before the trigger existed does not count', async () => {
		const { id } = shop.control.placeOrder({ stateId: 2 });
		time.pass(60);
		const trigger = await started(parameters, key);
		shop.control.changeState({ orderId: id, stateId: 4 });
		expect(await trigger.poll()).toEqual([]);
	});

	test('the test event', async () => {
		const { id } = shop.control.placeOrder({ stateId: 2 });
		const trigger = triggerBench(shop, parameters, key);
		expect(ids(await trigger.poll('manual', 'manual'))).toEqual([id]);
	});
});

describe('orderUpdated', () => {
	const parameters = { event: 'orderUpdated' };

	function edit(id: number, record: Record<string, string>): void {
		const date_upd = shop.control.now().wall;
		shop.control.putRecord({ resource: 'orders', record: { id, ...record, date_upd } });
	}

	test('delivers changes of any kind and new orders', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		edit(id, { total_paid: '12.000000' });
		const added = shop.control.placeOrder();
		expect(ids(await trigger.poll()).sort()).toEqual([id, added.id].sort());
		expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.changeState({ orderId: id, stateId: 2 });
		const [item, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({ id: String(id), event: { type: 'orderUpdated' } });
	});

	test('a second change within the same second is delivered', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.freeze();
		for (const payment of ['Cash', 'Card', 'Transfer']) {
			edit(id, { payment });
			const [item, ...more] = await trigger.poll();
			expect(more).toEqual([]);
			expect(item?.json.paymentMethod).toBe(payment);
		}
		expect(await trigger.poll()).toEqual([]);
		shop.control.unfreeze();
	});

	test('an order that is still being created waits until it has a state', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder({ stage: 'rowOnly' });
		expect(await trigger.poll()).toEqual([]);
		shop.control.completeOrder({ id });
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	test('hundreds of orders changed in one second come all, in portions', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 230 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 100 } });
		shop.control.freeze();
		const all = [];
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			edit(id, { payment: 'Changed' });
			all.push(id);
		}
		const seen: number[] = [];
		for (let poll = 0; poll < 4; poll++) seen.push(...ids(await trigger.poll()));
		shop.control.unfreeze();
		expect(seen.sort((a, b) => a - b)).toEqual(all);
	});
});

describe('customerCreated', () => {
	const parameters = { event: 'customerCreated' };

	test('delivers new customers once, without secrets', async () => {
		const trigger = await started(parameters);
		const order = shop.control.placeOrder({
			email: 'new@example.com',
			firstName: 'Ewa',
			lastName: 'Zima',
		});
		expect(order.id).toBeGreaterThan(0);
		const [item, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({
			email: 'new@example.com',
			firstName: 'Ewa',
			event: { type: 'customerCreated' },
		});
		expect(await pollAfter(1, trigger)).toEqual([]);
		const raw = triggerBench(shop, { ...parameters, simplify: false });
		const [sample] = await raw.poll('manual', 'manual');
		expect(sample?.json).toMatchObject({ email: 'new@example.com', secure_key: '***' });
	});
});

describe('productUpdated', () => {
	const parameters = { event: 'productUpdated' };

	function edit(id: number, record: Record<string, unknown>): void {
		const date_upd = shop.control.now().wall;
		shop.control.putRecord({ resource: 'products', record: { id, ...record, date_upd } });
	}

	test('delivers saved products, several changes in a second too', async () => {
		const trigger = await started(parameters);
		shop.control.freeze();
		edit(1, { price: '5.000000' });
		const [item, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({ id: '1', price: 5, event: { type: 'productUpdated' } });
		edit(1, { description: { 1: '<p>Other</p>' } });
		const [second] = await trigger.poll();
		expect(second?.json).toMatchObject({ id: '1', description: '<p>Other</p>' });
		expect(await trigger.poll()).toEqual([]);
		shop.control.unfreeze();
	});
});

describe.each(KEYS)('the states that a trigger is confined to, %s', (_, key) => {
	const confinedTo = (statusIds: unknown) => ({ event: 'orderStatusChanged', statusIds }) as never;

	test('can be named by name or ID', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(confinedTo(['SHIPPED', '2']), key);
		for (const stateId of [3, 4, 2]) {
			shop.control.changeState({ orderId: id, stateId });
			time.pass(1);
		}
		const seen = await trigger.poll();
		const states = seen.map(({ json }) => (json.status as { id: string }).id);
		expect(states.at(-1)).toBe('2');
		expect(states).not.toContain('3');
	});

	test.each([
		['an unknown ID', ['999'], /"999", which the shop does not have.*Choose from: 1 /],
		['an unknown name', ['Wysłane!'], /"Wysłane!", which the shop does not have/],
		['one that was deleted', ['3'], /"3", which was deleted in the shop/],
	])('%s is refused with the list of states', async (__, statusIds, message) => {
		shop.control.putRecord({ resource: 'order_states', record: { id: 3, deleted: '1' } });
		const trigger = triggerBench(shop, confinedTo(statusIds), key);
		await expect(trigger.poll('activate')).rejects.toThrow(message);
		await expect(trigger.poll('manual', 'manual')).rejects.toThrow(message);
	});

	test('an expression that gives nothing is refused', async () => {
		const trigger = triggerBench(shop, confinedTo('={{ [] }}'), key);
		await expect(trigger.poll('activate')).rejects.toThrow(/came out empty/);
	});
});

describe('products whose date differs between the installation and the shop', () => {
	const parameters = { event: 'productUpdated', options: { maxItemsPerPoll: 100 } };

	/** Products saved in one second, as the shop dates them; the installation has another date. */
	function imported(installation: string): number[] {
		const { firstProductId, lastProductId } = shop.control.seed({
			orders: 1,
			customers: 1,
			products: 250,
		});
		const all = [];
		for (let id = firstProductId; id <= lastProductId; id++) {
			const date_upd = shop.control.now().wall;
			shop.control.putRecord({ resource: 'products', record: { id, price: '4.000000', date_upd } });
			shop.control.putInstallation({
				resource: 'products',
				id,
				values: { date_upd: installation },
			});
			all.push(id);
		}
		return all;
	}

	test.each([
		['a later one', '2030-01-01 00:00:00'],
		['an earlier one', '2020-01-01 00:00:00'],
	])('come all when that is %s', async (_, installation) => {
		const trigger = await started(parameters);
		shop.control.freeze();
		const all = imported(installation);
		shop.control.unfreeze();
		const seen: number[] = [];
		for (let poll = 0; poll < 4; poll++) seen.push(...ids(await pollAfter(1, trigger)));
		expect(seen.sort((a, b) => a - b)).toEqual(all);
	});

	test('cost an idle poll one small request soon after, and ever after', async () => {
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 500 } });
		shop.control.freeze();
		imported('2030-01-01 00:00:00');
		shop.control.unfreeze();
		for (let poll = 0; poll < 3; poll++) await pollAfter(1, trigger);
		shop.control.clearRequests();
		for (let minute = 0; minute < 20; minute++) expect(await pollAfter(1, trigger)).toEqual([]);
		const requests = shop.control.requests();
		const small = requests.filter(({ path }) => path.includes('limit=100&'));
		expect(small).toHaveLength(20);
		// The whole second is looked over again now and then, for as long as a late row may appear.
		expect(requests.length - small.length).toBeLessThanOrEqual(3);
	});
});

describe('a record that the shop cannot show', () => {
	test.each(KEYS)('holds up only its own event: orderCreated %s', async (_, key) => {
		const trigger = await started({ event: 'orderCreated' }, key);
		const [good, bad, other] = [1, 2, 3].map(() => shop.control.placeOrder().id);
		shop.control.breakRecord({ resource: 'orders', id: bad ?? 0 });
		expect(ids(await trigger.poll())).toEqual([good, other]);
		const later = shop.control.placeOrder().id;
		expect(ids(await pollAfter(1, trigger))).toEqual([later]);
		const told = [];
		for (let minute = 0; minute < 20; minute++) told.push(...(await pollAfter(1, trigger)));
		expect(told).toHaveLength(1);
		const date_add = shop.control.getRecord({ resource: 'orders', id: bad ?? 0 })?.date_add;
		expect(told[0]?.json).toMatchObject({
			platform: 'prestashop',
			id: `${bad}`,
			incomplete: true,
			_missing: [expect.stringContaining('could not be read')],
			event: { id: expect.stringContaining(`:${bad}:${String(date_add).replace(/\D/g, '')}`) },
		});
		shop.control.breakRecord({ resource: 'orders', id: bad ?? 0, how: null });
		for (let poll = 0; poll < 4; poll++) expect(await pollAfter(10, trigger)).toEqual([]);
	});

	test.each(EVENTS)('holds up no other %s, even if no list can show it', async (event) => {
		const old = [1, 2, 3].map(() => shop.control.placeOrder().id);
		time.pass(1);
		const trigger = await started({ event }, FULL);
		const change = (id: number) => {
			shop.control.changeState({ orderId: id, stateId: 2 });
			const wall = shop.control.now().wall;
			const product = { id: (id % 10) + 1, price: '7.000000', date_upd: wall };
			shop.control.putRecord({ resource: 'products', record: product });
			return product.id;
		};
		const products = old.map(change);
		const placed = [1, 2, 3].map((each) => {
			const { id } = shop.control.placeOrder({ email: `broken${each}@example.com` });
			change(id);
			return id;
		});
		const customers = placed.map((id) =>
			Number(shop.control.getRecord({ resource: 'orders', id })?.id_customer),
		);
		for (const [resource, id] of [
			['orders', event === 'orderCreated' ? placed[1] : old[1]],
			['customers', customers[1]],
			['products', products[1]],
		] as const) {
			shop.control.breakRecord({ resource, id: id ?? 0, how: 'row' });
		}
		const seen = new Set(ids(await trigger.poll()));
		for (let minute = 0; minute < 20; minute++) {
			for (const id of ids(await pollAfter(1, trigger))) seen.add(id);
		}
		const wanted: Record<string, Array<number | undefined>> = {
			orderCreated: placed,
			orderPaid: [...old, ...placed],
			orderStatusChanged: [...old, ...placed],
			orderUpdated: [...old, ...placed],
			customerCreated: customers,
			productUpdated: products,
		};
		expect([...seen]).toEqual(expect.arrayContaining(wanted[event] ?? []));
	});
});

describe.each(KEYS)('an idle poll %s', (_, key) => {
	test.each(EVENTS)('of %s is one small request', async (event) => {
		shop.control.seed({ orders: 60, customers: 30, products: 40 });
		const { id } = shop.control.placeOrder();
		const trigger = await started({ event }, key);
		shop.control.placeOrder({ email: 'idle@example.com' });
		shop.control.changeState({ orderId: id, stateId: 2 });
		shop.control.putRecord({
			resource: 'products',
			record: { id: 1, price: '4.000000', date_upd: shop.control.now().wall },
		});
		expect(await trigger.poll()).not.toEqual([]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		// Orders that never get complete are looked for now and then.
		const extra = event === 'orderCreated' && key === LIMITED ? 12 + 4 : 0;
		shop.control.clearRequests();
		for (let minute = 0; minute < 60; minute++) expect(await pollAfter(1, trigger)).toEqual([]);
		const requests = shop.control.requests();
		expect(requests.length).toBeGreaterThanOrEqual(60);
		expect(requests.length).toBeLessThanOrEqual(60 + extra);
		expect(Math.max(...requests.map(({ bytes }) => bytes))).toBeLessThan(16_000);
	});
});

test('an incomplete order that is deleted holds nothing up', async () => {
	for (const [, key] of KEYS) {
		const trigger = await started({ event: 'orderCreated' }, key);
		const gone = shop.control.placeOrder({ stage: 'rowOnly' });
		expect(await trigger.poll()).toEqual([]);
		shop.control.deleteRecord({ resource: 'orders', id: gone.id });
		const next = shop.control.placeOrder();
		expect(ids(await pollAfter(1, trigger))).toEqual([next.id]);
		for (let poll = 0; poll < 4; poll++) expect(await pollAfter(10, trigger)).toEqual([]);
		expect(JSON.stringify(trigger.staticData)).not.toContain('"since"');
	}
});

test.each(['1.6.1.24', '1.7.8.11', '9.1.4'] as const)('all events on %s', async (version) => {
	const old = await startPrestaShopSandbox({ version });
	try {
		const triggers = [];
		for (const event of EVENTS) {
			const trigger = triggerBench(old, { event });
			expect(await trigger.poll('activate')).toEqual([]);
			triggers.push(trigger);
		}
		time.pass(1);
		const { id } = old.control.placeOrder({ email: 'new@example.com' });
		old.control.changeState({ orderId: id, stateId: 2 });
		// A product without a picture, over which 1.7.8 stumbles.
		const product = old.control.putRecord({
			resource: 'products',
			record: { price: '3.000000', name: { 1: 'Plain' }, date_upd: old.control.now().wall },
		});
		const seen = [];
		for (const trigger of triggers) {
			const items = await trigger.poll();
			seen.push(items.map(({ json }) => Number(json.id)));
			expect(await trigger.poll()).toEqual([]);
		}
		const customer = Number(old.control.getRecord({ resource: 'orders', id })?.id_customer);
		expect(seen).toEqual([[id], [id], [id], [id], [customer], [product.id]]);
	} finally {
		await old.close();
	}
});

test('with the full key every event has a test event', async () => {
	shop.control.changeState({ orderId: shop.control.placeOrder().id, stateId: 2 });
	for (const event of EVENTS) {
		const [item] = await triggerBench(shop, { event }, FULL).poll('manual', 'manual');
		expect(item && eventOf(item).type).toBe(event);
	}
});
