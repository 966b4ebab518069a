/** Several Shoper triggers that share a small allowance, by the real clock. */
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { holdTime, ids, triggerBench } from './triggerFixtures.mts';

test('five triggers on one token never ignore the shop, and miss nothing', async () => {
	const shop = await startShoperSandbox({ bucket: { limit: 10, perSecond: 40 } });
	try {
		shop.control.seed({ orders: 120 });
		const events = [
			'orderCreated',
			'orderPaid',
			'orderStatusChanged',
			'customerCreated',
			'productUpdated',
		];
		const options = { include: ['lines', 'customer', 'parcels'] };
		const triggers = events.map((event) =>
			triggerBench(shop, { event, options }, SHOPER_TOKENS.full),
		);
		for (const trigger of triggers) expect(await trigger.poll('activate')).toEqual([]);
		const placed: number[] = [];
		const told: number[][] = triggers.map(() => []);
		for (let round = 0; round < 4; round++) {
			for (let count = 0; count < 30; count++) {
				placed.push(shop.control.placeOrder({ paid: 1_000 }).id);
			}
			await Promise.all(
				triggers.map(async (trigger, at) => told[at]?.push(...ids(await trigger.poll()))),
			);
		}
		for (const [at, trigger] of triggers.entries()) told[at]?.push(...ids(await trigger.poll()));
		expect(told[0]).toEqual(placed);
		expect(told[1]).toEqual(placed);
		expect(told.slice(2)).toEqual([[], [], []]);
		// Those that were on their way when another was refused could not know.
		const ignored = shop.control.ignoredRetryAfters();
		expect(ignored.filter(({ sinceAnswerMs }) => sinceAnswerMs > 100)).toEqual([]);
		const refused = shop.control.requests().filter(({ status }) => status === 429);
		expect(refused.length).toBeLessThan(5);
	} finally {
		await shop.close();
	}
});

test('a shop that asks for a long pause is left alone, and nothing is lost', async () => {
	const time = holdTime('2027-03-10T09:00:00Z');
	const shop = await startShoperSandbox({ bucket: { limit: 1_000, perSecond: 1_000 } });
	try {
		const trigger = triggerBench(shop, { event: 'orderCreated' }, SHOPER_TOKENS.full);
		expect(await trigger.poll('activate')).toEqual([]);
		const { id } = shop.control.placeOrder();
		shop.control.addFault({
			match: { pathIncludes: 'order-products' },
			kind: 'status',
			status: 429,
			headers: { 'Retry-After': '90', 'Content-Type': 'application/json' },
			body: '{"error":"temporarily_unavailable","error_description":"Too many requests"}',
		});
		time.pass(1);
		expect(await trigger.poll()).toEqual([]);
		time.pass(2);
		expect(ids(await trigger.poll())).toEqual([id]);
		time.pass(1);
		expect(await trigger.poll()).toEqual([]);
	} finally {
		time.end();
		await shop.close();
	}
});
