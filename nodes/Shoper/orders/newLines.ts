import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { jsonRows, rowsOf } from '../../shared/text/userInput';
import { recordId } from '../../shared/text/recordId';
import type { ShoperRecord } from '../api/codec';
import { allOf, byId, ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { lookup } from '../api/query';
import { translated } from '../api/translations';

const stocksByCode = lookup('product-stocks', 'code');

/** A line as a user gives it: a variant of the catalogue, or a name, a price and a tax. */
export interface WantedLine {
	sku: string | null;
	stockId: string | null;
	name: string | null;
	quantity: number;
	price: number | null;
	tax: string | null;
}

const NAMES = ['sku', 'stockId', 'name', 'quantity', 'price', 'tax'];

/**
 * The wanted lines, from rows and from JSON, checked as far as they can be without the shop.
 *
 * @throws InputError naming the line; for no line at all
 */
export function wantedLines(collection: IDataObject, json: string): WantedLine[] {
	const fix = 'Enter something like [{"sku": "MUG-1", "quantity": 2}].';
	const more = jsonRows('Lines as JSON', json, fix);
	const all = [...rowsOf(collection, 'Lines'), ...more];
	if (all.length === 0) {
		throw new InputError('The order has no lines.', 'Fill in "Lines" or "Lines as JSON".');
	}
	return all.map((line, index) => wantedLine(line, `Line ${index + 1}`));
}

function wantedLine(line: IDataObject, label: string): WantedLine {
	const strange = Object.keys(line).find((name) => !NAMES.includes(name));
	if (strange !== undefined) {
		throw new InputError(
			`${label} has no field "${strange}".`,
			`The fields of a line are ${NAMES.join(', ')}.`,
		);
	}
	const nested = NAMES.find((name) => typeof line[name] === 'object' && line[name] !== null);
	if (nested !== undefined) {
		throw new InputError(`${label}: the ${nested} is not a text.`, 'Enter a text or a number.');
	}
	const { quantity = 1 } = line;
	const [pieces, price] = [numberOrNull(quantity), textOrNull(line.price)];
	if (pieces === null || pieces <= 0) {
		throw new InputError(
			`${label}: the quantity is "${quantity === null ? '' : (textOrNull(quantity) ?? '')}".`,
			'Enter a number above 0, with a decimal point.',
		);
	}
	if (price !== null && !/^\d+(\.\d+)?$/.test(price)) {
		throw new InputError(
			`${label}: the price is "${price}".`,
			'Enter a number with a decimal point, such as 59.99.',
		);
	}
	const stockId = textOrNull(line.stockId);
	return {
		sku: textOrNull(line.sku),
		stockId: stockId === null ? null : recordId(stockId, `${label}: Stock ID`),
		name: textOrNull(line.name),
		quantity: pieces,
		price: price === null ? null : Number(price),
		tax: textOrNull(line.tax),
	};
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
	const stock = await stockOf(shop, line, label);
	const product = stock && (await byId(shop, 'products', String(stock.product_id)));
	// Shops show the usual price where there is no special one; should one show 0, that is no price.
	const price =
		line.price ?? (numberOrNull(stock?.comp_promo_price) || numberOrNull(stock?.comp_price));
	const name = line.name ?? (product ? translated(product, 'name', locale) : null);
	const tax = line.tax ?? (await taxOf(shop, product));
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
		quantity: line.quantity,
		name,
		tax,
		// `zw.` and `np.` are taxes of 0 (section 6.9).
		tax_value: Number.parseFloat(tax ?? '') || 0,
	};
}

async function stockOf(
	shop: ShoperShop,
	{ sku: code, stockId: id }: WantedLine,
	label: string,
): Promise<ShoperRecord | undefined> {
	if (id !== null) {
		const stock = await byId(shop, 'product-stocks', id);
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
	const taxes = await ifPermitted(
		shop,
		'taxes',
		'taxes',
		[],
		async () => await allOf(shop, 'taxes'),
	);
	return textOrNull(taxes?.get(String(product.tax_id))?.name);
}
