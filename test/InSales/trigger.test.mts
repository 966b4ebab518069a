/** The InSales trigger over HTTP, in n8n's engine. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import {
	eventOf,
	activated,
	heldShop,
	ids,
	loadStatuses,
	moves,
	triggerBench,
} from './triggerFixtures.mts';
import type { HeldTime } from './triggerFixtures.mts';

let shop: InSalesSandbox;
let time: HeldTime;

heldShop(
	'2027-03-10T09:00:00.250Z',
	async () => await startInSalesSandbox(),
	(...held) => ([shop, time] = held),
);

beforeEach(() => {
	shop.control.setNow({ ms: Date.now() });
	shop.control.reset();
	time.pass(30);
});

/** A trigger past its first poll. */
async function started(parameters: Parameters<typeof triggerBench>[1]): Promise<TriggerBench> {
	return await activated(triggerBench(shop, parameters), time);
}

async function pollAfter(minutes: number, trigger: TriggerBench) {
	time.pass(minutes);
	return await trigger.poll();
}

function seconds(count: number): void {
	time.pass(count / 60);
}

/** Nothing more comes, however long. */
async function expectQuiet(trigger: TriggerBench): Promise<void> {
	for (const minutes of [0, 1, 1, 3, 20, 30, 1]) {
		expect(await pollAfter(minutes, trigger)).toEqual([]);
	}
}

describe('orderCreated', () => {
	const parameters = { event: 'orderCreated' };

	test('delivers new orders once, oldest first, in the common shape', async () => {
		const trigger = await started(parameters);
		const first = shop.control.placeOrder({ email: 'maria@example.com', name: 'Мария' });
		seconds(1);
		const second = shop.control.placeOrder();

		const items = await trigger.poll();

		expect(ids(items)).toEqual([first.id, second.id]);
		const host = new URL(shop.url).host;
		expect(items[0]?.json).toMatchObject({
			platform: 'insales',
			number: `${first.number}`,
			status: { id: 'new', name: 'Новый', phase: 'new' },
			customer: { email: 'maria@example.com', firstName: 'Мария' },
			lines: [{ quantity: 1 }],
			event: { type: 'orderCreated', shop: host },
		});
		const created = String(
			shop.control.getRecord({ resource: 'orders', id: first.id })?.created_at,
		);
		expect(eventOf(items[0] ?? { json: {} })).toMatchObject({
			id: `${host}:orderCreated:${first.id}:${created.replace(/\D/g, '')}`,
			occurredAt: created.replace('.000', ''),
		});
		await expectQuiet(trigger);
	});

	test('an order that is changed later is not new again, also one placed before the start', async () => {
		const old = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([id]);
		for (const minutes of [0, 1, 5, 15, 60]) {
			time.pass(minutes);
			for (const orderId of [old.id, id]) {
				shop.control.changeStatus({ orderId, system: minutes % 2 ? 'accepted' : 'approved' });
			}
			expect(await trigger.poll()).toEqual([]);
		}
	});

	test('orders of the second that was just read are delivered', async () => {
		const trigger = await started(parameters);
		shop.control.freeze();
		const before = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([before.id]);
		const placed = [1, 2, 3].map(() => shop.control.placeOrder().id);
		expect(ids(await trigger.poll())).toEqual(placed);
		shop.control.unfreeze();
		await expectQuiet(trigger);
	});

	test('an order that becomes visible late is not missed', async () => {
		const trigger = await started(parameters);
		const number = shop.control.reserveOrderId();
		seconds(20);
		const seen = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([seen.id]);
		time.pass(1);
		shop.control.placeOrder({ id: number });
		expect(ids(await trigger.poll())).toEqual([number]);
		await expectQuiet(trigger);
	});

	test('archived orders are no events', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		const kept = shop.control.placeOrder();
		shop.control.putRecord({ resource: 'orders', record: { id, archived: true } });
		expect(ids(await trigger.poll())).toEqual([kept.id]);
		shop.control.putRecord({ resource: 'orders', record: { id: kept.id, archived: true } });
		await expectQuiet(trigger);
	});

	test('a poll never floods', async () => {
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 3 } });
		const placed = Array.from({ length: 7 }, () => shop.control.placeOrder().id);
		const polls = [];
		for (let poll = 0; poll < 4; poll++) polls.push(ids(await pollAfter(1, trigger)));
		expect(polls).toEqual([placed.slice(0, 3), placed.slice(3, 6), placed.slice(6), []]);
	});

	test('an order delivered from a backlog is not new again when it is changed before the rest', async () => {
		const trigger = await started({ ...parameters, options: { maxItemsPerPoll: 1 } });
		const placed: number[] = [];
		for (let count = 0; count < 30; count++) {
			placed.push(shop.control.placeOrder().id);
			seconds(2);
		}
		const seen: number[] = [];
		for (let poll = 0; poll < 40; poll++) {
			seen.push(...ids(await pollAfter(1, trigger)));
			if (poll === 25) shop.control.changeStatus({ orderId: placed[0] ?? 0, system: 'accepted' });
		}
		expect(seen).toEqual(placed);
	});

	test('a number that is used again after a backup was restored is a new order', async () => {
		const trigger = await started(parameters);
		const snapshot = shop.control.snapshot();
		const lost = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([lost.id]);
		time.pass(1);
		shop.control.restore({ snapshot });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		const again = shop.control.placeOrder();
		expect(again.id).toBe(lost.id);
		expect(ids(await trigger.poll())).toEqual([again.id]);
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
		expect(ids([second ?? { json: {} }])).toEqual([again.id]);
		expect(more).toEqual([]);
		expect(eventOf(second ?? { json: {} }).id).not.toBe(eventOf(first ?? { json: {} }).id);
		await expectQuiet(trigger);
	});

	test('changes of an order that was told of are nothing to remember', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([id]);
		const stored = structuredClone(trigger.staticData);
		for (const note of ['a', 'b', 'c']) {
			time.pass(1);
			shop.control.touchOrder({ orderId: id, note });
			expect(await trigger.poll()).toEqual([]);
		}
		expect(trigger.staticData).toEqual(stored);
	});

	test('a restart neither repeats nor loses orders, an outage neither', async () => {
		const trigger = await started(parameters);
		const first = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([first.id]);
		const whileOff = shop.control.placeOrder();
		time.pass(180);
		trigger.restart();
		expect(ids(await trigger.poll('init'))).toEqual([whileOff.id]);
		shop.control.addFault({ kind: 'status', status: 500, times: 0 });
		const duringOutage = shop.control.placeOrder();
		await expect(pollAfter(1, trigger)).rejects.toThrow('internal error');
		time.pass(300);
		shop.control.clearFaults();
		expect(ids(await trigger.poll())).toEqual([duringOutage.id]);
		await expectQuiet(trigger);
	});

	test('a shop that is down at the activation', async () => {
		const trigger = triggerBench(shop, parameters);
		shop.control.addFault({ kind: 'status', status: 500, times: 0 });
		expect(await trigger.poll('init')).toEqual([]);
		time.pass(1);
		const { id } = shop.control.placeOrder();
		shop.control.clearFaults();
		expect(ids(await pollAfter(10, trigger))).toEqual([id]);
	});

	test('starts from a date or some days back', async () => {
		shop.control.setNow({ ms: Date.now() - 3 * 24 * 3_600_000 });
		const old = shop.control.placeOrder();
		shop.control.setNow({ ms: Date.now() - 3_600_000 });
		const recent = shop.control.placeOrder();
		// Changed since, but not new.
		shop.control.changeStatus({ orderId: old.id, system: 'accepted' });
		shop.control.setNow({ ms: Date.now() });
		const from = async (options: Record<string, string | number>) =>
			ids(await triggerBench(shop, { ...parameters, options }).poll('activate'));
		expect(await from({ startFrom: 'lastDays', startDays: 1 })).toEqual([recent.id]);
		const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
		expect(await from({ startFrom: 'date', startDate: since })).toEqual([recent.id]);
		expect(await from({ startFrom: 'lastDays', startDays: 5 })).toContain(old.id);
		expect(await from({})).toEqual([]);
	});

	test('gives the raw record when it is not simplified', async () => {
		const trigger = await started({ ...parameters, simplify: false });
		const { id, number } = shop.control.placeOrder();
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({
			id,
			number,
			fulfillment_status: 'new',
			order_changes: [{ action: 'order_created' }],
		});
	});

	test('clocks of n8n that are wrong miss and repeat nothing', async () => {
		for (const minutes of [-180, -5, 5, 180]) {
			shop.control.setNow({ ms: Date.now() - minutes * 60_000 });
			shop.control.placeOrder();
			const trigger = await started(parameters);
			const { id } = shop.control.placeOrder();
			expect(ids(await trigger.poll())).toEqual([id]);
			shop.control.setNow({ ms: Date.now() });
			await expectQuiet(trigger);
		}
	});
});

describe('orderStatusChanged', () => {
	const parameters = { event: 'orderStatusChanged' };

	test('delivers every change between two polls, in order, with both statuses', async () => {
		const { id } = shop.control.placeOrder();
		const other = shop.control.placeOrder();
		time.pass(1);
		const trigger = await started(parameters);
		shop.control.changeStatus({ orderId: id, system: 'accepted' });
		seconds(5);
		shop.control.changeStatus({ orderId: other.id, system: 'declined' });
		seconds(5);
		shop.control.changeStatus({ orderId: id, system: 'dispatched' });
		shop.control.changeStatus({ orderId: id, system: 'delivered' });
		const items = await trigger.poll();
		const [accepted, dispatched] = ['accepted', 'dispatched'].map(permalinkOf);
		expect(moves(items)).toEqual([
			`${other.id}: new → ${permalinkOf('declined')}`,
			`${id}: new → ${accepted}`,
			`${id}: ${accepted} → ${dispatched}`,
			`${id}: ${dispatched} → ${permalinkOf('delivered')}`,
		]);
		expect(items[1]?.json).toMatchObject({
			previousStatus: { name: 'Новый', phase: 'new' },
			status: { name: titleOf(accepted), phase: 'processing' },
			event: { type: 'orderStatusChanged' },
		});
		expect(new Set(items.map((item) => eventOf(item).id)).size).toBe(4);
		await expectQuiet(trigger);
	});

	/** The default status of a system status, and titles, as the shop has them. */
	function permalinkOf(system: string): string {
		const all = shop.control.records({ resource: 'custom_statuses' });
		const ofSystem = all.filter((each) => each.system_status === system);
		return String((ofSystem.find((each) => each.is_default) ?? ofSystem[0])?.permalink);
	}

	function titleOf(permalink: string | undefined): string {
		const all = shop.control.records({ resource: 'custom_statuses' });
		return String(all.find((each) => each.permalink === permalink)?.title);
	}

	function addCustom(permalink: string, title: string, system: string): void {
		shop.control.putRecord({
			resource: 'custom_statuses',
			record: { permalink, title, system_status: system, is_default: false, position: 50 },
		});
	}

	test('custom statuses of one system status are told apart, also in between', async () => {
		addCustom('sborka', 'Сборка', 'accepted');
		addCustom('upakovka', 'Упаковка', 'accepted');
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		for (const permalink of ['sborka', 'upakovka', permalinkOf('delivered')]) {
			seconds(3);
			shop.control.changeStatus({ orderId: id, permalink });
		}
		expect(moves(await trigger.poll())).toEqual([
			`${id}: new → sborka`,
			`${id}: sborka → upakovka`,
			`${id}: upakovka → ${permalinkOf('delivered')}`,
		]);
		await expectQuiet(trigger);
	});

	test.each(['custom_status_changed', 'custom_status_permalink_changed', null])(
		'a change within a system status that the history calls %s is told once',
		async (customStatusAction) => {
			addCustom('sborka', 'Сборка', 'new');
			addCustom('upakovka', 'Упаковка', 'new');
			shop.control.setGuesses({ customStatusAction });
			const { id } = shop.control.placeOrder();
			time.pass(5);
			const trigger = await started(parameters);
			shop.control.changeStatus({ orderId: id, permalink: 'sborka' });
			expect(moves(await trigger.poll())).toEqual([`${id}: new → sborka`]);
			shop.control.freeze();
			time.pass(30);
			expect(await trigger.poll()).toEqual([]);
			shop.control.unfreeze();
			time.pass(40);
			shop.control.freeze();
			shop.control.changeStatus({ orderId: id, permalink: 'upakovka' });
			expect(moves(await trigger.poll())).toEqual([`${id}: sborka → upakovka`]);
			// Within the same second.
			shop.control.changeStatus({ orderId: id, permalink: 'sborka' });
			expect(moves(await trigger.poll())).toEqual([`${id}: upakovka → sborka`]);
			shop.control.unfreeze();
			for (const [before, permalink] of [
				['sborka', 'upakovka'],
				['upakovka', 'sborka'],
			] as const) {
				time.pass(1);
				shop.control.changeStatus({ orderId: id, permalink });
				expect(moves(await trigger.poll())).toEqual([`${id}: ${before} → ${permalink}`]);
			}
			await expectQuiet(trigger);
		},
	);

	test('a change without any entry is told of wanted statuses only', async () => {
		addCustom('sborka', 'Сборка', 'new');
		addCustom('upakovka', 'Упаковка', 'new');
		shop.control.setGuesses({ customStatusAction: null });
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started({ ...parameters, statusIds: ['upakovka'] });
		shop.control.changeStatus({ orderId: id, permalink: 'sborka' });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.changeStatus({ orderId: id, permalink: 'upakovka' });
		expect(moves(await trigger.poll())).toEqual([`${id}: sborka → upakovka`]);
	});

	/** Entries of an order's history on top of those it has, a few seconds after one another. */
	function addHistory(id: number, pairs: Array<Array<[string, string | null, string | null]>>) {
		const order = shop.control.getRecord({ resource: 'orders', id });
		const history = order?.order_changes as Array<Record<string, string | number | null>>;
		let next = Number(history[0]?.id);
		for (const pair of pairs) {
			seconds(5);
			for (const [at, [action, was, is]] of pair.entries()) {
				const created_at = shop.control.now().stamp.replace('.000', `.${300 * (at + 1)}`);
				history.unshift({ id: ++next, created_at, action, value_was: was, value_is: is });
			}
		}
		const updated_at = shop.control.now().stamp;
		const record = { id, order_changes: history as never, updated_at };
		shop.control.putRecord({ resource: 'orders', record });
	}

	function setStatus(id: number, system: string, permalink: string): void {
		const custom_status = { permalink, title: permalink };
		const record = { id, fulfillment_status: system, custom_status };
		shop.control.putRecord({ resource: 'orders', record });
	}

	test('what a history leaves open is told by the order, and by what it had before', async () => {
		addCustom('sborka', 'Сборка', 'accepted');
		addCustom('upakovka', 'Упаковка', 'accepted');
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started(parameters);
		const [dispatched, delivered] = ['dispatched', 'delivered'].map(permalinkOf);
		const action = 'fulfillment_status_changed';
		setStatus(id, 'accepted', 'upakovka');
		addHistory(id, [
			[[action, 'new', 'accepted']],
			[[action, 'accepted', 'dispatched']],
			[[action, 'dispatched', 'accepted']],
		]);
		expect(moves(await trigger.poll())).toEqual([
			// Any of three: nothing tells which.
			`${id}: new → accepted`,
			`${id}: accepted → ${dispatched}`,
			`${id}: ${dispatched} → upakovka`,
		]);
		setStatus(id, 'delivered', delivered ?? '');
		addHistory(id, [[[action, 'accepted', 'delivered']]]);
		expect(moves(await trigger.poll())).toEqual([`${id}: upakovka → ${delivered}`]);
		await expectQuiet(trigger);
	});

	/** The two entries that a change of both statuses may leave. */
	function pair(was: [string, string], is: [string, string]): Array<[string, string, string]> {
		return [
			['fulfillment_status_changed', was[0], is[0]],
			['custom_status_changed', was[1], is[1]],
		];
	}

	test('of two entries that both leave open what to, the order tells', async () => {
		const [returned] = shop.control
			.records({ resource: 'custom_statuses' })
			.filter(({ permalink }) => permalink === 'returned');
		shop.control.deleteRecord({ resource: 'custom_statuses', id: Number(returned?.id) });
		addCustom('vozvrat-1', 'Возврат 1', 'returned');
		addCustom('vozvrat-2', 'Возврат 2', 'returned');
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started(parameters);
		setStatus(id, 'returned', 'vozvrat-2');
		addHistory(id, [pair(['new', 'new'], ['returned', 'returned'])]);
		expect(moves(await trigger.poll())).toEqual([`${id}: new → vozvrat-2`]);
		await expectQuiet(trigger);
	});

	test('of two entries for one change, each change has its own', async () => {
		addCustom('sborka', 'Сборка', 'accepted');
		addCustom('upakovka', 'Упаковка', 'accepted');
		addCustom('v-puti', 'В пути', 'dispatched');
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started(parameters);
		setStatus(id, 'dispatched', 'v-puti');
		addHistory(id, [
			pair(['new', 'new'], ['accepted', 'sborka']),
			pair(['accepted', 'sborka'], ['new', 'new']),
			pair(['new', 'new'], ['accepted', 'upakovka']),
			pair(['accepted', 'upakovka'], ['dispatched', 'v-puti']),
		]);
		expect(moves(await trigger.poll())).toEqual([
			`${id}: new → sborka`,
			`${id}: sborka → new`,
			`${id}: new → upakovka`,
			`${id}: upakovka → v-puti`,
		]);
		await expectQuiet(trigger);
	});

	test('an entry that does not say what to is told with the status of the order', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started(parameters);
		setStatus(id, 'new', 'sborka');
		addHistory(id, [[['custom_status_changed', null, null]]]);
		expect(moves(await trigger.poll())).toEqual([`${id}: ? → sborka`]);
		await expectQuiet(trigger);
	});

	test.each([
		['that is not remembered', 300, false],
		['that is remembered, and was changed again since', 1, true],
	])('a late change of an order %s is told', async (_, orders, isTouched) => {
		const { firstOrderId: id } = shop.control.seed({ orders, spacingMs: 1000 });
		time.pass(60);
		const before = shop.control.getRecord({ resource: 'orders', id });
		shop.control.changeStatus({ orderId: id, system: 'returned' });
		const after = shop.control.getRecord({ resource: 'orders', id });
		const [entry, ...others] = after?.order_changes as Array<Record<string, string>>;
		const created_at = String(after?.updated_at).replace('.000', '.300');
		shop.control.putRecord({ resource: 'orders', record: before ?? {} });
		// The second before the change is the last one that is settled now.
		time.pass(2);
		const trigger = triggerBench(shop, parameters);
		expect(await trigger.poll('activate')).toEqual([]);
		const order_changes = [{ ...entry, created_at }, ...others];
		shop.control.putRecord({ resource: 'orders', record: { ...after, order_changes } });
		if (isTouched) shop.control.touchOrder({ orderId: id, note: 'x' });
		expect(ids(await trigger.poll())).toEqual([id]);
		await expectQuiet(trigger);
	});

	test('a change that leaves two entries is told once', async () => {
		const accepted = permalinkOf('accepted');
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started(parameters);
		const { changeId } = shop.control.changeStatus({ orderId: id, permalink: accepted });
		const order = shop.control.getRecord({ resource: 'orders', id });
		const history = order?.order_changes as Array<Record<string, string | number>>;
		const entry = history.find((each) => each.id === changeId);
		const double = {
			...entry,
			id: Number(changeId) + 1,
			action: 'custom_status_changed',
			value_was: 'new',
			value_is: accepted,
		};
		shop.control.putRecord({
			resource: 'orders',
			record: { id, order_changes: [double, ...history] as never },
		});
		expect(moves(await trigger.poll())).toEqual([`${id}: new → ${accepted}`]);
		await expectQuiet(trigger);
	});

	test('a new order is no change; going back and forth is', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.placeOrder();
		expect(await trigger.poll()).toEqual([]);
		const accepted = permalinkOf('accepted');
		shop.control.changeStatus({ orderId: id, permalink: accepted });
		shop.control.changeStatus({ orderId: id, permalink: 'new' });
		expect(moves(await trigger.poll())).toEqual([
			`${id}: new → ${accepted}`,
			`${id}: ${accepted} → new`,
		]);
		await expectQuiet(trigger);
	});

	describe('the status an order begins with is no change', () => {
		const noStatus = { fulfillment_status: null, custom_status: null };

		/** Puts fields of an order, which leaves no entry in its history. */
		function put(id: number, fields: Parameters<typeof shop.control.putRecord>[0]['record']) {
			seconds(5);
			const record = { id, updated_at: shop.control.now().stamp, ...fields };
			shop.control.putRecord({ resource: 'orders', record });
		}

		test('when the order was met before it had one', async () => {
			const { id } = shop.control.placeOrder();
			put(id, noStatus);
			time.pass(5);
			const trigger = await started(parameters);
			addCustom('sborka', 'Сборка', 'accepted');
			addCustom('upakovka', 'Упаковка', 'accepted');
			setStatus(id, 'accepted', 'sborka');
			put(id, {});
			expect(await trigger.poll()).toEqual([]);
			setStatus(id, 'accepted', 'upakovka');
			put(id, {});
			expect(moves(await trigger.poll())).toEqual([`${id}: sborka → upakovka`]);
		});

		test('when the order is met with another one than that of new orders', async () => {
			const trigger = await started(parameters);
			addCustom('sborka', 'Сборка', 'accepted');
			const { id } = shop.control.placeOrder();
			setStatus(id, 'accepted', 'sborka');
			put(id, {});
			expect(await trigger.poll()).toEqual([]);
			await expectQuiet(trigger);
		});
	});

	test('payments and other edits are no change of status, also long after one', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.changeStatus({ orderId: id, system: 'accepted' });
		expect(await trigger.poll()).toHaveLength(1);
		for (const minutes of [0, 2, 30, 600]) {
			time.pass(minutes);
			shop.control.changePayment({ orderId: id, status: minutes % 60 ? 'paid' : 'pending' });
			shop.control.touchOrder({ orderId: id, note: `${minutes}` });
			expect(await trigger.poll()).toEqual([]);
		}
	});

	test('of an order that is not remembered, its history tells what is new', async () => {
		// Two orders changed before the start, too many others since to remember them.
		const { firstOrderId } = shop.control.seed({ orders: 300, spacingMs: 1000 });
		shop.control.changeStatus({ orderId: firstOrderId, system: 'accepted' });
		shop.control.changeStatus({ orderId: firstOrderId, system: 'approved' });
		time.pass(60);
		const trigger = await started(parameters);
		shop.control.touchOrder({ orderId: firstOrderId, note: 'x' });
		expect(await trigger.poll()).toEqual([]);
		time.pass(60);
		const other = firstOrderId + 1;
		const before = shop.control.getRecord({ resource: 'orders', id: other })?.custom_status;
		shop.control.changeStatus({ orderId: other, system: 'returned' });
		const { permalink } = before as { permalink: string };
		expect(moves(await trigger.poll())).toEqual([
			`${other}: ${permalink} → ${permalinkOf('returned')}`,
		]);
	});

	test('a change of the very second up to which all was handled is told only while its order stands there', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 300, spacingMs: 1000 });
		time.pass(60);
		shop.control.changeStatus({ orderId: firstOrderId, system: 'returned' });
		// Settled is what is older than two minutes.
		seconds(121);
		const trigger = triggerBench(shop, parameters);
		expect(await trigger.poll('activate')).toEqual([]);
		shop.control.touchOrder({ orderId: firstOrderId, note: 'x' });
		expect(await pollAfter(1, trigger)).toEqual([]);
		await expectQuiet(trigger);
	});

	test('only the wanted statuses, by permalink or by system status', async () => {
		addCustom('sborka', 'Сборка', 'accepted');
		const { id } = shop.control.placeOrder();
		const [accepted, declined] = ['accepted', 'declined'].map(permalinkOf);
		const wanted: Array<[string[], string[]]> = [
			[['sborka'], ['sborka']],
			[['system:accepted'], [accepted ?? '', 'sborka']],
			[['declined', 'delivered'], [declined ?? '']],
		];
		const triggers = [];
		for (const [statusIds] of wanted) triggers.push(await started({ ...parameters, statusIds }));
		for (const permalink of [accepted ?? '', 'sborka', declined ?? '']) {
			shop.control.changeStatus({ orderId: id, permalink });
		}
		for (const [index, [, expected]] of wanted.entries()) {
			const items = (await triggers[index]?.poll()) ?? [];
			expect(items.map(({ json }) => (json.status as { id: string }).id)).toEqual(expected);
		}
	});

	test('statuses are chosen by title too', async () => {
		addCustom('sborka', 'Сборка', 'accepted');
		const { id } = shop.control.placeOrder();
		time.pass(5);
		const trigger = await started({ ...parameters, statusIds: '=сборка' });
		shop.control.changeStatus({ orderId: id, system: 'declined' });
		expect(await trigger.poll()).toEqual([]);
		time.pass(1);
		shop.control.changeStatus({ orderId: id, permalink: 'sborka' });
		const [item] = await trigger.poll();
		expect(item?.json.status).toMatchObject({ id: 'sborka' });
	});

	test.each([
		[
			'a title that the shop does not have',
			['Нет такого'],
			/"Нет такого", which the shop does not have\..*new/,
		],
		[
			'a system status that is none',
			['system:lost'],
			/"system:lost", which the shop does not have\..*returned/,
		],
		['an expression that came out empty', '={{ "" }}', /New Status Names or IDs" came out empty/],
	])('%s is refused, also for a test event', async (_, statusIds, message) => {
		const trigger = triggerBench(shop, { ...parameters, statusIds });
		await expect(trigger.poll('activate')).rejects.toThrow(message);
		await expect(trigger.poll('manual', 'manual')).rejects.toThrow(message);
	});

	test('a chosen status that is deleted later is told within an hour', async () => {
		addCustom('sborka', 'Сборка', 'accepted');
		const trigger = await started({ ...parameters, statusIds: ['sborka'] });
		const [record] = shop.control
			.records({ resource: 'custom_statuses' })
			.filter(({ permalink }) => permalink === 'sborka');
		shop.control.deleteRecord({ resource: 'custom_statuses', id: Number(record?.id) });
		expect(await pollAfter(10, trigger)).toEqual([]);
		await expect(pollAfter(60, trigger)).rejects.toThrow(/"sborka", which the shop does not have/);
	});

	test('the test event is found behind many orders without a change', async () => {
		const { id } = shop.control.placeOrder();
		shop.control.changeStatus({ orderId: id, system: 'dispatched' });
		time.pass(1);
		shop.control.seed({ orders: 300, spacingMs: 10 });
		const trigger = triggerBench(shop, { ...parameters, statusIds: ['dispatched'] });
		shop.control.clearRequests();
		expect(ids(await trigger.poll('manual', 'manual'))).toEqual([id]);
		expect(shop.control.requests().length).toBeLessThanOrEqual(8);
	});

	describe('for a key that may not see the statuses', () => {
		const key = { identifier: 'a'.repeat(32), password: 'b'.repeat(32) };

		async function startedBlind() {
			shop.control.addKey({ ...key, rights: ['orders:edit'] });
			const trigger = triggerBench(shop, parameters, 'full', key);
			expect(await trigger.poll('activate')).toEqual([]);
			time.pass(1);
			return trigger;
		}

		test('a change to a custom status that leaves two entries is told once, with its name', async () => {
			const { id } = shop.control.placeOrder();
			time.pass(5);
			const trigger = await startedBlind();
			setStatus(id, 'accepted', 'sborka');
			addHistory(id, [pair(['new', 'new'], ['accepted', 'sborka'])]);
			const items = await trigger.poll();
			expect(moves(items)).toEqual([`${id}: new → sborka`]);
			expect(items[0]?.json.status).toMatchObject({ name: 'sborka', phase: 'processing' });
			await expectQuiet(trigger);
		});

		test('two changes of the custom status in the same moment are two', async () => {
			const { id } = shop.control.placeOrder();
			time.pass(5);
			const trigger = await startedBlind();
			setStatus(id, 'accepted', 'upakovka');
			addHistory(id, [
				[
					...pair(['new', 'new'], ['accepted', 'sborka']),
					['custom_status_changed', 'sborka', 'upakovka'],
				],
			]);
			const items = await trigger.poll();
			expect(items).toHaveLength(2);
			expect(items[1]?.json.status).toMatchObject({ id: 'upakovka', name: 'upakovka' });
			await expectQuiet(trigger);
		});
	});

	test('a changed filter neither repeats nor brings up what was left out', async () => {
		const { id } = shop.control.placeOrder();
		const all = await started(parameters);
		shop.control.changeStatus({ orderId: id, system: 'accepted' });
		shop.control.changeStatus({ orderId: id, system: 'declined' });
		const narrow = triggerBench(shop, { ...parameters, statusIds: ['declined'] });
		narrow.staticData = structuredClone(all.staticData);
		expect(await narrow.poll()).toHaveLength(1);
		all.restart(narrow.staticData);
		expect(await all.poll('update')).toEqual([]);
		await expectQuiet(all);
	});

	test('a shop without custom statuses still tells the system ones', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.setPlan({ customStatuses: false });
		shop.control.changeStatus({ orderId: id, system: 'dispatched' });
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({
			previousStatus: { id: 'new', name: 'Новый' },
			status: { phase: 'shipped' },
		});
	});

	test('history that went back with a backup hides no change', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(20);
		const trigger = await started(parameters);
		const snapshot = shop.control.snapshot();
		for (const system of ['accepted', 'approved', 'dispatched']) {
			shop.control.changeStatus({ orderId: id, system });
		}
		expect(await trigger.poll()).toHaveLength(3);
		time.pass(30);
		shop.control.restore({ snapshot });
		expect(await trigger.poll()).toEqual([]);
		time.pass(30);
		shop.control.changeStatus({ orderId: id, system: 'declined' });
		expect(moves(await trigger.poll())).toEqual([`${id}: new → ${permalinkOf('declined')}`]);
	});

	test('the list of statuses is read once, and only for events', async () => {
		const placed = [1, 2, 3].map(() => shop.control.placeOrder().id);
		const trigger = await started(parameters);
		for (const orderId of placed) shop.control.touchOrder({ orderId });
		shop.control.clearRequests();
		expect(await trigger.poll()).toEqual([]);
		expect(shop.control.requests()).toHaveLength(1);
		for (const orderId of placed) shop.control.changeStatus({ orderId, system: 'accepted' });
		shop.control.clearRequests();
		expect(await pollAfter(1, trigger)).toHaveLength(3);
		const paths = shop.control.requests().map(({ path }) => path.replace(/\?.*/, ''));
		expect(paths).toEqual(['/admin/orders.json', '/admin/custom_statuses.json']);
	});
});

describe('orderPaid', () => {
	const parameters = { event: 'orderPaid' };

	test('delivers each order once, when it becomes paid', async () => {
		const { id } = shop.control.placeOrder();
		const paidBefore = shop.control.placeOrder({ paid: true });
		time.pass(20);
		const trigger = await started(parameters);
		const both = shop.control.placeOrder({ paid: true });
		shop.control.touchOrder({ orderIds: [paidBefore.id, id], note: 'x' });
		expect(ids(await trigger.poll())).toEqual([both.id]);
		time.pass(1);
		shop.control.changePayment({ orderId: id, status: 'paid' });
		const [item, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({ id: `${id}`, paid: true, event: { type: 'orderPaid' } });
		for (const minutes of [1, 20, 60]) {
			time.pass(minutes);
			shop.control.touchOrder({ orderIds: [paidBefore.id, id, both.id], note: `${minutes}` });
			expect(await trigger.poll()).toEqual([]);
		}
		// Set back and paid again: the order came already.
		shop.control.changePayment({ orderId: id, status: 'pending' });
		expect(await pollAfter(1, trigger)).toEqual([]);
		time.pass(60);
		shop.control.changePayment({ orderId: id, status: 'paid' });
		expect(await pollAfter(1, trigger)).toEqual([]);
	});

	test('a payment taken back before anybody saw it does not hide the real one', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.changePayment({ orderId: id, status: 'paid' });
		shop.control.changePayment({ orderId: id, status: 'pending' });
		expect(await trigger.poll()).toEqual([]);
		time.pass(60);
		shop.control.changePayment({ orderId: id, status: 'paid' });
		expect(ids(await trigger.poll())).toEqual([id]);
		await expectQuiet(trigger);
	});

	test('of an order that is not remembered, its history tells when it was paid', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 300, spacingMs: 1000 });
		shop.control.changePayment({ orderId: firstOrderId + 1, status: 'paid' });
		time.pass(60);
		const trigger = await started(parameters);
		shop.control.touchOrder({ orderId: firstOrderId + 1, note: 'x' });
		expect(await trigger.poll()).toEqual([]);
		time.pass(60);
		shop.control.changePayment({ orderId: firstOrderId + 2, status: 'paid' });
		expect(ids(await trigger.poll())).toEqual([firstOrderId + 2]);
	});

	test('of such an order, the last payment of several counts, also without its date', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 300, spacingMs: 1000 });
		const [again, undated] = [firstOrderId + 1, firstOrderId + 2];
		shop.control.changePayment({ orderId: again, status: 'paid' });
		shop.control.changePayment({ orderId: again, status: 'pending' });
		time.pass(60);
		const trigger = await started(parameters);
		shop.control.changePayment({ orderId: again, status: 'paid' });
		shop.control.changePayment({ orderId: undated, status: 'paid' });
		shop.control.putRecord({ resource: 'orders', record: { id: undated, paid_at: null } });
		expect(ids(await trigger.poll())).toEqual([again, undated]);
		await expectQuiet(trigger);
	});

	test('of such an order without a word in its history, its dates tell', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 300, spacingMs: 1000 });
		const [longAgo, lately] = [firstOrderId, firstOrderId + 1];
		time.pass(60);
		const trigger = await started(parameters);
		expect(shop.control.getRecord({ resource: 'orders', id: longAgo })).toMatchObject({
			financial_status: 'paid',
		});
		shop.control.touchOrder({ orderId: longAgo, note: 'x' });
		shop.control.putRecord({ resource: 'orders', record: { id: lately, ...paidNow() } });
		const placed = shop.control.placeOrder({ paid: true });
		shop.control.putRecord({ resource: 'orders', record: { id: placed.id, paid_at: null } });
		expect(ids(await trigger.poll())).toEqual([lately, placed.id]);
		await expectQuiet(trigger);
	});

	test('an order that was seen unpaid is told, although it says nothing of when', async () => {
		const { id } = shop.control.placeOrder();
		time.pass(60);
		const trigger = await started(parameters);
		const record = { id, ...paidNow(), paid_at: null };
		shop.control.putRecord({ resource: 'orders', record });
		expect(ids(await trigger.poll())).toEqual([id]);
		await expectQuiet(trigger);
	});

	test('the event has the time of the payment, and the same ID whenever it is told', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		for (const status of ['paid', 'pending', 'paid'] as const) {
			shop.control.changePayment({ orderId: id, status });
			seconds(10);
		}
		const order = shop.control.getRecord({ resource: 'orders', id });
		const [payment] = order?.order_changes as Array<{ created_at: string }>;
		shop.control.touchOrder({ orderId: id, note: 'x' });
		const [item] = await trigger.poll();
		expect(eventOf(item ?? { json: {} })).toMatchObject({
			id: `${new URL(shop.url).host}:orderPaid:${id}:paid`,
			occurredAt: payment?.created_at.replace(/\.\d+/, ''),
		});
	});

	/** What a program writes into an order that knows nothing of histories. */
	function paidNow() {
		const { stamp } = shop.control.now();
		return { financial_status: 'paid', paid_at: stamp, updated_at: stamp };
	}
});

describe('orderUpdated', () => {
	const parameters = { event: 'orderUpdated' };

	test('delivers changed and new orders', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.touchOrder({ orderId: id, note: 'Позвонить' });
		const added = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([id, added.id]);
		await expectQuiet(trigger);
		shop.control.changeStatus({ orderId: id, system: 'accepted' });
		expect(ids(await trigger.poll())).toEqual([id]);
		await expectQuiet(trigger);
	});

	test('a second change within the same second is delivered, with or without a trace', async () => {
		const { id } = shop.control.placeOrder();
		const trigger = await started(parameters);
		shop.control.freeze();
		for (const note of ['a', 'b', 'c']) {
			shop.control.touchOrder({ orderId: id, note });
			expect(ids(await trigger.poll())).toEqual([id]);
		}
		for (const comment of ['d', 'e']) {
			shop.control.putRecord({ resource: 'orders', record: { id, comment } });
			expect((await trigger.poll()).map(({ json }) => json.note)).toEqual([comment]);
		}
		expect(await trigger.poll()).toEqual([]);
		shop.control.unfreeze();
	});
});

describe('customerCreated', () => {
	const parameters = { event: 'customerCreated' };

	test('delivers new clients once, not changed ones', async () => {
		const trigger = await started(parameters);
		const { id } = shop.control.addClient({ name: 'Ева', email: 'eva@example.com' });
		const [item, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({
			id: `${id}`,
			email: 'eva@example.com',
			firstName: 'Ева',
			event: { type: 'customerCreated' },
		});
		shop.control.freeze();
		const two = [1, 2].map(() => shop.control.addClient({ name: 'Ада' }).id);
		shop.control.unfreeze();
		expect(ids(await trigger.poll())).toEqual(two);
		for (const minutes of [1, 30]) {
			time.pass(minutes);
			const updated_at = shop.control.now().stamp;
			shop.control.putRecord({ resource: 'clients', record: { id, comment: 'x', updated_at } });
			expect(await trigger.poll()).toEqual([]);
		}
	});
});

describe('productUpdated', () => {
	const parameters = { event: 'productUpdated' };

	test('delivers changed products, several changes in a second too', async () => {
		const trigger = await started(parameters);
		shop.control.freeze();
		const { productId } = shop.control.updateProduct({ sku: 'TS-01-M', title: 'Футболка 2' });
		const [item, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(item?.json).toMatchObject({
			id: `${productId}`,
			name: 'Футболка 2',
			event: { type: 'productUpdated' },
		});
		shop.control.updateProduct({ sku: 'TS-01-M', price: 1234 });
		expect(ids(await trigger.poll())).toEqual([productId]);
		expect(await trigger.poll()).toEqual([]);
		shop.control.unfreeze();
		await expectQuiet(trigger);
	});

	test('brings what was asked for along', async () => {
		const trigger = await started({ ...parameters, options: { include: ['collections'] } });
		shop.control.updateProduct({ sku: 'TS-01-M', price: 1 });
		const [item] = await trigger.poll();
		expect(JSON.stringify(item?.json)).toMatch(/"collections":\[\{/);
	});

	test('gives the raw record when it is not simplified', async () => {
		const trigger = await started({ ...parameters, simplify: false });
		const { productId } = shop.control.updateProduct({ sku: 'TS-01-M', price: 1 });
		const [item] = await trigger.poll();
		expect(item?.json).toMatchObject({ id: productId, variants: expect.any(Array) });
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

test.each(EVENTS)('an idle poll of %s is one small request', async (event) => {
	shop.control.seed({ orders: 60, clients: 30, products: 40 });
	const { id } = shop.control.placeOrder();
	time.pass(1);
	const trigger = await started({ event });
	shop.control.placeOrder({ email: 'idle@example.com', paid: true });
	shop.control.changeStatus({ orderId: id, system: 'accepted' });
	shop.control.updateProduct({ sku: 'TS-01-M', title: 'Другая' });
	expect(await trigger.poll()).not.toEqual([]);
	for (let minute = 0; minute < 15; minute++) expect(await pollAfter(1, trigger)).toEqual([]);
	shop.control.clearRequests();
	for (let minute = 0; minute < 60; minute++) expect(await pollAfter(1, trigger)).toEqual([]);
	const requests = shop.control.requests();
	expect(requests).toHaveLength(60);
	expect(Math.max(...requests.map(({ bytes }) => bytes))).toBe(2);
	// Also after n8n was restarted with what it stored with the last events.
	trigger.restart();
	for (let minute = 0; minute < 15; minute++) expect(await pollAfter(1, trigger)).toEqual([]);
	shop.control.clearRequests();
	expect(await pollAfter(1, trigger)).toEqual([]);
	expect(shop.control.requests().map(({ bytes }) => bytes)).toEqual([2]);
});

test.each(EVENTS)('%s has a test event and leaves no trace', async (event) => {
	const { id } = shop.control.placeOrder({ paid: true });
	shop.control.changeStatus({ orderId: id, system: 'accepted' });
	const trigger = triggerBench(shop, { event });
	const [item, ...more] = await trigger.poll('manual', 'manual');
	expect(more).toEqual([]);
	expect(eventOf(item ?? { json: {} }).type).toBe(event);
	if (event.startsWith('order')) expect(item?.json.id).toBe(`${id}`);
	expect(trigger.staticData).toEqual({});
});

test.each(['newest', 'oldest'])(
	'the test event is the newest of what one second brought, in a shop that lists the %s first',
	async (first) => {
		shop.control.setGuesses({ newestFirst: first === 'newest' });
		const emails = ['one@example.com', 'two@example.com', 'three@example.com'];
		for (const email of emails) shop.control.placeOrder({ email });
		const [item] = await triggerBench(shop, { event: 'customerCreated' }).poll('manual', 'manual');
		expect(item?.json.email).toBe('three@example.com');
	},
);

test('a test event in a shop without any says what to do', async () => {
	shop.control.reset({ empty: true });
	const trigger = triggerBench(shop, { event: 'orderCreated' });
	await expect(trigger.poll('manual', 'manual')).rejects.toThrow('nothing that matches yet');
	expect(await trigger.poll('activate')).toEqual([]);
	const { id } = shop.control.placeOrder();
	expect(ids(await trigger.poll())).toEqual([id]);
});

test('the filter offers custom statuses, and the system statuses that several belong to', async () => {
	shop.control.putRecord({
		resource: 'custom_statuses',
		record: { permalink: 'sborka', title: 'Сборка', system_status: 'accepted', position: 50 },
	});
	const offered = await loadStatuses(shop);
	expect(offered).toContainEqual({ name: 'Сборка (accepted)', value: 'sborka' });
	expect(offered).toContainEqual({
		name: 'Any of "В обработке" (accepted)',
		value: 'system:accepted',
	});
	expect(offered.filter(({ value }) => `${value}`.startsWith('system:delivered'))).toEqual([]);
	shop.control.setPlan({ customStatuses: false });
	expect((await loadStatuses(shop)).map(({ value }) => value)).toEqual([
		'new',
		'accepted',
		'approved',
		'dispatched',
		'delivered',
		'declined',
		'returned',
	]);
});
