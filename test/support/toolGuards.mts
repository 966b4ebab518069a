/** Calls that cannot do what is asked, and tries to get round the guards of the tools, for every shop. */
import { ALL_TOOLS } from './tools.mts';
import type { AssistantNames, Refusal } from './tools.mts';

/** Ten calls that fail: each says what failed, and what a model can do about it. */
export function failuresOf({ product, changeable }: AssistantNames): Refusal[] {
	return [
		{
			name: 'an order that is not there',
			call: { tool: 'order_details', given: { order: '987654' } },
			says: /no order.*"next":"Ask for the order number/,
		},
		{
			name: 'a customer who is not there',
			call: { tool: 'find_customer', given: { customer: 'nobody@example.com' } },
			says: /nobody@example\.com.*"next":"Ask/,
		},
		{
			name: 'a product that is not there',
			call: { tool: 'find_products', given: { search: 'zyxwvut' } },
			says: /"count":0,"hint":"No product fits/,
		},
		{
			name: 'no order of a customer',
			call: { tool: 'find_orders', given: { email: 'nobody@example.com' } },
			says: /"count":0,"hint":"No order fits/,
		},
		{
			name: 'a status that is not there',
			call: { tool: 'find_orders', given: { status: 'teleported' } },
			says: /no status \\"teleported\\".*"next":"Choose one of: /,
		},
		{
			name: 'a date that is none',
			call: { tool: 'order_statistics', given: { created_after: 'whenever' } },
			says: /created_after.*whenever.*"next":"Give a date such as/,
		},
		{
			name: 'an argument left out',
			call: { tool: 'order_details', given: {} },
			says: /"error":"\\"order\\" is missing/,
		},
		{
			name: 'a change of nothing',
			call: { tool: 'change_order', given: { order: changeable } },
			says: /Nothing to change.*"next":"Give status/,
		},
		{
			name: 'two stocks at once',
			call: { tool: 'change_product', given: { product, stock: 1, stock_change: 2 } },
			says: /Both.*"next":"Give one of them/,
		},
		{
			name: 'an address that is none',
			call: { tool: 'change_customer', given: { customer: '1', new_email: 'nowhere' } },
			says: /new_email.*"next":"Give one like/,
		},
	];
}

/** Eight tries to get round the guards. */
export function guardsOf({ order, email, changeable, shipped }: AssistantNames): Refusal[] {
	const customer = { customerMode: true };
	const change = { order: changeable, note: 'injected' };
	return [
		{
			name: 'an argument that switches a guard off',
			call: { tool: 'change_order', given: { ...change, confirmWrites: false } },
			says: /no parameter \\"confirmWrites\\"/,
		},
		{
			name: 'a tool that is not ticked',
			settings: { tools: ALL_TOOLS.filter((tool) => tool !== 'change_order') },
			call: { tool: 'change_order', given: change },
			says: /no tool \\"change_order\\"/,
		},
		{
			name: 'a guessed mark',
			call: { tool: 'change_order', given: { ...change, confirm: '0123456789' } },
			says: /confirm\\" does not fit/,
		},
		{
			name: 'a status that is not allowed',
			settings: { allowedStatuses: ['none-of-them'] },
			call: { tool: 'change_order', given: { order: changeable, status: shipped } },
			says: /may not be set here/,
		},
		{
			name: 'a mail where none may be sent',
			settings: { notifyCustomer: 'never' },
			call: { tool: 'change_order', given: { order: changeable, status: shipped, notify: true } },
			says: /no parameter \\"notify\\"/,
		},
		{
			name: "somebody else's order",
			settings: customer,
			call: { tool: 'order_details', given: { order, email: 'somebody.else@example.com' } },
			says: /^\[\{"error":"Nothing fits this number and e-mail address/,
			hides: /status|total|example\.com/,
		},
		{
			name: 'another address than the one that is fixed',
			settings: { ...customer, customerEmail: 'somebody.else@example.com' },
			call: { tool: 'find_orders', given: { order, email } },
			says: /no parameter \\"email\\"/,
			hides: /"status":|"total":/,
		},
		{
			name: 'figures of the shop for a customer',
			settings: customer,
			call: { tool: 'order_statistics', given: { created_after: 'today' } },
			says: /no tool \\"order_statistics\\"/,
			hides: /revenue/,
		},
	];
}
