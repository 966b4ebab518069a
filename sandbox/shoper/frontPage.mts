import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { escapeHtml, listSection, pageShell, postToWorkflow } from '../shared/pageShell.mts';
import { SHOP_VERSION } from './config.mts';
import type { ShoperControl } from './control.mts';
import { textOf } from './definitions.mts';
import type { Row } from './definitions.mts';
import { orderSum } from './orderView.mts';
import { polishName } from './referenceData.mts';
import type { ShopState } from './shopState.mts';

const NEWEST = 15;

const DEMO_CUSTOMERS = [
	['Anna', 'Nowak'],
	['Piotr', 'Kowalski'],
	['Maria', 'Wiśniewska'],
	['Jan', 'Zieliński'],
	['Zofia', 'Wójcik'],
] as const;

function statusBadge(status: Row | undefined): string {
	const color = textOf(status?.values.color);
	const safe = /^#[0-9a-fA-F]{6}$/.test(color) ? color : '#5d6b75';
	return `<span class="state" style="background:${safe}">${escapeHtml(polishName(status?.values))}</span>`;
}

function shipButton(shop: ShopState, order: Row, status: Row | undefined): string {
	const open = ['1', '2'].includes(textOf(status?.values.type));
	if (shop.settings.shipWebhook === undefined || !open) return '';
	const body = escapeHtml(JSON.stringify({ orderId: order.id }));
	return `<button class="quiet" data-verb="ship" data-body="${body}">Mark as shipped through n8n</button>`;
}

function ordersSection(shop: ShopState): string {
	const table = shop.database.table('orders');
	const rows = table.newest(NEWEST).map((order) => {
		const user = shop.find('users', order.values.user_id);
		const status = shop.find('statuses', order.values.status_id);
		const name = `${textOf(user?.values.firstname)} ${textOf(user?.values.lastname)}`;
		return (
			`<tr><td class="number">${order.id}</td><td>${escapeHtml(name)}</td>` +
			`<td>${escapeHtml(textOf(order.values.email))}</td>` +
			`<td class="number">${orderSum(shop, order).toFixed(2)}</td><td>${statusBadge(status)}</td>` +
			`<td>${escapeHtml(textOf(order.values.date))}</td><td>${shipButton(shop, order, status)}</td></tr>`
		);
	});
	const head =
		'<tr><th class="number">No.</th><th>Customer</th><th>E-mail</th><th class="number">Total (PLN)</th><th>Status</th><th>Placed</th><th></th></tr>';
	const content =
		rows.length > 0
			? `<table>${head}${rows.join('')}</table>`
			: '<p class="empty">No orders yet.</p>';
	return `<section><h2>Newest of ${table.size} orders <button data-verb="placeDemoOrder">Place an order</button></h2>${content}</section>`;
}

const newestFirst = <T,>(list: T[]): T[] => list.slice(-NEWEST).reverse();

function content(shop: ShopState): string {
	return [
		ordersSection(shop),
		listSection(
			'Messages from n8n',
			['Time', 'Text'],
			newestFirst(shop.notifications).map((note) => [note.at, note.text]),
			'No workflow has posted anything yet.',
		),
		listSection(
			'Mails to customers',
			['Time', 'To', 'Subject', 'Text'],
			newestFirst(shop.mails).map((mail) => [mail.at, mail.to, mail.subject, mail.text]),
			'The shop has not sent a mail yet.',
		),
		listSection(
			'Newest REST API requests',
			['Time', 'Token', 'Request', 'Status', 'Bytes', 'ms'],
			shop.requests
				.newest(20)
				.map((entry) => [
					entry.at,
					entry.keyName,
					`${entry.method} ${entry.path}`,
					String(entry.status),
					String(entry.bytes),
					String(entry.ms),
				]),
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
	const [firstName, lastName] = DEMO_CUSTOMERS[turn % DEMO_CUSTOMERS.length] ?? DEMO_CUSTOMERS[0];
	const products = shop.database.table('products').rows();
	const pick = (index: number): number => products[index % products.length]?.id ?? 1;
	const placed = control.placeOrder({
		email: `${firstName}.${lastName}@example.com`
			.normalize('NFD')
			.replace(/\p{M}/gu, '')
			.replaceAll('ł', 'l')
			.toLowerCase(),
		firstName,
		lastName,
		lines: [
			{ productId: pick(turn), quantity: 1 + (turn % 2) },
			{ productId: pick(turn + 3), quantity: 1 },
		],
	});
	return { ...placed, message: `Order ${placed.id} was placed.` };
}

/** Passes an order on to the workflow that ships it: `{orderId}` is posted to the address of `setShipWebhook`. */
export async function ship(shop: ShopState, orderId: number): Promise<Record<string, unknown>> {
	const url = shop.settings.shipWebhook;
	if (url === undefined) return { message: 'No workflow is connected.' };
	return await postToWorkflow(url, { orderId }, `order ${orderId}`);
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	const path = request.target.split('?')[0];
	if (path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
	return {
		status: 200,
		headers: {
			'Content-Type': 'text/html; charset=utf-8',
			'Cache-Control': 'no-store',
			'Content-Security-Policy':
				"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
		},
		body: pageShell({
			title: 'Demo shop (Shoper sandbox)',
			subtitle: `answers like Shoper ${SHOP_VERSION} · REST API at http://${shop.home}/webapi/rest/`,
			content: content(shop),
		}),
	};
}
