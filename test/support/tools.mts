/** Calls of agent tools, as an agent of n8n makes them, and what an answer costs a model. */
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { executeNode } from './engine.mts';
import type { Bench } from './engine.mts';

/** What an answer is worth in tokens of OpenAI's models. */
export function tokens(text: string): number {
	return encode(text).length;
}

/** All tools, in the order a builder sees them. */
export const ALL_TOOLS = [
	'find_orders',
	'order_details',
	'order_statistics',
	'find_products',
	'shop_facts',
	'find_customer',
	'change_order',
	'change_product',
	'change_customer',
	'create_order',
];

export interface ToolAnswer {
	json: IDataObject;
	/** As the model hears it. */
	text: string;
}

let calls = 0;

/** One call of a tool, the way agents from 3.0 on make it. */
export async function callTool(
	bench: Bench,
	parameters: INodeParameters,
	tool: string,
	given: IDataObject,
): Promise<ToolAnswer> {
	const json = { ...given, tool, toolCallId: `call_${++calls}` };
	const settings = { tools: ALL_TOOLS, ...parameters };
	const { items, error } = await executeNode(bench, settings, { items: [{ json }] });
	if (error) throw error;
	const answer = items[0]?.json ?? {};
	return { json: answer, text: JSON.stringify([answer]) };
}

/** A step of a conversation: which tool a model calls, knowing what it has heard so far. */
export interface Call {
	tool: string;
	given: IDataObject;
}

export type Step = (heard: readonly IDataObject[]) => Call;

/** A question to an assistant, and how a model that knows the tools goes about it. */
export interface Question {
	ask: string;
	steps: readonly Step[];
	/** What the last answer must say. */
	says: RegExp;
	writes?: boolean;
}

/** A call that cannot do what is asked, or must not. */
export interface Refusal {
	name: string;
	settings?: INodeParameters;
	call: Call;
	says: RegExp;
	/** What must not be said. */
	hides?: RegExp;
}

/** A step that always is the same. */
export const call =
	(tool: string, given: IDataObject = {}): Step =>
	() => ({ tool, given });

/** A change: looked at, then confirmed with what the first answer gave. */
export function change(tool: string, given: IDataObject): Step[] {
	const confirmed: Step = (heard) => ({
		tool,
		given: { ...given, confirm: String(heard.at(-1)?.confirm ?? '') },
	});
	return [call(tool, given), confirmed];
}

/** A shop as an assistant gets to know it. */
export interface AssistantShop {
	/** The tools node with a key that may do everything. */
	bench: Bench;
	requests(): string[];
	forget(): void;
	close(): Promise<void>;
}

/** The bench of a tools node that knows the shop's reference data from the calls before, as in n8n. */
export function assistantBench({ credentialType, credentials }: Bench, node: Bench['node']): Bench {
	return { node, credentialType, credentials: { ...credentials, rememberReferenceData: true } };
}

/** What `test/<Folder>/assistant.mts` exports. */
export interface AssistantSuite {
	start(): Promise<AssistantShop>;
	/** Names in the demo shop. */
	names: AssistantNames;
}

export interface AssistantNames {
	/** An order, and the address it was placed with. */
	order: string;
	email: string;
	/** An order that may be changed. */
	changeable: string;
	/** Words of a product with variants, and of others. */
	variants: string;
	products: string;
	/** A product whose text is changed, and the language it is changed in. */
	product: string;
	language?: string;
	/** A product without variants. */
	single: string;
	shipped: string;
	cancelled: string;
	/** Whether a mail can be asked for, or left out, with these statuses. */
	mail: { shipped?: boolean; cancelled?: boolean };
	/** A customer whose address is changed. */
	customer: string;
	/** What `create_order` needs for an order. */
	newOrder: IDataObject;
}

/** Fifteen questions, the same on every shop. */
export function questionsOf(names: AssistantNames): Question[] {
	const { order, email, changeable, product, mail } = names;
	const language = names.language === undefined ? {} : { language: names.language };
	const notify = (value: boolean | undefined) => (value === undefined ? {} : { notify: value });
	return [
		{
			ask: `Where is order ${order}? I am ${email}.`,
			steps: [call('order_details', { order })],
			says: /"status":/,
		},
		{
			ask: `What is the latest order of ${email}?`,
			steps: [call('find_orders', { email, limit: 1 })],
			says: /"items":|"status":/,
		},
		{
			ask: `What did they buy with order ${order}?`,
			steps: [call('order_details', { order })],
			says: /"items":\["\d+ x /,
		},
		{
			ask: `Mark ${changeable} as shipped with tracking number ABC123 and tell the customer.`,
			steps: change('change_order', {
				order: changeable,
				status: names.shipped,
				tracking_number: 'ABC123',
				...notify(mail.shipped),
			}),
			says: /"changed":\{.*→/,
			writes: true,
		},
		{
			ask: `Describe ${product} as "New in the shop".`,
			steps: change('change_product', { product, description: 'New in the shop', ...language }),
			says: /"changed":\{.*New in the shop/,
			writes: true,
		},
		{
			ask: `Is ${names.variants} in stock, and in which sizes?`,
			steps: [call('find_products', { search: names.variants })],
			says: /"variants":\["/,
		},
		{
			ask: 'Which statuses are there?',
			steps: [call('shop_facts', { about: 'statuses' })],
			says: /"statuses":\["/,
		},
		{
			ask: 'How do you deliver?',
			steps: [call('shop_facts', { about: 'delivery' })],
			says: /"delivery":\["/,
		},
		{
			ask: 'How many orders today, and how much?',
			steps: [call('order_statistics', { created_after: 'today' })],
			says: /"count":\d+.*"revenue":/,
		},
		{
			ask: 'And in the last 7 days, by day?',
			steps: [call('order_statistics', { created_after: 'last 7 days', by: 'day' })],
			says: /"by_day":|"count":0/,
		},
		{
			ask: `Have you ${names.products}?`,
			steps: [call('find_products', { search: names.products, in_stock: true })],
			says: /"products":\[/,
		},
		{
			ask: `Note on ${changeable}: call back.`,
			steps: change('change_order', { order: changeable, note: 'call back' }),
			says: /"changed":\{.*call back/,
			writes: true,
		},
		{
			ask: `Cancel ${changeable} without telling the customer.`,
			steps: change('change_order', {
				order: changeable,
				status: names.cancelled,
				...notify(mail.cancelled),
			}),
			says: /"changed":\{.*→/,
			writes: true,
		},
		{
			ask: 'Which orders are not paid?',
			steps: [call('find_orders', { paid: false })],
			says: /"count":\d+/,
		},
		{
			ask: `Change the address of ${names.customer} to new.mail@example.com.`,
			steps: change('change_customer', {
				customer: names.customer,
				new_email: 'new.mail@example.com',
			}),
			says: /"changed":\{.*new\.mail@example\.com/,
			writes: true,
		},
	];
}
