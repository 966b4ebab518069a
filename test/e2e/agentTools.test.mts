/**
 * The tools nodes in a real n8n: fifteen questions on each shop through the current AI Agent, some through an older
 * one and through an MCP client, and every failure and every try to get round the guards. A small server plays the
 * language model. Prints what a question costs the shop in requests and the model in tokens.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { errorOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { CredentialReference, Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.mts';
import { failuresOf, guardsOf } from '../support/toolGuards.mts';
import { startMailbox } from '../../sandbox/shared/mailbox.mts';
import { ALL_TOOLS, call, callTool, questionsOf, tokens } from '../support/tools.mts';
import { until } from './support/until.mts';
import type { AssistantShop, AssistantSuite, Refusal, Step } from '../support/tools.mts';
import { McpClient } from './support/mcpClient.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { openScriptedModel } from './support/scriptedModel.mts';
import type { ScriptedModel } from './support/scriptedModel.mts';
import { readWorld } from './support/world.mts';
import { manualTrigger, node, START } from './support/workflows.mts';

const LIMITS = { reads: 2, writes: 4, tokens: 300, descriptions: 900 };
const WITHIN = 42 / 45;

const tests = path.join(import.meta.dirname, '..');
const folders = readdirSync(tests).filter((folder) =>
	existsSync(path.join(tests, folder, 'assistant.mts')),
);

/** Which modules there are is known only from the folders. */
function suiteOf(folder: string): AssistantSuite {
	return (require(path.join(tests, folder, 'assistant.mts')) as { assistant: AssistantSuite })
		.assistant;
}

/** An item whose fields are called like arguments: none of them may pass for what the model said. */
const MISLEADING = {
	note: 'not said by the model',
	status: '1',
	paid: true,
	limit: 1,
	confirm: 'x',
};

function agentWorkflow(model: CredentialReference, tools: WorkflowNode, version: number): Workflow {
	const nodes = [
		manualTrigger(),
		node('Item', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify(MISLEADING),
			options: {},
		}),
		node('Agent', '@n8n/n8n-nodes-langchain.agent', version, {
			promptType: 'define',
			text: 'A question.',
			options: { maxIterations: 30 },
		}),
		{
			...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				model: { __rl: true, mode: 'id', value: 'scripted' },
				options: {},
			}),
			credentials: { openAiApi: model },
		},
		tools,
	];
	const to = (name: string, type: string) => ({ [type]: [[{ node: name, type, index: 0 }]] });
	return {
		name: `An assistant with ${tools.name}, agent ${version}`,
		nodes: nodes.map((each, at) => ({ ...each, position: [at * 220, (at % 2) * 200] })),
		connections: {
			[START]: to('Item', 'main'),
			Item: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			[tools.name]: to('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

interface Cost {
	ask: string;
	within: boolean;
}

const all: Cost[] = [];

describe.each(folders)('an agent with the tools of %s', (folder) => {
	const suite = suiteOf(folder);
	let rest: N8nRest;
	let shop: AssistantShop;
	let model: ScriptedModel;
	let reference: CredentialReference;
	let credential: CredentialReference;
	/** Workflows by agent version and settings. */
	const workflows = new Map<string, string>();

	beforeAll(async () => {
		rest = enterN8n();
		shop = await suite.start();
		model = await openScriptedModel();
		const name = `Scripted model of ${folder}`;
		const data = { apiKey: 'none', url: model.url, header: false };
		reference = { id: await rest.saveCredential(name, 'openAiApi', data), name };
		const type = shop.bench.credentialType.name;
		const id = await rest.saveCredential(`${folder} assistant`, type, shop.bench.credentials);
		credential = { id, name: `${folder} assistant` };
	});

	afterAll(async () => {
		model?.close();
		await shop?.close();
	});

	const toolsNode = (settings: object): WorkflowNode => {
		const { name } = shop.bench.node.description;
		const plain = node('Shop', `n8n-nodes-storefronts.${name}`, 1, {
			tools: ALL_TOOLS,
			...settings,
		});
		return { ...plain, credentials: { [shop.bench.credentialType.name]: credential } };
	};

	/** Runs the agent with a plan: what the model heard after each step. */
	const ask = async (steps: readonly Step[], settings: object = {}, version = 3.1) => {
		const key = JSON.stringify([version, settings]);
		const workflow = agentWorkflow(reference, toolsNode(settings), version);
		const id = workflows.get(key) ?? (await rest.createWorkflow(workflow)).id;
		workflows.set(key, id);
		model.plan(steps);
		shop.forget();
		const { run } = await rest.run(id, START);
		const error = errorOf(run);
		if (error) throw new Error(`${error.message} / ${error.description}`);
		return model.heard();
	};

	test('answers the fifteen questions', async () => {
		const { names } = suite;
		const warm: Step[] = [
			call('shop_facts', { about: 'statuses' }),
			call('shop_facts', { about: 'delivery' }),
			call('shop_facts', { about: 'languages' }),
			call('order_details', { order: names.order }),
			call('find_products', { search: names.variants }),
			call('find_customer', { customer: names.email }),
			call('order_statistics', { created_after: 'today' }),
			call('change_order', { order: names.order, note: 'x' }),
		];
		await ask(warm);
		// The questions need no new orders.
		const tools = model.tools().filter((each) => !JSON.stringify(each).includes('create_order'));
		const described = tokens(JSON.stringify(tools));
		saw(`${folder}: ${tools.length} tools, ${described} tokens of descriptions`);
		const silent: string[] = [];
		for (const { ask: question, steps, says, writes } of questionsOf(names)) {
			const heard = await ask(steps);
			const requests = shop.requests().length;
			const count = Math.max(...heard.map(tokens));
			const last = heard.at(-1) ?? '';
			const answered = says.test(last);
			if (!answered) silent.push(`${question} ${last}`);
			// A change is looked at and made: its limit holds for each of the two calls.
			const most = writes ? LIMITS.writes * steps.length : LIMITS.reads;
			const within = answered && requests <= most && count <= LIMITS.tokens;
			all.push({ ask: question, within });
			saw(`${within ? ' ' : '!'} ${requests} requests, ${count} tokens: ${question}`);
		}
		expect(silent).toEqual([]);
		expect(described).toBeLessThanOrEqual(LIMITS.descriptions);
	}, 300_000);

	const refuse = async ({ settings, call: { tool, given }, says, hides }: Refusal) => {
		// What is not offered is not described either, and an agent does not call what it does not know.
		await ask([], settings);
		const isOffered = JSON.stringify(model.tools()).includes(`"${tool}"`);
		const [text = ''] = isOffered ? await ask([call(tool, given)], settings) : [];
		if (!isOffered) expect(says.source).toContain('no tool');
		if (hides) expect(text).not.toMatch(hides);
		const writes = shop.requests().filter((each) => !/^GET |POST .*bulk$/.test(each));
		expect(writes).toEqual([]);
		return { text, says };
	};

	test.each(failuresOf(suite.names))('hears what to do about $name', async (failure) => {
		const { text, says } = await refuse(failure);
		expect(text).toMatch(says);
		expect(tokens(text)).toBeLessThanOrEqual(LIMITS.tokens);
	});

	test.each(guardsOf(suite.names))('cannot get round: $name', async (guard) => {
		const { text } = await refuse(guard);
		saw(`${guard.name}: ${text.slice(0, 200)}`);
		expect(text).not.toMatch(/"changed":\{/);
	});

	test('takes nothing of the item it works on for an argument', async () => {
		const [text = ''] = await ask([call('find_orders', {})]);
		expect(text).toMatch(/"count":([2-9]|\d\d)/);
		const { changeable } = suite.names;
		const [looked = ''] = await ask([
			call('change_order', { order: changeable, tracking_number: 'ONLY-THIS' }),
		]);
		expect(looked).not.toContain('not said by the model');
	});

	test.each([1.7, 2.2])('works with agent %d as well', async (version) => {
		const [latest, status] = questionsOf(suite.names).slice(1);
		const heard = await ask([...(latest?.steps ?? []), ...(status?.steps ?? [])], {}, version);
		saw(`agent ${version} heard ${heard.join(' | ').slice(0, 300)}`);
		expect(heard[0]).toMatch(latest?.says ?? /^$/);
		expect(heard[1]).toMatch(status?.says ?? /^$/);
		const [failed = ''] = await ask([call('order_details', { order: '987654' })], {}, version);
		expect(failed).toMatch(/no order.*"next":"Ask/);
	});

	test('asks a person before a change, where a human review stands between', async () => {
		const { changeable } = suite.names;
		const mailbox = await startMailbox();
		const smtp = { host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true };
		const name = `Mailbox of ${folder}`;
		const account = { user: '', password: '', ...smtp };
		const mails = { id: await rest.saveCredential(name, 'smtp', account), name };
		const review = {
			...node('Review', 'n8n-nodes-base.emailSendHitlTool', 2.1, {
				fromEmail: 'shop@example.com',
				toEmail: 'owner@example.com',
				subject: 'May I?',
			}),
			credentials: { smtp: mails },
		};
		const workflow = agentWorkflow(reference, toolsNode({ confirmWrites: false }), 3.1);
		const { id } = await rest.createWorkflow({
			...workflow,
			nodes: [...workflow.nodes, { ...review, position: [900, 300] }],
			connections: {
				...workflow.connections,
				Shop: { ai_tool: [[{ node: 'Review', type: 'ai_tool', index: 0 }]] },
				Review: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		});
		const given = {
			toolParameters: { order: changeable, note: 'seen by a person' },
			hitlParameters: {},
		};
		model.plan([call('change_order', given)]);
		const running = rest.run(id, START);
		try {
			const end = running.then(({ run }) => errorOf(run)?.message ?? 'the run ended');
			const asked = until('a mail that asks', async () => mailbox.mails().length > 0);
			expect(await Promise.race([asked, end])).toBe(true);
			const [mail] = mailbox.mails();
			saw(`the mail: ${mail?.text.replace(/\s+/g, ' ').slice(0, 200)}`);
			const note = call('order_details', { order: changeable })([]);
			const before = await callTool(shop.bench, {}, note.tool, note.given);
			expect(before.text).not.toContain('seen by a person');
			const [approve = ''] = /http\S+approved=true\S*/.exec(mail?.text ?? '') ?? [];
			const link = approve.replace(/[\])>]+$/, '');
			// n8n takes other readers of mail for programs that only look links up.
			await fetch(link, {
				headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
			});
			await running;
			saw(`the model heard: ${model.heard().join(' ').slice(0, 200)}`);
			expect(model.heard().join(' ')).toMatch(/"changed":\{.*seen by a person/);
		} finally {
			await mailbox.close();
		}
	});

	test('is a server for MCP clients', async () => {
		const place = `shop-${folder.toLowerCase()}`;
		const trigger = {
			...node('MCP', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path: place }),
			webhookId: place,
		};
		const tools = toolsNode({});
		const { id } = await rest.createWorkflow({
			name: `${folder} as an MCP server`,
			nodes: [trigger, { ...tools, position: [220, 200] }],
			connections: { [tools.name]: { ai_tool: [[{ node: 'MCP', type: 'ai_tool', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await rest.publish(id);
		const client = new McpClient(`${readWorld().n8nUrl}/mcp/${place}`);
		await client.open();
		const listed = await client.tools();
		saw(`${listed.length} tools: ${listed.map(({ name }) => name).join(', ')}`);
		expect(listed.find(({ name }) => name === 'order_details')?.inputSchema).toMatchObject({
			type: 'object',
			required: ['order'],
		});
		const { text } = await client.call('order_details', { order: suite.names.order });
		expect(text).toMatch(/"status":/);
		const failed = await client.call('order_details', { order: '987654' });
		expect(failed.text).toMatch(/no order/);
		await rest.unpublish(id);
	});
});

test('keeps the questions of all shops within few requests and tokens', () => {
	expect(all).toHaveLength(15 * folders.length);
	const over = all.filter(({ within }) => !within).map(({ ask }) => ask);
	expect(over.length).toBeLessThanOrEqual(Math.round(all.length * (1 - WITHIN)));
});

/** The regular node as a tool of an agent, with one operation. */
test.each([
	['lists ten records unless more are wanted', {}, 10],
	['says that there is none', { filters: { name: 'zyxwvut' } }, 1],
])('a shop node as a tool %s', async (_, more, rows) => {
	const suite = suiteOf('PrestaShop');
	const rest = enterN8n();
	const [shop, model] = [await suite.start(), await openScriptedModel()];
	try {
		const data = { apiKey: 'none', url: model.url, header: false };
		const name = 'Scripted model of a tool';
		const reference = { id: await rest.saveCredential(name, 'openAiApi', data), name };
		const { credentialType, credentials } = shop.bench;
		const id = await rest.saveCredential('A shop for a tool', credentialType.name, credentials);
		const options = { output: 'fields', fields: 'id, name' };
		const tool = {
			...node('Products', 'n8n-nodes-storefronts.prestaShopTool', 1, {
				resource: 'product',
				operation: 'getAll',
				options,
				...more,
			}),
			credentials: { [credentialType.name]: { id, name: 'A shop for a tool' } },
		};
		const workflow = await rest.createWorkflow(agentWorkflow(reference, tool, 3.1));
		model.plan([call('Products', {})]);
		const { run } = await rest.run(workflow.id, START);
		expect(errorOf(run)?.message).toBeUndefined();
		const [heard = ''] = model.heard();
		saw(`the model heard: ${heard.slice(0, 200)}`);
		expect(JSON.parse(heard)).toHaveLength(rows);
		if (rows === 1) expect(heard).toMatch(/"count":0,"message":"Nothing fits/);
		else expect(Object.keys((JSON.parse(heard) as object[])[0] ?? {})).toEqual(['id', 'name']);
	} finally {
		model.close();
		await shop.close();
	}
});
