import type { Fields } from './definitions.mts';
import { numberOf } from './definitions.mts';
import { recordView } from './recordView.mts';
import { resourceNamed } from './resources.mts';
import type { ShopState } from './shopState.mts';

/** A record as the API shows it; null when it does not exist. */
export function readRecord(shop: ShopState, resource: string, id: number): Fields | null {
	const { name } = resourceNamed(resource);
	const row = shop.find(name, id);
	return row ? recordView(shop, name, row) : null;
}

/** Writes stored values without any of the API's rules; the id of the record. */
export function writeRecord(
	shop: ShopState,
	resource: string,
	wanted: number | undefined,
	record: Fields,
): number {
	const { name, idField, blank } = resourceNamed(resource);
	for (const field of Object.keys(record)) {
		if (!Object.hasOwn(blank, field) && !field.startsWith('_'))
			throw new Error(`"${name}" has no field "${field}".`);
	}
	const id = wanted ?? (numberOf(record[idField]) || shop.database.table(name).reserveId());
	const before = shop.find(name, id);
	shop.save(name, id, { ...(before?.values ?? blank), ...record, [idField]: String(id) });
	return id;
}
