/** Random lives of a Shoper shop and of its triggers: nothing missed, nothing twice, nothing made up. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { Listener, playLife, sorted, stepsOf, testLives } from '../support/lives.mts';
import type { Step } from '../support/lives.mts';
import fc from '../support/seed.mts';
import { heldShop, triggerBench, wideShop } from './triggerFixtures.mts';
import type { HeldTime } from './triggerFixtures.mts';

/** An ordinary day, and the night in which local time repeats an hour. */
const STARTS = ['2027-03-10T09:00:00Z', '2027-10-31T00:10:00Z'];

const EVENTS = [
	'orderCreated',
	'orderStatusChanged',
	'orderStatusChanged',
	'orderPaid',
	'customerCreated',
] as const;

const STATUSES = [2, 3, 4, 5, 7, 8];

let shop: ShoperSandbox;
let time: HeldTime;

heldShop(
	STARTS[0] ?? '',
	async () => await wideShop(),
	(...held) => ([shop, time] = held),
);

/** What happens in the shop; numbers pick orders among those there are. */
type Deed =
	| { do: 'place'; count: number; paid: boolean }
	| { do: 'reserve' }
	| { do: 'commit' }
	| { do: 'change'; picks: number[]; status: number }
	| { do: 'pay'; pick: number; amount: 'all' | 'part' | 'none' }
	| { do: 'customer' }
	| { do: 'pass'; seconds: number }
	| { do: 'fail'; path: string };

const nat = (max: number) => fc.nat({ max });

const deed: fc.Arbitrary<Deed> = fc.oneof(
	fc.record({
		do: fc.constant('place' as const),
		count: fc.integer({ min: 1, max: 4 }),
		paid: fc.boolean(),
	}),
	fc.record({ do: fc.constant('reserve' as const) }),
	fc.record({ do: fc.constant('commit' as const) }),
	fc.record({
		do: fc.constant('change' as const),
		picks: fc.array(nat(30), { minLength: 1, maxLength: 6 }),
		status: nat(STATUSES.length - 1),
	}),
	fc.record({
		do: fc.constant('pay' as const),
		pick: nat(30),
		amount: fc.constantFrom('all' as const, 'part' as const, 'none' as const),
	}),
	fc.record({ do: fc.constant('customer' as const) }),
	fc.record({
		do: fc.constant('pass' as const),
		seconds: fc.constantFrom(1, 1, 40, 60, 200, 1_500),
	}),
);

const steps = stepsOf<Deed>({
	triggers: EVENTS.length,
	deed,
	troubles: [
		fc.record({
			do: fc.constant('fail' as const),
			path: fc.constantFrom('/orders?', 'order-products', 'statuses', '/users?'),
		}),
	],
});

/** One life. */
class Life {
	readonly placed: number[] = [];

	readonly everPaid = new Set<number>();

	readonly emails: string[] = [];

	private readonly reserved: Array<{ id: number; at: number }> = [];

	/** When an order was placed or changed last, by second. */
	private readonly touched = new Map<number, number>();

	carryOut(each: Deed): void {
		const { control } = shop;
		const commit = (id?: number, paid = false) => {
			const options = { ...(id !== undefined && { id }), ...(paid && { paid: 1_000 }) };
			const order = control.placeOrder(options);
			this.placed.push(order.id);
			this.touched.set(order.id, second());
			if (paid) this.everPaid.add(order.id);
		};
		switch (each.do) {
			case 'place':
				for (let count = 0; count < each.count; count++) commit(undefined, each.paid);
				return;
			case 'reserve':
				this.reserved.push({ id: control.reserveOrderId(), at: Date.now() });
				return;
			case 'commit': {
				const slow = this.reserved.shift();
				// No transaction lasts for longer than the feed looks back.
				if (slow && Date.now() - slow.at < 5 * 60_000) commit(slow.id);
				return;
			}
			case 'change':
				for (const pick of each.picks) {
					const orderId = this.pick(pick);
					// What happens within the second of the purchase belongs to it.
					if (orderId === undefined || this.touched.get(orderId) === second()) continue;
					control.changeStatus({ orderId, statusId: STATUSES[each.status] ?? 2 });
				}
				return;
			case 'pay': {
				const orderId = this.pick(each.pick);
				if (orderId === undefined) return;
				const amount = { all: undefined, part: 1, none: 0 }[each.amount];
				control.setPaid({ orderId, ...(amount !== undefined && { amount }) });
				if (each.amount === 'all') this.everPaid.add(orderId);
				return;
			}
			case 'customer': {
				const email = `c${this.emails.length}@example.com`;
				control.addCustomer({ email });
				this.emails.push(email);
				return;
			}
			case 'pass':
				time.pass(each.seconds / 60);
				return;
			case 'fail':
				control.addFault({ match: { pathIncludes: each.path }, kind: 'status', status: 500 });
		}
	}

	private pick(pick: number): number | undefined {
		return this.placed[pick % Math.max(1, this.placed.length)];
	}
}

const second = () => Math.floor(Date.now() / 1_000);

async function live(
	start: string,
	most: number,
	happens: ReadonlyArray<Step<Deed>>,
): Promise<void> {
	time.pass((Date.parse(start) - Date.now()) / 60_000);
	shop.control.reset({ empty: true });
	const life = new Life();
	// There were orders before, so that the first of a life is not the first of the shop.
	shop.control.seed({ orders: 3 });
	const seeded = shop.control.records({ resource: 'orders' });
	const before = new Map(seeded.map((order) => [String(order.order_id), String(order.status_id)]));
	const paidBefore = new Set(
		seeded.filter((o) => o.is_paid === true).map((o) => Number(o.order_id)),
	);
	life.placed.push(...seeded.map((order) => Number(order.order_id)));
	const options = { maxItemsPerPoll: most, include: [] };
	const listeners = EVENTS.map(
		(event) => new Listener(event, triggerBench(shop, { event, options })),
	);
	await playLife(
		{
			listeners,
			time,
			carryOut: (each: Deed) => life.carryOut(each),
			recover: () => shop.control.clearFaults(),
			// n8n polls once a minute at most; here at least not twice within a second.
			rest: 1 / 60,
		},
		happens,
	);
	for (const { event, told, ids } of listeners) {
		if (event === 'orderCreated') expect(sorted(ids)).toEqual(sorted(life.placed.slice(3)));
		if (event === 'customerCreated') {
			const emails = told
				.map(({ json }) => json.email)
				.filter((email) => email !== 'anna.nowak@example.com');
			expect(emails).toEqual(life.emails);
		}
		if (event === 'orderPaid') checkPaid(ids, life, paidBefore);
		if (event === 'orderStatusChanged') checkChanges(told, life, before);
	}
}

function checkPaid(told: number[], life: Life, before: ReadonlySet<number>): void {
	expect(new Set(told).size).toBe(told.length);
	for (const id of told) expect(life.everPaid.has(id) && !before.has(id)).toBe(true);
	for (const id of life.placed) {
		const isPaid = shop.control.getRecord({ resource: 'orders', id })?.is_paid === true;
		if (isPaid && !before.has(id)) expect(told).toContain(id);
	}
}

/** Each change starts where the one before ended, and the last one tells what is. */
function checkChanges(
	told: readonly INodeExecutionData[],
	life: Life,
	before: ReadonlyMap<string, string>,
): void {
	const last = new Map(before);
	for (const { json } of told) {
		const { id, status, previousStatus } = json as unknown as Change;
		const known = last.get(id);
		expect(status.id).not.toBe(previousStatus?.id);
		if (known !== undefined) expect(previousStatus?.id).toBe(known);
		else expect([undefined, '1']).toContain(previousStatus?.id);
		last.set(id, status.id);
	}
	for (const id of life.placed) {
		const now = shop.control.getRecord({ resource: 'orders', id })?.status_id;
		expect(last.get(String(id)) ?? '1').toBe(now);
	}
}

interface Change {
	id: string;
	status: { id: string };
	previousStatus: { id: string } | null;
}

testLives(fc.asyncProperty(fc.constantFrom(...STARTS), fc.constantFrom(2, 100), steps, live));
