import { InputError } from '../shared/errors';
import { numberOrNull, textOrNull } from '../shared/orderShape';
import { recordId } from '../shared/recordId';
import type { ShoperRecord } from './codec';
import { allOf, byId, ifGranted } from './join';
import type { ShoperShop } from './join';
import { lookup } from './query';
import { translated } from './translations';

const stocksByCode = lookup('product-stocks', 'code');

/** A line as a user gives it: a variant of the catalogue, or a name, a price and a tax. */
export interface WantedLine {
	sku?: unknown;
	stockId?: unknown;
	name?: unknown;
	quantity?: unknown;
	price?: unknown;
	tax?: unknown;
}

/**
 * Turns the wanted lines into what the shop stores, all of them before anything is written. The shop
 * takes price and tax as sent (LIVE), so both are read from the catalogue where the user gives none.
 *
 * @throws InputError naming the line
 */
export async function newLines(
	shop: ShoperShop,
	wanted: readonly WantedLine[],
	locale: string | undefined,
): Promise<ShoperRecord[]> {
	return await Promise.all(
		wanted.map(async (line, index) => await newLine(shop, line, `Line ${index + 1}`, locale)),
	);
}

async function newLine(
	shop: ShoperShop,
	line: WantedLine,
	label: string,
	locale: string | undefined,
): Promise<ShoperRecord> {
	const quantity = numberOrNull(line.quantity ?? 1);
	if (quantity === null || quantity <= 0) {
		throw new InputError(
			`${label}: the quantity is "${String(line.quantity)}".`,
			'Enter a number above 0.',
		);
	}
	const stock = await stockOf(shop, line, label);
	const product = stock && (await byId(shop, 'products', String(stock.product_id)));
	const price =
		numberOrNull(line.price) ??
		numberOrNull(stock?.comp_promo_price) ??
		numberOrNull(stock?.comp_price);
	const name = textOrNull(line.name) ?? (product ? translated(product, 'name', locale) : null);
	const tax = textOrNull(line.tax) ?? (await taxOf(shop, product));
	const lacking = Object.entries({ name, price, tax }).find(([, value]) => value === null);
	if (lacking) {
		throw new InputError(
			`${label}: the ${lacking[0]} is missing${stock ? ' in the catalogue, or may not be read' : ''}.`,
			`Enter the ${lacking[0]} of the line${stock ? '' : ', or the SKU of a product'}.`,
		);
	}
	return {
		product_id: stock ? Number(stock.product_id) : 0,
		...(stock && { stock_id: Number(stock.stock_id) }),
		price,
		quantity,
		name,
		tax,
		// `zw.` and `np.` are taxes of 0 (section 6.9).
		tax_value: Number.parseFloat(tax ?? '') || 0,
	};
}

async function stockOf(
	shop: ShoperShop,
	{ sku, stockId }: WantedLine,
	label: string,
): Promise<ShoperRecord | undefined> {
	const [code, id] = [textOrNull(sku), textOrNull(stockId)];
	if (id !== null) {
		const stock = await byId(shop, 'product-stocks', recordId(id, `${label}: Stock ID`));
		if (stock) return stock;
		throw new InputError(`${label}: the shop has no stock with the ID "${id}".`, 'Check the ID.');
	}
	if (code === null) return undefined;
	const found = await shop.find(stocksByCode, code);
	const [stock] = found;
	if (stock && found.length === 1) return stock;
	throw new InputError(
		stock
			? `${label}: several products or variants have the SKU "${code}" (stock IDs ${found.map(({ stock_id }) => String(stock_id)).join(', ')}).`
			: `${label}: the shop has no product or variant with the SKU "${code}".`,
		stock ? 'Name the line by its stock ID.' : 'Check the SKU.',
	);
}

/** Name of a product's tax: `0%`, `zw.` and `np.` have one value but different names. */
async function taxOf(shop: ShoperShop, product: ShoperRecord | undefined): Promise<string | null> {
	if (!product) return null;
	const taxes = await ifGranted(shop, 'taxes', 'taxes', [], async () => await allOf(shop, 'taxes'));
	return textOrNull(taxes?.get(String(product.tax_id))?.name);
}
