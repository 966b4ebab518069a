/** The InSales trigger in shops that do what no document tells: answers without a date, stamps with milliseconds. */
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { TriggerBench } from '../support/engine.mts';
import { eventOf, heldShop, ids, moves, triggerBench } from './triggerFixtures.mts';
import type { HeldTime } from './triggerFixtures.mts';

const MINUTE = 60_000;

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
	time.pass(60);
});

async function started(parameters: Parameters<typeof triggerBench>[1]): Promise<TriggerBench> {
	const trigger = triggerBench(shop, parameters);
	expect(await trigger.poll('activate')).toEqual([]);
	return trigger;
}

async function expectQuiet(trigger: TriggerBench): Promise<void> {
	for (const minutes of [0, 1, 3, 20, 30]) {
		time.pass(minutes);
		expect(await trigger.poll()).toEqual([]);
	}
}

function stampsOf(...orders: number[]): string[] {
	return orders.map((id) => String(shop.control.getRecord({ resource: 'orders', id })?.updated_at));
}

describe('a shop whose answers have no date', () => {
	beforeEach(() => {
		shop.control.setGuesses({ datedAnswers: false });
	});

	test.each([-5, 0, 5])(
		'n8n, %d minutes ahead of it, delivers what comes after the start, and that once',
		async (ahead) => {
			shop.control.setNow({ ms: Date.now() - ahead * MINUTE });
			const before = shop.control.placeOrder();
			time.pass(0.1);
			shop.control.changeStatus({ orderId: before.id, system: 'accepted' });
			const triggers = {
				orderCreated: await started({ event: 'orderCreated' }),
				orderStatusChanged: await started({ event: 'orderStatusChanged' }),
				orderPaid: await started({ event: 'orderPaid' }),
				orderUpdated: await started({ event: 'orderUpdated' }),
			};
			time.pass(0.1);
			const { id } = shop.control.placeOrder({ paid: true });
			shop.control.changeStatus({ orderId: before.id, system: 'declined' });
			expect(ids(await triggers.orderCreated.poll())).toEqual([id]);
			expect(moves(await triggers.orderStatusChanged.poll())).toEqual([
				`${before.id}: accepted → declined`,
			]);
			expect(ids(await triggers.orderPaid.poll())).toEqual([id]);
			expect(ids(await triggers.orderUpdated.poll()).sort()).toEqual([before.id, id].sort());
			for (const trigger of Object.values(triggers)) await expectQuiet(trigger);
		},
	);

	test('is not read whole at the start', async () => {
		shop.control.seed({ orders: 600, spacingMs: MINUTE });
		time.pass(60);
		shop.control.clearRequests();
		await started({ event: 'orderCreated' });
		expect(shop.control.requests()).toHaveLength(2);
	});

	test('is read from a date that the user chose', async () => {
		const old = shop.control.placeOrder();
		time.pass(120);
		const recent = shop.control.placeOrder();
		time.pass(1);
		const options = {
			startFrom: 'date',
			startDate: new Date(Date.now() - 60 * MINUTE).toISOString(),
		};
		const trigger = triggerBench(shop, { event: 'orderCreated', options });
		expect(ids(await trigger.poll('activate'))).toEqual([recent.id]);
		expect(recent.id).not.toBe(old.id);
		await expectQuiet(trigger);
	});
});

describe('a shop that stamps records to the millisecond', () => {
	beforeEach(() => {
		shop.control.setGuesses({ preciseStamps: true });
	});

	test('tells every new order of one second, and none twice', async () => {
		const trigger = await started({ event: 'orderCreated' });
		time.pass(1);
		const first = shop.control.placeOrder();
		expect(ids(await trigger.poll())).toEqual([first.id]);
		const more: number[] = [];
		for (const ms of [1, 200, 300]) {
			time.pass(ms / MINUTE);
			more.push(shop.control.placeOrder().id);
		}
		expect(new Set(stampsOf(first.id, ...more)).size).toBe(4);
		expect(ids(await trigger.poll())).toEqual(more);
		await expectQuiet(trigger);
	});

	test('tells every change within a second, of orders that are not remembered too', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 300, spacingMs: 1_000 });
		time.pass(60);
		const statuses = await started({ event: 'orderStatusChanged' });
		const payments = await started({ event: 'orderPaid' });
		const updates = await started({ event: 'orderUpdated' });
		time.pass(1);
		const [first, second] = [firstOrderId, firstOrderId + 1];
		const path: string[] = [statusOf(second)];
		for (const system of ['returned', 'accepted', 'returned']) {
			time.pass(100 / MINUTE);
			shop.control.changeStatus({ orderId: second, system });
			path.push(statusOf(second));
			expect(ids(await updates.poll())).toEqual([second]);
		}
		shop.control.changePayment({ orderId: first, status: 'pending' });
		time.pass(1 / MINUTE);
		shop.control.changePayment({ orderId: first, status: 'paid' });
		expect(moves(await statuses.poll())).toEqual(
			path.slice(1).map((after, at) => `${second}: ${path[at]} → ${after}`),
		);
		expect(ids(await payments.poll())).toEqual([first]);
		expect(ids(await updates.poll())).toEqual([first]);
		for (const trigger of [statuses, payments, updates]) await expectQuiet(trigger);
	});

	test('a change stamped before its order that becomes visible at the last moment is told', async () => {
		const { firstOrderId: id } = shop.control.seed({ orders: 300, spacingMs: 1_000 });
		time.pass(60);
		const before = shop.control.getRecord({ resource: 'orders', id });
		shop.control.changeStatus({ orderId: id, system: 'returned' });
		const after = shop.control.getRecord({ resource: 'orders', id });
		const [entry, ...others] = after?.order_changes as Array<Record<string, string>>;
		const stamp = (ms: number) => String(after?.updated_at).replace(/\.\d+/, `.${ms}`);
		shop.control.putRecord({ resource: 'orders', record: before ?? {} });
		// The second before the change is the last one that is settled now.
		time.pass(2);
		const trigger = await started({ event: 'orderStatusChanged' });
		const order_changes = [{ ...entry, created_at: stamp(300) }, ...others];
		const record = { ...after, updated_at: stamp(800), order_changes };
		shop.control.putRecord({ resource: 'orders', record });
		expect(moves(await trigger.poll())).toHaveLength(1);
		await expectQuiet(trigger);
	});

	test('a bulk change of more than a page within a second comes in portions, once', async () => {
		const { firstOrderId } = shop.control.seed({ orders: 260, spacingMs: MINUTE });
		time.pass(60);
		const trigger = await started({ event: 'orderUpdated', options: { maxItemsPerPoll: 100 } });
		time.pass(1);
		const changed = Array.from({ length: 260 }, (_, at) => firstOrderId + at);
		for (const orderId of changed) {
			shop.control.touchOrder({ orderId });
			time.pass(1 / MINUTE);
		}
		const told = [];
		for (let poll = 0; poll < 3; poll++) {
			time.pass(1);
			told.push(...(await trigger.poll()));
		}
		expect(ids(told)).toEqual(changed);
		expect(new Set(told.map((item) => eventOf(item).id)).size).toBe(260);
		await expectQuiet(trigger);
	});

	function statusOf(id: number): string {
		const order = shop.control.getRecord({ resource: 'orders', id });
		return String((order?.custom_status as { permalink: string }).permalink);
	}
});
