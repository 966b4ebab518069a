import type { ShopRequest, ShopResponse } from '../shared/http.mts';
import {
	NEWEST,
	dataBody,
	listSection,
	mailRows,
	notificationRows,
	requestRows,
	tableOr,
} from '../shared/pageSections.mts';
import { escapeHtml, frontPageAnswer } from '../shared/pageShell.mts';
import { postToWorkflow } from '../shared/postToWorkflow.mts';
import type { InSalesControl } from './control.mts';
import { DEMO_CLIENTS } from './demoData.mts';
import type { Order } from './records.mts';
import { textOf } from './records.mts';
import type { ShopState } from './shopState.mts';

function statusSelect(shop: ShopState, order: Order): string {
	const current = order.custom_status.permalink;
	const options = shop.customStatuses().map((status) => {
		const chosen = status.permalink === current ? ' selected' : '';
		return `<option value="${escapeHtml(status.permalink)}"${chosen}>${escapeHtml(status.title)}</option>`;
	});
	return (
		`<select name="permalink" data-verb="setStatus" data-body="${dataBody({ orderId: order.id })}" ` +
		`aria-label="Статус заказа ${order.number}">${options.join('')}</select>`
	);
}

function chatButton(shop: ShopState): string {
	return shop.settings.chatWebhook === undefined
		? ''
		: '<button class="quiet" data-verb="chatOrder">Заказ из чата через n8n</button>';
}

function ordersSection(shop: ShopState): string {
	const rows = shop.database.orders
		.all()
		.slice(-NEWEST)
		.reverse()
		.map((order) => {
			const client = shop.database.clients.get(order.client_id);
			const name = `${textOf(client?.name)} ${textOf(client?.surname)}`;
			const chat = order.fields_values.find((value) => value.handle === 'chat_id');
			return (
				`<tr><td class="number">${order.number}</td><td>${escapeHtml(name)}</td>` +
				`<td class="number">${Number(order.total_price).toFixed(2)}</td>` +
				`<td>${statusSelect(shop, order)}</td>` +
				`<td>${order.financial_status === 'paid' ? 'оплачен' : 'не оплачен'}</td>` +
				`<td>${escapeHtml(textOf(chat?.value))}</td>` +
				`<td>${escapeHtml(order.created_at.slice(0, 16).replace('T', ' '))}</td></tr>`
			);
		});
	const head =
		'<tr><th class="number">№</th><th>Покупатель</th><th class="number">Сумма</th><th>Статус</th><th>Оплата</th><th>Чат</th><th>Создан</th></tr>';
	const table = tableOr('Заказов пока нет.', head, rows);
	return (
		`<section><h2>Новые заказы (всего ${shop.database.orders.size}) <span>${chatButton(shop)} ` +
		`<button data-verb="placeDemoOrder">Оформить заказ</button></span></h2>${table}</section>`
	);
}

function productsSection(shop: ShopState): string {
	const products = shop.database.products.all().filter((product) => !product.archived);
	const rows = products
		.flatMap((product) => product.variants.map((variant) => ({ product, variant })))
		.slice(0, NEWEST)
		.map(({ product, variant }) => {
			const title = [product.title, textOf(variant.title)].filter(Boolean).join(', ');
			return (
				`<tr><td><code>${escapeHtml(variant.sku ?? '')}</code></td><td>${escapeHtml(title)}</td>` +
				`<td class="number">${variant.quantity ?? ''}</td>` +
				`<td class="number"><input type="number" min="0" step="0.01" name="price" value="${Number(variant.price)}" ` +
				`aria-label="Цена ${escapeHtml(variant.sku ?? '')}" data-verb="setPrice" data-body="${dataBody({ variantId: variant.id })}"></td></tr>`
			);
		});
	return `<section><h2>Товары</h2><table><tr><th>Артикул</th><th>Название</th><th class="number">Остаток</th><th class="number">Цена</th></tr>${rows.join('')}</table></section>`;
}

function content(shop: ShopState): string {
	return [
		ordersSection(shop),
		listSection(
			'Сообщения от n8n',
			['Время', 'Текст'],
			notificationRows(shop.notifications),
			'Ни один процесс ещё ничего не прислал.',
		),
		productsSection(shop),
		listSection(
			'Сообщения покупателям',
			['Время', 'Кому', 'Тема', 'Текст'],
			mailRows(shop.mails),
			'Магазин ещё не отправлял сообщений.',
		),
		listSection(
			'Последние запросы к API',
			['Время', 'Ключ', 'Запрос', 'Статус', 'Байт', 'мс'],
			requestRows(shop.requests),
			'К API ещё никто не обращался.',
		),
	].join('\n');
}

/** What the open page asks for each second: the lists as HTML, and the counts for scripts. */
export function pageState(shop: ShopState): Record<string, unknown> {
	return {
		orders: shop.database.orders.size,
		mails: shop.mails.length,
		notifications: shop.notifications.length,
		chatWebhook: shop.settings.chatWebhook !== undefined,
		html: content(shop),
	};
}

/** Places the next order of a small round of made-up customers. */
export function placeDemoOrder(shop: ShopState, control: InSalesControl): Record<string, unknown> {
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
	return { ...placed, message: `Заказ № ${placed.number} оформлен.` };
}

/** Changes the price of a variant from the page. */
export function setPrice(
	control: InSalesControl,
	argument: Record<string, unknown>,
): Record<string, unknown> {
	const price = Number(argument.price);
	if (argument.price === '' || !Number.isFinite(price) || price < 0)
		return { message: 'Цена должна быть числом.' };
	const changed = control.updateProduct({ variantId: Number(argument.variantId), price });
	return { ...changed, message: `Цена изменена: ${price}.` };
}

/** Posts an order as a chat service does, `{chatId, sku, quantity, name, phone}`, to the address of `setChatWebhook`. */
export async function chatOrder(shop: ShopState): Promise<Record<string, unknown>> {
	const turn = shop.database.orders.nextId;
	const [name] = DEMO_CLIENTS[turn % DEMO_CLIENTS.length] ?? ['Анна'];
	const order = {
		chatId: `c-${turn}`,
		sku: ['TS-01-L', 'MUG-01', 'NB-01'][turn % 3],
		quantity: 1 + (turn % 2),
		name,
		phone: `+7900111${String(turn % 10_000).padStart(4, '0')}`,
	};
	const { status, message } = await postToWorkflow(shop.settings.chatWebhook, order, {
		none: 'Процесс n8n не подключён.',
		taken: `n8n принял заказ из чата ${order.chatId}.`,
		refused: (code) => `n8n ответил статусом ${code}. Процесс активен?`,
		unreachable: 'n8n недоступен',
	});
	return status === undefined ? { message } : { status, order, message };
}

/** The shop's front page at `/`; undefined for every other path. */
export function answerPage(shop: ShopState, request: ShopRequest): ShopResponse | undefined {
	return frontPageAnswer(request, () => ({
		title: 'Демо-магазин (песочница InSales)',
		subtitle: `API: http://${shop.home}/admin/orders.json`,
		content: content(shop),
		lang: 'ru',
		offline: 'Магазин не отвечает.',
	}));
}
