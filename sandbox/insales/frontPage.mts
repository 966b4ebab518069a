import { escapeHtml } from '../shared/escapeHtml.mts';
import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import { ordersSection } from '../shared/ordersSection.mts';
import type { PageOrder } from '../shared/ordersSection.mts';
import {
	NEWEST,
	dataBody,
	mailsSection,
	messagesSection,
	requestsSection,
	section,
	tableOr,
} from '../shared/pageSections.mts';
import { frontPageAnswer } from '../shared/pageShell.mts';
import { pageWords } from '../shared/pageWords.mts';
import type { PageWords } from '../shared/pageWords.mts';
import { postToWorkflow } from '../shared/postToWorkflow.mts';
import type { InSalesControl } from './control.mts';
import { DEMO_CLIENTS } from './demoData.mts';
import type { Order } from './records.mts';
import { textOf } from './records.mts';
import type { ShopState } from './shopState.mts';

const CANCELLED_STATUS = 'declined';
/** System statuses of orders that nobody works on any more. */
const ENDED = ['delivered', CANCELLED_STATUS, 'returned'];

function statusSelect(shop: ShopState, words: PageWords, order: Order): string {
	const current = order.custom_status.permalink;
	const options = shop.customStatuses().map((status) => {
		const chosen = status.permalink === current ? ' selected' : '';
		return `<option value="${escapeHtml(status.permalink)}"${chosen}>${escapeHtml(status.title)}</option>`;
	});
	const label = escapeHtml(words.statusOf(String(order.number)));
	return (
		`<select name="permalink" data-verb="setStatus" data-body="${dataBody({ orderId: order.id })}" ` +
		`aria-label="${label}">${options.join('')}</select>`
	);
}

function pageOrder(shop: ShopState, words: PageWords, order: Order): PageOrder {
	const client = shop.database.clients.get(order.client_id);
	const chat = order.fields_values.find((value) => value.handle === 'chat_id');
	const paid = order.financial_status === 'paid';
	const open = !ENDED.includes(order.fulfillment_status);
	const body = { orderId: order.id };
	const actions: PageOrder['actions'] = [];
	if (open && !paid) actions.push({ verb: 'pay', label: words.pay, body });
	if (open) actions.push({ verb: 'cancel', label: words.cancel, body });
	return {
		number: String(order.number),
		customer: `${textOf(client?.name)} ${textOf(client?.surname)}`,
		total: Number(order.total_price),
		status: statusSelect(shop, words, order),
		paid,
		chat: textOf(chat?.value),
		placed: order.created_at.slice(0, 16).replace('T', ' '),
		actions,
	};
}

function productsSection(shop: ShopState, words: PageWords): string {
	const products = shop.database.products.all().filter((product) => !product.archived);
	const rows = products
		.flatMap((product) => product.variants.map((variant) => ({ product, variant })))
		.slice(0, NEWEST)
		.map(({ product, variant }) => {
			const title = [product.title, textOf(variant.title)].filter(Boolean).join(', ');
			const label = escapeHtml(words.priceOf(variant.sku ?? ''));
			return [
				`<code>${escapeHtml(variant.sku ?? '')}</code>`,
				escapeHtml(title),
				String(variant.quantity ?? ''),
				`<input type="number" min="0" step="0.01" name="price" value="${Number(variant.price)}" aria-label="${label}" ` +
					`data-verb="setPrice" data-body="${dataBody({ variantId: variant.id })}">`,
			];
		});
	const columns = [
		{ label: words.sku },
		{ label: words.name },
		{ label: words.stock, number: true },
		{ label: words.price, number: true },
	];
	return section(words.products, tableOr('', columns, rows));
}

function content(shop: ShopState, words: PageWords): string {
	const connected = shop.settings.chatWebhook !== undefined;
	const orders = shop.database.orders
		.all()
		.slice(-NEWEST)
		.reverse()
		.map((order) => pageOrder(shop, words, order));
	const view = {
		count: shop.database.orders.size,
		currency: 'RUB',
		tools: [
			...(connected ? [{ verb: 'chatOrder', label: words.chatOrder, quiet: true }] : []),
			{ verb: 'placeDemoOrder', label: words.placeOrder },
		],
		unconnected: connected ? [] : [words.chatOrder],
	};
	return [
		ordersSection(words, orders, view),
		messagesSection(words, shop.notifications),
		productsSection(shop, words),
		mailsSection(words, shop.mails),
		requestsSection(words, shop.requests),
	].join('\n');
}

/** What the open page asks for each second: the lists as HTML, and the counts for scripts. */
export function pageState(shop: ShopState, lang: unknown): Record<string, unknown> {
	return {
		orders: shop.database.orders.size,
		mails: shop.mails.length,
		notifications: shop.notifications.length,
		chatWebhook: shop.settings.chatWebhook !== undefined,
		html: content(shop, pageWords(lang)),
	};
}

/** Places the next order of a small round of made-up customers. */
export function placeDemoOrder(
	shop: ShopState,
	control: InSalesControl,
	lang: unknown,
): Record<string, unknown> {
	const turn = shop.database.orders.nextId;
	const [name, surname, mailbox] =
		DEMO_CLIENTS[turn % DEMO_CLIENTS.length] ?? DEMO_CLIENTS[0] ?? [];
	const skus = ['TS-01-M', 'MUG-01', 'NB-01', 'BAG-01', 'BL-01'];
	const placed = control.placeOrder({
		email: `${mailbox ?? 'anna'}@example.com`,
		name,
		surname,
		phone: `+7900000000${turn % DEMO_CLIENTS.length}`,
		lines: [
			{ sku: skus[turn % skus.length], quantity: 1 + (turn % 2) },
			{ sku: skus[(turn + 2) % skus.length], quantity: 1 },
		],
	});
	return { ...placed, message: pageWords(lang).orderPlaced(String(placed.number)) };
}

/** Changes the price of a variant from the page. */
export function setPrice(
	control: InSalesControl,
	{ lang, ...argument }: Record<string, unknown>,
): Record<string, unknown> {
	const words = pageWords(lang);
	const price = Number(argument.price);
	if (argument.price === '' || !Number.isFinite(price) || price < 0) {
		return { message: words.priceInvalid };
	}
	const changed = control.updateProduct({ variantId: Number(argument.variantId), price });
	return { ...changed, message: words.priceChanged(price) };
}

/** Chooses another status for an order from the page, as the shop's staff does. */
export function setStatus(
	shop: ShopState,
	control: InSalesControl,
	{ lang, orderId, permalink }: Record<string, unknown>,
): Record<string, unknown> {
	const chosen = String(permalink ?? '');
	control.changeStatus({ orderId: Number(orderId), permalink: chosen });
	const status = shop.customStatuses().find((entry) => entry.permalink === chosen);
	return { message: pageWords(lang).statusChanged(status?.title ?? chosen) };
}

function numberOf(shop: ShopState, orderId: number): string {
	return String(shop.database.orders.get(orderId)?.number ?? '');
}

/** The buyer pays. */
export function pay(
	shop: ShopState,
	control: InSalesControl,
	{ lang, orderId }: Record<string, unknown>,
): Record<string, unknown> {
	control.changePayment({ orderId: Number(orderId), status: 'paid' });
	return { message: pageWords(lang).orderPaid(numberOf(shop, Number(orderId))) };
}

/** The shop cancels the order. */
export function cancel(
	shop: ShopState,
	control: InSalesControl,
	{ lang, orderId }: Record<string, unknown>,
): Record<string, unknown> {
	control.changeStatus({ orderId: Number(orderId), permalink: CANCELLED_STATUS });
	return { message: pageWords(lang).orderCancelled(numberOf(shop, Number(orderId))) };
}

/** Posts an order as a chat service does, `{chatId, sku, quantity, name, phone}`, to the address of `setChatWebhook`. */
export async function chatOrder(shop: ShopState, lang: unknown): Promise<Record<string, unknown>> {
	const turn = shop.database.orders.nextId;
	const [name] = DEMO_CLIENTS[turn % DEMO_CLIENTS.length] ?? ['Анна'];
	const order = {
		chatId: `c-${turn}`,
		sku: ['TS-01-L', 'MUG-01', 'NB-01'][turn % 3],
		quantity: 1 + (turn % 2),
		name,
		phone: `+7900111${String(turn % 10_000).padStart(4, '0')}`,
	};
	const words = pageWords(lang);
	const what = words.order(order.chatId);
	const { status, message } = await postToWorkflow(shop.settings.chatWebhook, order, words, what);
	return status === undefined ? { message } : { status, order, message };
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	return frontPageAnswer(request, (lang) => ({
		title: 'Demo shop (InSales sandbox)',
		subtitle: `API: http://${shop.home}/admin/orders.json`,
		content: content(shop, pageWords(lang)),
		languages: ['en', 'ru'],
		n8n: shop.n8n,
	}));
}
