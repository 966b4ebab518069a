import type { IDataObject } from 'n8n-workflow';

import type { Difference } from '../../shared/writing/update';
import { idOf, isRecord, rowsIn } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';

/** Named values as they are sent, by the names the shop takes. */
export type NamedValues = Readonly<Record<string, Json>>;

const ATTRIBUTES = '_attributes';

/**
 * What `named` would change in a record. Parts that are written under another name than they are read
 * (`shipping_address_attributes`, `fields_values_attributes`) are compared with what they are read as.
 */
export function differences(record: InSalesRecord, named: NamedValues): Record<string, Difference> {
	const found: Record<string, Difference> = {};
	const note = (name: string, before: Json | undefined, after: Json | undefined) => {
		if (!sameValue(before, after)) {
			const [from, to] = [before ?? null, after ?? null] as Array<IDataObject[string]>;
			found[name] = { before: from, after: to };
		}
	};
	for (const [name, value] of Object.entries(named)) {
		const part = name.endsWith(ATTRIBUTES) ? name.slice(0, -ATTRIBUTES.length) : undefined;
		if (part === undefined) {
			note(name, readAs(record, name), value);
		} else if (Array.isArray(value)) {
			for (const row of rowsIn(value)) {
				const held = heldRow(rowsIn(record[part]), row);
				const label = `${part}.${labelOf(row, held)}`;
				if (row._destroy === true) note(label, held && PRESENT, null);
				else if (held === undefined && !('value' in row)) note(label, null, row);
				else {
					for (const [inner, after] of Object.entries(row)) {
						if (KEYS.includes(inner)) continue;
						note(inner === 'value' ? label : `${label}.${inner}`, held?.[inner], after);
					}
				}
			}
		} else if (isRecord(value)) {
			const held = isRecord(record[part]) ? record[part] : {};
			for (const [inner, after] of Object.entries(value)) {
				note(`${part}.${inner}`, held[inner], after);
			}
		}
	}
	return found;
}

/** What names a row of a part. */
const KEYS = ['id', 'field_id', 'handle'];

/** Stands for a row that is there. */
const PRESENT = 'present';

function labelOf(row: InSalesRecord, held: InSalesRecord | undefined): string {
	const { handle, name } = held ?? row;
	return String(handle ?? row.handle ?? name ?? (idOf(row) || 'new'));
}

/** A status is written by its permalink and read as an object (InSales API reference, 5.10). */
function readAs(record: InSalesRecord, name: string): Json | undefined {
	if (name !== 'custom_status_permalink') return record[name];
	return isRecord(record.custom_status) ? record.custom_status.permalink : undefined;
}

function heldRow(held: readonly InSalesRecord[], row: InSalesRecord): InSalesRecord | undefined {
	const by = (name: string) =>
		row[name] === undefined
			? undefined
			: held.find((each) => String(each[name]) === String(row[name]));
	return by('id') ?? by('field_id') ?? by('handle');
}

/**
 * Whether two values are the same to the shop: money is a number in orders and text in products, a
 * checkbox is "1" or true, and empty is null or nothing.
 */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
	const [left, right] = [plain(a), plain(b)];
	if (left === right) return true;
	if (left === '' || right === '') return false;
	return DECIMAL.test(left) && DECIMAL.test(right) && Number(left) === Number(right);
}

/** Without a leading zero or plus: phone numbers and codes are no numbers. */
const DECIMAL = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;

function plain(value: Json | undefined): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'boolean') return value ? '1' : '0';
	return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
