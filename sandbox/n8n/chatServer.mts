/** A small server that answers as a language model of OpenAI does; what it says is decided elsewhere. */
import { createServer } from 'node:http';
import { anyFreePort } from './ports.mts';

export interface ChatMessage {
	role: string;
	content?: unknown;
	tool_calls?: Array<{ id: string; function: { name: string; arguments: string } }>;
}

export interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
	stream?: boolean;
}

/** What the model says: words, or a tool it wants to be called. */
export type Saying = { text: string } | { tool: string; given: object };

export interface ChatServer {
	/** For the `url` of n8n's OpenAI credential. */
	readonly url: string;
	close(): void;
}

let calls = 0;

/** Starts a model that says what `decide` makes of each request. */
export async function openChatServer(
	decide: (request: ChatRequest) => Saying,
): Promise<ChatServer> {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			if (request.method !== 'POST') {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify({ object: 'list', data: [{ id: 'played', object: 'model' }] }));
				return;
			}
			const chat = JSON.parse(body) as ChatRequest;
			const message = messageOf(decide(chat));
			if (chat.stream === true) {
				response.setHeader('content-type', 'text/event-stream');
				response.end(streamed(message));
				return;
			}
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					...ANSWER,
					object: 'chat.completion',
					choices: [{ index: 0, message, finish_reason: finishOf(message) }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	const port = await anyFreePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
	return {
		url: `http://127.0.0.1:${port}/v1`,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

const ANSWER = { id: 'chat_1', created: 1, model: 'played' };

function messageOf(saying: Saying): ChatMessage {
	if ('text' in saying) return { role: 'assistant', content: saying.text };
	const call = { name: saying.tool, arguments: JSON.stringify(saying.given) };
	const id = `call_${++calls}`;
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id, type: 'function', function: call } as { id: string; function: typeof call }],
	};
}

function finishOf({ tool_calls: asked }: ChatMessage): string {
	return asked ? 'tool_calls' : 'stop';
}

/** The same as a stream of one piece. */
function streamed(message: ChatMessage): string {
	const asked = message.tool_calls?.map((call, index) => ({ index, ...call }));
	const delta = { ...message, ...(asked && { tool_calls: asked }) };
	const pieces = [
		{ index: 0, delta, finish_reason: null },
		{ index: 0, delta: {}, finish_reason: finishOf(message) },
	];
	const lines = pieces.map(
		(choice) =>
			`data: ${JSON.stringify({ ...ANSWER, object: 'chat.completion.chunk', choices: [choice] })}\n\n`,
	);
	return `${lines.join('')}data: [DONE]\n\n`;
}

/** What a message says, in one text. */
export function textOf({ content }: ChatMessage): string {
	if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
	return content.map((part: { text?: string }) => part.text ?? '').join('');
}
