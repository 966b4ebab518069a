import { polishCustomer } from '../shared/demoCustomers.mts';
import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import {
	NEWEST,
	dataBody,
	listSection,
	mailRows,
	notificationRows,
	requestRows,
	stateBadge,
	tableOr,
} from '../shared/pageSections.mts';
import { escapeHtml, frontPageAnswer } from '../shared/pageShell.mts';
import { englishWording, postToWorkflow } from '../shared/postToWorkflow.mts';
import type { PrestaShopControl } from './control.mts';
import type { Row } from './definitions.mts';
import { textIn } from './orderTransitions.mts';
import type { ShopState } from './shopState.mts';

function newest(shop: ShopState, resource: string, count: number): Row[] {
	const table = shop.database.table(resource);
	return table
		.ids()
		.slice(-count)
		.reverse()
		.flatMap((id) => table.get(id) ?? []);
}

function orderBadge(shop: ShopState, order: Row): string {
	const state = shop.find('order_states', Number(textIn(order, 'current_state')));
	const name = state?.values.name;
	const title = typeof name === 'object' && name ? (name['1'] ?? '') : 'being created';
	return stateBadge(title, textIn(state, 'color'));
}

function shipButton(shop: ShopState, order: Row, reference: string): string {
	const state = shop.find('order_states', Number(textIn(order, 'current_state')));
	if (shop.settings.shipWebhook === undefined || textIn(state, 'shipped') === '1') return '';
	const body = dataBody({ reference });
	return `<button class="quiet" data-verb="ship" data-body="${body}">Mark as shipped through n8n</button>`;
}

function ordersSection(shop: ShopState): string {
	const rows = newest(shop, 'orders', NEWEST).map((order) => {
		const customer = shop.find('customers', Number(textIn(order, 'id_customer')));
		const name = `${textIn(customer, 'firstname')} ${textIn(customer, 'lastname')}`;
		const reference = textIn(order, 'reference');
		return (
			`<tr><td class="number">${order.id}</td><td><code>${escapeHtml(reference)}</code></td>` +
			`<td>${escapeHtml(name)}</td><td class="number">${Number(textIn(order, 'total_paid')).toFixed(2)}</td>` +
			`<td>${orderBadge(shop, order)}</td><td>${escapeHtml(textIn(order, 'date_add'))}</td>` +
			`<td>${shipButton(shop, order, reference)}</td></tr>`
		);
	});
	const head =
		'<tr><th class="number">No.</th><th>Reference</th><th>Customer</th><th class="number">Total</th><th>State</th><th>Placed</th><th></th></tr>';
	const table = tableOr('No orders yet.', head, rows);
	const count = shop.database.table('orders').size;
	return `<section><h2>Newest of ${count} orders <button data-verb="placeDemoOrder">Place an order</button></h2>${table}</section>`;
}

function content(shop: ShopState): string {
	return [
		ordersSection(shop),
		listSection(
			'Messages from n8n',
			['Time', 'Text'],
			notificationRows(shop.notifications),
			'No workflow has posted anything yet.',
		),
		listSection(
			'Mails to customers',
			['Time', 'To', 'Subject', 'Text'],
			mailRows(shop.mails),
			'The shop has not sent a mail yet.',
		),
		listSection(
			'Newest webservice requests',
			['Time', 'Key', 'Request', 'Status', 'Bytes', 'ms'],
			requestRows(shop.requests),
			'Nothing has called the webservice yet.',
		),
	].join('\n');
}

/** What the open page asks for each second: the lists as HTML, and the counts for scripts. */
export function pageState(shop: ShopState): Record<string, unknown> {
	return {
		version: shop.version,
		orders: shop.database.table('orders').size,
		mails: shop.mails.length,
		notifications: shop.notifications.length,
		shipWebhook: shop.settings.shipWebhook !== undefined,
		html: content(shop),
	};
}

/** Places the next order of a small round of made-up customers. */
export function placeDemoOrder(
	shop: ShopState,
	control: PrestaShopControl,
): Record<string, unknown> {
	const turn = shop.database.table('orders').nextId;
	const products = shop.database.table('products').ids();
	const pick = (index: number): number => products[index % products.length] ?? 1;
	const placed = control.placeOrder({
		...polishCustomer(turn),
		lines: [
			{ productId: pick(turn), quantity: 1 + (turn % 2) },
			{ productId: pick(turn + 3), quantity: 1 },
		],
	});
	return { ...placed, message: `Order ${placed.reference} was placed.` };
}

/** Passes an order on to the workflow that ships it: `{reference}` is posted to the address of `setShipWebhook`. */
export async function ship(shop: ShopState, reference: string): Promise<Record<string, unknown>> {
	const wording = englishWording(`order ${reference}`);
	return await postToWorkflow(shop.settings.shipWebhook, { reference }, wording);
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	return frontPageAnswer(request, () => ({
		title: 'Demo shop (PrestaShop sandbox)',
		subtitle: `answers like PrestaShop ${shop.version} · webservice at http://${shop.home}/api/`,
		content: content(shop),
	}));
}
