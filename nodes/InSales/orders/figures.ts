import { ordersWhere } from './find';
import type { OrderFigures, OrdersRead } from '../../shared/output/statistics';
import type { Period } from '../../shared/text/period';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { orderConditions } from './conditions';
import { simplifyOrder } from './simplify';

/** Orders that are read at most: eight pages. */
export const MOST_ORDERS = 2_000;

/**
 * The orders of a period as numbers. InSales has no filter for the time an order was placed, but one that was
 * placed since then has changed since then (InSales API reference, 3.2).
 */
export async function figuresOf(shop: InSalesShop, { from }: Period): Promise<OrdersRead> {
	const conditions = await orderConditions(shop, {
		...(from !== undefined && { updatedAfter: from }),
	});
	const rows = await ordersWhere(shop, conditions, MOST_ORDERS);
	const orders = rows.map((row) => figures(shop, row));
	if (rows.length < MOST_ORDERS) return { orders };
	return { orders, partial: `Only ${MOST_ORDERS} orders that changed since then were read.` };
}

/** An order as numbers; it comes with its lines. */
export function figures(shop: InSalesShop, order: InSalesRecord): OrderFigures {
	const { createdAt, status, total, currency, paid, lines } = simplifyOrder(order, shop.address);
	return { createdAt, status, total, currency, paid, ...(lines && { lines }) };
}
