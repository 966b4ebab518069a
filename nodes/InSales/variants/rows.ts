import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { productById } from '../products/reads';
import type { NamedValues } from '../writing/recordChanges';
import { jsonRows, rowsOf } from '../../shared/text/userInput';
import { productOfVariant, variantBySku } from '../products/search';
import { amount, pairsOf, price, variantValues } from './changes';

/** One variant and what it is to become. */
export interface VariantRow {
	variantId: string;
	/** `undefined` when nobody needed to know. */
	productId: string | undefined;
	/** The variant as it was read; `undefined` when it was not. */
	before: InSalesRecord | undefined;
	/** By the names the shop takes. */
	values: NamedValues;
}

/** What a row may name; money and stock is all that the group update changes (InSales API reference, 5.7). */
const AMOUNTS = ['price', 'old_price', 'cost_price', 'quantity'];

const OWN_AMOUNT = /^(price\d+|quantity_at_warehouse\d+)$/;

const isPrice = (name: string) => /price/.test(name);

const PLACES = ['variantId', 'productId', 'sku'];

/**
 * The rows of one input item: those of the fixed collection, and those given as JSON.
 *
 * @throws InputError when a row names no variant, nothing to change, or something else than money and stock
 */
export function givenRows(collection: IDataObject, json: string): IDataObject[] {
	// An entry whose expression found nothing stays as it is; in JSON, `null` means what it says.
	const isFilled = (value: unknown) => String(value ?? '').trim() !== '';
	const listed = rowsOf(collection).map(
		(row) =>
			Object.fromEntries(Object.entries(row).filter(([, value]) => isFilled(value))) as IDataObject,
	);
	const given = jsonRows(
		'Rows',
		json,
		'Enter something like [{"variantId": 7001, "price": 1500, "quantity": 3}].',
	);
	const rows = [...listed, ...given];
	if (rows.length === 0) {
		throw new InputError('No variant was named.', 'Add a variant, or fill "Rows".');
	}
	return rows;
}

/**
 * Finds the variant of a row and brings its values to the shop's names. Without `look` a variant that is
 * named by its ID is taken as it is.
 */
export async function resolveRow(
	shop: InSalesShop,
	row: IDataObject,
	look: boolean,
): Promise<VariantRow> {
	const values = await valuesOf(shop, row);
	const { variantId: id, productId, sku } = row;
	if ((id === undefined) === (sku === undefined)) {
		throw new InputError(
			id === undefined
				? 'A row names no variant.'
				: `A row names both the variant ${String(id)} and the SKU "${String(sku)}".`,
			'Give either "variantId" or "sku".',
		);
	}
	const product = productId === undefined ? undefined : recordId(String(productId), 'productId');
	const named = sku === undefined ? undefined : await variantBySku(shop, String(sku));
	const variantId = named ? idOf(named.variant) : recordId(String(id), 'variantId');
	const told = named ? idOf(named.product) : product;
	if (!look) return { variantId, productId: told, before: undefined, values };
	const found =
		told === undefined ? await productOfVariant(shop, variantId) : await productById(shop, told);
	const before = rowsIn(found?.variants).find((each) => idOf(each) === variantId);
	// The shop would drop it without a word (InSales API reference, pitfall 13).
	if (!before) {
		throw notFound(
			product ? `variant of the product ${product} with the ID` : 'variant with the ID',
			variantId,
		);
	}
	return { variantId, productId: idOf(found), before, values };
}

async function valuesOf(shop: InSalesShop, row: IDataObject): Promise<NamedValues> {
	const named: Record<string, Json> = {};
	for (const [name, value] of Object.entries(row)) {
		if (PLACES.includes(name) || name === 'prices' || name === 'warehouses') continue;
		if (!AMOUNTS.includes(name) && !OWN_AMOUNT.test(name)) {
			throw new InputError(
				`A row names "${name}", which cannot be changed for many variants at once.`,
				`It can be ${AMOUNTS.join(', ')}, prices and warehouses. For the rest use "Variant: Update".`,
			);
		}
		named[name] = isPrice(name) ? price(`"${name}"`, value) : amount(`"${name}"`, value);
		if (name === 'price' && named[name] === null) {
			throw new InputError('A row empties "price".', 'Enter a number: every variant has a price.');
		}
	}
	const values = await variantValues(shop, named, {
		prices: pairsOf('"prices" of a row', row.prices),
		warehouses: pairsOf('"warehouses" of a row', row.warehouses),
	});
	if (Object.keys(values).length > 0) return values;
	throw new InputError('A row names nothing to change.', 'Add a price or a quantity.');
}
