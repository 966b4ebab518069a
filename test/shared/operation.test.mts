/** The values an operation receives are typed by its fields; the type checker runs this file too. */
import { field, operationsOf } from '../../nodes/shared/actions/operation.ts';
import type { ValuesOf } from '../../nodes/shared/actions/operation.ts';
import type { Locator } from '../../nodes/shared/protocol/locator.ts';
import type { Shop } from '../../nodes/shared/reading/shop.ts';

/** `true` when two types are the same, else `false`. */
type Same<A, B> =
	(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const same = <A, B>(answer: Same<A, B>): boolean => answer;

const child = { displayName: 'Child', name: 'pages', type: 'number', default: 1 } as const;

const fields = [
	field({ displayName: 'A', name: 'text', type: 'string', default: '' }),
	field({ displayName: 'A', name: 'choice', type: 'options', default: '', options: [] }),
	field({ displayName: 'A', name: 'date', type: 'dateTime', default: '' }),
	field({ displayName: 'A', name: 'json', type: 'json', default: '' }),
	field({ displayName: 'A', name: 'count', type: 'number', default: 0 }),
	field({ displayName: 'A', name: 'flag', type: 'boolean', default: false }),
	field({ displayName: 'A', name: 'some', type: 'multiOptions', default: [], options: [] }),
	field({ displayName: 'A', name: 'record', type: 'resourceLocator', default: '' }),
	field({ displayName: 'A', name: 'group', type: 'collection', default: {}, options: [child] }),
] as const;

type Values = ValuesOf<typeof fields>;

test.each([
	['a string is a text', same<Values['text'], string>(true)],
	['an option is a text', same<Values['choice'], string>(true)],
	['a date is a text', same<Values['date'], string>(true)],
	['JSON is a text', same<Values['json'], string>(true)],
	['a number is a number', same<Values['count'], number>(true)],
	['a boolean is a boolean', same<Values['flag'], boolean>(true)],
	['several options are texts', same<Values['some'], string[]>(true)],
	['a locator is mode and value', same<Values['record'], Locator>(true)],
	['a collection may hold each child', same<Values['group']['pages'], number | undefined>(true)],
	['a name that is not declared is none', same<'pages' extends keyof Values ? 1 : 2, 2>(true)],
	['a text is no number', !same<Values['text'], number>(false)],
])('%s', (_, agrees) => {
	expect(agrees).toBe(true);
});

const shop = {} as Shop<object>;

const item = {
	index: 0,
	file: async () => ({ bytes: new Uint8Array(), fileName: '' }),
	together: async () => {
		throw new Error('not here');
	},
};

const facts = {
	value: 'get',
	name: 'Get',
	action: 'Get a record',
	description: 'Retrieve a record',
	needs: ['records GET'],
	items: 'together',
} as const;

test('an operation keeps what was declared and runs with the values it is given', async () => {
	const operation = operationsOf<object>()({
		...facts,
		fields,
		run: async (given, { text, count }) => ({ text, next: count + 1, own: given === shop }),
	});
	expect(operation).toMatchObject(facts);
	expect(operation.fields).toBe(fields);
	const result = await operation.run(shop, { text: 'a', count: 1 }, item);
	expect(result).toEqual({ text: 'a', next: 2, own: true });
});

test('a misspelt field does not compile', async () => {
	const operation = operationsOf<object>()({
		...facts,
		fields,
		// @ts-expect-error There is no field "txt".
		run: async (_, { txt }) => ({ txt: String(txt) }),
	});
	expect(await operation.run(shop, { text: 'a' }, item)).toEqual({ txt: 'undefined' });
});

test('a field shared by several operations is the very same object', () => {
	expect(field(child)).toBe(child);
});
