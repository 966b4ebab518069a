/**
 * Fifteen questions to an assistant of each shop, asked of the tools over real HTTP in n8n's own engine: what they
 * cost the shop in requests and a model in tokens, and that they are answered.
 *
 * A shop joins by `test/<Folder>/assistant.mts`; nothing in this file names one.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { ZodType } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { loadOptions, supplyData } from './support/engine.mts';
import { failuresOf, guardsOf } from './support/toolGuards.mts';
import { ALL_TOOLS, callTool, questionsOf, tokens } from './support/tools.mts';
import type { AssistantShop, AssistantSuite, Question, Refusal } from './support/tools.mts';

/** What a question may cost. */
const LIMITS = { reads: 2, writes: 4, tokens: 300, descriptions: 900 };

/** Questions that must keep within the limits, of those of three shops. */
const WITHIN = 42 / 45;

const folders = readdirSync(import.meta.dirname).filter((folder) =>
	existsSync(path.join(import.meta.dirname, folder, 'assistant.mts')),
);

/** Which modules there are is known only from the folders. */
function suiteOf(folder: string): AssistantSuite {
	const file = path.join(import.meta.dirname, folder, 'assistant.mts');
	return (require(file) as { assistant: AssistantSuite }).assistant;
}

interface Cost {
	ask: string;
	answered: boolean;
	/** Requests of the costliest call. */
	requests: number;
	/** Tokens of the longest answer. */
	tokens: number;
	within: boolean;
	last: string;
}

async function askAll(shop: AssistantShop, questions: readonly Question[]): Promise<Cost[]> {
	const costs: Cost[] = [];
	for (const { ask, steps, says, writes } of questions) {
		const heard: IDataObject[] = [];
		const cost = { ask, answered: false, requests: 0, tokens: 0, within: false, last: '' };
		for (const step of steps) {
			const { tool, given } = step(heard);
			shop.forget();
			const { json, text } = await callTool(shop.bench, {}, tool, given);
			heard.push(json);
			cost.requests = Math.max(cost.requests, shop.requests().length);
			cost.tokens = Math.max(cost.tokens, tokens(text));
			cost.last = text;
		}
		cost.answered = says.test(cost.last);
		const most = writes ? LIMITS.writes : LIMITS.reads;
		cost.within = cost.answered && cost.requests <= most && cost.tokens <= LIMITS.tokens;
		costs.push(cost);
	}
	return costs;
}

/** What an assistant has asked before: names of statuses and the like are known. */
async function warmUp(shop: AssistantShop, { names }: AssistantSuite): Promise<void> {
	for (const about of ['statuses', 'delivery', 'languages', 'currencies']) {
		await callTool(shop.bench, {}, 'shop_facts', { about });
	}
	await callTool(shop.bench, {}, 'order_details', { order: names.order });
	await callTool(shop.bench, {}, 'find_products', { search: names.variants });
	await callTool(shop.bench, {}, 'find_customer', { customer: names.email });
	await callTool(shop.bench, {}, 'order_statistics', { created_after: 'today' });
	await callTool(shop.bench, {}, 'change_order', { order: names.order, note: 'x' });
}

const all: Cost[] = [];

describe.each(folders)('an assistant of %s', (folder) => {
	const suite = suiteOf(folder);
	let shop: AssistantShop;

	beforeAll(async () => {
		shop = await suite.start();
	});

	afterAll(async () => {
		await shop.close();
	});

	test('answers the fifteen questions', async () => {
		await warmUp(shop, suite);
		const costs = await askAll(shop, questionsOf(suite.names));
		all.push(...costs);
		const rows = costs.map(
			({ ask, requests, tokens: count, within }) =>
				`${within ? ' ' : '!'} ${String(requests).padStart(2)} ${String(count).padStart(4)}  ${ask}`,
		);
		process.stdout.write(`${folder}: requests, tokens\n${rows.join('\n')}\n`);
		const silent = costs.filter(({ answered }) => !answered);
		expect(silent.map(({ ask, last }) => `${ask} ${last}`)).toEqual([]);
	});

	const writes = () => shop.requests().filter((request) => !/^GET |POST .*bulk$/.test(request));

	const refuse = async ({ settings = {}, call: { tool, given }, says, hides }: Refusal) => {
		shop.forget();
		const { text } = await callTool(shop.bench, settings, tool, given);
		expect(text).toMatch(says);
		if (hides) expect(text).not.toMatch(hides);
		expect(tokens(text)).toBeLessThanOrEqual(LIMITS.tokens);
		expect(writes()).toEqual([]);
	};

	test.each(failuresOf(suite.names))('tells a model what to do about $name', refuse);

	test.each(guardsOf(suite.names))('keeps its guards: $name', refuse);

	test('says the same of an order that is not there and of one of somebody else', async () => {
		const { order } = suite.names;
		const ask = async (name: string) => {
			const given = { order: name, email: 'somebody.else@example.com' };
			return (await callTool(shop.bench, { customerMode: true }, 'order_details', given)).text;
		};
		expect(await ask(order)).toBe(await ask('987654'));
	});

	test('shows customers their own order, without what they told about themselves', async () => {
		const { order, email } = suite.names;
		const given = { order, email };
		const { text } = await callTool(shop.bench, { customerMode: true }, 'order_details', given);
		expect(text).toMatch(/"status":".*"items":/);
		expect(text).not.toMatch(/example\.com|customer_text|"id"/);
	});

	test('never shows a purchase price, unless the builder wants it', async () => {
		const given = { search: suite.names.variants };
		const { text } = await callTool(shop.bench, {}, 'find_products', given);
		expect(text).not.toMatch(/purchase|wholesale|cost/i);
	});

	test('looks at a change without writing, and refuses a mark once the record has moved', async () => {
		const { changeable } = suite.names;
		const ask = async (given: IDataObject) =>
			(await callTool(shop.bench, {}, 'change_order', { order: changeable, ...given })).json;
		shop.forget();
		const looked = await ask({ note: 'first' });
		const other = await ask({ note: 'second' });
		expect(looked).toMatchObject({ would_change: { note: expect.stringContaining('first') } });
		expect(writes()).toEqual([]);
		expect(await ask({ note: 'first', confirm: looked.confirm })).toMatchObject({
			changed: { note: expect.stringContaining('first') },
		});
		// The other change was looked at before this one was made.
		expect(await ask({ note: 'second', confirm: other.confirm })).toMatchObject({
			error: expect.stringContaining('does not fit'),
		});
		const { text } = await callTool(shop.bench, {}, 'order_details', { order: changeable });
		expect(text).not.toContain('second');
	});

	test('lets only those statuses be set that were chosen from the list of the node', async () => {
		const { changeable, shipped } = suite.names;
		const statuses = await loadOptions(shop.bench, 'getToolStatuses');
		expect(statuses.length).toBeGreaterThan(5);
		const ask = async (allowed: unknown[]) => {
			const settings = { allowedStatuses: allowed as string[] };
			const given = { order: changeable, status: shipped };
			return (await callTool(shop.bench, settings, 'change_order', given)).text;
		};
		expect(await ask(statuses.map(({ value }) => value))).not.toMatch(/may not be set/);
		expect(await ask([statuses[0]?.value])).toMatch(/may not be set/);
	});

	test('changes price and stock, by an amount too, in one call', async () => {
		const change = async (given: IDataObject) =>
			(
				await callTool(shop.bench, { confirmWrites: false }, 'change_product', {
					product: suite.names.single,
					...given,
				})
			).json;
		const set = await change({ price: 12.5, stock: 41 });
		expect(JSON.stringify(set.changed)).toMatch(/price.*12\.50*".*→ 41"/);
		expect(await change({ stock_change: -3 })).toMatchObject({ changed: { stock: '41 → 38' } });
		const { text } = await callTool(shop.bench, {}, 'find_products', {
			search: suite.names.single,
		});
		expect(text).toMatch(/"price":"12\.50.*"stock":38/);
	});

	test('makes an order once, however often the call is repeated', async () => {
		const { newOrder } = suite.names;
		const order = async (given: IDataObject) =>
			(await callTool(shop.bench, {}, 'create_order', { ...newOrder, ...given })).json;
		shop.forget();
		const looked = await order({});
		expect(looked).toMatchObject({ would_change: { created: 'a new record' } });
		expect(writes()).toEqual([]);
		const made = await order({ confirm: looked.confirm });
		expect(made).toMatchObject({ changed: { created: expect.stringMatching(/^\d+$/) } });
		const { created } = made.changed as IDataObject;
		shop.forget();
		const again = await order({ confirm: looked.confirm });
		expect(again).toMatchObject({ changed: { created_before: created } });
		expect(writes()).toEqual([]);
	});

	test('changes in one call where the builder wants it so', async () => {
		const given = { order: suite.names.changeable, note: 'at once' };
		const { json } = await callTool(shop.bench, { confirmWrites: false }, 'change_order', given);
		expect(json).toMatchObject({ changed: { note: expect.stringContaining('at once') } });
	});

	test('keeps within the characters that are set, for one record too', async () => {
		const settings = { maxOutputCharacters: 500 };
		for (const [tool, given] of [
			['find_orders', {}],
			['shop_facts', { about: 'statuses' }],
			['order_details', { order: suite.names.order, history: true }],
		] as const) {
			const { json } = await callTool(shop.bench, settings, tool, given);
			expect(JSON.stringify(json).length).toBeLessThanOrEqual(500);
		}
	});

	test('hands an agent all tools that are ticked, in few tokens', async () => {
		const supplied = (await supplyData(shop.bench, { tools: ALL_TOOLS })) as SuppliedTool[];
		const names = supplied.map(({ name }) => name);
		expect(ALL_TOOLS).toEqual(expect.arrayContaining(names));
		expect(names.length).toBeGreaterThanOrEqual(ALL_TOOLS.length - 1);
		// As n8n 2.41 describes them to a model of OpenAI. The questions need no new orders.
		const described = (some: readonly SuppliedTool[]) =>
			some.map(({ name, description, schema }) => ({
				type: 'function',
				function: {
					name,
					description,
					parameters: {
						...jsonSchemaOf(schema),
						additionalProperties: false,
						$schema: 'http://json-schema.org/draft-07/schema#',
					},
					strict: false,
				},
			}));
		const cost = (some: readonly SuppliedTool[]) => tokens(JSON.stringify(described(some)));
		const assistant = supplied.filter(({ name }) => name !== 'create_order');
		process.stdout.write(
			`${folder}: ${assistant.length} tools in ${cost(assistant)} tokens, all in ${cost(supplied)}\n`,
		);
		expect(cost(assistant)).toBeLessThanOrEqual(LIMITS.descriptions);
		// As older agents and the MCP Server Trigger call it.
		const facts = supplied.find(({ name }) => name === 'shop_facts');
		const text = await facts?.invoke({ about: 'statuses' });
		expect(JSON.parse(text ?? '')).toMatchObject({ statuses: expect.any(Array) });
		const call = { type: 'tool_call', id: 'call_1', args: { about: 'everything' } };
		expect(await facts?.invoke(call)).toMatch(/"about\\" is \\"everything/);
	});
});

/** Where zod is in reach, tools come with its objects; n8n makes JSON Schema of them as this does. */
function jsonSchemaOf(schema: object): object {
	const { $schema: _dialect, ...rest } = zodToJsonSchema(schema as ZodType) as Record<
		string,
		unknown
	>;
	return rest;
}

interface SuppliedTool {
	name: string;
	description: string;
	schema: object;
	invoke(input: unknown): Promise<string>;
}

test('keeps the questions of all shops within few requests and tokens', () => {
	const over = all.filter(({ within }) => !within);
	expect(all).toHaveLength(15 * folders.length);
	expect(over.length).toBeLessThanOrEqual(Math.round(all.length * (1 - WITHIN)));
});
