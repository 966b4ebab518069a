/** What is done and said about writes whose answer leaves open what came of them. */
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import { isBlank, rowsOf } from '../../nodes/shared/text/userInput.ts';
import { createOnce } from '../../nodes/shared/writing/create.ts';
import { deleteOnce } from '../../nodes/shared/writing/delete.ts';
import { namedValues } from '../../nodes/shared/writing/namedValues.ts';
import { keysRemembered, oneAtATime } from '../../nodes/shared/writing/oneAtATime.ts';
import { Gathering } from '../../nodes/shared/actions/jointWrites.ts';
import { writeInBatches } from '../../nodes/shared/writing/batchWrite.ts';
import type { Holding } from '../../nodes/shared/writing/batchWrite.ts';
import type { Shop } from '../../nodes/shared/reading/shop.ts';

const waits: number[] = [];
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => {
		waits.push(ms);
	},
}));
beforeEach(() => waits.splice(0));

const call = { method: 'POST' as const, path: ['things'] };
const failing = (failure: Partial<Failure>) =>
	new ShopError({ kind: 'server', sent: true, ...failure }, call, { reason: 'Broken.', fix: '' });
const LOST: Array<Partial<Failure>> = [
	{ kind: 'server', status: 500 },
	{ kind: 'server', status: 504 },
	{ kind: 'timeout' },
	{ kind: 'network', code: 'ECONNRESET' },
];

describe('a creation', () => {
	test.each(LOST)(
		'is found when the shop commits seconds after its answer: %j',
		async (failure) => {
			const send = jest.fn(async () => await Promise.reject(failing(failure)));
			const find = async () => (waits.reduce((sum, ms) => sum + ms, 0) < 4_000 ? [] : ['17']);
			const created = await createOnce<string>({ call, send, find });
			expect(created.record).toBe('17');
			expect(created.warning).toContain('did create the record. Do not repeat this.');
			expect(send).toHaveBeenCalledTimes(1);
		},
	);

	test.each(LOST)('is never called safe to repeat while it may come: %j', async (failure) => {
		const send = async () => await Promise.reject(failing(failure));
		const ended = createOnce<string>({ call, send, find: async () => [] });
		await expect(ended).rejects.toThrow('may still be at work');
		await expect(ended).rejects.not.toThrow('safe to repeat');
	});

	test('of which two could be the new one names none', async () => {
		const send = async () => await Promise.reject(failing({ status: 500 }));
		const ended = createOnce<string>({ call, send, find: async () => ['1', '2'] });
		await expect(ended).rejects.toThrow('It is not known whether the record was created.');
	});

	test('that was refused is not looked for', async () => {
		const find = jest.fn(async () => ['1']);
		const send = async () => await Promise.reject(failing({ kind: 'rejected', status: 422 }));
		await expect(createOnce<string>({ call, send, find })).rejects.toThrow('Broken.');
		expect(find).not.toHaveBeenCalled();
	});
});

test('a deletion that may still come is not told as left undone', async () => {
	const send = async () => await Promise.reject(failing({ kind: 'timeout' }));
	const ended = deleteOnce({ noun: 'order', send, isGone: async () => false });
	await expect(ended).rejects.toThrow('The order still exists so far, but the shop may still be');
});

describe('named values', () => {
	test.each(['', '  ', '\0', '\u200b \t'])('one that shows nothing is refused: %j', (name) => {
		expect(() => namedValues({ name })).toThrow(InputError);
	});

	test('null and masks are refused, an empty text in JSON is meant', () => {
		expect(() => namedValues({}, { otherFields: '{"note": null}' })).toThrow('is null');
		expect(() => namedValues({}, { otherFields: '{"a": {"secret": "***"}}' })).toThrow('masked');
		expect(namedValues({}, { otherFields: '{"note": ""}' })).toEqual({ note: '' });
	});

	test('a letter among blanks is a text', () => {
		expect([' a ', 'я', '名', '😀'].map(isBlank)).toEqual([false, false, false, false]);
	});

	test('what is no row is refused, never left out', () => {
		expect(rowsOf({ row: { a: 1 } })).toEqual([{ a: 1 }]);
		expect(() => rowsOf({ row: [{ a: 1 }, 'b'] }, 'Lines')).toThrow(
			'"Lines" is not a list of rows.',
		);
	});
});

describe('one at a time', () => {
	test('pieces of one key never run side by side, and each knows of the one before', async () => {
		let running = 0;
		let most = 0;
		const busy = await Promise.all(
			Array.from({ length: 5 }, async () =>
				oneAtATime('same', async (wasBusy) => {
					running++;
					most = Math.max(most, running);
					await new Promise((resolve) => setImmediate(resolve));
					running--;
					return wasBusy;
				}),
			),
		);
		expect(most).toBe(1);
		expect(busy).toEqual([false, true, true, true, true]);
	});

	test('a failure lets the next one go', async () => {
		const failed = oneAtATime('fails', async () => await Promise.reject(new Error('no')));
		await expect(failed).rejects.toThrow('no');
		expect(await oneAtATime('fails', async () => 'done')).toBe('done');
	});

	test('keys do not add up', async () => {
		for (let at = 0; at < 1_200; at++) await oneAtATime(`key ${at}`, async () => at);
		expect(keysRemembered()).toBeLessThanOrEqual(1_001);
	});
});

test('a record that is refused alone is not sent again', async () => {
	const send = jest.fn(async () => await Promise.reject(new Error('refused')));
	const written = await writeInBatches(['a'], {
		size: 10,
		send,
		extentOf: () => 'unknown',
		look: async (records) => records.map((): Holding => 'old'),
		pauseMs: 0,
	});
	expect(written).toEqual([{ state: 'refused', error: expect.any(Error) }]);
	expect(send).toHaveBeenCalledTimes(1);
});

describe('joint writes', () => {
	const shop = (name: string) => ({ name }) as unknown as Shop<object>;

	test('changes of several parts of a shop are written in their own part', async () => {
		const [whole, part] = [shop('whole'), shop('part')];
		const gathering = new Gathering<object>(whole, 3, false);
		const work = jest.fn(async (_: Shop<object>, changes: readonly string[]) =>
			changes.map((value) => ({ ok: true as const, value })),
		);
		const results = await Promise.all([
			gathering.join(work, 2, 'c', part),
			gathering.join(work, 0, 'a'),
			gathering.join(work, 1, 'b', part),
		]);
		expect(results).toEqual(['c', 'a', 'b']);
		expect(work.mock.calls).toEqual([
			[part, ['b', 'c'], false],
			[whole, ['a'], false],
		]);
	});

	test('handing in one more change costs the same, however many there are', async () => {
		const count = 20_000;
		const gathering = new Gathering<object>(shop('whole'), count, false);
		const steps = jest.spyOn(Array.prototype, Symbol.iterator);
		const work = async (_: Shop<object>, changes: readonly number[]) =>
			changes.map((value) => ({ ok: true as const, value }));
		const waiting: Array<Promise<number>> = [];
		for (let at = 0; at < count - 1; at++) waiting.push(gathering.join(work, at, at));
		const copies = steps.mock.calls.length;
		steps.mockRestore();
		waiting.push(gathering.join(work, count - 1, count - 1));
		expect((await Promise.all(waiting)).at(-1)).toBe(count - 1);
		expect(copies).toBe(0);
	});
});
