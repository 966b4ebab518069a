/** The Shoper trigger over HTTP, in n8n's engine. */
import { SHOPER_TOKENS } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import { eventOf, activated, heldShop, ids, triggerBench, wideShop } from './triggerFixtures.mts';
import type { HeldTime } from './triggerFixtures.mts';

let shop: ShoperSandbox;
let time: HeldTime;

heldShop(
	'2027-03-10T09:00:00Z',
	async () => await wideShop(),
	(...held) => ([shop, time] = held),
);

beforeEach(() => {
	// What the node knows about a shop it believes for an hour.
	time.pass(61);
	shop.control.reset();
});

/** A trigger past its first poll. */
async function started(
	...args: Parameters<typeof triggerBench> extends [unknown, ...infer R] ? R : never
) {
	return await activated(triggerBench(shop, ...args), time);
}

async function pollAfter(minutes: number, trigger: TriggerBench) {
	time.pass(minutes);
	return await trigger.poll();
}

const host = () => new URL(shop.url).host;

const stampOf = (id: number, field: string, resource = 'orders') =>
	String(shop.control.getRecord({ resource, id })?.[field]);

const EVENTS = [
	'orderCreated',
	'orderPaid',
	'orderStatusChanged',
	'customerCreated',
	'productUpdated',
];

describe('orderCreated', () => {
	const parameters = { event: 'orderCreated' };

	test('delivers new orders once, oldest first, in the common shape, with the least rights', async () => {
		const trigger = await started(parameters, SHOPER_TOKENS.helpdesk);
		const first = shop.control.placeOrder({ email: 'maria@example.com', firstName: 'Maria' });
		const second = shop.control.placeOrder();
		const items = await trigger.poll();
		expect(ids(items)).toEqual([first.id, second.id]);
		const date = stampOf(first.id, 'date');
		expect(items[0]?.json).toMatchObject({
			platform: 'shoper',
			shop: host(),
			status: { id: '1', name: 'złożone', phase: 'new' },
			customer: { email: 'maria@example.com', firstName: 'Maria' },
			currency: 'PLN',
			lines: [{ quantity: 1 }],
			event: {
				id: `${host()}:orderCreated:${first.id}:${date.replace(/\D/g, '')}`,
				type: 'orderCreated',
				shop: host(),
				occurredAt: `${date.replace(' ', 'T')}+01:00`,
			},
		});
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('the orders of a poll share the requests for what comes along', async () => {
		const trigger = await started({ ...parameters, options: { include: ['lines', 'customer'] } });
		for (let count = 0; count < 20; count++) shop.control.placeOrder();
		shop.control.clearRequests();
		expect(await trigger.poll()).toHaveLength(20);
		const asked = shop.control.requests().map(({ path }) => path.split('?')[0]);
		expect(asked.sort()).toEqual(
			['application-config', 'order-products', 'orders', 'statuses', 'users'].map(
				(name) => `/webapi/rest/${name}`,
			),
		);
	});

	test('orders of the same second are all delivered', async () => {
		const trigger = await started(parameters);
		const before = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([before.id]);
		const placed = [1, 2, 3].map(() => shop.control.placeOrder().id);
		expect(ids(await trigger.poll())).toEqual(placed);
	});

	test('more orders than a page of the shop, in portions', async () => {
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 100 } });
		const placed = Array.from({ length: 230 }, () => shop.control.placeOrder().id);
		const seen: number[] = [];
		for (let poll = 0; poll < 3; poll++) {
			const items = await pollAfter(1, trigger);
			expect(items.length).toBeLessThanOrEqual(100);
			seen.push(...ids(items));
		}
		expect(seen).toEqual(placed);
		shop.control.clearRequests();
		expect(await pollAfter(1, trigger)).toEqual([]);
		// 50 orders a page, none twice, and those before the start.
		expect(shop.control.requests().length).toBeLessThanOrEqual(6);
	});

	test('an order with a lower number that shows up late is not missed', async () => {
		const trigger = await started(parameters);
		const number = shop.control.reserveOrderId();
		const seen = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([seen.id]);
		// Five minutes, and ten that n8n's clock may be ahead.
		for (let poll = 0; poll < 14; poll++) expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.placeOrder({ id: number });
		expect(ids(await trigger.poll())).toEqual([number]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('an order without lines is waited for, and told of as it is when none come', async () => {
		const trigger = await started(parameters);
		const late = shop.control.placeOrder({ lines: [] });
		const never = shop.control.placeOrder({ lines: [] });
		const whole = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([whole.id]);
		const [line] = shop.control.records({ resource: 'order-products' });
		shop.control.putRecord({
			resource: 'order-products',
			record: { ...line, id: '900001', order_id: String(late.id) },
		});
		const items = await pollAfter(1, trigger);
		expect(ids(items)).toEqual([late.id]);
		expect(items[0]?.json.incomplete).toBeUndefined();
		expect(await pollAfter(1, trigger)).toEqual([]);
		const [item, ...more] = await pollAfter(2, trigger);
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({ id: String(never.id), incomplete: true, lines: [] });
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('goes on after the shop was set back to a backup', async () => {
		const trigger = await started(parameters);
		const kept = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([kept.id]);
		const snapshot = shop.control.snapshot();
		time.pass(5);
		const lost = [1, 2, 3].map(() => shop.control.placeOrder().id);
		expect(ids(await trigger.poll())).toEqual(lost);
		for (let poll = 0; poll < 3; poll++) expect(await pollAfter(20, trigger)).toEqual([]);
		shop.control.restore({ snapshot });
		expect(await pollAfter(1, trigger)).toEqual([]);
		time.pass(1);
		const again = shop.control.placeOrder();
		expect(lost).toContain(again.id);
		const items = await trigger.poll();
		expect(ids(items)).toEqual([again.id]);
	});

	test('the same, when the backup was restored and the number used between two polls', async () => {
		const trigger = await started(parameters);
		const snapshot = shop.control.snapshot();
		const lost = shop.control.placeOrder();
		const [first] = await trigger.poll();
		time.pass(1);
		shop.control.restore({ snapshot });
		const again = shop.control.placeOrder();
		expect(again.id).toBe(lost.id);
		const [second, ...more] = await trigger.poll();
		expect(second?.json).toMatchObject({ id: String(again.id) });
		expect(more).toEqual([]);
		expect(second && eventOf(second).id).not.toBe(first && eventOf(first).id);
		for (let poll = 0; poll < 3; poll++) expect(await pollAfter(10, trigger)).toEqual([]);
	});

	test('a failure while lines are read is no reason to lose an order', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		const match = { pathIncludes: 'order-products' };
		shop.control.addFault({ match, kind: 'status', status: 500 });
		expect(await trigger.poll()).toEqual([]);
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	test('a restart neither repeats nor loses orders', async () => {
		const trigger = await started(parameters);
		const first = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([first.id]);
		const missed = shop.control.placeOrder();
		time.pass(180);
		trigger.restart();
		expect(ids(await trigger.poll('init'))).toEqual([missed.id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('starts from a date or some days back', async () => {
		shop.control.reset({ empty: true });
		const day = 24 * 3_600_000;
		const old = shop.control.placeOrder({ at: Date.now() - 3 * day });
		const recent = shop.control.placeOrder({ at: Date.now() - 3_600_000 });
		const from = async (options: Record<string, string | number>) =>
			ids(await triggerBench(shop, { ...parameters, options }).poll('activate'));
		expect(await from({ startFrom: 'lastDays', startDays: 1 })).toEqual([recent.id]);
		const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
		expect(await from({ startFrom: 'date', startDate: since })).toEqual([recent.id]);
		expect(await from({ startFrom: 'lastDays', startDays: 4 })).toEqual([old.id, recent.id]);
		const startDate = new Date(Date.now() - 60_000).toISOString();
		expect(await from({ startFrom: 'date', startDate })).toEqual([]);
		expect(await from({})).toEqual([]);
	});

	test.each(['orderCreated', 'orderStatusChanged'])(
		'%s says so when a start is chosen and the shop does not tell its time zone',
		async (event) => {
			shop.control.setConfig({ key: 'locale_timezone', value: '' });
			const options = { startFrom: 'lastDays', startDays: 1 };
			const trigger = triggerBench(shop, { event, options });
			await expect(trigger.poll('activate')).rejects.toThrow(
				'it is not known which time zone the shop writes its times in',
			);
			expect(await triggerBench(shop, { event }).poll('activate')).toEqual([]);
		},
	);

	test('two shops with one token keep their time zones apart', async () => {
		const east = await wideShop({ timezone: 'America/New_York' });
		try {
			const triggers = [shop, east].map((each) => triggerBench(each, parameters));
			for (const trigger of triggers) expect(await trigger.poll('activate')).toEqual([]);
			time.pass(1);
			const offsets = [];
			for (const [at, each] of [shop, east].entries()) {
				each.control.placeOrder();
				const [item] = (await triggers[at]?.poll()) ?? [];
				offsets.push(String(item && eventOf(item).occurredAt).slice(-6));
			}
			expect(offsets[0]).not.toBe(offsets[1]);
		} finally {
			await east.close();
		}
	});

	test("a shop's time zone is asked again when n8n's clock was set back", async () => {
		const trigger = await started(parameters);
		shop.control.placeOrder();
		expect(eventOf((await trigger.poll())[0] ?? { json: {} }).occurredAt).toMatch(/\+01:00$/);
		shop.control.setConfig({ key: 'locale_timezone', value: 'Asia/Tokyo' });
		time.pass(-120);
		shop.control.placeOrder();
		const [item] = await trigger.poll();
		expect(item && eventOf(item).occurredAt).toMatch(/\+09:00$/);
		time.pass(120);
	});

	test('gives the raw record, with what was asked to come along', async () => {
		const options = { include: ['customer', 'lines'] };
		const trigger = await started({ ...parameters, simplify: false, options });
		const { id } = shop.control.placeOrder();
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({
			order_id: String(id),
			status_id: '1',
			_included: { customer: { email: 'anna.nowak@example.com' }, lines: [{ quantity: '1' }] },
		});
	});

	test('names in a chosen language', async () => {
		const trigger = await started({ ...parameters, options: { language: 'en' } });
		shop.control.placeOrder();
		const [item] = await trigger.poll();
		const english = shop.control.getRecord({ resource: 'statuses', id: 1 })?.translations;
		const { name } = (english as { en_US: { name: string } }).en_US;
		expect(name).not.toBe('złożone');
		expect(item?.json.status).toMatchObject({ id: '1', name });
	});

	test('a name the shop changed is the new one at the next poll', async () => {
		const trigger = await started(parameters);
		shop.control.placeOrder();
		expect((await trigger.poll())[0]?.json.status).toMatchObject({ name: 'złożone' });
		const status = shop.control.getRecord({ resource: 'statuses', id: 1 });
		shop.control.putRecord({
			resource: 'statuses',
			id: 1,
			record: { ...status, translations: { pl_PL: { name: 'przyszło' } } },
		});
		shop.control.placeOrder();
		expect((await pollAfter(1, trigger))[0]?.json.status).toMatchObject({ name: 'przyszło' });
	});
});

/** Changes as `order: before → after`. */
function changes(items: Awaited<ReturnType<TriggerBench['poll']>>): string[] {
	return items.map(({ json }) => {
		const { id, status, previousStatus } = json as Record<string, { id?: string } | null>;
		return `${String(id)}: ${previousStatus?.id ?? '?'} → ${status?.id ?? '?'}`;
	});
}

describe('orderStatusChanged', () => {
	const parameters = { event: 'orderStatusChanged' };

	test('tells the last change since the previous poll, with the status before', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters, SHOPER_TOKENS.helpdesk);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		const items = await trigger.poll();
		expect(changes(items)).toEqual([`${id}: 1 → 2`]);
		const stamp = stampOf(id, 'status_date');
		expect(items[0]?.json).toMatchObject({
			status: { id: '2', name: 'przyjęte do realizacji' },
			previousStatus: { id: '1', name: 'złożone' },
			event: {
				id: `${host()}:orderStatusChanged:${id}:2-${stamp.replace(/\D/g, '')}`,
				occurredAt: `${stamp.replace(' ', 'T')}+01:00`,
			},
		});
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 3 });
		shop.control.changeStatus({ orderId: id, statusId: 4 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 2 → 4`]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('a second change within the same second is delivered', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters);
		for (const [before, statusId] of [
			[1, 2],
			[2, 3],
			[3, 7],
		] as const) {
			shop.control.changeStatus({ orderId: id, statusId });
			expect(changes(await trigger.poll())).toEqual([`${id}: ${before} → ${statusId}`]);
		}
	});

	test.each([19, 20, 60])(
		'a start within a second that %i orders changed in misses nothing of that second',
		async (count) => {
			const placed = Array.from({ length: count + 3 }, () => shop.control.placeOrder().id);
			time.pass(5);
			const changed = placed.slice(0, count);
			for (const id of changed) shop.control.changeStatus({ orderId: id, statusId: 2 });
			const trigger = triggerBench(shop, parameters);
			expect(await trigger.poll('activate')).toEqual([]);
			const [first = 0] = changed;
			const later = [...placed.slice(count), first];
			for (const id of later) shop.control.changeStatus({ orderId: id, statusId: 3 });
			const told = ids(await pollAfter(1, trigger));
			expect(told.sort()).toEqual([...later].sort());
			expect(await pollAfter(1, trigger)).toEqual([]);
			expect(await pollAfter(20, trigger)).toEqual([]);
		},
	);

	test('a change one second after everything known is delivered', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		for (let count = 0; count < 25; count++) shop.control.placeOrder();
		const trigger = triggerBench(shop, parameters);
		expect(await trigger.poll('activate')).toEqual([]);
		time.pass(1 / 60);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
	});

	test('the status of a new order is no change, whatever it is', async () => {
		const trigger = await started(parameters);
		shop.control.placeOrder();
		shop.control.placeOrder({ statusId: 5 });
		expect(await trigger.poll()).toEqual([]);
		// One that another program wrote: placed long ago, its status is from now.
		const { id } = shop.control.placeOrder({ at: Date.now() - 3_600_000 });
		shop.control.putRecord({
			resource: 'orders',
			id,
			record: { status_date: shop.control.now().wall },
		});
		expect(await pollAfter(1, trigger)).toEqual([]);
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
	});

	test.each([
		['a type of new orders', { type: '1', default: '0' }],
		['the default', { type: '2', default: '1' }],
	])('an order that another program wrote with a status of %s is no change', async (_, status) => {
		shop.control.placeOrder();
		shop.control.putRecord({ resource: 'statuses', id: 6, record: status });
		const trigger = await started(parameters);
		const written = (statusId: number) => {
			const { id } = shop.control.placeOrder({ at: Date.now() - 3_600_000, statusId });
			const record = { status_date: shop.control.now().wall };
			shop.control.putRecord({ resource: 'orders', id, record });
			return id;
		};
		written(6);
		expect(await trigger.poll()).toEqual([]);
		const shipped = written(7);
		expect(changes(await pollAfter(1, trigger))).toEqual([`${shipped}: ? → 7`]);
	});

	test('an order without a status is no change', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters);
		const record = { status_id: null, status_date: shop.control.now().wall };
		shop.control.putRecord({ resource: 'orders', id, record });
		expect(await trigger.poll()).toEqual([]);
	});

	test('the status an order begins with is no change when the order was met before it had one', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder({ at: Date.now() - 3_600_000 });
		const set = (status_id: string | null) => {
			const record = { status_id, status_date: shop.control.now().wall };
			shop.control.putRecord({ resource: 'orders', id, record });
		};
		set(null);
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		set('1');
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		set('2');
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
	});

	test('an order that was placed and changed between two polls is delivered', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		time.pass(0.5);
		shop.control.changeStatus({ orderId: id, statusId: 7 });
		expect(changes(await trigger.poll())).toEqual([`${id}: ? → 7`]);
	});

	test('an order older than any known is delivered without the status before', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 1_020 });
		const trigger = await started(parameters);
		shop.control.changeStatus({ orderId: firstOrderId, statusId: 4 });
		expect(changes(await trigger.poll())).toEqual([`${firstOrderId}: ? → 4`]);
		time.pass(1);
		// Also one that gets the status of new orders.
		shop.control.changeStatus({ orderId: firstOrderId + 6, statusId: 1 });
		shop.control.changeStatus({ orderId: firstOrderId + 7, statusId: 1 });
		expect(changes(await trigger.poll())).toEqual([`${firstOrderId + 7}: ? → 1`]);
	});

	test('an order that is back at its status, or given it again, is not told of', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		time.pass(0.5);
		shop.control.changeStatus({ orderId: id, statusId: 1 });
		expect(await trigger.poll()).toEqual([]);
		shop.control.setRepeatStatusMails({ on: true });
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 1 });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 1 → 2`]);
	});

	test('only the chosen statuses, and the others once the choice is gone', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const chosen: { event: string; statusIds: string[] } = { ...parameters, statusIds: ['7'] };
		const trigger = await started(chosen);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 7 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 2 → 7`]);
		time.pass(1);
		chosen.statusIds = [];
		trigger.restart();
		expect(await trigger.poll()).toEqual([]);
		shop.control.changeStatus({ orderId: id, statusId: 8 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 7 → 8`]);
	});

	test('statuses are chosen by name in any language too', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const chosen = { ...parameters, statusIds: '=PRZYJĘTE do realizacji, 7' };
		const trigger = await started(chosen);
		shop.control.changeStatus({ orderId: id, statusId: 3 });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		expect(changes(await trigger.poll())).toEqual([`${id}: 3 → 2`]);
	});

	test.each([
		[
			'a name that the shop does not have',
			['Nie ma'],
			/"Nie ma", which the shop does not have\..*złożone/,
		],
		[
			'an ID that the shop does not have',
			['2', '999'],
			/"999", which the shop does not have\..*złożone/,
		],
		['an expression that came out empty', '={{ [] }}', /New Status Names or IDs" came out empty/],
	])('%s is refused, also for a test event', async (_, statusIds, message) => {
		const trigger = triggerBench(shop, { ...parameters, statusIds });
		await expect(trigger.poll('activate')).rejects.toThrow(message);
		await expect(trigger.poll('manual', 'manual')).rejects.toThrow(message);
	});

	test('a chosen status that is deleted later is told within an hour', async () => {
		const trigger = await started({ ...parameters, statusIds: ['7'] });
		shop.control.deleteRecord({ resource: 'statuses', id: 7 });
		expect(await pollAfter(10, trigger)).toEqual([]);
		await expect(pollAfter(60, trigger)).rejects.toThrow(/"7", which the shop does not have/);
	});

	test('a check that the shop cannot answer is made up for', async () => {
		shop.control.addFault({
			match: { pathIncludes: 'statuses' },
			kind: 'status',
			status: 500,
			times: 0,
		});
		const trigger = triggerBench(shop, { ...parameters, statusIds: ['7'] });
		await expect(trigger.poll('activate')).rejects.toThrow(/500/);
		shop.control.clearFaults();
		expect(await trigger.poll('activate')).toEqual([]);
	});

	test.each([
		['any', undefined],
		['a chosen status', ['7']],
	])('the test event of %s is found behind many orders without a change', async (_, statusIds) => {
		const { id } = shop.control.placeOrder();
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 7 });
		time.pass(1);
		for (let count = 0; count < 120; count++) shop.control.placeOrder();
		const trigger = triggerBench(shop, { ...parameters, ...(statusIds && { statusIds }) });
		shop.control.clearRequests();
		expect(changes(await trigger.poll('manual', 'manual'))).toEqual([`${id}: ? → 7`]);
		expect(shop.control.requests().length).toBeLessThanOrEqual(8);
	});

	test('300 orders changed in one second come all, in portions, once', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 300 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 100 } });
		const all = [];
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.changeStatus({ orderId: id, statusId: 9 });
			all.push(id);
		}
		const { id: next } = shop.control.placeOrder();
		time.pass(0.5);
		shop.control.changeStatus({ orderId: next, statusId: 2 });
		const seen: number[] = [];
		for (let poll = 0; poll < 4; poll++) {
			const items = await pollAfter(1, trigger);
			expect(items.length).toBeLessThanOrEqual(100);
			seen.push(...ids(items));
		}
		expect(seen).toEqual([...all, next]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(60, trigger)).toEqual([]);
	});

	test('a second that fills a page does not hide the next one', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 180 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 500 } });
		const all: number[] = [];
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.changeStatus({ orderId: id, statusId: 9 });
			all.push(id);
			if (all.length % 60 === 0) time.pass(1 / 60);
		}
		expect(ids(await trigger.poll())).toEqual(all);
	});

	test('a poll reads as much as it has room for', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 500 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 10, include: [] } });
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.changeStatus({ orderId: id, statusId: 9 });
			time.pass(1 / 60);
		}
		shop.control.clearRequests();
		expect(await trigger.poll()).toHaveLength(10);
		const lists = shop.control.requests().filter(({ path }) => path.includes('status_date'));
		expect(lists).toHaveLength(2);
	});

	test('seconds with many changes each are not cut where a page ends', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 300 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 500 } });
		const all: number[] = [];
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.changeStatus({ orderId: id, statusId: 9 });
			all.push(id);
			if (all.length % 30 === 0) time.pass(1 / 60);
		}
		expect(ids(await trigger.poll())).toEqual(all);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('a shop that gives fewer orders a page than it was asked for is read to the end', async () => {
		const placed = [1, 2, 3].map(() => shop.control.placeOrder().id);
		time.pass(1);
		const trigger = await started(parameters);
		for (const orderId of placed) {
			shop.control.changeStatus({ orderId, statusId: 2 });
			time.pass(1 / 60);
		}
		const list = placed.slice(0, 2).map((id) => shop.control.getRecord({ resource: 'orders', id }));
		shop.control.addFault({
			match: { pathIncludes: 'status_date' },
			kind: 'status',
			status: 200,
			body: JSON.stringify({ count: '3', pages: 2, page: 1, list }),
		});
		expect(ids(await trigger.poll())).toEqual(placed);
	});

	test('orders that move while the feed is read are not lost', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 230 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 500 } });
		const all: number[] = [];
		for (let id = firstOrderId; id <= lastOrderId; id++, time.pass(1 / 60)) {
			shop.control.changeStatus({ orderId: id, statusId: 9 });
			all.push(id);
		}
		shop.control.clearRequests();
		// After the first page, orders of that page move to the end: pages by number would now skip some.
		const watch = setInterval(() => {
			if (!shop.control.requests().some(({ path }) => path.includes('status_date'))) return;
			clearInterval(watch);
			for (const orderId of all.slice(0, 30)) {
				shop.control.changeStatus({ orderId, statusId: 11, at: Date.now() + 1_000 });
			}
		}, 1);
		const delivered = changes(await trigger.poll());
		delivered.push(...changes(await pollAfter(1, trigger)));
		expect(new Set(delivered).size).toBe(delivered.length);
		for (const id of all.slice(30)) expect(delivered).toContain(`${id}: ${statusAt(id)} → 9`);
		for (const id of all.slice(0, 30)) {
			expect(delivered.filter((each) => each.startsWith(`${id}:`)).at(-1)).toMatch(/→ 11$/);
		}
		function statusAt(id: number): string {
			return String([1, 2, 6, 7, 7, 8][(id - firstOrderId) % 6]);
		}
	});

	test('nothing is missed in the hour that the end of summer time repeats', async () => {
		const now = Date.now();
		time.pass((Date.parse('2027-10-31T00:20:00Z') - now) / 60_000);
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters);
		const seen = [];
		for (const statusId of [2, 3, 4, 5, 7, 8]) {
			shop.control.changeStatus({ orderId: id, statusId });
			seen.push(...changes(await trigger.poll()));
			time.pass(20);
		}
		expect(seen).toEqual(
			[1, 2, 3, 4, 5, 7].map((at, index) => `${id}: ${at} → ${[2, 3, 4, 5, 7, 8][index]}`),
		);
		time.pass((now - Date.now()) / 60_000);
	});

	test('starts from a date, and a test event is the newest change', async () => {
		const { id } = shop.control.placeOrder({ at: Date.now() - 5 * 3_600_000 });
		shop.control.changeStatus({ orderId: id, statusId: 2, at: Date.now() - 3_600_000 });
		shop.control.placeOrder();
		const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
		const options = { startFrom: 'date', startDate: since };
		const trigger = triggerBench(shop, { ...parameters, options });
		expect(changes(await trigger.poll('activate'))).toEqual([`${id}: ? → 2`]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		const sample = triggerBench(shop, parameters);
		expect(changes(await sample.poll('manual', 'manual'))).toEqual([`${id}: ? → 2`]);
		// A change to the status of new orders is one, too.
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 1 });
		expect(changes(await sample.poll('manual', 'manual'))).toEqual([`${id}: ? → 1`]);
		expect(sample.staticData).toEqual({});
	});

	test('a start is exact to the second', async () => {
		const { id } = shop.control.placeOrder({ at: Date.now() - 5 * 3_600_000 });
		const at = Math.floor((Date.now() - 3_600_000) / 1_000) * 1_000;
		shop.control.changeStatus({ orderId: id, statusId: 2, at });
		const from = async (instant: number) => {
			const options = { startFrom: 'date', startDate: new Date(instant).toISOString() };
			return ids(await triggerBench(shop, { ...parameters, options }).poll('activate'));
		};
		expect(await from(at)).toEqual([id]);
		expect(await from(at + 1_000)).toEqual([]);
	});

	test('a list that is not in order is refused, because parts of it would be skipped', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		time.pass(1);
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		const row = shop.control.getRecord({ resource: 'orders', id });
		const list = [row, { ...row, order_id: '999', status_date: stampOf(id, 'date') }];
		shop.control.addFault({
			match: { pathIncludes: 'status_date' },
			kind: 'status',
			status: 200,
			body: JSON.stringify({ count: '2', pages: 1, page: 1, list }),
		});
		await expect(trigger.poll()).rejects.toThrow('cannot list orders by "status_date"');
		expect(changes(await trigger.poll())).toEqual([`${id}: ? → 2`]);
	});

	test('names of both statuses are in the language of the shop, or the chosen one', async () => {
		const { id } = shop.control.placeOrder();
		for (const statusId of [1, 2]) {
			const translations = {
				en_US: { name: `state ${statusId}` },
				pl_PL: { name: `stan ${statusId}` },
			};
			shop.control.putRecord({ resource: 'statuses', id: statusId, record: { translations } });
		}
		const polish = await started(parameters);
		const english = await started({ ...parameters, options: { language: 'en' } });
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		const names = async (trigger: TriggerBench) =>
			(await trigger.poll()).map(({ json }) => [
				(json.previousStatus as { name: string }).name,
				(json.status as { name: string }).name,
			]);
		expect(await names(polish)).toEqual([['stan 1', 'stan 2']]);
		expect(await names(english)).toEqual([['state 1', 'state 2']]);
	});

	test('without the right to read statuses, IDs are told', async () => {
		shop.control.addToken({ token: 'ab'.repeat(32), rights: { orders: ['read'] } });
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters, 'ab'.repeat(32));
		shop.control.changeStatus({ orderId: id, statusId: 2 });
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({
			status: { id: '2', name: null },
			previousStatus: { id: '1', name: null },
			_missing: [expect.stringContaining('Statusy zamówień')],
		});
		// Whether it is a status of new orders is not known: better told than missed.
		const placed = shop.control.placeOrder({ at: Date.now() - 3_600_000 });
		const record = { status_date: shop.control.now().wall };
		shop.control.putRecord({ resource: 'orders', id: placed.id, record });
		expect(changes(await pollAfter(1, trigger))).toEqual([`${placed.id}: ? → 1`]);
	});
});

describe.each([
	['picks out', { works: true }],
	['refuses to pick out', { works: false, mode: 'unknown' }],
	['forgets to pick out', { works: false, mode: 'ignored' }],
] as const)('orderPaid where the shop %s paid orders', (_, filter) => {
	const parameters = { event: 'orderPaid' };

	test('comes once per order, however late it is paid', async () => {
		shop.control.setIsPaidFilter(filter);
		const earlier = shop.control.placeOrder();
		const paidBefore = shop.control.placeOrder({ paid: 1_000 });
		const trigger = await started(parameters, SHOPER_TOKENS.helpdesk);
		const atOnce = shop.control.placeOrder({ paid: 1_000 });
		const later = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([atOnce.id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.setPaid({ orderId: earlier.id });
		const [item, ...more] = await pollAfter(1, trigger);
		expect(more).toEqual([]);
		const placed = stampOf(earlier.id, 'date').replace(/\D/g, '');
		expect(item?.json).toMatchObject({
			id: String(earlier.id),
			paid: true,
			lines: [{ quantity: 1 }],
			event: {
				id: `${host()}:orderPaid:${earlier.id}:paid-${placed}`,
				type: 'orderPaid',
				occurredAt: `${shop.control.now().wall.replace(' ', 'T')}+01:00`,
			},
		});
		time.pass(3 * 24 * 60);
		trigger.restart();
		shop.control.setPaid({ orderId: later.id });
		shop.control.changeStatus({ orderId: atOnce.id, statusId: 2 });
		expect(ids(await trigger.poll())).toEqual([later.id]);
		// Given back and paid again, and part of it paid.
		shop.control.setPaid({ orderId: later.id, amount: 0 });
		expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.setPaid({ orderId: later.id });
		shop.control.setPaid({ orderId: paidBefore.id, amount: 2_000 });
		const part = shop.control.placeOrder({ paid: 1 });
		expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.setPaid({ orderId: part.id });
		expect(ids(await pollAfter(1, trigger))).toEqual([part.id]);
	});
});

describe('orderPaid', () => {
	const parameters = { event: 'orderPaid' };

	test('an order without lines owes nothing, and is not paid', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder({ lines: [] });
		shop.control.putRecord({ resource: 'orders', id, record: { shipping_cost: '0.00' } });
		expect(shop.control.getRecord({ resource: 'orders', id })?.is_paid).toBe(true);
		expect(await trigger.poll()).toEqual([]);
		const [line] = shop.control.records({ resource: 'order-products' });
		shop.control.putRecord({
			resource: 'order-products',
			record: { ...line, id: '900002', order_id: String(id) },
		});
		for (let poll = 0; poll < 5; poll++) expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.setPaid({ orderId: id });
		expect(ids(await pollAfter(1, trigger))).toEqual([id]);
	});

	test('an order that lost its lines is told when it is paid', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder({ lines: [] });
		shop.control.putRecord({ resource: 'orders', id, record: { shipping_cost: '10.00' } });
		expect(shop.control.getRecord({ resource: 'orders', id })?.is_paid).toBe(false);
		for (let poll = 0; poll < 6; poll++) expect(await pollAfter(1, trigger)).toEqual([]);
		shop.control.setPaid({ orderId: id });
		expect(ids(await pollAfter(1, trigger))).toEqual([id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('an order that never gets lines and owes nothing is told in the end', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder({ lines: [] });
		shop.control.putRecord({ resource: 'orders', id, record: { shipping_cost: '0.00' } });
		for (let poll = 0; poll < 3; poll++) expect(await trigger.poll()).toEqual([]);
		expect(ids(await pollAfter(3, trigger))).toEqual([id]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	/** Answers that the shop gives to whoever filters by `is_paid`. */
	function answerPaid(list: object[]): void {
		shop.control.addFault({
			match: { pathIncludes: '"is_paid"' },
			times: 0,
			kind: 'status',
			status: 200,
			body: JSON.stringify({ count: `${list.length}`, pages: 1, page: 1, list }),
		});
	}

	test('a shop whose filter finds no paid order at all is not believed', async () => {
		answerPaid([]);
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.setPaid({ orderId: id });
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	test('a shop whose orders do not say whether they are paid is not believed either', async () => {
		const { id } = shop.control.placeOrder();
		const { is_paid: _, ...record } = shop.control.getRecord({ resource: 'orders', id }) ?? {};
		answerPaid([{ ...record, order_id: '1' }]);
		const trigger = await started(parameters);
		shop.control.setPaid({ orderId: id });
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	test('a shop that shows other orders than the named ones is refused', async () => {
		const { id } = shop.control.placeOrder();
		const other = shop.control.placeOrder({ paid: 1_000 });
		const trigger = await started(parameters);
		shop.control.addFault({
			match: { pathIncludes: '"IN"' },
			kind: 'status',
			status: 200,
			body: JSON.stringify({
				count: '1',
				pages: 1,
				page: 1,
				list: [shop.control.getRecord({ resource: 'orders', id: other.id })],
			}),
		});
		await expect(trigger.poll()).rejects.toThrow('cannot list orders by "order_id"');
		shop.control.setPaid({ orderId: id });
		expect(ids(await trigger.poll())).toEqual([id]);
	});

	test('the test event is found behind many unpaid orders', async () => {
		const { id } = shop.control.placeOrder({ paid: 1_000 });
		for (let count = 0; count < 120; count++) shop.control.placeOrder({ paid: 0 });
		const trigger = triggerBench(shop, { event: 'orderPaid' });
		shop.control.clearRequests();
		expect(ids(await trigger.poll('manual', 'manual'))).toEqual([id]);
		expect(shop.control.requests().length).toBeLessThanOrEqual(8);
	});

	test('450 unpaid orders are watched by few requests, and paid at once come in portions', async () => {
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 450 });
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.setPaid({ orderId: id, amount: 0 });
		}
		shop.control.placeOrder({ paid: 1_000 });
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 150 } });
		await trigger.poll();
		for (let poll = 0; poll < 3; poll++) await pollAfter(20, trigger);
		shop.control.clearRequests();
		expect(await pollAfter(1, trigger)).toEqual([]);
		const requests = shop.control.requests();
		expect(requests).toHaveLength(1 + 2);
		for (const { path } of requests) expect(encodeURIComponent(path).length).toBeLessThan(8_192);
		const all = [];
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.setPaid({ orderId: id });
			all.push(id);
		}
		const seen = [];
		for (let poll = 0; poll < 4; poll++) {
			shop.control.clearRequests();
			const items = await pollAfter(1, trigger);
			expect(items.length).toBeLessThanOrEqual(150);
			expect(shop.control.requests().length).toBeLessThan(16);
			seen.push(...ids(items));
		}
		expect(seen).toEqual(all);
	});

	test('where nothing can be picked out, each poll reads a bounded number, and all are found', async () => {
		shop.control.setIsPaidFilter({ works: false });
		const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 600 });
		for (let id = firstOrderId; id <= lastOrderId; id++) {
			shop.control.setPaid({ orderId: id, amount: 0 });
		}
		const trigger = await started(parameters);
		await trigger.poll();
		for (let poll = 0; poll < 3; poll++) await pollAfter(20, trigger);
		const wanted = [firstOrderId, firstOrderId + 100, lastOrderId];
		for (const orderId of wanted) shop.control.setPaid({ orderId });
		const seen: number[] = [];
		for (let poll = 0; poll < 200 && seen.length < wanted.length; poll++) {
			shop.control.clearRequests();
			const items = await pollAfter(0.1, trigger);
			if (items.length === 0) expect(shop.control.requests().length).toBeLessThanOrEqual(7);
			seen.push(...ids(items));
		}
		expect(seen.sort((a, b) => a - b)).toEqual(wanted);
		// Oldest first, although the newest are read first.
		const late = [lastOrderId - 60, lastOrderId - 1];
		for (const orderId of late) shop.control.setPaid({ orderId });
		expect(ids(await pollAfter(1, trigger))).toEqual(late);
	});

	test('the test event', async () => {
		const { id } = shop.control.placeOrder({ paid: 1_000 });
		shop.control.placeOrder();
		const trigger = triggerBench(shop, parameters);
		expect(ids(await trigger.poll('manual', 'manual'))).toEqual([id]);
	});
});

describe('customerCreated', () => {
	const parameters = { event: 'customerCreated' };

	test('delivers new customers and guests once', async () => {
		const trigger = await started(parameters, SHOPER_TOKENS.helpdesk);
		const { id } = shop.control.addCustomer({ email: 'new@example.com', firstName: 'Ewa' });
		shop.control.placeOrder({ email: 'guest@example.com' });
		shop.control.placeOrder({ email: 'new@example.com' });
		const items = await trigger.poll();
		expect(items.map(({ json }) => json.email)).toEqual(['new@example.com', 'guest@example.com']);
		expect(items.map(({ json }) => json.guest)).toEqual([false, true]);
		const added = stampOf(id, 'date_add', 'users');
		expect(items[0]?.json).toMatchObject({
			id: String(id),
			firstName: 'Ewa',
			event: { type: 'customerCreated', occurredAt: `${added.replace(' ', 'T')}+01:00` },
		});
		expect(await pollAfter(1, trigger)).toEqual([]);
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('a customer with a lower number that shows up late is not missed', async () => {
		const trigger = await started(parameters);
		const number = shop.control.reserveId({ resource: 'users' });
		const { id } = shop.control.addCustomer({ email: 'first@example.com' });
		expect(ids(await trigger.poll())).toEqual([id]);
		for (let poll = 0; poll < 14; poll++) expect(await pollAfter(1, trigger)).toEqual([]);
		const [record] = shop.control.records({ resource: 'users' }).slice(-1);
		shop.control.putRecord({
			resource: 'users',
			id: number,
			record: { ...record, email: 'late@example.com', date_add: shop.control.now().wall },
		});
		expect(ids(await trigger.poll())).toEqual([number]);
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('goes on after the shop was set back to a backup', async () => {
		const trigger = await started(parameters);
		const snapshot = shop.control.snapshot();
		const lost = [1, 2, 3].map((at) => shop.control.addCustomer({ email: `${at}@example.com` }).id);
		expect(ids(await trigger.poll())).toEqual(lost);
		for (let poll = 0; poll < 3; poll++) expect(await pollAfter(20, trigger)).toEqual([]);
		shop.control.restore({ snapshot });
		expect(await pollAfter(1, trigger)).toEqual([]);
		const again = shop.control.addCustomer({ email: 'again@example.com' });
		expect(lost).toContain(again.id);
		expect(ids(await pollAfter(1, trigger))).toEqual([again.id]);
		// The same between two polls.
		time.pass(1);
		shop.control.restore({ snapshot });
		expect(shop.control.addCustomer({ email: 'other@example.com' }).id).toBe(again.id);
		const items = await trigger.poll();
		expect(items.map(({ json }) => json.email)).toEqual(['other@example.com']);
	});

	test('gives the raw record when it is not simplified', async () => {
		const trigger = await started({ ...parameters, simplify: false });
		const { id } = shop.control.addCustomer({ email: 'raw@example.com' });
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({ user_id: String(id), email: 'raw@example.com' });
	});

	test.each([
		['refuses', 404, '{"error":"invalid_request","error_description":"Resource not found"}'],
		[
			'ignores',
			200,
			'{"count":"1","pages":1,"page":1,"list":[{"user_id":"1","date_add":"2020-01-01 00:00:00"}]}',
		],
	])('a shop that %s the filter is read from its newest customer back', async (_, status, body) => {
		shop.control.reset({ empty: true });
		shop.control.seed({ orders: 0, customers: 120, since: Date.now() - 10 * 24 * 3_600_000 });
		const match = { pathIncludes: '/users?filters=' };
		shop.control.addFault({ match, times: 0, kind: 'status', status, body });
		const trigger = await started(parameters);
		const added = Array.from(
			{ length: 70 },
			(_each, at) => shop.control.addCustomer({ email: `late${at}@example.com` }).id,
		);
		expect(ids(await trigger.poll())).toEqual(added);
		expect(await pollAfter(1, trigger)).toEqual([]);
		const options = { startFrom: 'lastDays', startDays: 1 };
		const past = triggerBench(shop, { ...parameters, options });
		expect(ids(await past.poll('activate'))).toEqual(added);
	});
});

describe('productUpdated', () => {
	const parameters = { event: 'productUpdated' };
	const edit = (id: number, name: string) =>
		shop.control.updateProduct({ id, values: { translations: { pl_PL: { name } } } });

	test('delivers edited products, several edits in a second too', async () => {
		const trigger = await started(parameters, SHOPER_TOKENS.readonly);
		for (const name of ['Kubek', 'Kubek duży', 'Kubek mały']) {
			edit(5, name);
			const [item, ...more] = await trigger.poll();
			expect(more).toEqual([]);
			expect(item?.json).toMatchObject({
				id: '5',
				name,
				event: {
					type: 'productUpdated',
					occurredAt: `${stampOf(5, 'edit_date', 'products').replace(' ', 'T')}+01:00`,
				},
			});
		}
		expect(await trigger.poll()).toEqual([]);
		// A sale is no edit.
		shop.control.placeOrder({ lines: [{ productId: 5, quantity: 2 }] });
		expect(await pollAfter(1, trigger)).toEqual([]);
		edit(6, 'Torba');
		edit(7, 'Czapka');
		expect(ids(await pollAfter(1, trigger)).sort()).toEqual([6, 7]);
		// As it was before.
		for (const name of ['Torebka', 'Torba']) {
			edit(6, name);
			expect((await pollAfter(1, trigger)).map(({ json }) => json.name)).toEqual([name]);
		}
		expect(await pollAfter(30, trigger)).toEqual([]);
	});

	test('a shop without products is watched from its first one on', async () => {
		const [record] = shop.control.records({ resource: 'products' });
		for (const { product_id: id } of shop.control.records({ resource: 'products' })) {
			shop.control.deleteRecord({ resource: 'products', id: Number(id) });
		}
		const trigger = await started(parameters);
		const edit_date = shop.control.now().wall;
		shop.control.putRecord({ resource: 'products', id: 900, record: { ...record, edit_date } });
		expect(ids(await pollAfter(1, trigger))).toEqual([900]);
	});

	test('names in a chosen language, or the raw record', async () => {
		const translations = { pl_PL: { name: 'Kubek' }, en_US: { name: 'Mug' } };
		const options = { language: 'en' };
		const english = await started({ ...parameters, options });
		const raw = await started({ ...parameters, simplify: false });
		shop.control.updateProduct({ id: 5, values: { translations } });
		expect((await english.poll()).map(({ json }) => json.name)).toEqual(['Mug']);
		expect((await raw.poll())[0]?.json).toMatchObject({ product_id: '5', translations });
	});

	test.each(['unknown', 'ignored'] as const)(
		'says so at the start where the filter is %s',
		async (mode) => {
			shop.control.setProductDateFilter({ works: false, mode });
			const trigger = triggerBench(shop, parameters);
			await expect(trigger.poll('activate')).rejects.toThrow(
				'This shop cannot list products by "edit_date"',
			);
			expect(trigger.staticData).toEqual({});
			await expect(trigger.poll('manual', 'manual')).rejects.toThrow('cannot list products');
		},
	);

	test('says so at the start where the filter finds nothing', async () => {
		const body = '{"count":"0","pages":0,"page":1,"list":[]}';
		const match = { pathIncludes: '/products?filters=' };
		shop.control.addFault({ match, times: 0, kind: 'status', status: 200, body });
		const trigger = triggerBench(shop, parameters);
		await expect(trigger.poll('activate')).rejects.toThrow('cannot list products');
	});

	test('a filter that stops working is no flood of old products', async () => {
		const trigger = await started(parameters);
		for (let poll = 0; poll < 3; poll++) expect(await pollAfter(20, trigger)).toEqual([]);
		shop.control.setProductDateFilter({ works: false, mode: 'ignored' });
		await expect(trigger.poll()).rejects.toThrow('cannot list products');
		shop.control.setProductDateFilter({ works: true });
		edit(5, 'Kubek');
		expect(ids(await pollAfter(1, trigger))).toEqual([5]);
	});
});

test.each(EVENTS)('an idle poll of %s is one small request', async (event) => {
	shop.control.seed({ orders: 60, customers: 30, products: 40 });
	const { id } = shop.control.placeOrder();
	time.pass(1);
	const trigger = await started({ event });
	for (let at = 0; at < 12; at++) shop.control.placeOrder({ email: `idle${at}@example.com` });
	shop.control.changeStatus({ orderId: id, statusId: 2 });
	shop.control.setPaid({ orderId: id });
	shop.control.updateProduct({ id: 1, values: { producer_id: 1, ean: '5901234123457' } });
	expect(await trigger.poll()).not.toEqual([]);
	expect(await pollAfter(20, trigger)).toEqual([]);
	expect(await pollAfter(20, trigger)).toEqual([]);
	shop.control.clearRequests();
	for (let minute = 0; minute < 60; minute++) expect(await pollAfter(1, trigger)).toEqual([]);
	const requests = shop.control.requests();
	// Unpaid orders are looked at by a second request. Once an hour the zone, and two for the filter.
	const each = event === 'orderPaid' ? 2 : 1;
	expect(requests.length).toBeGreaterThanOrEqual(60 * each);
	expect(requests.length).toBeLessThanOrEqual(60 * each + 3);
	const lists = requests.filter(({ path }) => !path.includes('application-config'));
	const bytes = Math.max(...lists.map((request) => request.bytes));
	expect(bytes).toBeLessThan(1_000);
	// A feed by ID has its newest row read along, and no other.
	const [, field, after] = /"(order|user)_id":\{">":(\d+)\}/.exec(lists.at(-1)?.path ?? '') ?? [];
	if (field === undefined) return;
	const [newest] = shop.control.records({ resource: `${field}s` }).slice(-1);
	expect(Number(after)).toBe(Number(newest?.[`${field}_id`]) - 1);
});

test('two triggers on one shop do not disturb each other', async () => {
	const triggers = [await started({ event: 'orderPaid' }), await started({ event: 'orderPaid' })];
	const { id } = shop.control.placeOrder();
	for (const trigger of triggers) expect(await trigger.poll()).toEqual([]);
	shop.control.setPaid({ orderId: id });
	for (const trigger of triggers) expect(ids(await pollAfter(1, trigger))).toEqual([id]);
	for (const trigger of triggers) expect(await pollAfter(1, trigger)).toEqual([]);
});
