import { isFields, numberOf, textOf } from './definitions.mts';
import type { Row } from './definitions.mts';
import { orderSum } from './orderView.mts';
import type { ShopState } from './shopState.mts';
import { money } from './stocks.mts';

/** A text of a status in the buyer's language, else in any. */
function statusText(shop: ShopState, status: Row, langId: string, field: string): string {
	const { translations } = status.values;
	if (!isFields(translations)) return '';
	const locale = textOf(shop.find('languages', langId)?.values.locale);
	const language = translations[locale] ?? Object.values(translations)[0];
	return isFields(language) ? textOf(language[field]) : '';
}

/** The buyer is mailed when the status says so; no request can ask for it or prevent it (reference 7.2). */
function mailStatus(shop: ShopState, order: Row, status: Row, at: string): void {
	if (status.values.email_change !== '1') return;
	const language = textOf(order.values.lang_id);
	shop.mails.push({
		to: textOf(order.values.email),
		subject: `Zamówienie nr ${order.id}: ${statusText(shop, status, language, 'name')}`,
		orderId: order.id,
		statusId: status.id,
		text: statusText(shop, status, language, 'message'),
		at,
	});
}

/**
 * Moves an order to a status: `status_date`, mail, line in the panel's activities. The status it already has changes
 * nothing unless the shop's switch says otherwise. Throws for an order or status that does not exist.
 */
export function setStatus(
	shop: ShopState,
	orderId: number,
	statusId: unknown,
	at: string = shop.clock.wall(),
): void {
	const order = shop.find('orders', orderId);
	const status = shop.find('statuses', statusId);
	if (!order || !status)
		throw new Error(`There is no order ${orderId} or no status ${String(statusId)}.`);
	const same = textOf(order.values.status_id) === String(status.id);
	if (same && !shop.settings.repeatStatusMails) return;
	const row = shop.save('orders', order.id, {
		...order.values,
		status_id: String(status.id),
		status_date: at,
	});
	shop.note(
		`Status zamówienia ${order.id} został zmieniony na: ${statusText(shop, status, '1', 'name')}`,
		'order',
		order.id,
	);
	mailStatus(shop, row, status, at);
}

/** Moves an order to the status a setting names; nothing happens where the setting names none. */
export function setConfiguredStatus(shop: ShopState, orderId: number, setting: string): void {
	const statusId = textOf(shop.config[setting]);
	if (shop.find('statuses', statusId)) setStatus(shop, orderId, statusId);
}

/**
 * Records what was paid. Becoming paid moves the order to `shopping_change_status_payment_made_id` where that is set:
 * whether the API does so is not known; a fresh sandbox has it unset.
 */
export function setPaidAmount(shop: ShopState, orderId: number, amount: number): void {
	const order = shop.find('orders', orderId);
	if (!order) throw new Error(`There is no order ${orderId}.`);
	const sum = orderSum(shop, order);
	const before = numberOf(order.values.paid);
	shop.save('orders', order.id, { ...order.values, paid: money(amount) });
	if (before < sum && amount >= sum)
		setConfiguredStatus(shop, order.id, 'shopping_change_status_payment_made_id');
}
