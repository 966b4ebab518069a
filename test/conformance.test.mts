/**
 * Every operation of every node, run in n8n's engine over real HTTP against its sandbox shop. The
 * operations table says what must be covered: an operation without a case file fails here by name.
 *
 * A shop joins by `test/<Folder>/conformance.mts`; nothing in this file names one.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import type { Operation, Resource } from '../nodes/shared/actions/operation.ts';
import { executeNode } from './support/engine.mts';
import type { Bench } from './support/engine.mts';

/** A running sandbox shop, as far as this test needs it. */
export interface ConformanceShop {
	/** Credentials by the name the cases use. */
	bench(key: string): Bench;
	/** Requests since the last call of `forget`, as `GET /path?query` with everything decoded. */
	requests(): string[];
	forget(): void;
	/** Brings the shop to what a case needs before it runs. */
	prepare(steps: Array<Record<string, unknown>>): void;
	close(): Promise<void>;
}

/** What `test/<Folder>/conformance.mts` exports. */
export interface ConformanceSuite {
	versions: readonly string[];
	resources: ReadonlyArray<Resource<never>>;
	start(version: string): Promise<ConformanceShop>;
}

interface Case {
	/** A sentence. */
	name: string;
	/** Credential; the least one that must do. */
	key: string;
	/** Only these versions; all of them when absent. */
	versions?: string[];
	prepare?: Array<Record<string, unknown>>;
	parameters: INodeParameters;
	/** One run for these inputs; a single empty item when absent. */
	input?: IDataObject[];
	continueOnFail?: boolean;
	/** All requests of the run, in any order. */
	requests?: string[];
	/** The most requests the run may cost. */
	maxRequests?: number;
	/** Output, each item matched as a subset. */
	output?: IDataObject[];
	/** The run must only look, and say that it did no more. */
	isDryRun?: boolean;
	/** Pieces of the message the run ends with. */
	error?: string[];
}

const root = path.join(import.meta.dirname, '..');

interface Manifest {
	n8n: { nodes: string[] };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const folders = [...new Set(manifest.n8n.nodes.map((file) => path.basename(path.dirname(file))))];

for (const folder of folders) {
	// Which modules there are is known only from package.json.
	const suite = (
		require(path.join(root, 'test', folder, 'conformance.mts')) as { suite: ConformanceSuite }
	).suite;
	const operations = suite.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);

	describe(`${folder}: the operations table`, () => {
		test.each(operations)('$resource.value.$operation.value is well-formed', (entry) => {
			checkEntry(entry.resource, entry.operation, nodeOf(folder));
		});
	});

	describe.each(suite.versions)(`${folder} %s`, (version) => {
		for (const { resource, operation } of operations) {
			const name = `${resource.value}.${operation.value}`;
			const file = path.join(root, 'test', folder, 'cases', `${name}.json`);
			if (!existsSync(file)) {
				test(`${name} has a case file`, () => {
					throw new Error(`Write test/${folder}/cases/${name}.json.`);
				});
				continue;
			}
			const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
			const runnable = cases.filter(({ versions }) => versions?.includes(version) ?? true);
			test.each(runnable)(`${name}: $name`, async (each) => {
				await runCase(suite, version, resource.value, operation.value, each);
			});
			const [good] = runnable.filter(({ error, output }) => error === undefined && output);
			if (good === undefined || !hasOption(operation, 'dryRun')) continue;
			test(`${name}: a dry run says so and writes nothing`, async () => {
				const options = { ...(good.parameters.options as IDataObject), dryRun: true };
				await runCase(suite, version, resource.value, operation.value, {
					...good,
					parameters: { ...good.parameters, options: options as INodeParameters },
					requests: undefined,
					output: undefined,
					isDryRun: true,
				});
			});
		}
	});
}

test.each(manifest.n8n.nodes)('%s has the methods that it names', (file) => {
	const { description, methods } = nodeOf(path.basename(path.dirname(file)), path.parse(file).name);
	const tests = (description.credentials ?? []).map(({ testedBy }) => testedBy);
	expect(Object.keys(methods?.credentialTest ?? {})).toEqual(tests);
	const named = [...JSON.stringify(description).matchAll(/"(\w+)Method":"(\w+)"/g)];
	const lists = { searchList: methods?.listSearch, loadOptions: methods?.loadOptions };
	for (const [, kind = '', method = ''] of named) {
		expect(lists[kind as keyof typeof lists]).toHaveProperty(method);
	}
});

function nodeOf(folder: string, name = `${folder}.node`): INodeType {
	const file = path.join('nodes', folder, `${name}.ts`);
	const modules = require(path.join(root, file)) as Record<string, new () => INodeType>;
	const [node] = Object.values(modules);
	if (!node) throw new Error(`${file} exports no node.`);
	return new node();
}

async function runCase(
	suite: ConformanceSuite,
	version: string,
	resource: string,
	operation: string,
	each: Case,
): Promise<void> {
	const shop = await suite.start(version);
	try {
		shop.prepare(each.prepare ?? []);
		shop.forget();
		const { items, error } = await executeNode(
			shop.bench(each.key),
			{ resource, operation, ...each.parameters },
			{
				items: (each.input ?? [{}]).map((json) => ({ json })),
				...(each.continueOnFail && { onError: 'continueRegularOutput' as const }),
			},
		);
		const requests = shop.requests();
		if (each.error) {
			for (const piece of each.error) expect(error?.message ?? 'no error').toContain(piece);
		} else {
			expect(error?.message).toBeUndefined();
		}
		if (each.output) {
			expect(items.map(({ json }) => json)).toMatchObject(each.output);
			expect(items).toHaveLength(each.output.length);
		}
		if (each.isDryRun) {
			expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
			expect(items.length).toBeGreaterThan(0);
			for (const { json } of items) expect(JSON.stringify(json)).toMatch(/dry ?run/i);
		}
		if (each.requests) expect([...requests].sort()).toEqual([...each.requests].sort());
		if (each.maxRequests !== undefined) {
			expect({ requests: requests.length <= each.maxRequests ? [] : requests }).toEqual({
				requests: [],
			});
		}
		for (const { pairedItem } of items)
			expect(pairedItem).toMatchObject({ item: expect.any(Number) });
	} finally {
		await shop.close();
	}
}

/** What n8n's linter cannot see because the parameters are made from the table. */
function checkEntry(resource: Resource<never>, operation: Operation<never>, node: INodeType): void {
	expect(operation.action).toMatch(/^[A-Z][^A-Z]*( (API|ID|URL|SKU|EAN)\b[^A-Z]*)*$/);
	expect(resource.value).toMatch(/^[a-z][A-Za-z]*$/);
	for (const right of [...operation.needs, ...(operation.uses ?? [])]) {
		expect(right).toMatch(
			/^[a-z_ ]+( (GET|POST|PUT|PATCH|DELETE))(\|(GET|POST|PUT|PATCH|DELETE))*$/,
		);
	}
	const writes = /\b(POST|PUT|DELETE)\b|^(create|update|delete)$/;
	const isWrite = [...operation.needs, operation.value].some((word) => writes.test(word));
	expect(hasOption(operation, 'dryRun')).toBe(isWrite);
	const names = operation.fields.map(({ name }) => name);
	// What belongs to an order is shown only to whom it belongs.
	if (operation.value.startsWith('get') && names.includes('orderId')) {
		expect(hasOption(operation, 'verifyEmail')).toBe(true);
	}
	if (operation.value === 'getAll')
		expect(names).toEqual(expect.arrayContaining(['returnAll', 'limit']));
	expect(new Set(names).size).toBe(names.length);
	for (const field of operation.fields) checkField(field, node);
	// Who looks one record up may not find it, and not for everybody is that an error.
	const findsOne = ['get', 'getLatest', 'download'].includes(operation.value);
	expect(operation.findsOne ?? false).toBe(findsOne);
	expect(hasIfNotFound(node, resource.value, operation.value)).toBe(findsOne);
}

function hasOption({ fields }: Operation<never>, option: string): boolean {
	const options = fields.find(({ name }) => name === 'options')?.options ?? [];
	return options.some(({ name }) => name === option);
}

/** Whether *If Nothing Is Found* is among the options that the editor shows for an operation. */
function hasIfNotFound(node: INodeType, resource: string, operation: string): boolean {
	return node.description.properties.some(({ name, displayOptions, options }) => {
		const { show = {} } = displayOptions ?? {};
		const isShown = show.resource?.includes(resource) && show.operation?.includes(operation);
		return name === 'options' && isShown && options?.some((each) => each.name === 'ifNotFound');
	});
}

function checkField(field: INodeProperties, node: INodeType): void {
	const children = (field.options ?? []) as INodeProperties[];
	if (field.type === 'collection' || field.type === 'options' || field.type === 'multiOptions') {
		const labels = children.map(({ displayName, name }) => displayName ?? name);
		if (labels.length >= 5) expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	}
	if (field.type === 'collection') for (const child of children) checkField(child, node);
	for (const mode of field.modes ?? []) {
		const method = mode.typeOptions?.searchListMethod;
		if (method !== undefined) expect(Object.keys(node.methods?.listSearch ?? {})).toContain(method);
	}
}
