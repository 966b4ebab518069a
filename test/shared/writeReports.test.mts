/** What is told of writes: each note where it belongs, and none where there is nothing to tell. */
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import { createOnce, madeTwice, showCreated } from '../../nodes/shared/writing/create.ts';
import { namedValues, somethingNamed } from '../../nodes/shared/writing/namedValues.ts';
import { mayStillAct } from '../../nodes/shared/writing/outcome.ts';
import { stockFailure, stockResult } from '../../nodes/shared/writing/stock.ts';
import type { QuantityChange } from '../../nodes/shared/writing/stock.ts';
import { updateReport } from '../../nodes/shared/writing/update.ts';

const call = { method: 'POST' as const, path: ['things'] };
const failed = (failure: Partial<Failure>) =>
	new ShopError({ kind: 'rejected', sent: true, ...failure }, call, {
		reason: 'Refused.',
		fix: 'Ask the shop.',
	});

const set = (quantity: number): QuantityChange => ({ mode: 'set', quantity });
const add = (quantity: number): QuantityChange => ({ mode: 'changeBy', quantity });

describe('a stock that was changed', () => {
	const only = add(2);

	test('is told as it is, without a note when there is nothing to note', () => {
		const plan = { before: 3, after: 5, changes: [only] };
		expect(stockResult(only, plan, true, 5)).toEqual({ previousQuantity: 3, quantity: 5 });
	});

	test('by several items holds all of them', () => {
		const [first, second] = [add(1), add(1)];
		const plan = { before: 3, after: 5, changes: [first, second] };
		expect(stockResult(first, plan, true, 5).note).toBe(
			'2 items of this run change the same stock; the quantity holds all of them.',
		);
	});

	test('is told when a later item sets it, to the earlier items alone', () => {
		const [first, second] = [add(1), set(9)];
		const plan = { before: 3, after: 9, changes: [first, second] };
		expect(stockResult(first, plan, true, 9).note).toContain('the last one counts');
		expect(stockResult(second, plan, true, 9).note).toContain('2 items of this run');
	});

	test('and could not be read back, or has changed since', () => {
		const plan = { before: 3, after: 5, changes: [only] };
		expect(stockResult(only, plan, true, undefined)).toEqual({
			previousQuantity: 3,
			quantity: 5,
			note: 'It could not be read back.',
		});
		expect(stockResult(only, plan, true, 4)).toMatchObject({
			quantity: 4,
			note: 'It was saved as 5 and has changed since.',
		});
		expect(stockResult(only, plan, false, 4).note).toBe('It was 5 and has changed since.');
		expect(stockResult(only, plan, false, undefined).note).toBeUndefined();
		expect(stockResult(only, plan, true, 5, ['One more.']).note).toBe('One more.');
	});
});

describe('a stock that was not changed', () => {
	const textOf = (...given: Parameters<typeof stockFailure>) =>
		(stockFailure(...given) as Error).message;
	const error = failed({});

	test('keeps the advice of a refusal', () => {
		expect(textOf({ state: 'refused', error }, 3, 3)).toBe(
			'Refused. This stock was not changed. Ask the shop.',
		);
		expect(textOf({ state: 'refused', error }, 3, undefined)).toContain('was not changed');
	});

	test('is not told as unchanged when it holds something else, or when nobody knows', () => {
		expect(textOf({ state: 'refused', error }, 3, 4)).toContain(
			'It is not known whether this change was carried out; it was 3 before. The shop holds 4.',
		);
		expect(textOf({ state: 'unclear', error }, 3, 3)).toContain('It is not known');
	});

	test('is not called final while the shop may still be at work', () => {
		const late = failed({ kind: 'timeout' });
		expect(textOf({ state: 'refused', error: late }, 3, 3)).toContain('may still be at work');
		expect(textOf({ state: 'refused', error: late }, 3, 3)).not.toContain('Ask the shop.');
		expect(textOf({ state: 'refused', error }, 3, 3, true)).toContain('may still be at work');
	});

	test('for a reason that is not the shop’s is told by that reason', () => {
		const other = new Error('No ID.');
		expect(stockFailure({ state: 'refused', error: other }, 3, 3)).toBe(other);
	});
});

test('an update tells what there is to tell', () => {
	const changed = { price: { before: 1, after: 2 } };
	expect(updateReport({ changed, written: true, method: 'PUT', warnings: [] })).toEqual({
		changed,
		written: true,
		method: 'PUT',
	});
	const also = { stock: { before: 1, after: 0 } };
	expect(
		updateReport({
			changed,
			alsoChanged: also,
			written: false,
			reason: 'dry run',
			method: 'PUT',
			warnings: ['One.', 'Two.'],
		}),
	).toEqual({
		changed,
		alsoChanged: also,
		written: false,
		reason: 'dry run',
		warning: 'One. Two.',
	});
});

describe('a new record', () => {
	test('that the shop accepted without naming it is told by what stands for it', async () => {
		const created = await createOnce({ call, send: async () => undefined, unnamed: { id: '' } });
		expect(created.record).toEqual({ id: '' });
		expect(created.warning).toContain('did not say what it created');
	});

	test('is not told as created when the answer was an error', async () => {
		const send = async () => await Promise.reject(failed({ kind: 'server', status: 500 }));
		await expect(createOnce({ call, send, unnamed: { id: '' } })).rejects.toThrow(
			'It is not known whether the record was created.',
		);
		await expect(createOnce({ call, send: async () => undefined })).rejects.toThrow(
			'The answer named no ID. It is not known whether the record was created.',
		);
	});

	test('is shown with its warning, and by its ID where it cannot be read', async () => {
		const show = async () => ({ id: '5', name: 'A' });
		expect(await showCreated({ id: '5' }, show)).toEqual({ id: '5', name: 'A', created: true });
		expect(await showCreated({ id: '5', warning: 'Late.' }, show)).toMatchObject({
			warning: 'Late.',
		});
		const broken = async () => await Promise.reject(new Error('Down.'));
		expect(await showCreated({ id: '5' }, broken)).toEqual({
			id: '5',
			created: true,
			warning: 'The record was created, but could not be read back: Down. Do not repeat this.',
		});
	});

	test('that another run made as well is told with both IDs, the older one first', async () => {
		const twice = async (ids: string[]) =>
			await madeTwice('order', { externalId: 'x-1', id: '10' }, async () => ids);
		expect(await twice(['10'])).toBeUndefined();
		expect(await twice([])).toBeUndefined();
		expect(await twice(['10', '9'])).toContain('there are 9 and 10 now');
		const broken = async () => await Promise.reject(new Error('Down.'));
		expect(await madeTwice('order', { externalId: 'x-1', id: '10' }, broken)).toContain(
			'could not be looked at: Down.',
		);
	});
});

describe('named values', () => {
	test.each([
		['nothing', null],
		['no text', ''],
		['blanks', ' \u200b'],
	])('%s is no value of a field', (_, value) => {
		expect(() => namedValues({ name: value })).toThrow('"name" in "Update Fields" is empty.');
	});

	test('false and 0 are values', () => {
		expect(namedValues({ active: false, price: 0 })).toEqual({ active: false, price: 0 });
	});

	test.each(['id_lang', 'category_id'])('%s holds an ID, or 0 for none', (name) => {
		expect(() => namedValues({ [name]: '5abc' })).toThrow(InputError);
		expect(namedValues({ [name]: '0' })).toEqual({ [name]: '0' });
		expect(namedValues({ [name]: '5' })).toEqual({ [name]: '5' });
		// Numbers are the business of whoever asked for one.
		expect(namedValues({ [name]: 5 })).toEqual({ [name]: 5 });
		expect(() => namedValues({ [name]: '' })).toThrow('is empty');
	});

	test('the ID of a transaction is any text', () => {
		expect(namedValues({ transaction_id: 'TX-5' })).toEqual({ transaction_id: 'TX-5' });
	});

	test('names given twice are refused, and so is naming nothing', () => {
		expect(() => namedValues({ a: 1 }, { otherFields: '{"a": 2}' })).toThrow('named in two places');
		expect(namedValues({ a: 1 }, { otherFields: '{"b": ""}', texts: { c: 2 } })).toEqual({
			a: 1,
			b: '',
			c: 2,
		});
		expect(() => somethingNamed({})).toThrow('Nothing was named to change.');
		expect(somethingNamed({ a: 1 })).toEqual({ a: 1 });
	});
});

test.each<[Partial<Failure>, boolean]>([
	[{ kind: 'server', status: 500 }, true],
	[{ kind: 'server', status: 200 }, false],
	[{ kind: 'server', status: 500, sent: false }, false],
	[{ kind: 'timeout' }, true],
	[{ kind: 'timeout', sent: false }, false],
	[{ kind: 'network' }, true],
	[{ kind: 'malformed' }, false],
	[{ kind: 'rejected' }, false],
])('whether the shop may still act after %j: %j', (failure, may) => {
	expect(mayStillAct(failed(failure))).toBe(may);
});
