import { polishCustomer } from '../shared/demoCustomers.mts';
import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { ordersSection } from '../shared/ordersSection.mts';
import type { PageOrder } from '../shared/ordersSection.mts';
import { NEWEST, mailsSection, messagesSection, requestsSection } from '../shared/pageSections.mts';
import { frontPageAnswer } from '../shared/pageShell.mts';
import { pageWords } from '../shared/pageWords.mts';
import type { PageWords } from '../shared/pageWords.mts';
import { postToWorkflow } from '../shared/postToWorkflow.mts';
import { SHOP_VERSION } from './config.mts';
import type { ShoperControl } from './control.mts';
import { textOf } from './definitions.mts';
import type { Row } from './definitions.mts';
import { orderSum } from './orderView.mts';
import { polishName } from './referenceData.mts';
import type { ShopState } from './shopState.mts';

/** The status “anulowane” of a fresh shop. */
const CANCELLED_STATUS = 8;
/** Types of statuses of orders that somebody still works on (Shoper REST reference 3.2: new, in progress). */
const OPEN_TYPES = ['1', '2'];

function pageOrder(shop: ShopState, words: PageWords, order: Row): PageOrder {
	const user = shop.find('users', order.values.user_id);
	const status = shop.find('statuses', order.values.status_id);
	const open = OPEN_TYPES.includes(textOf(status?.values.type));
	const total = orderSum(shop, order);
	const paid = Number(textOf(order.values.paid)) >= total;
	const body = { orderId: order.id };
	const actions: PageOrder['actions'] = [];
	if (open && !paid) actions.push({ verb: 'pay', label: words.pay, body });
	if (open && shop.settings.shipWebhook !== undefined) {
		actions.push({ verb: 'ship', label: words.ship, body });
	}
	if (open) actions.push({ verb: 'cancel', label: words.cancel, body });
	return {
		number: String(order.id),
		customer: `${textOf(user?.values.firstname)} ${textOf(user?.values.lastname)}`,
		total,
		status: { name: polishName(status?.values), color: textOf(status?.values.color) },
		paid,
		placed: textOf(order.values.date),
		actions,
	};
}

function content(shop: ShopState, words: PageWords): string {
	const table = shop.database.table('orders');
	const orders = table.newest(NEWEST).map((order) => pageOrder(shop, words, order));
	const view = {
		count: table.size,
		currency: 'PLN',
		tools: [{ verb: 'placeDemoOrder', label: words.placeOrder }],
		unconnected: shop.settings.shipWebhook === undefined ? [words.ship] : [],
	};
	return [
		ordersSection(words, orders, view),
		messagesSection(words, shop.notifications),
		mailsSection(words, shop.mails),
		requestsSection(words, shop.requests),
	].join('\n');
}

/** What the open page asks for each second: the lists as HTML, and the counts for scripts. */
export function pageState(shop: ShopState, lang: unknown): Record<string, unknown> {
	return {
		version: SHOP_VERSION,
		orders: shop.database.table('orders').size,
		mails: shop.mails.length,
		notifications: shop.notifications.length,
		shipWebhook: shop.settings.shipWebhook !== undefined,
		html: content(shop, pageWords(lang)),
	};
}

/** Places the next order of a small round of made-up customers. */
export function placeDemoOrder(
	shop: ShopState,
	control: ShoperControl,
	lang: unknown,
): Record<string, unknown> {
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
	return { ...placed, message: pageWords(lang).orderPlaced(String(placed.id)) };
}

/** The buyer pays the whole sum. */
export function pay(
	control: ShoperControl,
	orderId: number,
	lang: unknown,
): Record<string, unknown> {
	control.setPaid({ orderId });
	return { message: pageWords(lang).orderPaid(String(orderId)) };
}

/** The shop cancels the order. */
export function cancel(
	control: ShoperControl,
	orderId: number,
	lang: unknown,
): Record<string, unknown> {
	control.changeStatus({ orderId, statusId: CANCELLED_STATUS });
	return { message: pageWords(lang).orderCancelled(String(orderId)) };
}

/** Passes an order on to the workflow that ships it: `{orderId}` is posted to the address of `setShipWebhook`. */
export async function ship(
	shop: ShopState,
	orderId: number,
	lang: unknown,
): Promise<Record<string, unknown>> {
	const words = pageWords(lang);
	const what = words.order(String(orderId));
	return await postToWorkflow(shop.settings.shipWebhook, { orderId }, words, what);
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	return frontPageAnswer(request, (lang) => ({
		title: 'Demo shop (Shoper sandbox)',
		subtitle: `answers like Shoper ${SHOP_VERSION} · REST API at http://${shop.home}/webapi/rest/`,
		content: content(shop, pageWords(lang)),
		languages: ['en', 'pl'],
		n8n: shop.n8n,
	}));
}
