import type { PickerPage } from '../../shared/pickers/listSearch';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { is, listing } from '../api/query';
import type { Condition } from '../api/query';

/** Entries of one page of a list. */
const PAGE = 50;

type Show = (record: PrestaShopRecord) => { name: string; value: string };

/** One page of records, the newest first, below the ID `before`. */
export async function newest(
	shop: PrestaShopShop,
	resource: string,
	display: readonly string[],
	where: readonly Condition[],
	before: string | undefined,
): Promise<PrestaShopRecord[]> {
	const list = listing({ resource, display, where, order: 'newest', limit: PAGE });
	const { first, keep = () => true } = list;
	const query = {
		...first.query,
		date: '1',
		...(before !== undefined && { 'filter[id]': `<[${before}]` }),
	};
	const records = await shop.records({ ...first, query });
	return records.filter((record) => keep(record));
}

/**
 * A page of the newest records that meet any of the conditions (all records when there are none).
 * The webservice cannot search several fields at once, so each is searched on its own.
 *
 * @param exact values of fields that name one record, such as an ID or a code: what has one comes first
 */
export async function newestOfAny(
	shop: PrestaShopShop,
	resource: string,
	display: readonly string[],
	conditions: readonly Condition[],
	from: string | undefined,
	show: Show,
	exact: Readonly<Record<string, string>> = {},
): Promise<PickerPage> {
	const wanted = Object.entries(exact);
	const isExact = (record: PrestaShopRecord) =>
		wanted.some(([field, value]) => text(record[field]).toLowerCase() === value.toLowerCase());
	const isPlain = conditions.length === 0 && wanted.length === 0;
	const searches = isPlain ? [[]] : conditions.map((condition) => [condition]);
	const search = async (where: readonly Condition[], before?: string) =>
		await newest(shop, resource, display, where, before);
	const [hits, named] = await Promise.all([
		Promise.all(searches.map(async (where) => await search(where, from))),
		// Only the first page begins with them, and no later one shows them again.
		Promise.all(
			from === undefined
				? wanted.map(async ([field, value]) => await search([is(field, value)]))
				: [],
		),
	]);
	const unique = (records: PrestaShopRecord[]) =>
		[...new Map(records.map((record) => [record.id ?? '', record])).values()].sort(
			(a, b) => Number(b.id) - Number(a.id),
		);
	const rows = unique(hits.flat()).slice(0, PAGE);
	const shown = [
		...unique(named.flat()).filter(isExact),
		...rows.filter((record) => !isExact(record)),
	];
	const { next } = page(rows, false, show);
	return { results: shown.map(show), ...(next !== undefined && { next }) };
}

/** Records as entries of a list. `single`: there is no further page. */
export function page(rows: readonly PrestaShopRecord[], single: boolean, show: Show): PickerPage {
	const next = single || rows.length < PAGE ? undefined : rows.at(-1)?.id;
	return { results: rows.map(show), ...(next !== undefined && { next }) };
}

/** A scalar field as text. */
export function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
