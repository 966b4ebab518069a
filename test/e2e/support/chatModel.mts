/** A small server that plays a language model for n8n's AI agent, and the workflow around it. */
import { createServer } from 'node:http';
import { anyFreePort } from '../../../sandbox/n8n/ports.mts';
import type {
	CredentialReference,
	Workflow,
	WorkflowNode,
} from '../../../sandbox/n8n/workflow.mts';
import { manualTrigger, node, START } from './workflows.mts';

export interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{
		function: { name: string; description: string; parameters: { properties: object } };
	}>;
}

export interface ChatModel {
	/** For the `url` of n8n's OpenAI credential. */
	readonly url: string;
	/** What n8n has asked, oldest first. */
	readonly requests: ChatRequest[];
	close(): void;
}

/** Asks for its first tool with these arguments, and gives `answer` once the tool has spoken. */
export async function openChatModel(toolArguments: object, answer: string): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			const chat = JSON.parse(body) as ChatRequest;
			requests.push(chat);
			const spoken = chat.messages.some(({ role }) => role === 'tool');
			const call = {
				id: 'call_1',
				type: 'function',
				function: {
					name: chat.tools?.[0]?.function.name,
					arguments: JSON.stringify(toolArguments),
				},
			};
			const message = spoken
				? { role: 'assistant', content: answer }
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
	const port = await anyFreePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** What the model was told by the tool. */
export function heardBy({ requests }: ChatModel): string {
	const told = requests.at(-1)?.messages.find(({ role }) => role === 'tool');
	return String(told?.content);
}

/** A workflow in which the agent "Agent" answers a question with one tool. */
export function agentWorkflow(
	question: string,
	model: CredentialReference,
	tool: WorkflowNode,
): Workflow {
	const nodes = [
		manualTrigger(),
		node('Agent', '@n8n/n8n-nodes-langchain.agent', 3.1, {
			promptType: 'define',
			text: question,
			options: {},
		}),
		{
			...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				model: { __rl: true, mode: 'id', value: 'played' },
				options: {},
			}),
			credentials: { openAiApi: model },
		},
		tool,
	];
	const to = (type: string): Workflow['connections'][string] => ({
		[type]: [[{ node: 'Agent', type, index: 0 }]],
	});
	return {
		name: `An agent is asked: ${question}`,
		nodes: nodes.map((entry, index) => ({ ...entry, position: [index * 220, (index % 2) * 200] })),
		connections: {
			[START]: to('main'),
			Model: to('ai_languageModel'),
			[tool.name]: to('ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}
