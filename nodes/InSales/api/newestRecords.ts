import type { Call } from '../../shared/protocol/call';
import { idOf } from './codec';
import type { InSalesRecord } from './codec';
import type { InSalesShop } from './reads';
import { changes, pages, pathOf } from './query';
import type { ListQuery } from './query';

/**
 * The newest records of a list that knows changes, at most `count`. How a plain list is sorted is documented nowhere (InSales
 * API reference, 3.3, UNCONFIRMED; samples show the newest first): one that turns out to begin with the oldest
 * is read from its end.
 */
export async function newestRecords(
	shop: InSalesShop,
	list: ListQuery,
	count: number,
): Promise<InSalesRecord[]> {
	const { keep = () => true } = list;
	const found = new Map<string, InSalesRecord>();
	for await (const { page, next } of shop.pages(pages(list))) {
		if (found.size === 0 && next && isOldestFirst(page)) {
			return (await fromTheEnd(shop, list, count)).sort(newestFirst);
		}
		// A record that moved on to the next page while that was read comes twice.
		for (const record of page.filter(keep)) found.set(idOf(record), record);
		if (found.size >= count) break;
	}
	return [...found.values()].slice(0, count).sort(newestFirst);
}

/** By ID, which grows with time. */
export function newestFirst(a: InSalesRecord, b: InSalesRecord): number {
	return Number(idOf(b)) - Number(idOf(a));
}

function isOldestFirst(records: readonly InSalesRecord[]): boolean {
	const ids = records.map((record) => Number(record.id));
	return ids.length > 1 && ids.every((id, at) => at === 0 || id > Number(ids[at - 1]));
}

/** Lists that tell how many they are (InSales API reference, 3.1). */
const COUNTED = ['orders', 'products', 'clients'];

async function fromTheEnd(
	shop: InSalesShop,
	list: ListQuery,
	count: number,
): Promise<InSalesRecord[]> {
	if (!COUNTED.includes(pathOf(list.path).join('/'))) {
		return (await shop.list(changes(list))).sort(newestFirst).slice(0, count);
	}
	const { query = {} } = pages(list).first;
	const path = pathOf(list.path);
	const [total] = await shop.records({
		method: 'GET',
		path: [...path, 'count'],
		query: list.filters,
	});
	const last = Math.ceil(Number(total?.count) / Number(query.per_page));
	const found = new Map<string, InSalesRecord>();
	for (let page = last; page >= 1 && found.size < count; page--) {
		const call: Call = { method: 'GET', path, query: { ...query, page: `${page}` } };
		const records = await shop.records(call);
		for (const record of [...records].sort(newestFirst)) {
			if (found.size < count && list.keep?.(record) !== false) found.set(idOf(record), record);
		}
	}
	return [...found.values()];
}
