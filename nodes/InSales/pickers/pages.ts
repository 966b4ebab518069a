import { slice } from '../../shared/pickers/listSearch';
import type { PickerPage } from '../../shared/pickers/listSearch';
import { PAGE } from '../../shared/pickers/newest';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { newestRecords } from '../api/newestRecords';
import { LARGEST_PAGE, pages } from '../api/query';

/** Records looked through for typed text: the shop itself cannot search them. */
const SEARCHED = 1_000;

type Entry = { name: string; value: string };

/**
 * Records of a large list as entries: page by page without typed text; with it, what matches among the
 * newest {@link SEARCHED} records (no search by text is documented for them).
 */
export async function listed(
	shop: InSalesShop,
	resource: string,
	filter: string,
	from: string | undefined,
	show: (record: InSalesRecord) => Entry,
): Promise<PickerPage> {
	if (filter !== '') {
		const list = { path: resource, perPage: LARGEST_PAGE };
		const records = await newestRecords(shop, list, SEARCHED);
		return slice(records.map(show), filter, from);
	}
	return await numbered(shop, resource, {}, from, show);
}

/** The page with the number `from` of a list that the shop itself pages. */
export async function numbered(
	shop: InSalesShop,
	resource: string,
	conditions: Readonly<Record<string, string>>,
	from: string | undefined,
	show: (record: InSalesRecord) => Entry,
): Promise<PickerPage> {
	const number = Number(from ?? 1);
	const list = pages({ path: resource, filters: conditions, perPage: PAGE });
	const query = { ...list.first.query, page: `${number}` };
	const parts = list.parts && { ...list.parts, surelyGiven: PAGE };
	const records = await shop.list({ ...list, first: { ...list.first, query }, parts }, PAGE);
	return {
		results: records.map(show),
		...(records.length >= PAGE && { next: `${number + 1}` }),
	};
}
