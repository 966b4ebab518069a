/** The node's parameters are made from the operations table and from nothing else. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { limit, maxOutputCharacters, returnAll } from '../../nodes/shared/actions/fields.ts';
import { field, operationsOf } from '../../nodes/shared/actions/operation.ts';
import type { Resource } from '../../nodes/shared/actions/operation.ts';
import { toProperties } from '../../nodes/shared/actions/properties.ts';

const operation = operationsOf<object>();

const secondPage = field({
	displayName: 'Second Page',
	name: 'secondPage',
	type: 'boolean',
	default: false,
	displayOptions: { show: { returnAll: [true], resource: ['nonsense'] }, hide: { limit: [7] } },
	description: 'Whether to turn the page',
});

const run = async () => ({});

const resources: ReadonlyArray<Resource<object>> = [
	{
		value: 'order',
		name: 'Order',
		operations: [
			operation({
				value: 'getAll',
				name: 'Get Many',
				action: 'Get many orders',
				description: 'Retrieve many orders. Several at once.',
				needs: ['orders GET', 'states GET'],
				items: 'together',
				fields: [returnAll, limit, secondPage],
				run,
			}),
			operation({
				value: 'create',
				name: 'Create',
				action: 'Create an order',
				description: 'Make a new order',
				needs: ['orders POST'],
				items: 'oneByOne',
				fields: [],
				run,
			}),
		],
	},
	{
		value: 'apiKey',
		name: 'API Key',
		operations: [
			operation({
				value: 'check',
				name: 'Check',
				action: 'Check the key',
				description: 'Look at it.',
				needs: [],
				items: 'oneByOne',
				fields: [returnAll],
				run,
			}),
		],
	},
];

const properties = toProperties(resources);
const named = (name: string) => properties.filter((property) => property.name === name);

test('Resource comes first, lists all of them as the table does, and begins with its first', () => {
	expect(properties[0]).toEqual({
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Order', value: 'order' },
			{ name: 'API Key', value: 'apiKey' },
		],
		default: 'order',
	});
});

test('each resource has its own Operation, sorted by name, with the rights in the description', () => {
	expect(named('operation')).toEqual([
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['order'] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create an order',
					description: 'Make a new order. Needs: orders POST.',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many orders',
					description: 'Retrieve many orders. Several at once. Needs: orders GET, states GET.',
				},
			],
			default: 'getAll',
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['apiKey'] } },
			options: [
				{ name: 'Check', value: 'check', action: 'Check the key', description: 'Look at it.' },
			],
			default: 'check',
		},
	]);
});

test('a field shows for its operation only; one that several share shows for each', () => {
	expect(named('returnAll').map(({ displayOptions }) => displayOptions)).toEqual([
		{ show: { resource: ['order'], operation: ['getAll'] } },
		{ show: { resource: ['apiKey'], operation: ['check'] } },
	]);
});

test("a field's own conditions are kept, but resource and operation are the table's", () => {
	const show = { returnAll: [false], resource: ['order'], operation: ['getAll'] };
	expect(named('limit')[0]?.displayOptions).toEqual({ show, hide: { '@tool': [true] } });
	expect(named('secondPage')[0]?.displayOptions).toEqual({
		show: { returnAll: [true], resource: ['order'], operation: ['getAll'] },
		hide: { limit: [7] },
	});
});

test('a list for a model is short unless it asks for more', () => {
	const [forPeople, forModels] = named('limit');
	expect(forPeople?.default).toBe(50);
	expect(forModels?.default).toBe(10);
	expect(forModels?.displayOptions?.show).toMatchObject({ '@tool': [true], returnAll: [false] });
});

test('everything else of a field is as declared, and the declaration is not changed', () => {
	const { displayOptions, ...rest } = named('secondPage')[0] ?? {};
	expect(displayOptions).toBeDefined();
	expect(rest).toEqual({
		displayName: 'Second Page',
		name: 'secondPage',
		type: 'boolean',
		default: false,
		description: 'Whether to turn the page',
	});
	expect(secondPage.displayOptions.show.resource).toEqual(['nonsense']);
	expect('displayOptions' in returnAll).toBe(false);
});

test('fields follow the Operation of their resource, in the order of the table', () => {
	expect(properties.map(({ name }) => name)).toEqual([
		'resource',
		'operation',
		'rightsNotice',
		'returnAll',
		'limit',
		'limit',
		'secondPage',
		'options',
		'rightsNotice',
		'options',
		'operation',
		'returnAll',
		'options',
	]);
});

test('an operation says which rights it needs where it is filled in', () => {
	expect(named('rightsNotice')).toEqual([
		{
			displayName: 'Needs: orders GET, states GET',
			name: 'rightsNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { resource: ['order'], operation: ['getAll'] } },
		},
		{
			displayName: 'Needs: orders POST',
			name: 'rightsNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { resource: ['order'], operation: ['create'] } },
		},
	]);
});

describe('with a part of the shop to choose', () => {
	const scope = {
		field: field({ displayName: 'Branch', name: 'branch', type: 'resourceLocator', default: '' }),
		query: () => ({}),
	};

	test('every operation gets it under Options, which are added where there are none', () => {
		const options = toProperties(resources, { scope }).filter(({ name }) => name === 'options');
		expect(options).toHaveLength(3);
		for (const { options: children } of options) {
			expect(children).toEqual([scope.field, maxOutputCharacters]);
		}
	});

	test('it takes its place among the other options', () => {
		const own = field({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [maxOutputCharacters],
		});
		const table: Array<Resource<object>> = resources.slice(1).map((resource) => ({
			...resource,
			operations: resource.operations.map((each) => ({ ...each, fields: [own] })),
		}));
		const [options] = toProperties(table, { scope }).filter(({ name }) => name === 'options');
		expect(options?.options?.map(({ name }) => name)).toEqual(['branch', 'maxOutputCharacters']);
		expect(own.options).toEqual([maxOutputCharacters]);
	});
});

test('rights stand there in the words of the back office, where the shop has some', () => {
	const nameRight = (right: string) => `"${right.toLowerCase()}"`;
	const operations = toProperties(resources, { nameRight })
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
	expect(operations.map(({ description }) => description)).toContain(
		'Make a new order. Needs: "orders post".',
	);
});

test('an empty table gives a Resource without choice', () => {
	expect(toProperties([])).toEqual([
		expect.objectContaining({ name: 'resource', options: [], default: '' }),
	]);
});
