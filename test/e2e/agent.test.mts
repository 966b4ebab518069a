/** An AI agent in n8n uses the PrestaShop tool; a small server plays the language model. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { errorOf, outputOf } from '../../sandbox/n8n/executionData.mts';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import type { Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.mts';
import { anyFreePort } from '../../sandbox/n8n/ports.mts';
import { enterN8n } from './support/n8n.mts';
import { saw } from './support/report.mts';
import { shop } from './support/shop.mts';
import { locator, manualTrigger, START, TOOL } from './support/workflows.mts';
import { readWorld } from './support/world.mts';

interface ChatMessage {
	role: string;
	content: unknown;
}

interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{
		function: { name: string; description: string; parameters: { properties: object } };
	}>;
}

/** Asks for the tool first, and gives an answer once the tool has spoken. */
function playModel(requests: ChatRequest[], reference: string): Server {
	return createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			const chat = JSON.parse(body) as ChatRequest;
			requests.push(chat);
			const spoken = chat.messages.some((message) => message.role === 'tool');
			const call = {
				id: 'call_1',
				type: 'function',
				function: {
					name: chat.tools?.[0]?.function.name,
					arguments: JSON.stringify({ Order_Reference: reference }),
				},
			};
			const message = spoken
				? { role: 'assistant', content: 'Your order is on its way.' }
				: { role: 'assistant', content: null, tool_calls: [call] };
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'chat_1',
					object: 'chat.completion',
					created: 1,
					model: 'played',
					choices: [{ index: 0, message, finish_reason: spoken ? 'stop' : 'tool_calls' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
}

function node(name: string, type: string, typeVersion: number, parameters: object): WorkflowNode {
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	};
}

function agentWorkflow(credential: { id: string; name: string }): Workflow {
	const nodes = [
		manualTrigger(),
		node('Agent', '@n8n/n8n-nodes-langchain.agent', 3.1, {
			promptType: 'define',
			text: 'Where is my order?',
			options: {},
		}),
		{
			...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				model: { __rl: true, mode: 'id', value: 'played' },
				options: {},
			}),
			credentials: { openAiApi: credential },
		},
		{
			...node('Find an order', TOOL, 1, {
				resource: 'order',
				operation: 'get',
				orderId: locator('reference', "={{ $fromAI('Order_Reference', ``, 'string') }}"),
			}),
			credentials: { prestaShopApi: readWorld().credential },
		},
	];
	const to = (type: string): Workflow['connections'][string] => ({
		[type]: [[{ node: 'Agent', type, index: 0 }]],
	});
	return {
		name: 'An agent looks up an order',
		nodes: nodes.map((entry, index) => ({ ...entry, position: [index * 220, (index % 2) * 200] })),
		connections: {
			[START]: to('main'),
			Model: to('ai_languageModel'),
			'Find an order': to('ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe('an AI agent with the PrestaShop tool', () => {
	let rest: N8nRest;
	let model: Server | undefined;

	beforeAll(async () => {
		rest = enterN8n();
	});

	afterAll(() => {
		model?.closeAllConnections();
		model?.close();
	});

	const ask = async (reference: string): Promise<{ requests: ChatRequest[]; answer: unknown }> => {
		const requests: ChatRequest[] = [];
		const port = await anyFreePort();
		const server = playModel(requests, reference);
		model = server;
		await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
		const data = { apiKey: 'none', url: `http://127.0.0.1:${port}/v1`, header: false };
		const id = await rest.saveCredential('Played model', 'openAiApi', data);
		const workflow = await rest.createWorkflow(agentWorkflow({ id, name: 'Played model' }));
		const { run } = await rest.run(workflow.id, START);
		const error = errorOf(run);
		if (error) saw(`error: ${error.message} / ${error.description}`);
		server.closeAllConnections();
		server.close();
		return { requests, answer: outputOf(run, 'Agent')[0]?.json.output };
	};

	test('gets the order it asked for', async () => {
		const order = await shop.placeOrder({ email: 'jane.roe@example.com' });
		const { requests, answer } = await ask(order.reference);
		const tool = requests[0]?.tools?.[0]?.function;
		const heard = String(
			requests.at(-1)?.messages.find((message) => message.role === 'tool')?.content,
		);
		saw(`tool ${tool?.name}: ${tool?.description} ${JSON.stringify(tool?.parameters.properties)}`);
		saw(`the model heard ${heard.length} characters: ${heard.slice(0, 300)}`);
		expect(tool?.description).toMatch(/order/i);
		expect(heard).toContain(order.reference);
		expect(heard).toContain('jane.roe@example.com');
		expect(answer).toBe('Your order is on its way.');
	});

	test('is told in one sentence when there is no such order', async () => {
		const { requests, answer } = await ask('NOSUCHREF');
		const heard = String(
			requests.at(-1)?.messages.find((message) => message.role === 'tool')?.content,
		);
		saw(`the model heard: ${heard}`);
		expect(heard).toContain('NOSUCHREF');
		expect(answer).toBe('Your order is on its way.');
	});
});
