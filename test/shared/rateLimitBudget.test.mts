/** How requests are counted against what a shop grants, so that it never has to say no. */
import { RateLimitBudget } from '../../nodes/shared/http/rateLimitBudget.ts';
import type { RateLimit } from '../../nodes/shared/protocol/rateLimit.ts';
import fc from '../support/seed.mts';

const BUCKET: RateLimit = { limit: 10, perSecond: 2 };
const WINDOW: RateLimit = { limit: 5, windowMs: 300_000 };

/** Sends `count` requests, each answered at once, as fast as they are granted; answers when. */
function send(budget: RateLimitBudget, count: number, start: number): number[] {
	let now = start;
	return Array.from({ length: count }, () => {
		now += budget.wait(now);
		budget.take(now);
		budget.end();
		return now - start;
	});
}

describe('a bucket', () => {
	test('grants its capacity at once and then what drains', () => {
		expect(send(new RateLimitBudget(BUCKET), 13, 1_000)).toEqual([
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500, 1_000, 1_500,
		]);
	});

	test('is full again after a quiet time', () => {
		const budget = new RateLimitBudget(BUCKET);
		send(budget, 10, 0);
		expect(budget.wait(4_999)).toBe(0);
		expect(send(budget, 11, 5_000).at(-1)).toBe(500);
	});

	test('believes the shop about level, capacity and speed', () => {
		const budget = new RateLimitBudget(BUCKET);
		budget.take(0);
		budget.learn(0, { used: 40, limit: 40, perSecond: 10 });
		budget.end();
		expect(budget.wait(0)).toBe(100);
		expect(budget.wait(100)).toBe(0);
	});

	test('adds what is under way to what an answer counted', () => {
		const budget = new RateLimitBudget(BUCKET);
		for (let request = 0; request < 4; request++) budget.take(0);
		budget.learn(0, { used: 8 });
		expect(budget.wait(0)).toBe(1_000);
	});

	test('is not taken in by an answer that a newer one has overtaken', () => {
		const budget = new RateLimitBudget(BUCKET);
		for (let request = 0; request < 9; request++) {
			budget.take(0);
			budget.end();
		}
		budget.take(0);
		budget.learn(0, { used: 3 });
		budget.end();
		expect(budget.wait(0)).toBe(500);
	});

	test('counts a request for as many as it costs, and never waits for more room than there is', () => {
		const budget = new RateLimitBudget(BUCKET);
		expect(budget.wait(0, 25)).toBe(0);
		budget.take(0, 25);
		budget.learn(0, { used: 10 }, 25);
		budget.end(25);
		expect(budget.wait(0, 10)).toBe(5_000);
		expect(budget.wait(0, 25)).toBe(5_000);
		expect(budget.wait(0)).toBe(500);
	});

	test('keeps a shop with the same rules from ever refusing, however the answers are late', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 10 }),
				fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 60 }),
				(limit, perSecond, latencies) => {
					const budget = new RateLimitBudget({ limit, perSecond });
					let level = 0;
					let at = 0;
					let now = 0;
					for (const latency of latencies) {
						now += budget.wait(now);
						budget.take(now);
						level = Math.max(0, level - ((now - at) / 1000) * perSecond) + 1;
						at = now;
						// Millisecond steps round in the shop's favour, up to one part in a thousand.
						expect(level).toBeLessThanOrEqual(limit + 0.011);
						now += latency;
						budget.learn(now, { used: Math.ceil(level), limit, perSecond });
						budget.end();
					}
				},
			),
			{ numRuns: 200 },
		);
	});
});

describe('a window', () => {
	test('opens with its first request and does not slide', () => {
		const budget = new RateLimitBudget(WINDOW);
		send(budget, 1, 1_000);
		send(budget, 4, 200_000);
		expect(budget.wait(200_000)).toBe(101_000);
		expect(budget.wait(301_000)).toBe(0);
		expect(send(budget, 6, 400_000)).toEqual([0, 0, 0, 0, 0, 300_000]);
	});

	test('ends when the shop says so, and the next one is counted anew', () => {
		const budget = new RateLimitBudget({ limit: 500, windowMs: 300_000 });
		budget.take(0);
		budget.learn(0, { used: 501, limit: 500 });
		budget.refused(0, 15_000);
		budget.end();
		expect(budget.wait(1)).toBe(14_999);
		expect(send(budget, 501, 15_000).slice(-2)).toEqual([0, 300_000]);
	});

	test('that the shop opened later than this process asked is not over before the shop says so', () => {
		const budget = new RateLimitBudget({ limit: 500, windowMs: 300_000 });
		// The first answer comes after three seconds: the window may have opened as late as that.
		budget.take(0);
		budget.learn(3_000, { used: 1, limit: 500 });
		budget.end();
		send(budget, 499, 3_000);
		expect(budget.wait(302_700)).toBe(300);
		// One that comes too soon all the same is told how long.
		budget.refused(302_700, 200);
		expect(send(budget, 500, 302_900).at(-1)).toBe(0);
	});

	test('that others opened may end at any time: the shop is asked, and its word counts', () => {
		const budget = new RateLimitBudget({ limit: 500, windowMs: 300_000 });
		budget.take(0);
		budget.learn(0, { used: 400, limit: 500 });
		budget.end();
		send(budget, 100, 0);
		expect(budget.wait(60_000)).toBe(0);
		budget.take(60_000);
		budget.learn(60_000, { used: 501, limit: 500 });
		budget.refused(60_000, 90_000);
		budget.end();
		expect(budget.wait(60_000)).toBe(90_000);
		expect(budget.wait(150_000)).toBe(0);
	});

	test('is new when the shop counts from the beginning again', () => {
		const budget = new RateLimitBudget({ limit: 50, windowMs: 300_000 });
		send(budget, 40, 0);
		budget.take(100_000);
		budget.learn(100_000, { used: 1, limit: 50 });
		budget.end();
		expect(send(budget, 50, 100_000).slice(-2)).toEqual([0, 300_000]);
	});

	test('is not new when answers have overtaken each other', () => {
		const budget = new RateLimitBudget({ limit: 50, windowMs: 300_000 });
		send(budget, 47, 0);
		for (let request = 0; request < 3; request++) budget.take(1_000);
		for (const used of [50, 48, 49]) {
			budget.learn(1_100, { used, limit: 50 });
			budget.end();
		}
		// The first answer that told of the window came at 1,100.
		expect(budget.wait(1_200)).toBe(299_900);
	});

	test('does not hold up for longer than itself after the clock was set back', () => {
		const budget = new RateLimitBudget(WINDOW);
		send(budget, 5, 86_400_000);
		expect(budget.wait(0)).toBe(300_000);
		expect(budget.wait(300_000)).toBe(0);
	});

	test('of a shop that others ask as well is used up, with one refusal at most', () => {
		const windowMs = 300_000;
		const limit = 50;
		const latencies = fc.array(fc.nat({ max: 4_000 }), { minLength: 1, maxLength: 20 });
		const others = fc.array(fc.tuple(fc.nat({ max: 20 * windowMs }), fc.nat({ max: 30 })));
		fc.assert(
			fc.property(latencies, others, (times, strangers) => {
				const budget = new RateLimitBudget({ limit, windowMs });
				const waiting = strangers
					.flatMap(([at, count]) => Array.from({ length: count }, () => at))
					.sort((a, b) => a - b);
				const windows = [{ at: -windowMs, used: limit, refused: 0 }];
				const count = (at: number) => {
					let window = windows.at(-1) as (typeof windows)[0];
					if (at >= window.at + windowMs) windows.push((window = { at, used: 0, refused: 0 }));
					window.used++;
					return window;
				};
				let now = 0;
				for (let request = 0; now < 20 * windowMs; request++) {
					now += budget.wait(now);
					budget.take(now);
					const latency = times[request % times.length] ?? 0;
					const arrival = now + Math.floor(latency / 2);
					while ((waiting[0] ?? Infinity) <= arrival) count(waiting.shift() ?? 0);
					const window = count(arrival);
					now += latency;
					budget.learn(now, { used: window.used, limit });
					if (window.used > limit) {
						window.refused++;
						const left = Math.ceil((window.at + windowMs - now) / 1000);
						budget.refused(now, Math.max(1, left) * 1000);
					}
					budget.end();
					now++;
				}
				for (const { used, refused } of windows.slice(0, -1)) {
					expect(used).toBeGreaterThanOrEqual(limit);
					expect(refused).toBeLessThanOrEqual(1);
				}
			}),
		);
	});

	test('is short once the shop has told its count, for as many as it still grants', () => {
		const budget = new RateLimitBudget(WINDOW);
		expect(budget.shortage(0, 100)).toBeUndefined();
		budget.take(0);
		budget.learn(0, { used: 1 });
		budget.end();
		expect(budget.shortage(10_000, 4)).toBeUndefined();
		expect(budget.shortage(10_000, 5)).toEqual({ granted: 4, leftMs: 290_000 });
		expect(budget.shortage(300_000, 5)).toBeUndefined();
		// Others opened the window: it may end at any time.
		const shared = new RateLimitBudget(WINDOW);
		shared.take(0);
		shared.learn(0, { used: 3 });
		shared.end();
		expect(shared.shortage(0, 100)).toBeUndefined();
	});
});
