import { BLANK } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import type { FieldValue, Json, StoredRecord } from './records.mts';
import { idOf, objectsIn, textOf } from './records.mts';
import type { ShopState } from './shopState.mts';

/** What an extra field belongs to (InSales API reference, 5.6). */
export const DESTINY = { address: 1, client: 2, order: 3 } as const;

function newValue(shop: ShopState, field: StoredRecord, value: Json): FieldValue {
	const stamp = shop.stamp();
	return {
		id: shop.database.nextPartId('fields_values'),
		field_id: field.id,
		value,
		created_at: stamp,
		updated_at: stamp,
		type: field.type ?? 'Field::TextField',
		name: field.office_title ?? null,
		handle: typeof field.handle === 'string' ? field.handle : null,
	};
}

function findField(
	shop: ShopState,
	row: { field_id?: Json; handle?: Json },
	destiny: number,
): StoredRecord | undefined {
	const fields = shop.database
		.table('fields')
		.all()
		.filter((field) => field.destiny === destiny);
	const id = idOf(row.field_id);
	if (id !== undefined) return fields.find((field) => field.id === id);
	const handle = textOf(row.handle);
	return handle === '' ? undefined : fields.find((field) => field.handle === handle);
}

/**
 * Applies `fields_values_attributes` to the values of a record: by value id an existing one is changed, by field a value
 * is ADDED even when the field has one already, unless the guess says otherwise (reference, 5.6). The new list.
 */
export function applyFieldValues(
	shop: ShopState,
	before: FieldValue[],
	attributes: Json | undefined,
	destiny: number,
	errors: FieldErrors,
): FieldValue[] {
	let values = [...before];
	for (const row of objectsIn(attributes)) {
		const value = row.value ?? null;
		const valueId = idOf(row.id);
		if (valueId !== undefined) {
			const known = values.find(({ id }) => id === valueId);
			if (!known) errors['fields_values.id'] = ['не найден'];
			values = values.map((held) =>
				held.id === valueId ? { ...held, value, updated_at: shop.stamp() } : held,
			);
			continue;
		}
		const field = findField(shop, row, destiny);
		if (!field) {
			errors['fields_values.field'] = [BLANK];
			continue;
		}
		const held = values.find(({ field_id: fieldId }) => fieldId === field.id);
		if (held && !shop.guesses.fieldIdDuplicates) {
			values = values.map((one) =>
				one === held ? { ...one, value, updated_at: shop.stamp() } : one,
			);
		} else {
			values.push(newValue(shop, field, value));
		}
	}
	return values;
}

/** Demands the obligatory fields of the shop, where the guess says that the API does. */
export function requireFields(
	shop: ShopState,
	values: FieldValue[],
	destiny: number,
	errors: FieldErrors,
): void {
	if (!shop.guesses.obligatoryFieldsEnforced) return;
	for (const field of shop.database.table('fields').all()) {
		if (field.destiny !== destiny || field.obligatory !== true || field.active !== true) continue;
		// Name and phone are fields of the record itself.
		if (field.type === 'Field::SystemTextField' || field.type === 'Field::Phone') continue;
		if (!values.some((value) => value.field_id === field.id && textOf(value.value) !== '')) {
			errors[`fields_values.field_${field.id}`] = [BLANK];
		}
	}
}
