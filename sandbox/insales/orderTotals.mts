import type { Discount, Order, OrderLine } from './records.mts';
import { numberOf } from './records.mts';
import type { ShopState } from './shopState.mts';

function cents(amount: number): number {
	return Math.round(amount * 100) / 100;
}

/** Spreads a discount over the lines it is for; the amount it takes off. */
function spread(discount: Discount, lines: OrderLine[]): number {
	const chosen =
		discount.discount_order_lines_ids.length > 0
			? lines.filter(({ id }) => discount.discount_order_lines_ids.includes(id))
			: lines;
	const base = chosen.reduce((sum, line) => sum + line.total_price, 0);
	if (base <= 0) return 0;
	const whole =
		discount.type_id === 1
			? (base * discount.discount) / 100
			: Math.min(Math.max(discount.discount, 0), base);
	for (const line of chosen) {
		line.discounts_amount = cents(line.discounts_amount + (whole * line.total_price) / base);
	}
	return cents(whole);
}

/**
 * Works out every sum of an order anew: lines before and after discounts and payment surcharge, delivery, total, profit
 * (the arithmetic of InSales API reference, 5.3). `order` is changed in place; it must not be stored yet.
 */
export function recalculate(shop: ShopState, order: Order): void {
	const gateway = shop.database.table('payment_gateways').get(order.payment_gateway_id);
	const margin = numberOf(gateway?.margin) ?? 0;
	const factor = 1 + margin / 100;
	for (const line of order.order_lines) {
		line.total_price = cents(line.sale_price * line.quantity);
		line.discounts_amount = 0;
	}
	for (const discount of order.discounts) {
		discount.amount = spread(discount, order.order_lines);
		discount.full_amount = cents(discount.amount * factor);
	}
	let items = 0;
	let cost = 0;
	let paidForLines = 0;
	for (const line of order.order_lines) {
		const reduced = line.total_price - line.discounts_amount;
		line.full_total_price = cents(reduced * factor);
		line.full_sale_price = line.quantity > 0 ? cents((reduced * factor) / line.quantity) : 0;
		line.reserved_quantity = line.quantity;
		items += line.full_total_price;
		paidForLines += reduced;
		cost += line.cost_price * line.quantity;
	}
	order.items_price = cents(items);
	order.full_delivery_price = cents(order.delivery_price * factor);
	order.total_price = cents(items + Number(order.full_delivery_price));
	order.margin = margin;
	order.margin_amount = cents(
		Number(order.total_price) - paidForLines - cents(order.delivery_price),
	);
	order.total_profit = cents(items - cost);
}
