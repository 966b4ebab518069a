import type { WsContext } from './context.mts';
import type { Draft } from './draft.mts';
import { insertOrder } from './newOrders.mts';

/**
 * `POST /api/orders` turns a cart into an order through the payment module; state, rows and totals of the body count for
 * nothing (reference, section 4.6). A cart total that differs from `total_paid` ends in “Payment error”.
 */
export function createOrderFromCart(ctx: WsContext, draft: Draft): boolean {
	const cart = ctx.shop.find('carts', Number(draft.values.id_cart ?? 0));
	const rows = cart?.links.cart_rows ?? [];
	if (!cart || rows.length === 0) return false;
	const accepted = ctx.shop.version === '1.6.1.24' ? 12 : 11;
	const placed = insertOrder(ctx.shop, {
		customerId: Number(draft.values.id_customer ?? 0),
		cartId: cart.id,
		payment: String(draft.values.payment ?? ''),
		module: String(draft.values.module ?? ''),
		stateId: accepted,
		lines: rows.map((row) => ({
			productId: Number(row.id_product ?? 0),
			combinationId: Number(row.id_product_attribute ?? 0),
			quantity: Number(row.quantity ?? 1),
		})),
		paid: Number(draft.values.total_paid ?? 0),
	});
	draft.id = placed.id;
	return true;
}
