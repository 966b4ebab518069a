/** A small server that plays a language model with a plan: it calls one tool after the other, then answers. */
import { createServer } from 'node:http';
import type { IDataObject } from 'n8n-workflow';
import { anyFreePort } from '../../../sandbox/n8n/ports.mts';
import type { Step } from '../../support/tools.mts';

interface Message {
	role: string;
	content: unknown;
}

interface ChatRequest {
	messages: Message[];
	tools?: unknown[];
	stream?: boolean;
}

export interface ScriptedModel {
	/** For the `url` of n8n's OpenAI credential. */
	readonly url: string;
	/** What the model is to do next, instead of what it was told before. */
	plan(steps: readonly Step[]): void;
	/** Everything tools have said since the last plan, oldest first, as the model heard it. */
	heard(): string[];
	/** The tools as they were described with the last request. */
	tools(): unknown[];
	close(): void;
}

export async function openScriptedModel(): Promise<ScriptedModel> {
	let steps: readonly Step[] = [];
	let last: ChatRequest = { messages: [] };
	const spoken = () =>
		last.messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			last = JSON.parse(body) as ChatRequest;
			const said = spoken();
			const step = steps[said.length];
			const next = step?.(said.map(recordIn));
			const message = next
				? {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								id: `call_${said.length + 1}_${Date.now()}`,
								type: 'function',
								function: { name: next.tool, arguments: JSON.stringify(next.given) },
							},
						],
					}
				: { role: 'assistant', content: 'Done.' };
			const finish = next ? 'tool_calls' : 'stop';
			if (last.stream === true) {
				response.setHeader('content-type', 'text/event-stream');
				const calls = next && [{ index: 0, ...message.tool_calls?.[0] }];
				const delta = { ...message, ...(calls && { tool_calls: calls }) };
				response.write(chunk({ index: 0, delta, finish_reason: null }));
				response.write(chunk({ index: 0, delta: {}, finish_reason: finish }));
				response.end('data: [DONE]\n\n');
				return;
			}
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'chat_1',
					object: 'chat.completion',
					created: 1,
					model: 'scripted',
					choices: [{ index: 0, message, finish_reason: finish }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	const port = await anyFreePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
	return {
		url: `http://127.0.0.1:${port}/v1`,
		plan: (planned) => {
			steps = planned;
			last = { messages: [] };
		},
		heard: spoken,
		tools: () => last.tools ?? [],
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** A piece of an answer that is streamed. */
function chunk(choice: object): string {
	const piece = { id: 'chat_1', object: 'chat.completion.chunk', created: 1, model: 'scripted' };
	return `data: ${JSON.stringify({ ...piece, choices: [choice] })}\n\n`;
}

function textOf(content: unknown): string {
	if (!Array.isArray(content)) return String(content);
	return content.map((part: { text?: string }) => part.text ?? '').join('');
}

/** Newer agents hand over a list of items, older ones what the tool said. */
function recordIn(text: string): IDataObject {
	try {
		const value = JSON.parse(text) as IDataObject | IDataObject[];
		return Array.isArray(value) ? (value[0] ?? {}) : value;
	} catch {
		return { text };
	}
}
