import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { flagOf } from '../../shared/output/recordShape';
import { notFound } from '../../shared/reading/records';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { byId } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { stocksOfProduct } from '../products/view';
import { lookup } from '../api/query';

import { isVariant } from '../products/simplify';

const rowsByCode = lookup('product-stocks', 'code');

/** ID of a row of `product-stocks`. */
export function stockIdOf({ stock_id }: ShoperRecord): string {
	return String(stock_id ?? '');
}

/**
 * All stock rows a locator names: those of a product, base row first, or one by its own ID or code.
 *
 * @throws InputError when there is none
 */
export async function stockRowsNamed(
	shop: ShoperShop,
	{ mode, value }: Locator,
): Promise<ShoperRecord[]> {
	if (mode === 'code') {
		const rows = await shop.find(rowsByCode, value);
		if (rows.length === 0) throw notFound('product or variant with the code', value);
		return sorted(rows);
	}
	if (mode === 'stockId') {
		const id = recordId(value, 'Stock ID');
		const row = await byId(shop, 'product-stocks', id);
		if (row) return [row];
		throw notFound('stock with the ID', id);
	}
	const id = recordId(value, 'Product ID');
	const rows = await shop.find(stocksOfProduct, id);
	if (rows.length === 0) throw notFound('stock for the product with the ID', id);
	return sorted(rows);
}

/**
 * The one stock row a locator names, for writing.
 *
 * @throws InputError when it is not one: a product with variants, or a code several rows share
 */
export async function stockRowNamed(shop: ShoperShop, locator: Locator): Promise<ShoperRecord> {
	const rows = await stockRowsNamed(shop, locator);
	const [row] = rows;
	if (row && rows.length === 1) return row;
	const choice = rows
		.map((each) => {
			const code = textOrNull(each.code);
			const kind = isVariant(each) ? '' : ', the product itself';
			return `${stockIdOf(each)} (${code ?? 'no code'}${kind})`;
		})
		.join(', ');
	throw new InputError(
		locator.mode === 'code'
			? `The code "${locator.value}" is not unique.`
			: `Product ${locator.value} has variants with a stock of their own.`,
		`Name one of them by its stock ID: ${choice}.`,
	);
}

function sorted(rows: readonly ShoperRecord[]): ShoperRecord[] {
	const rank = (row: ShoperRecord) => (isVariant(row) ? 1 : 0);
	return [...rows].sort((a, b) => rank(a) - rank(b) || Number(stockIdOf(a)) - Number(stockIdOf(b)));
}

/** A stock row in a few plain fields (Shoper REST reference 6.8). */
export function simplifyStock(row: ShoperRecord): IDataObject {
	return {
		id: stockIdOf(row),
		productId: idOrNull(row.product_id),
		variantId: isVariant(row) ? stockIdOf(row) : null,
		code: textOrNull(row.code),
		ean: textOrNull(row.ean),
		quantity: numberOrNull(row.stock),
		// `price` of a variant may be a difference to that of the product.
		price: numberOrNull(row.comp_price ?? row.price),
		weight: numberOrNull(row.comp_weight ?? row.weight),
		warnLevel: numberOrNull(row.warn_level),
		sold: numberOrNull(row.sold),
		active: flagOf(row.active),
		availabilityId: idOrNull(row.calculated_availability_id ?? row.availability_id),
		/** Values by option ID; empty for the product itself, where the shop may give an empty list. */
		options: isRecord(row.options) ? row.options : Array.isArray(row.options) ? {} : null,
	};
}
