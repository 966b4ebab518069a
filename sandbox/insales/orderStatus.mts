import type { CustomStatus, Json, Order } from './records.mts';
import { textOf } from './records.mts';
import type { ShopState } from './shopState.mts';
import { preciseStampOf } from './times.mts';

/** System statuses (InSales API reference, 6.1). */
export const SYSTEM_STATUSES = [
	'new',
	'accepted',
	'approved',
	'dispatched',
	'delivered',
	'declined',
	'returned',
];

/** Who does something, for the history of an order; null is the shop itself. */
export type Actor = string | null;

interface Change {
	action: string;
	was?: Json;
	is?: Json;
	description: string;
}

/**
 * Puts an entry on top of an order's history. It is stamped with real milliseconds and up to about a second later than
 * the order's own `updated_at` (reference, 6.3).
 */
export function addChange(
	shop: ShopState,
	order: Order,
	change: Change,
	actor: Actor,
	atMs = shop.clock.now(),
): number {
	const id = shop.database.nextPartId('order_changes');
	const second = Math.floor(atMs / 1000) * 1000;
	const later = Math.min((atMs % 1000) + ((id * 137) % 900), 1_150);
	order.order_changes.unshift({
		id,
		created_at: preciseStampOf(second + later),
		action: change.action,
		value_was: change.was ?? null,
		value_is: change.is ?? null,
		full_description: change.description,
		user_name: actor,
	});
	return id;
}

/** The status that belongs to a system status unless a custom one is chosen. */
export function defaultStatus(shop: ShopState, system: string): CustomStatus | undefined {
	const all = shop.customStatuses().filter((status) => status.system_status === system);
	return all.find((status) => status.is_default) ?? all[0];
}

/** Sets status and dates without a trace in the history. */
export function setStatus(order: Order, status: CustomStatus, stamp: string): void {
	const system = status.system_status;
	if (system === 'accepted' && order.fulfillment_status !== system) order.accepted_at = stamp;
	if (system === 'delivered' && order.fulfillment_status !== system) order.delivered_at = stamp;
	order.fulfillment_status = system;
	order.custom_status = { permalink: status.permalink, title: status.title };
}

/** Moves an order to a status, with history. false when it is there already. */
export function moveStatus(
	shop: ShopState,
	order: Order,
	status: CustomStatus,
	actor: Actor,
): boolean {
	const was = { system: order.fulfillment_status, ...order.custom_status };
	if (was.permalink === status.permalink && was.system === status.system_status) return false;
	setStatus(order, status, shop.stamp());
	const description = `Статус изменён: ${was.title} → ${status.title}`;
	if (was.system !== status.system_status) {
		const is = status.system_status;
		addChange(
			shop,
			order,
			{ action: 'fulfillment_status_changed', was: was.system, is, description },
			actor,
		);
	} else if (shop.guesses.customStatusAction !== null) {
		const action = shop.guesses.customStatusAction;
		addChange(
			shop,
			order,
			{ action, was: was.permalink, is: status.permalink, description },
			actor,
		);
	}
	return true;
}

/** Marks an order as paid or not, with history. false when it was so already. */
export function movePayment(
	shop: ShopState,
	order: Order,
	financialStatus: 'paid' | 'pending',
	actor: Actor,
): boolean {
	const was = order.financial_status;
	if (was === financialStatus) return false;
	order.financial_status = financialStatus;
	order.paid_at = financialStatus === 'paid' ? shop.stamp() : null;
	const description = financialStatus === 'paid' ? 'Заказ оплачен' : 'Оплата отменена';
	addChange(
		shop,
		order,
		{ action: 'financial_status_changed', was, is: financialStatus, description },
		actor,
	);
	return true;
}

/** Sends the message of the order's present status, by e-mail or else by SMS, where the shop has a template for it. */
export function messageStatus(shop: ShopState, order: Order): void {
	const { permalink, title } = order.custom_status;
	if (shop.silentStatuses.has(permalink)) return;
	const client = shop.database.clients.get(order.client_id);
	const email = textOf(client?.email);
	const to = email || textOf(client?.phone);
	if (to === '') return;
	shop.mails.push({
		to,
		channel: email === '' ? 'sms' : 'email',
		subject: `Заказ № ${order.number}: ${title}`,
		orderId: order.id,
		number: order.number,
		permalink,
		text: `Здравствуйте, ${textOf(client?.name)}! Статус вашего заказа № ${order.number}: ${title}.`,
		at: shop.clock.wall(),
	});
}
