import { InputError } from '../shared/errors';
import { field } from '../shared/operation';
import { rowsIn } from './codec';
import type { InSalesRecord, Json } from './codec';
import { rowsOf, sameText } from './records';

/** Rows of extra fields, for orders and clients. */
export const extraFields = field({
	displayName: 'Extra Fields',
	name: 'extraFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add field',
	default: {},
	description:
		'Values of the additional fields of the shop, by their handle, or by their ID where they have none. "Field: Get Many" lists both. Fields that are not named stay as they are.',
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
 * @throws InputError for a row without a handle and for a handle that is named twice
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
		const value = asJson(row.value);
		const isNumber = /^\d+$/.test(handle);
		const before = held.find((each) =>
			isNumber ? String(each.field_id) === handle : sameText(each.handle, handle),
		);
		if (before?.id !== undefined) return { id: before.id, value };
		return isNumber ? { field_id: Number(handle), value } : { handle, value };
	});
}

function asJson(value: unknown): Json {
	return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');
}
