import { addChange, messageStatus, movePayment, moveStatus } from './orderStatus.mts';
import type { ShopState } from './shopState.mts';

/** What a manager does to an order in the back office: status, payment, or nothing but a touch. */
export function changeByStaff(
	shop: ShopState,
	options: {
		orderId: number;
		permalink?: string;
		system?: string;
		payment?: 'paid' | 'pending';
		note?: string;
		actor?: string;
		notify?: boolean;
	},
): { changeId: number | null } {
	const stored = shop.database.orders.get(options.orderId);
	if (!stored) throw new Error(`There is no order ${options.orderId}.`);
	const order = structuredClone(stored);
	const actor = options.actor ?? 'Менеджер';
	const before = order.order_changes[0]?.id;
	let moved = false;
	if (options.permalink !== undefined || options.system !== undefined) {
		const all = shop.customStatuses();
		const status =
			options.permalink === undefined
				? (all.find((one) => one.system_status === options.system && one.is_default) ??
					all.find((one) => one.system_status === options.system))
				: all.find((one) => one.permalink === options.permalink);
		if (!status)
			throw new Error(`There is no status "${options.permalink ?? options.system ?? ''}".`);
		moved = moveStatus(shop, order, status, actor);
	}
	if (options.payment !== undefined) movePayment(shop, order, options.payment, actor);
	if (options.note !== undefined) {
		order.manager_comment = options.note;
		addChange(shop, order, { action: 'order_changed', description: 'Заказ изменён' }, actor);
	}
	order.updated_at = shop.stamp();
	shop.database.orders.put(order);
	if (moved && options.notify !== false) messageStatus(shop, order);
	const after = order.order_changes[0]?.id;
	return { changeId: after === undefined || after === before ? null : after };
}
