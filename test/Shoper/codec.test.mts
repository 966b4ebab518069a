/** Answers of the API as records: envelopes, bare lists, bare numbers, and what is none of them. */
import { createdId, decodeRecords, faultIn } from '../../nodes/Shoper/api/codec.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

const reply = (body: unknown) => ({
	status: 200,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

const get = (page?: string, path = ['orders']): Call => ({
	method: 'GET',
	path,
	...(page !== undefined && { query: { page } }),
});

describe('a list', () => {
	test.each<[string, unknown, string | undefined, number, boolean | undefined]>([
		[
			'the first of two pages',
			{ count: '3', pages: 2, page: 1, list: [{ id: '1' }] },
			'1',
			1,
			false,
		],
		['the last page', { count: '3', pages: 2, page: 2, list: [{ id: '3' }] }, '2', 1, true],
		[
			'no page asked for is the first',
			{ count: '1', pages: 1, page: 1, list: [{ id: '1' }] },
			undefined,
			1,
			true,
		],
		['nothing', { count: '0', pages: 0, page: 1, list: [] }, '1', 0, true],
		[
			'a page past the end, which calls itself 1',
			{ count: '3', pages: 1, page: 1, list: [] },
			'2',
			0,
			true,
		],
		[
			'10 rows although 50 were asked for',
			{ count: '30', pages: 3, page: 1, list: [{}, {}] },
			'1',
			2,
			false,
		],
		[
			'an object in place of the list',
			{ count: '2', pages: 1, page: 1, list: { 0: { id: '1' }, 1: { id: '2' } } },
			'1',
			2,
			true,
		],
		['figures as texts', { count: '60', pages: '2', list: [{}] }, '1', 1, false],
	])('%s', (_name, body, page, rows, isLast) => {
		const records = decodeRecords(reply(body), get(page));
		expect(records).toHaveLength(rows);
		expect(records.isLast).toBe(isLast);
	});

	test('a bare list has no end of its own, the tree of categories has', () => {
		expect(decodeRecords(reply([{ id: 21 }]), get()).isLast).toBeUndefined();
		expect(decodeRecords(reply([{ id: 21 }]), get('1', ['categories-tree'])).isLast).toBe(true);
	});

	test('bare IDs become records', () => {
		expect([...decodeRecords(reply({ count: '2', pages: 1, list: [5, 7] }), get())]).toEqual([
			{ id: '5' },
			{ id: '7' },
		]);
	});
});

test('a single record keeps texts, numbers and flags as they are', () => {
	const order = { order_id: '1', sum: '149.95', is_paid: false, total_products: 2, list: 'x' };
	expect([...decodeRecords(reply(order), get())]).toEqual([order]);
});

test('the answer of a write holds no record', () => {
	for (const body of ['93', '1', '']) {
		expect([...decodeRecords(reply(body), { method: 'PUT', path: ['orders', '1'] })]).toEqual([]);
	}
});

test.each(['<html>', '{"a":', '7', '"text"'])('what cannot be a record is refused: %s', (text) => {
	expect(() => decodeRecords(reply(text), get())).toThrow();
});

test.each<[unknown, string | undefined]>([
	['93', '93'],
	['"93"', '93'],
	[{ order_id: '93' }, '93'],
	[{ id: 93 }, '93'],
	['0', undefined],
	['true', undefined],
	['', undefined],
	[{ other: 1 }, undefined],
])('the new ID in %j is %s', (body, id) => {
	expect(createdId(reply(body), 'orders')).toBe(id);
});

test('only an error with a code is an error', () => {
	expect(faultIn({ error: 'auth_failure', error_description: 'x' })).toEqual({
		code: 'auth_failure',
		message: 'x',
	});
	expect(faultIn({ error: { code: 1 } })).toBeUndefined();
	expect(faultIn([])).toBeUndefined();
});
