import { InputError } from '../../shared/protocol/errors';
import { field } from '../../shared/actions/operation';
import { sameText } from '../../shared/text/sameText';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import { allOf, ifPermitted } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { isDate, rowsOf } from '../../shared/text/userInput';
import { anew } from '../../shared/reading/records';

/** Rows of extra fields, for orders and clients. */
export const extraFields = field({
	displayName: 'Extra Fields',
	name: 'extraFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add field',
	default: {},
	description:
		'Values of the additional fields of the shop, by their handle, or by their ID where they have none. "Field: Get Many" lists both. An empty text empties a field; fields that are not named stay as they are.',
	options: [
		{
			displayName: 'Field',
			name: 'row',
			values: [
				{
					displayName: 'Handle',
					name: 'handle',
					type: 'string',
					default: '',
					placeholder: 'e.g. chat_id',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
});

/**
 * Rows of extra fields as the shop takes them. A field that has a value already is written by the ID of
 * that value, because naming the field may add a second one (InSales API reference, 5.6).
 *
 * @param record the record as it is, whose values are changed; none for a new one
 * @throws InputError for a row without a handle or a value, and for a handle that is named twice
 */
export function fieldValueRows(collection: unknown, record?: InSalesRecord): Json[] {
	const held = rowsIn(record?.fields_values);
	const seen = new Set<string>();
	return rowsOf(collection).map((row) => {
		const handle = String(row.handle ?? '').trim();
		if (handle === '' || seen.has(handle.toLowerCase())) {
			throw new InputError(
				handle === ''
					? 'A row of "Extra Fields" has no handle.'
					: `"Extra Fields" names "${handle}" twice.`,
				'Name each field once, by its handle.',
			);
		}
		seen.add(handle.toLowerCase());
		const value = fieldValue(handle, row.value);
		const isNumber = /^\d+$/.test(handle);
		const before = held.find((each) =>
			isNumber ? String(each.field_id) === handle : sameText(each.handle, handle),
		);
		if (before?.id !== undefined) return { id: before.id, value };
		return isNumber ? { field_id: Number(handle), value } : { handle, value };
	});
}

/**
 * The value of a row. One whose expression found nothing is refused, because it would empty the field.
 *
 * @param what the handle or title of the row
 */
export function fieldValue(what: string, value: unknown): string | number | boolean {
	if (value === undefined || value === null) {
		throw new InputError(
			`The value of "${what}" came out as nothing.`,
			'Remove the row, or give an empty text to empty the field on purpose.',
		);
	}
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (typeof value !== 'object' || isDate(value)) return textOf(value);
	throw new InputError(
		`The value of "${what}" is a list or an object.`,
		'Enter a text; JSON.stringify makes one of it.',
	);
}

function textOf(value: unknown): string {
	return isDate(value) ? value.toISOString() : String(value);
}

/** `destiny` of the additional fields of clients and of orders (InSales API reference, 5.6). */
export const CLIENT_FIELD = 2;
export const ORDER_FIELD = 3;

/** What the known destinies belong to; others have been seen, and are let pass. */
const OWNERS: Readonly<Record<string, string>> = { 1: 'addresses', 2: 'clients', 3: 'orders' };

/**
 * Checks that the shop has the fields that rows name anew, where the key may see them: one it does not know
 * may be dropped without a word, or refused without its name.
 *
 * @param rows as {@link fieldValueRows} gives them
 * @param warnings notes that the check was left out
 * @throws InputError with the fields there are
 */
export async function checkFieldNames(
	shop: InSalesShop,
	rows: readonly Json[],
	destiny: number,
	warnings: string[],
): Promise<void> {
	const named = rowsIn(rows).flatMap((row) => row.handle ?? row.field_id ?? []);
	if (named.length === 0) return;
	const known = await ifPermitted(shop, 'check of the extra fields', 'fields', warnings, async () =>
		allOf(shop, 'fields', anew),
	);
	if (!known) return;
	const fields = [...known.values()].filter(
		(each) => Number(each.destiny) === destiny || OWNERS[String(each.destiny)] === undefined,
	);
	for (const name of named.map(String)) {
		if (fields.some((each) => idOf(each) === name || sameText(each.handle, name))) continue;
		const list = fields.map((each) => `${String(each.handle ?? idOf(each))}`);
		throw new InputError(
			`The ${OWNERS[destiny]} of the shop have no extra field "${name}".`,
			list.length === 0 ? 'They have none at all.' : `Choose one of: ${list.join(', ')}.`,
		);
	}
}
