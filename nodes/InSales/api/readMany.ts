import type { InSalesRecord } from './codec';
import type { InSalesShop } from './reads';
import { newestFirst, newestRecords } from './newestRecords';
import { LARGEST_PAGE, changes } from './query';
import type { ListQuery } from './query';

/** What else is known about a list to read. */
interface Reading {
	/** `updated_since`. */
	since: string | undefined;
	/** Whether conditions are checked here alone, so that many records may have to be read. */
	checkedHere: boolean;
}

/**
 * Records of a list that knows changes. With a time they come oldest change first. When all are wanted,
 * or many may have to be looked through, they are read by their changes too, the only way that loses none
 * (InSales API reference, 3.3), and given newest first.
 */
export async function readMany(
	shop: InSalesShop,
	list: ListQuery,
	{ since, checkedHere }: Reading,
	count: number,
): Promise<InSalesRecord[]> {
	if (since !== undefined) return await shop.list(changes(list, { since }), count);
	const few = count <= LARGEST_PAGE && !checkedHere;
	if (few) return await newestRecords(shop, { ...list, perPage: count }, count);
	return (await shop.list(changes(list))).sort(newestFirst).slice(0, count);
}
