/** The item loop inside n8n's engine: order, pairing, failures, and what the user is told. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { InputError } from '../../nodes/shared/protocol/errors.ts';
import { executeOperation } from '../../nodes/shared/actions/execute.ts';
import {
	dryRun,
	limit,
	maxOutputCharacters,
	returnAll,
	verifyEmail,
} from '../../nodes/shared/actions/fields.ts';
import { eachFound } from '../../nodes/shared/actions/ifNotFound.ts';
import { field, operationsOf } from '../../nodes/shared/actions/operation.ts';
import type { Operation, Resource } from '../../nodes/shared/actions/operation.ts';
import { notFound } from '../../nodes/shared/reading/records.ts';
import { SECRET, demoBench, demoVendor, errorOf } from '../support/demoVendor.mts';
import type { Row } from '../support/demoVendor.mts';
import { executeNode } from '../support/engine.mts';
import type { Execution } from '../support/engine.mts';
import { ScriptedServer } from '../support/scriptedServer.mts';

const operation = operationsOf<Row>();

const rowId = field({
	displayName: 'Row',
	name: 'rowId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '' },
	required: true,
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string' },
		{ displayName: 'By Email', name: 'email', type: 'string' },
	],
});

const note = field({
	displayName: 'Note',
	name: 'note',
	type: 'string',
	default: '',
	required: true,
});

const options = field({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	default: {},
	options: [dryRun, maxOutputCharacters, verifyEmail],
});

/** What operations did, in order. */
let log: string[] = [];

const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** Records by ID, as many as its note says: `bad` cannot be had, `gone` is not there. */
function rowOperation(value: string, items: Operation<Row>['items']): Operation<Row> {
	return operation({
		value,
		name: value,
		action: 'Get a row',
		description: 'Retrieve a row',
		needs: [],
		items,
		fields: [rowId, note],
		run: async (shop, { rowId: { value: id }, note: text }) => {
			log.push(`begin ${id}`);
			await turn();
			// The first item takes longest, so that order is not there by accident.
			if (id === '0') await new Promise((resolve) => setTimeout(resolve, 20));
			if (id === 'bad') throw new InputError('The row is bad.', 'Take another.');
			if (id === 'gone') await shop.send({ method: 'GET', path: ['rows', id] });
			log.push(`end ${id}`);
			return [{ id, text }];
		},
	});
}

let found: IDataObject[] | IDataObject = [];
let seen: IDataObject = {};

const resources: ReadonlyArray<Resource<Row>> = [
	{
		value: 'row',
		name: 'Row',
		operations: [
			rowOperation('together', 'together'),
			rowOperation('oneByOne', 'oneByOne'),
			operation({
				value: 'getAll',
				name: 'Get Many',
				action: 'Get many rows',
				description: 'Retrieve rows',
				needs: [],
				items: 'together',
				fields: [returnAll, limit, options],
				run: async (_, values) => {
					seen = values;
					return found;
				},
			}),
			operation({
				value: 'lookUp',
				name: 'Look Up',
				action: 'Look rows up',
				description: 'Retrieve rows by name',
				needs: [],
				findsOne: true,
				items: 'together',
				fields: [note],
				run: async (_, { note: names }) => {
					if (names === 'odd') throw new InputError('The row is odd.', 'Take another.');
					return await eachFound(names.split(','), async (name) => {
						if (name.startsWith('no')) throw notFound('row', name);
						return [{ name }];
					});
				},
			}),
			operation({
				value: 'warn',
				name: 'Warn',
				action: 'Get rows',
				description: 'Retrieve rows',
				needs: [],
				items: 'together',
				fields: [note],
				run: async (shop, { note: count }) => {
					for (let row = 0; row < Number(count); row++) {
						shop.confinedTo({ part: '1' }).warn(`Row ${row} could not be read.`);
						shop.warn(`Row ${row} could not be read.`);
					}
					return { id: '1' };
				},
			}),
			operation({
				value: 'find',
				name: 'Find',
				action: 'Find a row',
				description: 'Look a row up',
				needs: [],
				items: 'oneByOne',
				fields: [],
				run: async (shop) => {
					const lookup = {
						id: 'rows',
						calls: (values: readonly string[]) => [
							{ values, call: { method: 'GET', path: ['rows'] } as const },
						],
						keyOf: ({ id }: Row) => id,
						normalise: (value: string) => value,
					};
					const rows = await shop.find(lookup, '1');
					const loads = await shop.once('loads', async () => log.push('load'));
					return { rows: rows.length, loads };
				},
			}),
		],
	},
];

let server: ScriptedServer;

beforeAll(async () => {
	server = await new ScriptedServer().start();
});
afterAll(async () => {
	await server.stop();
});
beforeEach(() => {
	log = [];
});

const itemsOf = (...ids: string[]): INodeExecutionData[] => ids.map((id) => ({ json: { id } }));

/** Runs an operation; `rowId` is that of each item unless given. */
async function run(
	name: string,
	items: INodeExecutionData[],
	{
		onError,
		shopUrl = server.url,
		isTool = false,
		...parameters
	}: INodeParameters & {
		isTool?: boolean;
		onError?: 'continueRegularOutput' | 'continueErrorOutput';
		shopUrl?: string;
	} = {},
): Promise<Execution> {
	return await executeNode(
		demoBench({ shopUrl }, { resources }),
		{
			resource: 'row',
			operation: name,
			rowId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			note: 'n',
			...parameters,
		},
		{ items, isTool, ...(onError && { onError }) },
	);
}

const rowsOf = ({ items }: Execution) => items.map(({ json }) => json);

describe.each(['together', 'oneByOne'])('items that are served %s', (name) => {
	test('come out in the order they came in, each paired with its own', async () => {
		const { items, error } = await run(name, itemsOf('0', '1', '2'));
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['0', { item: 0 }],
			['1', { item: 1 }],
			['2', { item: 2 }],
		]);
	});

	test('end with the first failing item, named by number, record, reason and fix', async () => {
		const { items, error } = await run(name, itemsOf('0', 'bad', 'bad'));
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			'Get a row (Row ID bad, Note n) [item 1]: The row is bad. Take another.',
		);
		expect(error?.context?.itemIndex).toBe(1);
	});

	test('tell an answer of the shop as API error with the facts', async () => {
		server.script({ status: 404, body: 'no such row' });
		const { error } = await run(name, itemsOf('gone'));
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Get a row (Row ID gone, Note n): Reason notFound 404 no such row. Fix notFound.',
			description: 'GET rows/gone · HTTP 404',
			httpCode: '404',
			context: { itemIndex: 0 },
		});
		expect(JSON.stringify(error)).not.toContain(SECRET);
	});

	test('go on after a failure when the user wants that', async () => {
		const { items, error } = await run(name, itemsOf('bad', '1', 'bad'), {
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		const failed = (item: number) => ({
			json: {
				error: `Get a row (Row ID bad, Note n) [item ${item}]: The row is bad. Take another.`,
				details: { code: 'input', hint: 'Take another.' },
			},
			pairedItem: { item },
		});
		expect(items).toEqual([
			failed(0),
			{ json: { id: '1', text: 'n' }, pairedItem: { item: 1 } },
			failed(2),
		]);
	});

	test('name the item also when a field cannot be read', async () => {
		const { error } = await run(name, itemsOf('1', ''));
		expect(error?.message).toBe('Get a row [item 1]: "Row" is empty. Enter a value.');
		expect(error?.context?.itemIndex).toBe(1);
	});

	test('may be none', async () => {
		// n8n starts no node without items, so the context is made by hand.
		const context = {
			getInputData: () => [],
			getNode: () => ({ parameters: {} }),
			getNodeParameter: (parameter: string) => (parameter === 'resource' ? 'row' : name),
			continueOnFail: () => false,
			getCredentials: async () => ({ shopUrl: server.url, key: SECRET }),
		} as unknown as IExecuteFunctions;
		expect(await executeOperation(context, demoVendor, resources)).toEqual([[]]);
		expect(log).toEqual([]);
	});
});

test('together means at the same time', async () => {
	await run('together', itemsOf('0', '1', '2'));
	expect(log.slice(0, 3)).toEqual(['begin 0', 'begin 1', 'begin 2']);
	expect(log.at(-1)).toBe('end 0');
});

test('one by one means that the next begins when the one before has ended', async () => {
	await run('oneByOne', itemsOf('0', '1'));
	expect(log).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1']);
});

test('one by one means that nothing begins after a failure', async () => {
	await run('oneByOne', itemsOf('1', 'bad', '2'));
	expect(log).toEqual(['begin 1', 'end 1', 'begin bad']);
});

test('one by one, look-ups are made afresh for each item; what is loaded once is not', async () => {
	server.script({ body: '[{"id":"1"}]' }, { body: '[]' });
	expect(rowsOf(await run('find', itemsOf('1', '2')))).toEqual([
		{ rows: 1, loads: 1 },
		{ rows: 0, loads: 1 },
	]);
	expect(server.received).toHaveLength(2);
});

describe("n8n's error output", () => {
	test('gets the failed items with the fields of their input items', async () => {
		const { items, errorItems } = await run('together', itemsOf('1', 'bad'), {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.id)).toEqual(['1']);
		expect(errorItems.map(({ json }) => json)).toEqual([
			{
				id: 'bad',
				error: 'Get a row (Row ID bad, Note n) [item 1]: The row is bad. Take another.',
				details: { code: 'input', hint: 'Take another.' },
			},
		]);
	});

	test('takes the failed items out of the usual one', async () => {
		const { items } = await run('together', itemsOf('bad', '1'), {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.id)).toEqual(['1']);
	});
});

describe('warnings of an operation', () => {
	test('are shown above the output, each once, whichever part of the shop they come from', async () => {
		const { items, hints } = await run('warn', itemsOf('1', '2'), { note: '2' });
		expect(items).toHaveLength(2);
		expect(hints).toEqual(['Row 0 could not be read.', 'Row 1 could not be read.']);
	});

	test('are counted when there are very many', async () => {
		const { hints } = await run('warn', itemsOf('1'), { note: '30' });
		expect(hints).toHaveLength(21);
		expect(hints.at(-1)).toBe('10 more warnings.');
	});

	test('are none when nothing was amiss', async () => {
		expect((await run('warn', itemsOf('1'), { note: '0' })).hints).toEqual([]);
	});
});

describe('a record that is not there', () => {
	const lookUp = async (names: string, ifNotFound?: string) =>
		await run('lookUp', itemsOf('1'), { note: names, options: ifNotFound ? { ifNotFound } : {} });

	test('ends the run unless told', async () => {
		for (const choice of [undefined, 'fail']) {
			expect((await lookUp('nobody', choice)).error?.message).toContain(
				'The shop has no row "nobody".',
			);
		}
	});

	test('gives no item, or one that says so, in its place among the others', async () => {
		expect(rowsOf(await lookUp('nobody', 'skip'))).toEqual([]);
		expect(rowsOf(await lookUp('a,nobody,b', 'skip'))).toEqual([{ name: 'a' }, { name: 'b' }]);
		const { items } = await lookUp('a,nobody,b', 'item');
		expect(items).toEqual([
			{ json: { name: 'a' }, pairedItem: { item: 0 } },
			{
				json: { found: false, message: 'The shop has no row "nobody".' },
				pairedItem: { item: 0 },
			},
			{ json: { name: 'b' }, pairedItem: { item: 0 } },
		]);
	});

	test('is not the same as another failure', async () => {
		expect((await lookUp('odd', 'skip')).error?.message).toContain('The row is odd.');
		expect((await lookUp('a', 'sometimes')).error?.message).toContain('Choose from fail,');
	});
});

describe('a guard', () => {
	const reads = ['={{ $json.email }}', "={{ $input.item.json['email'] }}", '={{ $data.email }}'];

	test.each(reads)('of an AI tool is refused when the model could set it: %s', async (value) => {
		found = [];
		const options = { verifyEmail: value };
		const input = [{ json: { email: 'a@example.com' } }];
		const { error } = await run('getAll', input, { isTool: true, options });
		expect(error?.message).toContain(
			'"Verify Email" reads the input item, which the model of an AI tool can overwrite.',
		);
		expect((await run('getAll', input, { options })).error).toBeUndefined();
	});

	test.each(["={{ $fromAI('email') }}", "={{ $fromai('email') }}", '={{ $parameter.note }}'])(
		'of an AI tool is not left to the model: %s',
		async (value) => {
			const options = { verifyEmail: value };
			const { error } = await run('getAll', itemsOf('1'), { isTool: true, options });
			expect(error?.message).toContain('"Verify Email" is filled by the model of the AI tool');
		},
	);

	test('of an AI tool may be fixed, or read another node', async () => {
		found = [];
		for (const value of ['a@example.com', "={{ $('Items').first().json.email }}"]) {
			const options = { verifyEmail: value, dryRun: true };
			const input = [{ json: { email: 'b@example.com' } }];
			expect((await run('getAll', input, { isTool: true, options })).error).toBeUndefined();
		}
	});

	test('that switches a write off is one as well', async () => {
		const options = { dryRun: '={{ $json.dry }}' };
		const { error } = await run('getAll', itemsOf('1'), { isTool: true, options });
		expect(error?.message).toContain('"Dry Run" reads the input item');
	});
});

test('a message names a record of megabytes by its ends', async () => {
	const bad = await run('together', itemsOf('bad'), { note: 'n'.repeat(1_000_000) });
	expect(bad.error?.message).toMatch(/^Get a row \(Row ID bad, Note nnn.+nnn\): The row is bad\./);
	expect(bad.error?.message.length).toBeLessThan(1_000);
});

describe('a credential that cannot work', () => {
	test('ends the run with the reason', async () => {
		const { error } = await run('together', itemsOf('1', '2'), { shopUrl: '' });
		expect(error?.message).toBe('Get a row: The shop URL is empty. Enter the address of the shop.');
		expect(log).toEqual([]);
	});

	test.each(['together', 'oneByOne'])(
		'fails each item (%s) when the user wants to go on',
		async (name) => {
			const { items, error } = await run(name, itemsOf('1', '2'), {
				shopUrl: '',
				onError: 'continueRegularOutput',
			});
			expect(error).toBeUndefined();
			expect(items).toEqual(
				[0, 1].map((item) => ({
					json: {
						error: `Get a row [item ${item}]: The shop URL is empty. Enter the address of the shop.`,
						details: { code: 'input', hint: 'Enter the address of the shop.' },
					},
					pairedItem: { item },
				})),
			);
			expect(log).toEqual([]);
		},
	);
});

describe('an operation that does not exist', () => {
	test.each([
		['a resource of another version', { resource: 'planet', operation: 'together' }],
		['an operation of another version', { resource: 'row', operation: 'explode' }],
	])('is told: %s', async (_, chosen) => {
		const context = {
			getNode: () => ({ name: 'Demo', type: 'demo', parameters: {} }),
			getNodeParameter: (name: 'resource' | 'operation') => chosen[name],
		} as unknown as IExecuteFunctions;
		const error = await errorOf(async () => await executeOperation(context, demoVendor, resources));
		expect(error.message).toBe(
			`${chosen.resource}: ${chosen.operation}: Choose a resource and an operation from the lists of this version of the node.`,
		);
	});
});

test('a message calls a record as the user did', async () => {
	const rowId = { __rl: true, mode: 'email', value: 'bad' };
	const { error } = await run('together', itemsOf('1'), { rowId });
	expect(error?.message).toBe('Get a row (Row email bad, Note n): The row is bad. Take another.');
});

describe('the values an operation gets', () => {
	test('have the defaults of hidden and of optional fields', async () => {
		found = [];
		await run('getAll', itemsOf('1'), { returnAll: true });
		expect(seen).toEqual({ returnAll: true, limit: 50, options: {} });
		await run('getAll', itemsOf('1'), { limit: '={{ $json.nothing }}' });
		expect(seen).toEqual({ returnAll: false, limit: 50, options: {} });
	});

	test('are those of each item', async () => {
		found = [];
		await run('getAll', [{ json: { many: '3', all: 'false' } }], {
			returnAll: '={{ $json.all }}',
			limit: '={{ $json.many }}',
		});
		expect(seen).toEqual({ returnAll: false, limit: 3, options: {} });
	});

	test('are refused when a required one comes out empty', async () => {
		const { error } = await run('together', itemsOf('1'), { note: '={{ $json.nothing }}' });
		expect(error?.message).toBe('Get a row: "Note" is empty. Enter a value.');
	});
});

describe('output', () => {
	const text = (characters: number) => ({ t: 'x'.repeat(characters - '{"t":""}'.length) });

	test.each([
		['is not cut without a limit', 0, [text(50), text(50)], [text(50), text(50)]],
		['that fits exactly is not cut', 100, [text(50), text(50)], [text(50), text(50)]],
		[
			'that does not fit loses whole records and counts them',
			99,
			[text(50), text(50), text(50)],
			[text(50), { more: 2, message: '2 more. Narrow the filters to see them.' }],
		],
		[
			'holds a part of one record at least',
			40,
			[text(50), text(50)],
			[
				{ t: `${'x'.repeat(31)}…` },
				{ more: 1, message: '1 more. Narrow the filters to see them.' },
			],
		],
		['of a single record is cut as well', 40, [text(50)], [{ t: `${'x'.repeat(31)}…` }]],
		['may be empty', 10, [], []],
	])('%s', async (_, maxCharacters, rows, expected) => {
		found = rows;
		const execution = await run('getAll', itemsOf('1'), {
			options: { maxOutputCharacters: maxCharacters },
		});
		expect(rowsOf(execution)).toEqual(expected);
	});

	test('may be a single record', async () => {
		found = { id: '1' };
		expect(rowsOf(await run('getAll', itemsOf('1')))).toEqual([{ id: '1' }]);
	});

	test('may be more than fits on the stack', async () => {
		found = Array.from({ length: 200_000 }, () => ({}));
		const { items, error } = await run('getAll', itemsOf('1'));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(200_000);
	});
});
