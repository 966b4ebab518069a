import { numberOf, textOf } from './definitions.mts';
import type { Fields, Row } from './definitions.mts';
import type { ShopState } from './shopState.mts';

/** Stock rows of a product, base first. */
export function stocksOf(shop: ShopState, productId: number): Row[] {
	return shop.database.table('product-stocks').rowsWhere('product_id', String(productId));
}

/** The base row of a product: the one that is no variant. */
export function baseStock(shop: ShopState, productId: number): Row | undefined {
	return stocksOf(shop, productId).find((row) => row.values.extended === '0');
}

/** Amounts as the shop prints them. */
export const money = (value: number): string => (Math.round(value * 100) / 100).toFixed(2);

/** A quantity as the shop prints it: no trailing zeros. */
export const quantity = (value: number): string => String(Math.round(value * 10_000) / 10_000);

/** Final price of a row: a variant's `price` may be a difference to the product's (Shoper REST reference 6.8). */
function finalPrice(shop: ShopState, row: Row, field: string, typeField: string): string {
	const own = numberOf(row.values[field]);
	const type = textOf(row.values[typeField]);
	if (row.values.extended === '0' || type === '1') return money(own);
	const base = baseStock(shop, numberOf(row.values.product_id));
	const product = numberOf(base?.values[field]);
	if (type === '2') return money(product + own);
	if (type === '3') return money(product - own);
	return money(product);
}

/** Fields of a stock row that the shop works out; promotions are not reproduced, so promo prices equal the others. */
export function computedPrices(shop: ShopState, row: Row): Fields {
	const comp = finalPrice(shop, row, 'price', 'price_type');
	const wholesale = finalPrice(shop, row, 'price_wholesale', 'price_type_wholesale');
	const special = finalPrice(shop, row, 'price_special', 'price_type_special');
	return {
		comp_price: comp,
		comp_promo_price: comp,
		comp_price_wholesale: wholesale,
		comp_promo_price_wholesale: wholesale,
		comp_price_special: special,
		comp_promo_price_special: special,
		comp_weight: textOf(row.values.weight),
		calculated_availability_id: row.values.availability_id ?? '5',
	};
}

/** Moves a stock up or down, as orders do; nothing happens where the row is gone. */
export function moveStock(shop: ShopState, stockId: unknown, change: number): void {
	const row = shop.find('product-stocks', stockId);
	if (!row || change === 0) return;
	shop.save('product-stocks', row.id, {
		...row.values,
		stock: quantity(numberOf(row.values.stock) + change),
	});
}
