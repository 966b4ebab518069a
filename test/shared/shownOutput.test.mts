/** What of an operation's rows goes out. */
import { simplify } from '../../nodes/shared/actions/fields.ts';
import {
	shownRows,
	withOutput,
	withOutputOptions,
} from '../../nodes/shared/actions/shownOutput.ts';

const order = {
	platform: 'demo',
	number: '17',
	adminUrl: 'https://shop.example.com/admin',
	note: null,
	status: { id: '4', name: 'Shipped', phase: null },
	customer: { email: 'name@example.com', phone: null },
	lines: [
		{ sku: 'MUG', name: 'Mug', quantity: 2 },
		{ sku: 'BAG', name: 'Bag', quantity: 1 },
	],
};

describe('selected fields', () => {
	const choose = (fields: string) =>
		shownRows([{ ...order }], { options: { output: 'fields', fields } }, false);

	test('are those named, in their order, also inside of others', () => {
		expect(choose('customer.email, number, status.name, lines.sku, lines.quantity')).toEqual([
			{
				customer: { email: 'name@example.com' },
				number: '17',
				status: { name: 'Shipped' },
				lines: [
					{ sku: 'MUG', quantity: 2 },
					{ sku: 'BAG', quantity: 1 },
				],
			},
		]);
	});

	test('that do not exist are told, with those that do', () => {
		expect(() => choose('number,colour')).toThrow(/"colour"/);
		expect(() => choose(' , ')).toThrow(/"Fields" is empty/);
	});

	test('leave alone what says that nothing was found', () => {
		const none = { found: false, message: 'The shop has no order "1".' };
		const values = { options: { output: 'fields', fields: 'number' } };
		expect(shownRows([none], values, false)).toEqual([none]);
	});
});

describe('for a model', () => {
	test('rows hold nothing that says nothing, but what was read and is empty', () => {
		expect(shownRows([{ ...order, lines: [] }], { simplify: true }, true)).toEqual([
			{
				number: '17',
				status: { id: '4', name: 'Shipped' },
				customer: { email: 'name@example.com' },
				lines: [],
			},
		]);
	});

	test('raw records stay as the shop has them', () => {
		expect(shownRows([order], { simplify: false }, true)).toEqual([order]);
	});

	test('none is said in words', () => {
		expect(shownRows([], {}, true)).toEqual([
			{ count: 0, message: expect.stringContaining('Nothing fits') },
		]);
		expect(shownRows([], {}, false)).toEqual([]);
	});
});

test('Output decides over Simplify where it is given', () => {
	expect(withOutput({ simplify: true, options: { output: 'raw' } }).simplify).toBe(false);
	expect(withOutput({ simplify: false, options: { output: 'fields' } }).simplify).toBe(true);
	expect(withOutput({ simplify: false, options: {} }).simplify).toBe(false);
	expect(withOutput({ options: { output: 'raw' } })).toEqual({ options: { output: 'raw' } });
});

test('every operation can cap its output, and those with a simplified form can choose it', () => {
	const names = (fields: Parameters<typeof withOutputOptions>[0]) =>
		withOutputOptions(fields)
			.flatMap(({ name, options = [] }) => (name === 'options' ? options : []))
			.map(({ name }) => name);
	expect(names([])).toEqual(['maxOutputCharacters']);
	expect(names([simplify])).toEqual(['fields', 'maxOutputCharacters', 'output']);
});
