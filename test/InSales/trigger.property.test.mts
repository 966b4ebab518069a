/** Random lives of an InSales shop and of its triggers: nothing missed, nothing twice, nothing made up. */
import { jest } from '@jest/globals';
import type { INodeExecutionData } from 'n8n-workflow';

import type { Guesses } from '../../sandbox/insales/guesses.mts';
import { startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { Listener, playLife, sorted, stepsOf, testLives } from '../support/lives.mts';
import type { Step } from '../support/lives.mts';
import fc from '../support/seed.mts';
import { eventOf, heldShop, triggerBench } from './triggerFixtures.mts';
import type { HeldTime } from './triggerFixtures.mts';

const EVENTS = [
	'orderCreated',
	'orderStatusChanged',
	'orderStatusChanged',
	'orderPaid',
	'orderUpdated',
	'customerCreated',
] as const;

const STATUSES = ['new', 'accepted', 'approved', 'dispatched', 'delivered', 'declined', 'returned'];

let shop: InSalesSandbox;
let time: HeldTime;

heldShop(
	'2027-03-10T09:00:00.250Z',
	async () => await startInSalesSandbox(),
	(...held) => ([shop, time] = held),
);

/** What happens in the shop and to its clock; numbers pick orders among those there are. */
type Deed =
	| { do: 'place'; count: number; paid: boolean }
	| { do: 'reserve' }
	| { do: 'commit' }
	| { do: 'change'; picks: number[]; status: number }
	| { do: 'pay'; pick: number; status: 'paid' | 'pending' }
	| { do: 'touch'; picks: number[]; note: number }
	| { do: 'client' }
	| { do: 'pass'; seconds: number }
	| { do: 'fail'; how: keyof typeof FAULTS }
	/** n8n's clock is set, the shop's goes on. */
	| { do: 'skew'; minutes: number };

/** Never within half a minute of the passing of whole minutes: that would be waited for in real time. */
const HELD_SECONDS = 235;

const FAULTS = {
	outage: { kind: 'status', status: 500 },
	limit: { kind: 'status', status: 429, headers: { 'Retry-After': `${HELD_SECONDS}` } },
	'legacy limit': { kind: 'status', status: 503, headers: { 'Retry-After': `${HELD_SECONDS}` } },
	'cut off': { kind: 'html', status: 200 },
} as const;

const nat = (max: number) => fc.nat({ max });
const picks = fc.array(nat(30), { minLength: 1, maxLength: 12 });

const deed: fc.Arbitrary<Deed> = fc.oneof(
	fc.record({
		do: fc.constant('place' as const),
		count: fc.integer({ min: 1, max: 5 }),
		paid: fc.boolean(),
	}),
	fc.record({ do: fc.constant('reserve' as const) }),
	fc.record({ do: fc.constant('commit' as const) }),
	fc.record({ do: fc.constant('change' as const), picks, status: nat(STATUSES.length - 1) }),
	fc.record({ do: fc.constant('change' as const), picks, status: nat(STATUSES.length - 1) }),
	fc.record({
		do: fc.constant('pay' as const),
		pick: nat(30),
		status: fc.constantFrom('paid' as const, 'paid' as const, 'pending' as const),
	}),
	fc.record({ do: fc.constant('touch' as const), picks, note: nat(99) }),
	fc.record({ do: fc.constant('client' as const) }),
	fc.record({
		do: fc.constant('pass' as const),
		seconds: fc.constantFrom(0.4, 0.9, 1, 60, 60, 240, 1_500),
	}),
);

const steps = stepsOf<Deed>({
	triggers: EVENTS.length,
	deed,
	troubles: [
		fc.record({
			do: fc.constant('fail' as const),
			how: fc.constantFrom('outage', 'limit', 'legacy limit', 'cut off'),
		}),
		fc.record({ do: fc.constant('skew' as const), minutes: fc.constantFrom(-5, 5) }),
	],
});

/** One life. */
class Life {
	readonly placed: number[] = [];

	/** Changes of status by order, in order. */
	readonly moved = new Map<number, number[]>();

	readonly everPaid = new Set<number>();

	readonly touched = new Set<number>();

	readonly clients: number[] = [];

	private reserved: Array<{ id: number; at: number }> = [];

	private skew = 0;

	carryOut(each: Deed): void {
		const { control } = shop;
		switch (each.do) {
			case 'place':
				for (let count = 0; count < each.count; count++) {
					this.place(control.placeOrder({ paid: each.paid }).id);
				}
				return;
			case 'reserve':
				this.reserved.push({ id: control.reserveOrderId(), at: control.now().ms });
				return;
			case 'commit': {
				const slow = this.reserved.shift();
				// No transaction lasts for longer than the feed looks back.
				if (slow && control.now().ms - slow.at < 100_000) {
					this.place(control.placeOrder({ id: slow.id }).id);
				}
				return;
			}
			case 'change':
				for (const orderId of this.picked(each.picks)) {
					const system = STATUSES[each.status] ?? 'new';
					const { changeId } = control.changeStatus({ orderId, system });
					if (changeId === null) continue;
					this.moved.set(orderId, [...(this.moved.get(orderId) ?? []), changeId]);
				}
				return;
			case 'pay':
				for (const orderId of this.picked([each.pick])) {
					control.changePayment({ orderId, status: each.status });
					if (each.status === 'paid') this.everPaid.add(orderId);
				}
				return;
			case 'touch': {
				const orderIds = this.picked(each.picks);
				control.touchOrder({ orderIds, note: `${each.note}` });
				return;
			}
			case 'client':
				this.clients.push(control.addClient({ name: 'Ева', phone: '+79000000001' }).id);
				return;
			case 'pass':
				time.pass(each.seconds / 60);
				return;
			case 'fail':
				control.addFault(FAULTS[each.how]);
				return;
			case 'skew':
				this.setClock(each.minutes);
		}
	}

	/** Sets n8n's clock; never more than five minutes from the shop's. */
	private setClock(minutes: number): void {
		const skew = Math.max(-5, Math.min(5, this.skew + minutes));
		const { ms } = shop.control.now();
		jest.setSystemTime(Date.now() + (skew - this.skew) * 60_000);
		shop.control.setNow({ ms });
		this.skew = skew;
	}

	private place(id: number): void {
		this.placed.push(id);
		this.touched.add(id);
		if (isPaid(id)) this.everPaid.add(id);
	}

	private picked(all: readonly number[]): number[] {
		const found = all.flatMap((pick) => this.placed[pick % Math.max(1, this.placed.length)] ?? []);
		for (const id of found) this.touched.add(id);
		return [...new Set(found)];
	}
}

function isPaid(id: number): boolean {
	return shop.control.getRecord({ resource: 'orders', id })?.financial_status === 'paid';
}

async function live(
	most: number,
	guesses: Partial<Guesses>,
	happens: ReadonlyArray<Step<Deed>>,
): Promise<void> {
	time.pass(60);
	shop.control.reset({ empty: true });
	shop.control.setNow({ ms: Date.now() });
	shop.control.setLimit({ requests: 1_000_000 });
	shop.control.setGuesses(guesses);
	// There were orders before; some are paid, some were changed.
	const life = new Life();
	const { firstOrderId, lastOrderId } = shop.control.seed({ orders: 4, spacingMs: 50_000 });
	for (let id = firstOrderId; id <= lastOrderId; id++) life.placed.push(id);
	shop.control.changeStatus({ orderId: firstOrderId, system: 'approved' });
	shop.control.changeStatus({ orderId: firstOrderId, system: 'accepted' });
	const before = life.placed.length;
	const paidBefore = new Set(life.placed.filter(isPaid));
	const clientsBefore = shop.control.records({ resource: 'clients' }).map(({ id }) => Number(id));
	const options = { maxItemsPerPoll: most };
	const listeners = EVENTS.map(
		(event) => new Listener(event, triggerBench(shop, { event, simplify: false, options })),
	);
	await playLife(
		{
			listeners,
			time,
			carryOut: (each: Deed) => life.carryOut(each),
			recover: () => shop.control.clearFaults(),
		},
		happens,
	);
	const clients = shop.control.records({ resource: 'clients' }).map(({ id }) => Number(id));
	for (const { event, told, ids } of listeners) {
		if (event === 'orderCreated') {
			expect(sorted(ids)).toEqual(sorted(life.placed.slice(before)));
		}
		if (event === 'customerCreated') {
			expect(sorted(ids)).toEqual(sorted(clients.filter((id) => !clientsBefore.includes(id))));
		}
		if (event === 'orderPaid') {
			const expected = life.placed.filter((id) => !paidBefore.has(id) && isPaid(id));
			expect(new Set(told.map(({ json }) => json.id)).size).toBe(told.length);
			expect(ids).toEqual(expect.arrayContaining(expected));
			for (const id of ids) expect(life.everPaid.has(id) && !paidBefore.has(id)).toBe(true);
		}
		if (event === 'orderUpdated') checkUpdated(told, life);
		if (event === 'orderStatusChanged') {
			const moved = new Map<number, number[]>();
			for (const item of told) {
				const id = Number(item.json.id);
				moved.set(id, [...(moved.get(id) ?? []), Number(`${eventOf(item).id}`.split(':').at(-1))]);
			}
			expect(moved).toEqual(life.moved);
		}
	}
}

/** The last thing told of each order is what it says in the end. */
function checkUpdated(told: readonly INodeExecutionData[], life: Life): void {
	const last = new Map(told.map(({ json }) => [Number(json.id), json]));
	expect([...last.keys()].sort()).toEqual([...life.touched].sort());
	for (const [id, json] of last) {
		const now = shop.control.getRecord({ resource: 'orders', id });
		for (const field of ['updated_at', 'fulfillment_status', 'manager_comment', 'paid_at']) {
			expect(json[field]).toEqual(now?.[field]);
		}
	}
}

testLives(
	fc.asyncProperty(
		fc.constantFrom(2, 100),
		fc.record({
			customStatusAction: fc.constantFrom('custom_status_changed', 'status_changed'),
			preciseStamps: fc.boolean(),
			datedAnswers: fc.boolean(),
		}),
		steps,
		live,
	),
);
