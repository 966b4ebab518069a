/** Work on very many records leaves everything else in the process its turn. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Coalescer } from '../../nodes/shared/reading/lookup.ts';
import { turn } from '../../nodes/shared/reading/turn.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test('some records are worked on at once, the others in turns, in order', async () => {
	const done: number[] = [];
	const work = Promise.all(
		upTo(1_000).map(async (at) => {
			await turn();
			done.push(at);
		}),
	);
	const seen: number[] = [];
	while (done.length < 1_000) {
		seen.push(done.length);
		await sleep(0);
	}
	await work;
	expect(done).toEqual(upTo(1_000));
	expect(seen.length).toBeGreaterThanOrEqual(5);
});

test('look-ups of records that take their turns share requests all the same', async () => {
	const calls: number[] = [];
	const lookup = new Coalescer<string>(
		{
			id: 'rows',
			calls: (values) => [
				{ values, call: { method: 'GET', path: ['rows'], query: { ids: values.join() } } },
			],
			keyOf: (row) => row,
			normalise: (value) => value,
		},
		async ({ query }) => {
			const values = query?.ids?.split(',') ?? [];
			calls.push(values.length);
			return values;
		},
	);
	const found = await Promise.all(
		upTo(1_000).map(async (at) => {
			await turn();
			return await lookup.get(`${at}`);
		}),
	);
	expect(found).toEqual(upTo(1_000).map((at) => [`${at}`]));
	expect(calls).toEqual([1_000]);
});
