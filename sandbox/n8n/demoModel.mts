/**
 * Plays a language model for the demo's assistant, so that it can be tried without a key: it knows a handful of
 * questions by their words, calls the tool for it, and reads the answer out.
 */
import { openChatServer, textOf } from './chatServer.mts';
import type { ChatMessage, ChatRequest, ChatServer, Saying } from './chatServer.mts';

export async function openDemoModel(): Promise<ChatServer> {
	return await openChatServer(reply);
}

/** What can be asked. */
const HELP = [
	'I am a played model without any understanding; with a key of a real one you can ask whatever you like.',
	'Try: "Where is order 5?", "orders of demo.customer2@example.com", "which orders are not paid", "orders today",',
	'"revenue of the last 7 days", "which statuses are there", "how do you deliver", "find mug",',
	'"mark order 5 as shipped" and then "yes".',
].join(' ');

type Rule = [words: RegExp, call: (match: RegExpExecArray) => { tool: string; given: object }];

const RULES: Rule[] = [
	[
		/order\s+#?([\w-]+).*\b(shipped|delivered|cancelled)/i,
		([, order = '', status = '']) => ({ tool: 'change_order', given: { order, status } }),
	],
	[
		/(?:note|write).*order\s+#?([\w-]+)\s*:\s*(.+)/i,
		([, order = '', note = '']) => ({ tool: 'change_order', given: { order, note } }),
	],
	[/status/i, () => ({ tool: 'shop_facts', given: { about: 'statuses' } })],
	[/deliver|shipping/i, () => ({ tool: 'shop_facts', given: { about: 'delivery' } })],
	[/not paid|unpaid/i, () => ({ tool: 'find_orders', given: { paid: false } })],
	[
		/\b(today|yesterday|last \d+ days)\b/i,
		([, period = '']) => ({
			tool: 'order_statistics',
			given: { created_after: period, by: 'status' },
		}),
	],
	[/(\S+@\S+\.\w+)/, ([, email = '']) => ({ tool: 'find_orders', given: { email } })],
	[/order\s+#?([A-Z0-9]+)\b/i, ([, order = '']) => ({ tool: 'order_details', given: { order } })],
	[/latest|orders/i, () => ({ tool: 'find_orders', given: {} })],
	[
		/(?:find|have you|search)\s+(.+?)\??$/i,
		([, search = '']) => ({ tool: 'find_products', given: { search } }),
	],
];

function reply({ messages, tools = [] }: ChatRequest): Saying {
	const last = messages.at(-1);
	if (!last) return { text: HELP };
	if (last.role === 'tool') return { text: told(textOf(last)) };
	const question = textOf(last);
	const wanted = /^(yes|ok|do it|please do)\b/i.test(question)
		? confirmed(messages)
		: ruled(question);
	if (!wanted) return { text: HELP };
	const isOffered = tools.some((tool) => tool.function.name === wanted.tool);
	return isOffered
		? wanted
		: { text: `The tool "${wanted.tool}" is switched off in the workflow.` };
}

function ruled(question: string): { tool: string; given: object } | undefined {
	for (const [words, call] of RULES) {
		const match = words.exec(question);
		if (match) return call(match);
	}
	return undefined;
}

/** The last change that was looked at, with the mark it was given. */
function confirmed(messages: readonly ChatMessage[]): { tool: string; given: object } | undefined {
	const texts = messages.map(textOf).join('\n');
	const mark = [...texts.matchAll(/confirm\W+([0-9a-f]{10})/g)].at(-1)?.[1];
	const questions = messages.filter(({ role }) => role === 'user').map(textOf);
	const change = questions
		.reverse()
		.map(ruled)
		.find((call) => call?.tool.startsWith('change_'));
	return change && mark !== undefined
		? { ...change, given: { ...change.given, confirm: mark } }
		: undefined;
}

/** What a tool said, for people. */
function told(text: string): string {
	let answer: Record<string, unknown>;
	try {
		const value = JSON.parse(text) as Record<string, unknown> | Array<Record<string, unknown>>;
		answer = Array.isArray(value) ? (value[0] ?? {}) : value;
	} catch {
		return text;
	}
	const lines = Object.entries(answer).map(([name, value]) => {
		const shown = Array.isArray(value)
			? value
					.map((each) => `\n- ${typeof each === 'string' ? each : JSON.stringify(each)}`)
					.join('')
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value);
		return `**${name.replace(/_/g, ' ')}**: ${shown}`;
	});
	const ask = 'confirm' in answer ? '\n\nShall I do it? Answer "yes".' : '';
	return `${lines.join('\n\n')}${ask}`;
}
