import type { PickerPage } from '../../shared/pickers/listSearch';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { PAGE_SIZE, listing } from '../api/query';
import type { Condition } from '../api/query';
import { idOf } from '../api/resources';

type Show = (record: ShoperRecord) => { name: string; value: string };

/** One page of records, the newest first, below the ID `before`. */
export async function newest(
	shop: ShoperShop,
	resource: string,
	where: readonly Condition[],
	before: string | undefined,
): Promise<ShoperRecord[]> {
	const bound = before === undefined ? {} : { belowId: Number(before) };
	return await shop.list(listing({ resource, where, order: 'newest', ...bound }), PAGE_SIZE);
}

/**
 * A page of the newest records that meet any of the conditions (all records when there are none).
 * The API has no OR, so each is searched on its own.
 */
export async function newestOfAny(
	shop: ShoperShop,
	resource: string,
	conditions: readonly Condition[],
	from: string | undefined,
	show: Show,
): Promise<PickerPage> {
	const searches = conditions.length === 0 ? [[]] : conditions.map((condition) => [condition]);
	const hits = await Promise.all(
		searches.map(async (where) => await newest(shop, resource, where, from)),
	);
	const found = new Map(hits.flat().map((record) => [idOf(resource, record), record]));
	const rows = [...found.values()].sort(
		(a, b) => Number(idOf(resource, b)) - Number(idOf(resource, a)),
	);
	const shown = rows.slice(0, PAGE_SIZE);
	const last = shown.at(-1);
	const next = shown.length < PAGE_SIZE || !last ? undefined : idOf(resource, last);
	return { results: shown.map(show), ...(next !== undefined && { next }) };
}

/** A scalar field as text. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
