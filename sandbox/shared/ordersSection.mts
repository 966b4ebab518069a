import { escapeHtml } from './escapeHtml.mts';
import { button, section, statusBadge, tableOr } from './pageSections.mts';
import type { Column, PageButton } from './pageSections.mts';
import type { PageWords } from './pageWords.mts';

/** An order as the shop's page shows it. */
export interface PageOrder {
	/** As people know it: the number, or where the shop has one the reference. */
	number: string;
	reference?: string;
	customer: string;
	total: number;
	/** The status with its colour, or finished HTML to choose another. */
	status: { name: string; color: string } | string;
	/** Absent where the status tells it. */
	paid?: boolean;
	/** Where the order came from. */
	chat?: string;
	placed: string;
	actions: Array<Pick<PageButton, 'verb' | 'label' | 'body'>>;
}

/** What the section shows besides the orders. */
export interface OrdersView {
	/** How many orders the shop has in all. */
	count: number;
	currency: string;
	/** Buttons beside the title. */
	tools: PageButton[];
	/** Labels of buttons that are not there, because no workflow stands behind them. */
	unconnected: string[];
}

/** The newest orders with what can be done to them; columns that no order fills are left out. */
export function ordersSection(words: PageWords, orders: PageOrder[], view: OrdersView): string {
	const columns: Array<[Column, (order: PageOrder) => string | undefined]> = [
		[{ label: words.number, number: true }, (order) => escapeHtml(order.number)],
		[{ label: words.reference }, ({ reference }) => reference && code(reference)],
		[{ label: words.customer }, (order) => escapeHtml(order.customer)],
		[
			{ label: `${words.total} (${view.currency})`, number: true },
			(order) => order.total.toFixed(2),
		],
		[{ label: words.status }, ({ status }) => statusCell(status)],
		[
			{ label: words.payment },
			({ paid }) => (paid === undefined ? undefined : paid ? words.paid : words.unpaid),
		],
		[{ label: words.chat }, ({ chat }) => chat && escapeHtml(chat)],
		[{ label: words.placed }, (order) => escapeHtml(order.placed)],
		[{ label: words.actions }, (order) => actionsCell(words, order)],
	];
	const used = columns.filter(([, cell]) => orders.some((order) => cell(order)));
	const table = tableOr(
		words.noOrders,
		used.map(([column]) => column),
		orders.map((order) => used.map(([, cell]) => cell(order) ?? '')),
	);
	const hints = view.unconnected.map(
		(action) => `<p class="empty">${escapeHtml(words.noWorkflow(action))}</p>`,
	);
	const tools = view.tools.map(button).join(' ');
	return section(words.orders(view.count), table + hints.join(''), tools);
}

function code(text: string): string {
	return `<code>${escapeHtml(text)}</code>`;
}

function statusCell(status: PageOrder['status']): string {
	return typeof status === 'string' ? status : statusBadge(status.name, status.color);
}

function actionsCell(words: PageWords, order: PageOrder): string {
	const of = words.order(order.reference ?? order.number);
	const buttons = order.actions.map((action) => button({ ...action, of, quiet: true }));
	return buttons.length > 0 ? `<span class="tools">${buttons.join('')}</span>` : '';
}
