/** How many requests of one shop run at once, and that a pause holds all of them back. */
import { RateLimiter, rateLimiterOf } from '../../nodes/shared/http/rateLimiter.ts';
import type { NoPlace, Turn } from '../../nodes/shared/http/rateLimiter.ts';

// n8n's own waits by the real clock, which the tests take hold of.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
}));

interface Job {
	name: string;
	end(error?: Error): void;
}

/** A limiter whose jobs end when the test says so. */
function busy(concurrency: number) {
	const limiter = new RateLimiter(concurrency);
	const started: Job[] = [];
	const results: Array<Promise<string>> = [];
	const ask = (name: string, turn: Partial<Turn> = {}) => {
		const result = limiter.run<string>(
			{ run: limiter, ...turn },
			async () =>
				await new Promise<string>((resolve, reject) => {
					started.push({ name, end: (error) => (error ? reject(error) : resolve(name)) });
				}),
			(reason) => `${name}: ${JSON.stringify(reason)}`,
		);
		result.catch(() => {});
		results.push(result);
	};
	const names = () => started.map(({ name }) => name);
	return { limiter, started, results, ask, names };
}

const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

const never = (reason: NoPlace): never => {
	throw new Error(JSON.stringify(reason));
};

describe('places', () => {
	test('are given to as many as allowed, and handed over in the order of asking', async () => {
		const { started, results, ask, names } = busy(2);
		for (const name of ['a', 'b', 'c', 'd', 'e']) ask(name);
		await turn();
		expect(names()).toEqual(['a', 'b']);
		started[1]?.end();
		await turn();
		expect(names()).toEqual(['a', 'b', 'c']);
		started[0]?.end();
		started[2]?.end();
		await turn();
		expect(names()).toEqual(['a', 'b', 'c', 'd', 'e']);
		started[3]?.end();
		started[4]?.end();
		expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	test('are free again after a quiet time, and no more than before', async () => {
		const { started, ask, names } = busy(1);
		ask('a');
		await turn();
		started[0]?.end();
		await turn();
		ask('b');
		ask('c');
		await turn();
		expect(names()).toEqual(['a', 'b']);
	});

	test('that were handed over are taken: who asks then waits', async () => {
		const { started, ask, names } = busy(1);
		ask('a');
		ask('b');
		await turn();
		started[0]?.end();
		await turn();
		ask('c');
		await turn();
		expect(names()).toEqual(['a', 'b']);
	});

	test('are freed by an exception, which reaches who asked', async () => {
		const { started, results, ask, names } = busy(1);
		ask('a');
		ask('b');
		await turn();
		started[0]?.end(new Error('broken'));
		await expect(results[0]).rejects.toThrow('broken');
		await turn();
		expect(names()).toEqual(['a', 'b']);
		started[1]?.end();
		await expect(results[1]).resolves.toBe('b');
	});

	test('are freed by a task that throws before it waits', async () => {
		const limiter = new RateLimiter(1);
		const broken = (): Promise<never> => {
			throw new Error('at once');
		};
		await expect(limiter.run({ run: limiter }, broken, never)).rejects.toThrow('at once');
		await expect(limiter.run({ run: limiter }, async () => 'next', never)).resolves.toBe('next');
	});
});

/** Lets the timers of the queue follow the test's clock as well. */
function useFakeClock(): void {
	beforeEach(() => {
		jest.useFakeTimers();
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const controller = new AbortController();
			setTimeout(() => controller.abort(), ms);
			return controller.signal;
		});
	});
	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});
}

describe('who waits', () => {
	useFakeClock();

	test('for a poll or a list goes before the items of executions', async () => {
		const { started, ask, names } = busy(1);
		for (const name of ['a', 'b', 'c']) ask(name);
		ask('poll', { urgent: true, run: {} });
		await jest.advanceTimersByTimeAsync(0);
		started[0]?.end();
		await jest.advanceTimersByTimeAsync(0);
		expect(names()).toEqual(['a', 'poll']);
		started[1]?.end();
		await jest.advanceTimersByTimeAsync(0);
		expect(names()).toEqual(['a', 'poll', 'b']);
	});

	test('in another run waits for one request of a run of hundreds, not for all of them', async () => {
		const { started, ask, names } = busy(1);
		const [many, few] = [{}, {}];
		for (let item = 0; item < 300; item++) ask(`many ${item}`, { run: many });
		ask('few 0', { run: few });
		ask('few 1', { run: few });
		await jest.advanceTimersByTimeAsync(0);
		for (let request = 0; request < 5; request++) {
			started[request]?.end();
			await jest.advanceTimersByTimeAsync(0);
		}
		expect(names()).toEqual(['many 0', 'many 1', 'few 0', 'many 2', 'few 1', 'many 3']);
	});

	test('leaves the queue at the deadline, and whoever is behind moves up', async () => {
		const { started, results, ask, names } = busy(1);
		ask('long');
		ask('poll', { run: {}, urgent: true, until: Date.now() + 5_000 });
		ask('last');
		await jest.advanceTimersByTimeAsync(4_999);
		started[0]?.end();
		await jest.advanceTimersByTimeAsync(0);
		expect(names()).toEqual(['long', 'poll']);
		ask('next poll', { run: {}, urgent: true, until: Date.now() + 5_000 });
		await jest.advanceTimersByTimeAsync(5_000);
		expect(await results[3]).toBe('next poll: {"waitedMs":5000}');
		started[1]?.end();
		await jest.advanceTimersByTimeAsync(0);
		expect(names()).toEqual(['long', 'poll', 'last']);
	});

	test('for what the shop grants too late hears it at once, and takes no place', async () => {
		const limiter = new RateLimiter(1, { limit: 1, windowMs: 60_000 });
		const ask = async (turn: Partial<Turn>) =>
			await limiter.run<string>(
				{ run: limiter, ...turn },
				async () => 'served',
				(reason) => JSON.stringify(reason),
			);
		expect(await ask({})).toBe('served');
		expect(await ask({ patienceMs: 30_000 })).toBe('{"leftMs":60000}');
		const patient = ask({});
		expect(await ask({ until: Date.now() + 59_999, urgent: true })).toBe('{"leftMs":60000}');
		await jest.advanceTimersByTimeAsync(60_000);
		expect(await patient).toBe('served');
	});

	test('for the shop holds no place: a poll that comes later is served first', async () => {
		const limiter = new RateLimiter(4, { limit: 1, perSecond: 1 });
		const served: string[] = [];
		const ask = (name: string, turn: Partial<Turn> = {}) =>
			void limiter.run({ run: limiter, ...turn }, async () => served.push(name), never);
		for (let item = 0; item < 6; item++) ask(`item ${item}`);
		await jest.advanceTimersByTimeAsync(500);
		ask('poll', { run: {}, urgent: true });
		await jest.advanceTimersByTimeAsync(1_500);
		expect(served).toEqual(['item 0', 'poll', 'item 1']);
	});
});

describe('a pause', () => {
	useFakeClock();

	test('holds back what has not begun, and no longer than asked for', async () => {
		const { limiter, ask, names } = busy(2);
		limiter.pause(5_000);
		ask('a');
		ask('b');
		await jest.advanceTimersByTimeAsync(4_999);
		expect(names()).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(names()).toEqual(['a', 'b']);
	});

	test('is not shortened by a later, shorter one', async () => {
		const { limiter, ask, names } = busy(1);
		limiter.pause(5_000);
		limiter.pause(10);
		ask('a');
		await jest.advanceTimersByTimeAsync(4_999);
		expect(names()).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(names()).toEqual(['a']);
	});

	test('that is made longer while somebody waits holds for him too', async () => {
		const { limiter, ask, names } = busy(1);
		limiter.pause(1_000);
		ask('a');
		await jest.advanceTimersByTimeAsync(500);
		limiter.pause(2_000);
		await jest.advanceTimersByTimeAsync(1_999);
		expect(names()).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(names()).toEqual(['a']);
	});
});

describe('the limiter of a key', () => {
	test('is one and the same for the whole process', () => {
		expect(rateLimiterOf('demoApi https://a.example 1', 2)).toBe(
			rateLimiterOf('demoApi https://a.example 1', 2),
		);
	});

	test('is forgotten when nobody asked for an hour, but not while it works', async () => {
		jest.useFakeTimers();
		const [idle, working] = [rateLimiterOf('idle', 1), rateLimiterOf('working', 1)];
		void working.run({ run: working }, async () => await new Promise<never>(() => {}), never);
		jest.setSystemTime(Date.now() + 61 * 60_000);
		expect(rateLimiterOf('working', 1)).toBe(working);
		expect(rateLimiterOf('idle', 1)).not.toBe(idle);
		jest.useRealTimers();
	});

	test.each([
		['another shop', 'demoApi https://b.example 1'],
		['another credential of the same shop', 'demoApi https://a.example 2'],
		['another shop system', 'otherApi https://a.example 1'],
	])('is not that of %s', (_, key) => {
		expect(rateLimiterOf(key, 2)).not.toBe(rateLimiterOf('demoApi https://a.example 1', 2));
	});
});
