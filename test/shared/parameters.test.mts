/** What expressions and agents may put into a field, and what an operation gets of it. */
import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../nodes/shared/protocol/errors.ts';
import { readValues } from '../../nodes/shared/actions/parameters.ts';

const field = (type: INodeProperties['type'], rest: Partial<INodeProperties> = {}) =>
	({ displayName: 'My Field', name: 'field', type, default: '', ...rest }) as INodeProperties;

/** What the operation gets when n8n yields `raw`. */
const read = (property: INodeProperties, raw: unknown) =>
	readValues([property], () => raw)[property.name];

/** Like a luxon date: an object that knows its own text. */
class Moment {
	readonly ts = 1;

	toString(): string {
		return '2026-01-31T08:00:00.000+01:00';
	}
}

describe('a text', () => {
	test.each([
		['stays', 'Łódź', 'Łódź'],
		['loses blanks around it', '  a b\n', 'a b'],
		['may be empty', '', ''],
		['is empty for null', null, ''],
		['may be a number', 42, '42'],
		['may be zero', 0, '0'],
		['may be a boolean', false, 'false'],
		['may be a big number', 12n, '12'],
		['may be a date of luxon', new Moment(), '2026-01-31T08:00:00.000+01:00'],
		['may be a date', new Date(Date.UTC(2026, 0, 31, 8)), '2026-01-31T08:00:00.000Z'],
		['is empty for a date that is none', new Date(Number.NaN), ''],
		['may be a list', [1, ' b ', null], '1,b,'],
		['may be an object, shown as JSON', { id: 5 }, '{"id":5}'],
		['may be an object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
	])('%s', (_, raw, value) => {
		expect(read(field('string'), raw)).toBe(value);
		expect(read(field('dateTime'), raw)).toBe(value);
		expect(read(field('options'), raw)).toBe(value);
	});

	test('is the default when the field is hidden or came out empty', () => {
		expect(read(field('string', { default: 'x' }), undefined)).toBe('x');
		expect(read(field('string', { default: 'x' }), null)).toBe('x');
	});
});

describe('what no shop can be sent is refused by the name of its field', () => {
	/** A list in a list in a list. */
	const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

	test.each([
		['half an emoji', 'string', 'nice \ud83d'],
		['half an emoji in a list', 'multiOptions', ['a', '\ude00']],
		['half an emoji in a locator', 'resourceLocator', { mode: 'id', value: '\ud83d' }],
	] as const)('%s', (_, type, raw) => {
		expect(() => read(field(type), raw)).toThrow('"My Field" holds half of a character');
	});

	test.each(['json', 'collection', 'multiOptions'] as const)(
		'a text of JSON that is nested a million levels deep, in a field of type %s',
		(type) => {
			const text = deep(1_000_000);
			expect(() => read(field(type), text)).toThrow('"My Field" is nested more than 100 levels');
			expect(() => read(field(type), JSON.parse(text))).toThrow('"My Field" is nested more than');
		},
	);

	test('but a whole emoji and a few levels are fine', () => {
		expect(read(field('string'), 'nice 😀')).toBe('nice 😀');
		expect(read(field('json'), deep(99))).toBe(deep(99));
	});

	test('and a message repeats the beginning of a value of megabytes, not all of it', () => {
		expect.assertions(2);
		try {
			read(field('number'), 'x'.repeat(10_000_000));
		} catch (error) {
			expect((error as Error).message).toMatch(/^"My Field" is "xxx/);
			expect((error as Error).message.length).toBeLessThan(1_100);
		}
	});
});

describe('a field that an AI model left empty', () => {
	const asTool = (property: INodeProperties, raw: unknown) =>
		readValues([property], () => raw, true)[property.name];
	const conditions = field('collection', {
		name: 'filters',
		options: [
			field('string', { name: 'email' }),
			field('number', { name: 'count' }),
			field('boolean', { name: 'paid' }),
			field('string', { name: 'verifyEmail', displayName: 'Verify Email' }),
			field('boolean', { name: 'dryRun', displayName: 'Dry Run' }),
		],
	});

	test('counts as not given when it is optional', () => {
		expect(asTool(conditions, { email: '', count: '', paid: null })).toEqual({});
		expect(asTool(conditions, { email: 'a@b.c', count: '' })).toEqual({ email: 'a@b.c' });
		expect(asTool(field('number', { default: 50 }), '')).toBe(50);
	});

	test('is a list without any choice, not one with some', () => {
		const list = field('multiOptions', { default: ['lines'] });
		expect(asTool(list, [])).toEqual(['lines']);
		expect(asTool(list, ['customer'])).toEqual(['customer']);
	});

	test('is refused when it is required, or a guard', () => {
		expect(() => asTool(field('string', { required: true }), '')).toThrow('"My Field" is empty.');
		expect(() => asTool(conditions, { verifyEmail: '' })).toThrow('"Verify Email" is empty');
		expect(() => asTool({ ...conditions, name: 'options' }, { verifyEmail: '' })).toThrow(
			'"Verify Email" in "My Field" is empty.',
		);
		expect(() => asTool({ ...conditions, name: 'options' }, { dryRun: '' })).toThrow(
			'"Dry Run" in "My Field" is empty.',
		);
	});
});

describe('JSON', () => {
	test.each([
		['a text stays as typed', '{ "a": 1 }', '{ "a": 1 }'],
		['an object is written', { a: [1, 2] }, '{"a":[1,2]}'],
		['a list is written', [1, 2], '[1,2]'],
		['nothing is empty', null, ''],
	])('%s', (_, raw, value) => {
		expect(read(field('json'), raw)).toBe(value);
	});
});

describe('a number', () => {
	test.each([
		['stays', 5, 5],
		['may be a text', '5', 5],
		['may have blanks around it', ' 5.5 ', 5.5],
		['may be negative', '-3', -3],
		['may be zero', '0', 0],
		['may be the only entry of a list', [7], 7],
		['may be a big number', 7n, 7],
	])('%s', (_, raw, value) => {
		expect(read(field('number', { default: 1 }), raw)).toBe(value);
	});

	test('is the default when the field is hidden or came out empty', () => {
		expect(read(field('number', { default: 50 }), undefined)).toBe(50);
		expect(read(field('number', { default: 50 }), null)).toBe(50);
	});

	test.each([
		['a word', 'many', '"My Field" is "many".'],
		['a decimal comma', '5,5', '"My Field" is "5,5".'],
		['an empty text', '', '"My Field" is "".'],
		['a boolean', true, '"My Field" is "true".'],
		['no number', Number.NaN, '"My Field" is "NaN".'],
		['an endless number', 'Infinity', '"My Field" is "Infinity".'],
		['an object', { a: 1 }, '"My Field" is "{"a":1}".'],
		['an empty list', [], '"My Field" is "".'],
	])('%s is refused by the name of the field', (_, raw, message) => {
		expect(() => read(field('number', { default: 1 }), raw)).toThrow(
			new InputError(message, 'Enter a number.'),
		);
	});

	test.each([0, '0', -1, 0.5])('below the minimum is refused: %j', (raw) => {
		const limit = field('number', { default: 50, typeOptions: { minValue: 1 } });
		expect(() => read(limit, raw)).toThrow(
			expect.objectContaining({ fix: 'Enter a number of at least 1.' }),
		);
		expect(read(limit, 1)).toBe(1);
	});
});

describe('a boolean', () => {
	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		[' TRUE ', true],
		['False', false],
		[1, true],
		[0, false],
		['1', true],
		['0', false],
		['yes', true],
		['no', false],
		['on', true],
		['off', false],
		['', false],
	])('%j means %j', (raw, value) => {
		expect(read(field('boolean', { default: !value }), raw)).toBe(value);
	});

	test.each(['maybe', 'null', 2, {}, new Moment()])('is not guessed from %j', (raw) => {
		expect(() => read(field('boolean', { default: false }), raw)).toThrow('"My Field" is "');
	});

	test('is the default when the field is hidden or came out empty', () => {
		expect(read(field('boolean', { default: true }), undefined)).toBe(true);
		expect(read(field('boolean', { default: true }), null)).toBe(true);
	});
});

describe('several choices', () => {
	test.each([
		['a list stays', ['a', 'b'], ['a', 'b']],
		['entries become texts, empty ones go', [1, null, ' b ', ''], ['1', 'b']],
		['a text is split at commas', 'a, b,,c', ['a', 'b', 'c']],
		['a list in JSON is read', '["a", "b"]', ['a', 'b']],
		['a text that only begins like JSON is split', '[a, b', ['[a', 'b']],
		['a number is one', 5, ['5']],
		['nothing is none', '', []],
	])('%s', (_, raw, value) => {
		expect(read(field('multiOptions', { default: [] }), raw)).toEqual(value);
	});
});

describe('choices that are known', () => {
	const options = [
		{ name: 'Change By', value: 'changeBy' },
		{ name: 'Set', value: 'set' },
	];
	const refusal = new InputError('"My Field" is "add".', 'Choose from changeBy, set.');

	test('are taken as they are', () => {
		expect(read(field('options', { options }), ' changeBy ')).toBe('changeBy');
		expect(read(field('multiOptions', { options }), 'set,changeBy')).toEqual(['set', 'changeBy']);
	});

	test('leave nothing else through: it would count as the default', () => {
		expect(() => read(field('options', { options, default: 'set' }), 'add')).toThrow(refusal);
		expect(() => read(field('multiOptions', { options }), ['set', 'add'])).toThrow(refusal);
	});

	test('may be none', () => {
		expect(read(field('options', { options }), '')).toBe('');
		expect(read(field('options', { options, default: 'set' }), null)).toBe('set');
		expect(read(field('multiOptions', { options, default: [] }), '')).toEqual([]);
	});
});

describe('a locator', () => {
	const locator = field('resourceLocator', { default: { mode: 'list', value: '' } });

	test.each([
		['as n8n stores it', { __rl: true, mode: 'reference', value: 'ABC' }, 'reference', 'ABC'],
		['with a number', { mode: 'id', value: 17 }, 'id', '17'],
		['with blanks', { mode: 'email', value: ' a@example.com ' }, 'email', 'a@example.com'],
		['without a mode', { value: 5 }, 'id', '5'],
		['with a mode that is none', { mode: 3, value: 5 }, 'id', '5'],
		['without value', { mode: 'id', value: null }, 'id', ''],
		['that is a bare text', '17', 'id', '17'],
		['that is a bare number', 17, 'id', '17'],
		['that is another object', { id: 17 }, 'id', ''],
		['that is empty', null, 'list', ''],
		['that is hidden', undefined, 'list', ''],
	])('%s', (_, raw, mode, value) => {
		expect(read(locator, raw)).toEqual({ mode, value });
	});
});

describe('a required field', () => {
	const required = (type: INodeProperties['type'], standard: unknown) =>
		field(type, { required: true, default: standard as string });

	test.each<[string, INodeProperties, unknown]>([
		['an empty text', required('string', ''), ''],
		['blanks', required('string', ''), '  '],
		['null where a text belongs, whatever the default', required('string', 'x'), null],
		['null where a number belongs, whatever the default', required('number', 0), null],
		['an empty text where a number belongs', required('number', 0), ''],
		['no choice', required('multiOptions', []), []],
		['a locator without value', required('resourceLocator', ''), { mode: 'list', value: '' }],
		[
			'a locator with null',
			required('resourceLocator', ''),
			{ __rl: true, mode: 'id', value: null },
		],
		['a locator with blanks', required('resourceLocator', ''), { mode: 'id', value: ' ' }],
		['null where a locator belongs', required('resourceLocator', ''), null],
		['another object where a locator belongs', required('resourceLocator', ''), { id: 17 }],
	])('refuses %s by its name', (_, property, raw) => {
		expect(() => read(property, raw)).toThrow(
			new InputError('"My Field" is empty.', 'Enter a value.'),
		);
	});

	test.each<[string, INodeProperties, unknown, unknown]>([
		['zero', required('number', 5), 0, 0],
		['false', required('boolean', true), false, false],
		['a value', required('string', ''), 'x', 'x'],
	])('accepts %s', (_, property, raw, value) => {
		expect(read(property, raw)).toBe(value);
	});

	test('that is hidden is not missed', () => {
		expect(read(required('string', ''), undefined)).toBe('');
	});
});

describe('a collection', () => {
	const children = [
		field('string', { displayName: 'Customer Email', name: 'email' }),
		field('number', { displayName: 'Pages', name: 'pages', default: 1 }),
		field('boolean', { displayName: 'Paid', name: 'paid', default: false }),
		field('multiOptions', { displayName: 'States', name: 'states', default: [] }),
		field('resourceLocator', { displayName: 'Order', name: 'order' }),
		field('dateTime', { displayName: 'Created After', name: 'createdAfter' }),
	];
	const options = field('collection', { name: 'options', default: {}, options: children });
	const filters = field('collection', {
		displayName: 'Filters',
		name: 'filters',
		default: {},
		options: children,
	});

	test('holds what was added, by type', () => {
		const raw = { email: 5, pages: '2', paid: 'false', states: 'a,b', order: 9 };
		expect(read(options, raw)).toEqual({
			email: '5',
			pages: 2,
			paid: false,
			states: ['a', 'b'],
			order: { mode: 'id', value: '9' },
		});
	});

	test.each([
		['nothing', {}],
		['null', null],
		['hidden', undefined],
		['an empty text', ''],
		['blanks', ' '],
	])('may be empty: %s', (_, raw) => {
		expect(read(options, raw)).toEqual({});
		expect(read(filters, raw)).toEqual({});
	});

	test('of conditions or changes refuses an entry it does not know, with those it knows', () => {
		expect(() => read(filters, { email: 'a@example.com', emial: 'b' })).toThrow(
			'"Filters" has no entry "emial".',
		);
		const changes = { ...filters, name: 'updateFields', displayName: 'Update Fields' };
		expect(() => read(changes, { piad: true })).toThrow('"Update Fields" has no entry "piad".');
	});

	test('of options refuses a misspelt entry as well', () => {
		expect(() => read(options, { paidd: true })).toThrow('"My Field" has no entry "paidd".');
	});

	test.each([[''], [null], [' ']])('does not take an empty yes-or-no (%j) for no', (paid) => {
		const changes = { ...filters, name: 'updateFields', displayName: 'Update Fields' };
		expect(() => read(changes, { paid })).toThrow('"Paid" in "Update Fields" is empty.');
		expect(read(changes, { paid: 'false' })).toEqual({ paid: false });
		expect(() => read(options, { paid })).toThrow('"Paid" in "My Field" is empty.');
		expect(read(options, { paid: 'false' })).toEqual({ paid: false });
	});

	test('takes nothing from the prototype of what was given', () => {
		expect(read(options, Object.create({ email: 'x' }))).toEqual({});
	});

	test('may come as JSON text', () => {
		expect(read(filters, '{"email":"a@example.com"}')).toEqual({ email: 'a@example.com' });
	});

	test.each([
		['a text', 'email=a@example.com'],
		['a list', [{ email: 'a@example.com' }]],
		['a list in JSON', '[1]'],
		['a number', 5],
		['a boolean', true],
	])('is not dropped silently when it is %s', (_, raw) => {
		expect(() => read(filters, raw)).toThrow('"Filters" is "');
	});

	test('an option may be empty', () => {
		expect(read(options, { email: null, states: [] })).toEqual({ email: '', states: [] });
	});

	test.each(['', null, ' '])('a guard may not come out empty: %j', (raw) => {
		const guard = field('string', { displayName: 'Verify Email', name: 'verifyEmail' });
		const guarded = field('collection', { name: 'options', default: {}, options: [guard] });
		expect(read(guarded, {})).toEqual({});
		expect(() => read(guarded, { verifyEmail: raw })).toThrow(
			new InputError(
				'"Verify Email" in "My Field" is empty.',
				'Enter a value or remove the entry.',
			),
		);
	});

	test.each([
		['Customer Email', { email: '' }],
		['Customer Email', { email: null }],
		['Customer Email', { email: undefined }],
		['Customer Email', { email: '  ' }],
		['Customer Email', { email: [] }],
		['Pages', { pages: '' }],
		['Paid', { paid: null }],
		['Paid', { paid: '' }],
		['States', { states: [] }],
		['States', { states: ' , ' }],
		['Order', { order: { mode: 'id', value: '' } }],
		['Created After', { createdAfter: new Date(Number.NaN) }],
	])('a filter that came out empty is refused: %s %j', (name, raw) => {
		expect(() => read(filters, raw)).toThrow(
			new InputError(
				`The filter "${name}" is empty, which would match everything.`,
				'Enter a value or remove the filter.',
			),
		);
	});

	test.each([
		['zero', { pages: 0 }],
		['false', { paid: false }],
	])('a filter may be %s', (_, raw) => {
		expect(read(filters, raw)).toEqual(raw);
	});

	test('a wrong value in it is refused by its own name', () => {
		expect(() => read(options, { pages: 'x' })).toThrow('"Pages" is "x".');
	});
});

describe('rows of several values', () => {
	const rows = field('fixedCollection', { displayName: 'Lines', default: {} });

	test.each([
		['stay', { row: [{ a: 1 }] }, { row: [{ a: 1 }] }],
		['may be none', {}, {}],
		['may be null', null, {}],
		['may come as JSON text', '{"row":[{"a":1}]}', { row: [{ a: 1 }] }],
	])('%s', (_, raw, value) => {
		expect(read(rows, raw)).toEqual(value);
	});

	test.each(['row', [{ a: 1 }], 7])('are not dropped silently when they are %j', (raw) => {
		expect(() => read(rows, raw)).toThrow('"Lines" is "');
	});
});

test('exactly the declared fields are read', () => {
	const asked: string[] = [];
	const fields = [field('string', { name: 'a' }), field('number', { name: 'b', default: 2 })];
	const values = readValues(fields, (name) => {
		asked.push(name);
		return undefined;
	});
	expect(asked).toEqual(['a', 'b']);
	expect(values).toEqual({ a: '', b: 2 });
});

test('an object in a text field of a condition is shown as JSON, a date as its time', () => {
	const rows = field('fixedCollection', {
		name: 'filters',
		options: [
			{
				displayName: 'Row',
				name: 'row',
				values: [field('string', { name: 'value' }), field('number', { name: 'count' })],
			},
		],
	});
	const given = [
		{ value: { id: 5 }, count: 1 },
		{ value: new Moment() },
		{ value: 'a' },
		{ value: null },
	];
	expect(read(rows, { row: given })).toEqual({
		row: [
			{ value: '{"id":5}', count: 1 },
			{ value: '2026-01-31T08:00:00.000+01:00' },
			{ value: 'a' },
			{ value: null },
		],
	});
	expect(read(rows, { row: { value: [1, 2] } })).toEqual({ row: { value: '1,2' } });
});
