/** How requests are counted against what a shop grants, so that it never has to say no. */
import { Allowance } from '../../nodes/shared/http/rateLimitBudget.ts';
import type { Pace } from '../../nodes/shared/protocol/rateLimit.ts';
import fc from '../support/seed.mts';

const BUCKET: Pace = { limit: 10, perSecond: 2 };
const WINDOW: Pace = { limit: 5, windowMs: 300_000 };

/** Sends `count` requests, each answered at once, as fast as they are granted; answers when. */
function send(allowance: Allowance, count: number, start: number): number[] {
	let now = start;
	return Array.from({ length: count }, () => {
		now += allowance.wait(now);
		allowance.take(now);
		allowance.end();
		return now - start;
	});
}

describe('a bucket', () => {
	test('grants its capacity at once and then what drains', () => {
		expect(send(new Allowance(BUCKET), 13, 1_000)).toEqual([
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500, 1_000, 1_500,
		]);
	});

	test('is full again after a quiet time', () => {
		const allowance = new Allowance(BUCKET);
		send(allowance, 10, 0);
		expect(allowance.wait(4_999)).toBe(0);
		expect(send(allowance, 11, 5_000).at(-1)).toBe(500);
	});

	test('believes the shop about level, capacity and speed', () => {
		const allowance = new Allowance(BUCKET);
		allowance.take(0);
		allowance.learn(0, { used: 40, limit: 40, perSecond: 10 });
		allowance.end();
		expect(allowance.wait(0)).toBe(100);
		expect(allowance.wait(100)).toBe(0);
	});

	test('adds what is under way to what an answer counted', () => {
		const allowance = new Allowance(BUCKET);
		for (let request = 0; request < 4; request++) allowance.take(0);
		allowance.learn(0, { used: 8 });
		expect(allowance.wait(0)).toBe(1_000);
	});

	test('is not taken in by an answer that a newer one has overtaken', () => {
		const allowance = new Allowance(BUCKET);
		for (let request = 0; request < 9; request++) {
			allowance.take(0);
			allowance.end();
		}
		allowance.take(0);
		allowance.learn(0, { used: 3 });
		allowance.end();
		expect(allowance.wait(0)).toBe(500);
	});

	test('counts a request for as many as it costs, and never waits for more room than there is', () => {
		const allowance = new Allowance(BUCKET);
		expect(allowance.wait(0, 25)).toBe(0);
		allowance.take(0, 25);
		allowance.learn(0, { used: 10 }, 25);
		allowance.end(25);
		expect(allowance.wait(0, 10)).toBe(5_000);
		expect(allowance.wait(0, 25)).toBe(5_000);
		expect(allowance.wait(0)).toBe(500);
	});

	test('keeps a shop with the same rules from ever refusing, however the answers are late', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 10 }),
				fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 60 }),
				(limit, perSecond, latencies) => {
					const allowance = new Allowance({ limit, perSecond });
					let level = 0;
					let at = 0;
					let now = 0;
					for (const latency of latencies) {
						now += allowance.wait(now);
						allowance.take(now);
						level = Math.max(0, level - ((now - at) / 1000) * perSecond) + 1;
						at = now;
						// Millisecond steps round in the shop's favour, up to one part in a thousand.
						expect(level).toBeLessThanOrEqual(limit + 0.011);
						now += latency;
						allowance.learn(now, { used: Math.ceil(level), limit, perSecond });
						allowance.end();
					}
				},
			),
			{ numRuns: 200 },
		);
	});
});

describe('a window', () => {
	test('opens with its first request and does not slide', () => {
		const allowance = new Allowance(WINDOW);
		send(allowance, 1, 1_000);
		send(allowance, 4, 200_000);
		expect(allowance.wait(200_000)).toBe(101_000);
		expect(allowance.wait(301_000)).toBe(0);
		expect(send(allowance, 6, 400_000)).toEqual([0, 0, 0, 0, 0, 300_000]);
	});

	test('counts what others spent', () => {
		const allowance = new Allowance(WINDOW);
		allowance.take(0);
		allowance.learn(0, { used: 4, limit: 5 });
		allowance.end();
		expect(allowance.wait(0)).toBe(0);
		allowance.take(10);
		allowance.learn(10, { used: 5, limit: 5 });
		allowance.end();
		expect(allowance.wait(10)).toBe(299_990);
	});

	test('is new when the shop counts from the beginning again', () => {
		const allowance = new Allowance({ limit: 50, windowMs: 300_000 });
		send(allowance, 40, 0);
		allowance.take(100_000);
		allowance.learn(100_000, { used: 1, limit: 50 });
		allowance.end();
		expect(send(allowance, 50, 100_000).slice(-2)).toEqual([0, 300_000]);
	});

	test('is not new when answers have overtaken each other', () => {
		const allowance = new Allowance({ limit: 50, windowMs: 300_000 });
		send(allowance, 47, 0);
		for (let request = 0; request < 3; request++) allowance.take(1_000);
		for (const used of [50, 48, 49]) {
			allowance.learn(1_100, { used, limit: 50 });
			allowance.end();
		}
		expect(allowance.wait(1_200)).toBe(298_800);
	});

	test('does not hold up for longer than itself after the clock was set back', () => {
		const allowance = new Allowance(WINDOW);
		send(allowance, 5, 86_400_000);
		expect(allowance.wait(0)).toBeLessThanOrEqual(86_400_000 + 300_000);
	});
});
