/** A small server that plays a language model with a plan: it calls one tool after the other, then answers. */
import type { IDataObject } from 'n8n-workflow';
import { openChatServer, textOf } from '../../../sandbox/n8n/chatServer.mts';
import type { ChatRequest } from '../../../sandbox/n8n/chatServer.mts';
import type { Step } from '../../support/tools.mts';

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
	const heard = () => last.messages.filter(({ role }) => role === 'tool').map(textOf);
	const { url, close } = await openChatServer((request) => {
		last = request;
		const said = heard();
		return steps[said.length]?.(said.map(recordIn)) ?? { text: 'Done.' };
	});
	return {
		url,
		plan: (planned) => {
			steps = planned;
			last = { messages: [] };
		},
		heard,
		tools: () => last.tools ?? [],
		close,
	};
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
