import type { PickerPage } from '../../shared/pickers/listSearch';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import type { ShoperShop } from '../api/reads';
import { PAGE_SIZE, is, listing } from '../api/query';
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
 *
 * @param exact values of fields that name one record, such as an ID or a code: what has one comes first
 */
export async function newestOfAny(
	shop: ShoperShop,
	resource: string,
	conditions: readonly Condition[],
	from: string | undefined,
	show: Show,
	exact: Readonly<Record<string, string | number>> = {},
): Promise<PickerPage> {
	const wanted = Object.entries(exact);
	const isExact = (record: ShoperRecord) =>
		wanted.some(([field, value]) => valueAt(record, field) === text(value).toLowerCase());
	const isPlain = conditions.length === 0 && wanted.length === 0;
	const searches = isPlain ? [[]] : conditions.map((condition) => [condition]);
	const search = async (where: readonly Condition[], before?: string) =>
		await newest(shop, resource, where, before);
	const [hits, named] = await Promise.all([
		Promise.all(searches.map(async (where) => await search(where, from))),
		// Only the first page begins with them, and no later one shows them again.
		Promise.all(
			from === undefined
				? wanted.map(async ([field, value]) => await search([is(field, value)]))
				: [],
		),
	]);
	const unique = (records: ShoperRecord[]) =>
		[...new Map(records.map((record) => [idOf(resource, record), record])).values()].sort(
			(a, b) => Number(idOf(resource, b)) - Number(idOf(resource, a)),
		);
	const rows = unique(hits.flat()).slice(0, PAGE_SIZE);
	const shown = [
		...unique(named.flat()).filter(isExact),
		...rows.filter((record) => !isExact(record)),
	];
	const last = rows.at(-1);
	const next = rows.length < PAGE_SIZE || !last ? undefined : idOf(resource, last);
	return { results: shown.map(show), ...(next !== undefined && { next }) };
}

/** The value of a field such as `stock.code`, in lower case. */
function valueAt(record: ShoperRecord, field: string): string {
	const at = (part: unknown, name: string) => (isRecord(part) ? part[name] : undefined);
	return text(field.split('.').reduce<unknown>(at, record)).toLowerCase();
}

/** A scalar field as text. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
