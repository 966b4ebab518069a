import type { PickerPage } from '../shared/listSearch';
import type { InSalesRecord } from './codec';
import type { InSalesShop } from './join';
import { LARGEST_PAGE, pages } from './query';

/** Entries of one page of a list. */
const PAGE = 50;

/** Records looked through for typed text: the shop itself cannot search them. */
const SEARCHED = 1_000;

type Entry = { name: string; value: string };

/** One page of entries that are all known; `from` is the position of the first. */
export function slice(
	entries: readonly Entry[],
	filter: string,
	from: string | undefined,
): PickerPage {
	const wanted = filter.toLowerCase();
	const hits = entries.filter(
		({ name, value }) => name.toLowerCase().includes(wanted) || value === filter,
	);
	const start = Number(from ?? 0);
	const end = start + PAGE;
	return { results: hits.slice(start, end), ...(end < hits.length && { next: `${end}` }) };
}

/**
 * Records of a large list as entries: page by page without typed text; with it, what matches among the
 * first {@link SEARCHED} records the shop lists (no search by text is documented for them).
 */
export async function listed(
	shop: InSalesShop,
	resource: string,
	filter: string,
	from: string | undefined,
	show: (record: InSalesRecord) => Entry,
): Promise<PickerPage> {
	if (filter !== '') {
		const records = await shop.list(pages({ path: resource, perPage: LARGEST_PAGE }), SEARCHED);
		return slice(records.map(show), filter, from);
	}
	const number = Number(from ?? 1);
	const query = { page: `${number}`, per_page: `${PAGE}` };
	const records = await shop.records({ method: 'GET', path: [resource], query });
	return {
		results: records.map(show),
		...(records.length >= PAGE && { next: `${number + 1}` }),
	};
}
