/** What every trigger has to stand: lists that go missing for a while, and two polls at the same time. */
import type { Fault } from '../../sandbox/shared/faults.mts';
import type { TriggerBench } from './engine.mts';
import { activated, heldShop, ids } from './triggers.mts';
import type { HeldTime } from './triggers.mts';

/** A sandbox shop, as far as these tests need it. */
interface Sandbox {
	control: {
		reset(): void;
		placeOrder(): { id: number };
		addFault(fault: Fault): void;
		clearFaults(): void;
	};
	close(): Promise<void>;
}

/** What a shop fills in. */
export interface OutageSuite<Shop extends Sandbox> {
	start(): Promise<Shop>;
	trigger(shop: Shop, event: string): TriggerBench;
	events: readonly string[];
	/** Makes something happen that a trigger of each event could tell. */
	happen(shop: Shop): void;
}

/** Requests that fail at the most before the shop answers again. */
const MAX_FAILURES = 12;

/** Declares the tests; gives what further tests of the file work with, once the tests run. */
export function testOutages<Shop extends Sandbox>({
	start,
	trigger,
	events,
	happen,
}: OutageSuite<Shop>): { shop(): Shop; time(): HeldTime } {
	let shop: Shop;
	let time: HeldTime;

	heldShop('2027-03-10T09:00:00.250Z', start, (...held) => ([shop, time] = held));

	beforeEach(() => {
		// What a node knows about a shop it believes for an hour.
		time.pass(61);
		shop.control.reset();
	});

	const started = async (event = 'orderCreated') => await activated(trigger(shop, event), time);

	test('orders placed while the list answers 404 come afterwards, once', async () => {
		const watching = await started();
		const { id } = shop.control.placeOrder();
		shop.control.addFault({ kind: 'status', status: 404, times: 0 });
		for (let poll = 0; poll < 3; poll++) {
			const seen = await watching.poll().catch(() => []);
			expect(seen).toEqual([]);
			time.pass(1);
		}
		shop.control.clearFaults();
		const later = shop.control.placeOrder();
		time.pass(1);
		const items = [...(await watching.poll())];
		time.pass(30);
		items.push(...(await watching.poll()));
		expect(ids(items)).toEqual([id, later.id]);
	});

	test('two polls of one trigger at the same time deliver an order once', async () => {
		const watching = await started();
		const { id } = shop.control.placeOrder();
		time.pass(1);
		const both = await Promise.all([watching.poll(), watching.poll()]);
		expect(ids(both.flat())).toEqual([id]);
	});

	test.each(events)('an outage, however long, makes nothing new: %s', async (event) => {
		happen(shop);
		time.pass(1);
		const watching = await started(event);
		for (let times = 1; times <= MAX_FAILURES; times++) {
			shop.control.addFault({ kind: 'status', status: 500, times });
			const items = await watching.poll().catch(() => []);
			shop.control.clearFaults();
			expect({ times, items }).toEqual({ times, items: [] });
			time.pass(1);
			expect({ times, items: await watching.poll() }).toEqual({ times, items: [] });
			time.pass(1);
		}
	});

	return { shop: () => shop, time: () => time };
}
