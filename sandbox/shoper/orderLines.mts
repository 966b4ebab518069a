import { BLANK_ORDER_PRODUCT } from './blanks.mts';
import { isFields, numberOf, textOf } from './definitions.mts';
import type { Fields, Row } from './definitions.mts';
import { unknownValue } from './errors.mts';
import type { SavingRules } from './savingRules.mts';
import type { ShopState } from './shopState.mts';
import { baseStock, computedPrices, moveStock, quantity } from './stocks.mts';

function productName(product: Row | undefined): string {
	const translations = product?.values.translations;
	const [first] = isFields(translations) ? Object.values(translations) : [];
	return isFields(first) ? textOf(first.name) : '';
}

/** What a line copies from the catalogue. */
function fromCatalogue(shop: ShopState, product: Row, stock: Row | undefined): Fields {
	const tax = shop.find('taxes', product.values.tax_id);
	return {
		product_id: String(product.id),
		stock_id: stock ? String(stock.id) : null,
		name: productName(product),
		code: textOf(stock?.values.code) || textOf(product.values.code),
		pkwiu: textOf(product.values.pkwiu),
		tax: textOf(tax?.values.name),
		tax_value: textOf(tax?.values.value),
		weight: textOf(stock?.values.weight),
		ean: textOf(stock?.values.ean),
		option: textOf(stock?.values._option),
		price: stock ? (computedPrices(shop, stock).comp_price ?? '0.00') : '0.00',
	};
}

/** Takes what the line needs from the stock, or gives it back, if the shop deducts when something is bought. */
function takeStock(shop: ShopState, values: Fields, pieces: number): void {
	if (shop.config.shopping_update_stock_on_buy === '1') moveStock(shop, values.stock_id, -pieces);
}

/** Adds a line as the shop's checkout does. */
export function addLine(
	shop: ShopState,
	orderId: number,
	line: { productId: number; stockId?: number; quantity?: number; price?: number },
): void {
	const product = shop.find('products', line.productId);
	if (!product) throw new Error(`There is no product ${line.productId}.`);
	const stock =
		line.stockId === undefined
			? baseStock(shop, product.id)
			: shop.find('product-stocks', line.stockId);
	const pieces = line.quantity ?? 1;
	const id = shop.database.table('order-products').reserveId();
	const values: Fields = {
		...BLANK_ORDER_PRODUCT,
		...fromCatalogue(shop, product, stock),
		id: String(id),
		order_id: String(orderId),
		quantity: quantity(pieces),
		_taken: shop.config.shopping_update_stock_on_buy === '1' ? pieces : 0,
	};
	if (line.price !== undefined) values.price = line.price.toFixed(2);
	shop.save('order-products', id, values);
	takeStock(shop, values, pieces);
}

/** Gives back what a line has taken. */
export function returnStock(shop: ShopState, line: Row): void {
	moveStock(shop, line.values.stock_id, numberOf(line.values._taken));
}

/** Rules of `POST` and `PUT /order-products`: price and tax are taken as sent, the stock moves at once (LIVE). */
export const ORDER_LINE_RULES: SavingRules = {
	check: (shop, given, complaints) => {
		for (const [field, resource] of [
			['product_id', 'products'],
			['stock_id', 'product-stocks'],
		] as const) {
			const value = given[field];
			if (value === undefined || value === null || textOf(value) === '0') continue;
			if (!shop.find(resource, value)) complaints.add(field, unknownValue(textOf(value)));
		}
	},
	prepare: (shop, { given, values, before }) => {
		const product = shop.find('products', values.product_id);
		const prepared = { ...values };
		if (!before && product) {
			const stock = shop.find('product-stocks', given.stock_id) ?? baseStock(shop, product.id);
			for (const [name, value] of Object.entries(fromCatalogue(shop, product, stock)))
				if (given[name] === undefined) prepared[name] = value;
		}
		const deducts = shop.config.shopping_update_stock_on_buy === '1';
		prepared._taken = deducts ? numberOf(prepared.quantity) : numberOf(before?.values._taken);
		return prepared;
	},
	after: (shop, { before }, row) => {
		const taken = numberOf(row.values._taken) - numberOf(before?.values._taken);
		moveStock(shop, row.values.stock_id, -taken);
	},
};
