import type { FieldValue, LinkedItem, Row } from './definitions.mts';
import { blankValues } from './newOrders.mts';
import type { ShopState } from './shopState.mts';

/** A record as tests see it: id, fields (translated ones by language id), associations. */
export interface ControlRecord {
	id: number;
	associations?: Record<string, LinkedItem[]>;
	[field: string]: FieldValue | number | Record<string, LinkedItem[]> | undefined;
}

/** A row as a plain object. */
export function readRecord(row: Row): ControlRecord {
	return { id: row.id, ...row.values, associations: row.links };
}

function fieldValue(value: ControlRecord[string]): FieldValue | undefined {
	if (value === undefined || value === null || typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	const texts = Object.entries(value);
	return Object.fromEntries(texts.filter(([, text]) => typeof text === 'string')) as Record<
		string,
		string
	>;
}

/** Writes a record without any of the webservice's rules; the id of the record. */
export function writeRecord(
	shop: ShopState,
	resource: string,
	record: Partial<ControlRecord>,
): number {
	const table = shop.database.table(resource);
	const id = record.id ?? table.reserveId();
	const before = table.get(id);
	const values: Row['values'] = before ? { ...before.values } : blankValues(shop, resource);
	const { fields } = shop.resource(resource);
	for (const [name, value] of Object.entries(record)) {
		if (name === 'id' || name === 'associations') continue;
		if (!fields.has(name)) throw new Error(`"${resource}" has no field "${name}".`);
		const next = fieldValue(value);
		if (next === undefined) continue;
		const held = values[name];
		// Languages that are not given keep their text.
		const merge = typeof next === 'object' && next && typeof held === 'object' && held;
		values[name] = merge ? { ...held, ...next } : next;
	}
	table.put({ id, values, links: { ...before?.links, ...record.associations } });
	return id;
}
