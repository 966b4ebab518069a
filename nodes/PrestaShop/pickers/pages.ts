import type { PickerPage } from '../../shared/pickers/listSearch';
import type { PrestaShopRecord } from '../api/codec';
import type { PrestaShopShop } from '../api/reads';
import { listing } from '../api/query';
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
 */
export async function newestOfAny(
	shop: PrestaShopShop,
	resource: string,
	display: readonly string[],
	conditions: readonly Condition[],
	from: string | undefined,
	show: Show,
): Promise<PickerPage> {
	const searches = conditions.length === 0 ? [[]] : conditions.map((condition) => [condition]);
	const hits = await Promise.all(
		searches.map(async (where) => await newest(shop, resource, display, where, from)),
	);
	const found = new Map(hits.flat().map((record) => [record.id ?? '', record]));
	const rows = [...found.values()].sort((a, b) => Number(b.id) - Number(a.id));
	return page(rows.slice(0, PAGE), false, show);
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
