import { InputError } from '../../shared/protocol/errors';
import { field } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { idOf } from '../api/codec';
import type { Json } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { numberOf } from './fields';
import { jsonRows, rowsOf } from '../../shared/text/userInput';
import { variantBySku } from '../products/search';

/** Lines of a new order. */
export const lines = field({
	displayName: 'Lines',
	name: 'lines',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add line',
	default: {},
	description:
		'What is ordered; each line names a variant ID, a product ID (its first variant) or a SKU. InSales cannot search by SKU, so that all products are read for the first one, and later only what changed.',
	options: [
		{
			displayName: 'Line',
			name: 'row',
			values: [
				{ displayName: 'Comment', name: 'comment', type: 'string', default: '' },
				{
					displayName: 'Product ID',
					name: 'productId',
					type: 'string',
					default: '',
					description: 'Orders the first variant of the product',
				},
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
				},
				{
					displayName: 'Sale Price',
					name: 'salePrice',
					type: 'string',
					default: '',
					placeholder: 'e.g. 990',
					description: 'Price of one piece. Empty: the price of the catalogue.',
				},
				{ displayName: 'SKU', name: 'sku', type: 'string', default: '' },
				{ displayName: 'Variant ID', name: 'variantId', type: 'string', default: '' },
			],
		},
	],
});

/** The same for lists of any length, such as those of other nodes and AI agents. */
export const linesJson = field({
	displayName: 'Lines as JSON',
	name: 'linesJson',
	type: 'json',
	default: '[]',
	description:
		'More lines: [{"variantId": 7001, "quantity": 2, "salePrice": 990, "comment": "gift"}]. Instead of "variantId" a "productId" or a "sku" will do; only the quantity is needed besides, and it is 1 if left out.',
});

/** A line as it is ordered. */
export interface LineInput {
	variantId?: unknown;
	productId?: unknown;
	sku?: unknown;
	quantity?: unknown;
	salePrice?: unknown;
	comment?: unknown;
}

/** What is checked of a line before anything is asked. */
interface CheckedLine {
	by: 'variant_id' | 'product_id' | 'sku';
	value: string;
	rest: Record<string, Json>;
}

/**
 * Rows of "Lines" and "Lines as JSON", checked. Throws `InputError` for a row that names no product, or
 * several, or something a line does not have.
 */
export function checkedLines(collection: unknown, json: string): CheckedLine[] {
	const rows = [...rowsOf(collection), ...jsonLines(json)];
	if (rows.length === 0) {
		throw new InputError('"Lines" is empty.', 'Add at least one line, or fill "Lines as JSON".');
	}
	return rows.map((row, index) => checkedLine(row, `line ${index + 1}`));
}

const LINE_FIELDS = ['variantId', 'productId', 'sku', 'quantity', 'salePrice', 'comment'];

function jsonLines(json: string): LineInput[] {
	const rows = jsonRows(
		'Lines as JSON',
		json,
		'Enter something like [{"variantId": 7001, "quantity": 2}].',
	);
	const strange = rows
		.flatMap((row) => Object.keys(row))
		.find((name) => !LINE_FIELDS.includes(name));
	if (strange === undefined) return rows;
	throw new InputError(
		`"Lines as JSON" has no entry "${strange}".`,
		`Its entries are ${LINE_FIELDS.join(', ')}.`,
	);
}

/** One line, checked. `what` names it in messages. Throws `InputError`. */
export function checkedLine(row: LineInput, what: string): CheckedLine {
	const text = (value: unknown) => String(value ?? '').trim();
	const named = [
		{ by: 'variant_id' as const, value: text(row.variantId), label: 'Variant ID' },
		{ by: 'product_id' as const, value: text(row.productId), label: 'Product ID' },
		{ by: 'sku' as const, value: text(row.sku), label: 'SKU' },
	].filter(({ value }) => value !== '');
	const [first, ...others] = named;
	if (!first || others.length > 0) {
		throw new InputError(
			`In ${what}, ${first ? 'several of' : 'none of'} Variant ID, Product ID and SKU ${first ? 'are' : 'is'} filled in.`,
			'Fill in exactly one of them.',
		);
	}
	const { by, label } = first;
	const salePrice = text(row.salePrice);
	const comment = text(row.comment);
	return {
		by,
		value: by === 'sku' ? first.value : recordId(first.value, label),
		rest: {
			quantity: Object.hasOwn(row, 'quantity') ? quantityOf(row.quantity, what) : 1,
			...(salePrice !== '' && { sale_price: numberOf('Sale Price', salePrice) }),
			...(comment !== '' && { comment }),
		},
	};
}

function quantityOf(value: unknown, what: string): number {
	// What an expression found nothing for is no order of one piece, and `true` and `[2]` are no numbers.
	const quantity =
		typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
	if (Number.isInteger(quantity) && quantity >= 1) return quantity;
	throw new InputError(
		`The quantity of ${what} is "${String(value ?? '')}".`,
		'Enter a whole number of at least 1.',
	);
}

/** Lines as the shop takes them; SKUs are looked up. Throws `InputError` for one that names no single variant. */
export async function lineAttributes(
	shop: InSalesShop,
	checked: readonly CheckedLine[],
): Promise<Array<Record<string, Json>>> {
	return await Promise.all(
		checked.map(async ({ by, value, rest }) =>
			by === 'sku'
				? { variant_id: Number(idOf((await variantBySku(shop, value)).variant)), ...rest }
				: { [by]: Number(value), ...rest },
		),
	);
}
