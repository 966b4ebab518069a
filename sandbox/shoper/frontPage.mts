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
import { SHOP_VERSION } from './config.mts';
import type { ShoperControl } from './control.mts';
import { textOf } from './definitions.mts';
import type { Row } from './definitions.mts';
import { orderSum } from './orderView.mts';
import { polishName } from './referenceData.mts';
import type { ShopState } from './shopState.mts';

function shipButton(shop: ShopState, order: Row, status: Row | undefined): string {
	const open = ['1', '2'].includes(textOf(status?.values.type));
	if (shop.settings.shipWebhook === undefined || !open) return '';
	const body = dataBody({ orderId: order.id });
	return `<button class="quiet" data-verb="ship" data-body="${body}">Mark as shipped through n8n</button>`;
}

function ordersSection(shop: ShopState): string {
	const table = shop.database.table('orders');
	const rows = table.newest(NEWEST).map((order) => {
		const user = shop.find('users', order.values.user_id);
		const status = shop.find('statuses', order.values.status_id);
		const badge = stateBadge(polishName(status?.values), textOf(status?.values.color));
		const name = `${textOf(user?.values.firstname)} ${textOf(user?.values.lastname)}`;
		return (
			`<tr><td class="number">${order.id}</td><td>${escapeHtml(name)}</td>` +
			`<td>${escapeHtml(textOf(order.values.email))}</td>` +
			`<td class="number">${orderSum(shop, order).toFixed(2)}</td><td>${badge}</td>` +
			`<td>${escapeHtml(textOf(order.values.date))}</td><td>${shipButton(shop, order, status)}</td></tr>`
		);
	});
	const head =
		'<tr><th class="number">No.</th><th>Customer</th><th>E-mail</th><th class="number">Total (PLN)</th><th>Status</th><th>Placed</th><th></th></tr>';
	const content = tableOr('No orders yet.', head, rows);
	return `<section><h2>Newest of ${table.size} orders <button data-verb="placeDemoOrder">Place an order</button></h2>${content}</section>`;
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
			'Newest REST API requests',
			['Time', 'Token', 'Request', 'Status', 'Bytes', 'ms'],
			requestRows(shop.requests),
			'Nothing has called the REST API yet.',
		),
	].join('\n');
}

/** What the open page asks for each second: the lists as HTML, and the counts for scripts. */
export function pageState(shop: ShopState): Record<string, unknown> {
	return {
		version: SHOP_VERSION,
		orders: shop.database.table('orders').size,
		mails: shop.mails.length,
		notifications: shop.notifications.length,
		shipWebhook: shop.settings.shipWebhook !== undefined,
		html: content(shop),
	};
}

/** Places the next order of a small round of made-up customers. */
export function placeDemoOrder(shop: ShopState, control: ShoperControl): Record<string, unknown> {
	const turn = shop.database.table('orders').nextId;
	const products = shop.database.table('products').rows();
	const pick = (index: number): number => products[index % products.length]?.id ?? 1;
	const placed = control.placeOrder({
		...polishCustomer(turn),
		lines: [
			{ productId: pick(turn), quantity: 1 + (turn % 2) },
			{ productId: pick(turn + 3), quantity: 1 },
		],
	});
	return { ...placed, message: `Order ${placed.id} was placed.` };
}

/** Passes an order on to the workflow that ships it: `{orderId}` is posted to the address of `setShipWebhook`. */
export async function ship(shop: ShopState, orderId: number): Promise<Record<string, unknown>> {
	const wording = englishWording(`order ${orderId}`);
	return await postToWorkflow(shop.settings.shipWebhook, { orderId }, wording);
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	return frontPageAnswer(request, () => ({
		title: 'Demo shop (Shoper sandbox)',
		subtitle: `answers like Shoper ${SHOP_VERSION} · REST API at http://${shop.home}/webapi/rest/`,
		content: content(shop),
	}));
}
