import { polishCustomer } from '../shared/demoCustomers.mts';
import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { ordersSection } from '../shared/ordersSection.mts';
import type { PageOrder } from '../shared/ordersSection.mts';
import { NEWEST, mailsSection, messagesSection, requestsSection } from '../shared/pageSections.mts';
import { frontPageAnswer } from '../shared/pageShell.mts';
import { pageWords } from '../shared/pageWords.mts';
import type { PageWords } from '../shared/pageWords.mts';
import { postToWorkflow } from '../shared/postToWorkflow.mts';
import type { PrestaShopControl } from './control.mts';
import type { Row } from './definitions.mts';
import { textIn } from './orderTransitions.mts';
import type { ShopState } from './shopState.mts';

/** States as every installation has them. */
const PAID_STATE = 2;
const CANCELED_STATE = 6;
const REFUNDED_STATE = 7;

function newest(shop: ShopState, resource: string, count: number): Row[] {
	const table = shop.database.table(resource);
	return table
		.ids()
		.slice(-count)
		.reverse()
		.flatMap((id) => table.get(id) ?? []);
}

function pageOrder(shop: ShopState, words: PageWords, order: Row): PageOrder {
	const customer = shop.find('customers', Number(textIn(order, 'id_customer')));
	const stateId = Number(textIn(order, 'current_state'));
	const state = shop.find('order_states', stateId);
	const name = state?.values.name;
	const reference = textIn(order, 'reference');
	const body = { orderId: order.id, reference };
	const ended = [CANCELED_STATE, REFUNDED_STATE].includes(stateId);
	const shipped = textIn(state, 'shipped') === '1';
	const actions: PageOrder['actions'] = [];
	if (!ended && textIn(state, 'paid') !== '1') {
		actions.push({ verb: 'pay', label: words.pay, body });
	}
	if (!ended && !shipped && shop.settings.shipWebhook !== undefined) {
		actions.push({ verb: 'ship', label: words.ship, body });
	}
	if (!ended && !shipped) actions.push({ verb: 'cancel', label: words.cancel, body });
	return {
		number: String(order.id),
		reference,
		customer: `${textIn(customer, 'firstname')} ${textIn(customer, 'lastname')}`,
		total: Number(textIn(order, 'total_paid')),
		status: {
			name: typeof name === 'object' && name ? (name['1'] ?? '') : '…',
			color: textIn(state, 'color'),
		},
		placed: textIn(order, 'date_add'),
		actions,
	};
}

function content(shop: ShopState, words: PageWords): string {
	const orders = newest(shop, 'orders', NEWEST).map((order) => pageOrder(shop, words, order));
	const [currency] = shop.database.table('currencies').rows();
	const view = {
		count: shop.database.table('orders').size,
		currency: currency ? textIn(currency, 'iso_code') : '',
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
		version: shop.version,
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
	control: PrestaShopControl,
	lang: unknown,
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
	return { ...placed, message: pageWords(lang).orderPlaced(placed.reference) };
}

/** What the page's buttons name an order by. */
interface OrderChoice {
	orderId: number;
	reference: string;
}

/** The buyer pays: the state becomes “Payment accepted”. */
export function pay(
	control: PrestaShopControl,
	{ orderId, reference }: OrderChoice,
	lang: unknown,
): Record<string, unknown> {
	control.changeState({ orderId, stateId: PAID_STATE });
	return { message: pageWords(lang).orderPaid(reference) };
}

/** The shop cancels: the state becomes “Canceled”. */
export function cancel(
	control: PrestaShopControl,
	{ orderId, reference }: OrderChoice,
	lang: unknown,
): Record<string, unknown> {
	control.changeState({ orderId, stateId: CANCELED_STATE });
	return { message: pageWords(lang).orderCancelled(reference) };
}

/** Passes an order on to the workflow that ships it: `{reference}` is posted to the address of `setShipWebhook`. */
export async function ship(
	shop: ShopState,
	reference: string,
	lang: unknown,
): Promise<Record<string, unknown>> {
	const words = pageWords(lang);
	return await postToWorkflow(
		shop.settings.shipWebhook,
		{ reference },
		words,
		words.order(reference),
	);
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	return frontPageAnswer(request, (lang) => ({
		title: 'Demo shop (PrestaShop sandbox)',
		subtitle: `answers like PrestaShop ${shop.version} · webservice at http://${shop.home}/api/`,
		content: content(shop, pageWords(lang)),
		languages: ['en', 'pl'],
		n8n: shop.n8n,
	}));
}
