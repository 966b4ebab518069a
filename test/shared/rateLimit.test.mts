/** How many requests of one shop run at once, and that a pause holds all of them back. */
import { Governor, governorOf } from '../../nodes/shared/http/rateLimiter.ts';

interface Job {
	name: string;
	end(error?: Error): void;
}

/** A governor whose jobs end when the test says so. */
function busy(concurrency: number) {
	const governor = new Governor(concurrency);
	const started: Job[] = [];
	const results: Array<Promise<string>> = [];
	const ask = (name: string) => {
		const result = governor.run(
			async () =>
				await new Promise<string>((resolve, reject) => {
					started.push({ name, end: (error) => (error ? reject(error) : resolve(name)) });
				}),
		);
		result.catch(() => {});
		results.push(result);
	};
	const names = () => started.map(({ name }) => name);
	return { governor, started, results, ask, names };
}

const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

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
		const governor = new Governor(1);
		const broken = (): Promise<never> => {
			throw new Error('at once');
		};
		await expect(governor.run(broken)).rejects.toThrow('at once');
		await expect(governor.run(async () => 'next')).resolves.toBe('next');
	});
});

describe('a pause', () => {
	beforeEach(() => {
		jest.useFakeTimers();
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	test('holds back what has not begun, and no longer than asked for', async () => {
		const { governor, ask, names } = busy(2);
		governor.pause(5_000);
		ask('a');
		ask('b');
		await jest.advanceTimersByTimeAsync(4_999);
		expect(names()).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(names()).toEqual(['a', 'b']);
	});

	test('is not shortened by a later, shorter one', async () => {
		const { governor, ask, names } = busy(1);
		governor.pause(5_000);
		governor.pause(10);
		ask('a');
		await jest.advanceTimersByTimeAsync(4_999);
		expect(names()).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(names()).toEqual(['a']);
	});

	test('that is made longer while somebody waits holds for him too', async () => {
		const { governor, ask, names } = busy(1);
		governor.pause(1_000);
		ask('a');
		await jest.advanceTimersByTimeAsync(500);
		governor.pause(2_000);
		await jest.advanceTimersByTimeAsync(1_999);
		expect(names()).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(names()).toEqual(['a']);
	});
});

describe('the governor of a key', () => {
	test('is one and the same for the whole process', () => {
		expect(governorOf('demoApi https://a.example 1', 2)).toBe(
			governorOf('demoApi https://a.example 1', 2),
		);
	});

	test.each([
		['another shop', 'demoApi https://b.example 1'],
		['another credential of the same shop', 'demoApi https://a.example 2'],
		['another shop system', 'otherApi https://a.example 1'],
	])('is not that of %s', (_, key) => {
		expect(governorOf(key, 2)).not.toBe(governorOf('demoApi https://a.example 1', 2));
	});
});
