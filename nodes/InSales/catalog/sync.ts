import { contentHash, progress } from './cursor';
import type { CatalogCursor, Progress } from './cursor';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { productsByIds } from '../products/reads';
import { changes } from '../api/query';
import { isProcessed } from '../products/simplify';

/** Products with pictures in the making that a cursor keeps an eye on. */
const MAX_PENDING = 100;

/**
 * Products that changed since a cursor, deleted ones among them (`archived`), each once and in its
 * newest state, and the cursor for the next time. One request when nothing changed.
 *
 * Deleted products are asked for in the same walk (`with_deleted`), so that a product cannot slip
 * through between two passes. Facts: InSales API reference, section 3.3, and its source of 2026
 * about changed data.
 *
 * @param most how many products may be told; the rest is for the next time
 */
export async function readCatalog(
	shop: InSalesShop,
	cursor: CatalogCursor,
	most: number,
): Promise<Progress> {
	const { since, fromId, seen, pending = {} } = cursor;
	const list = changes({ path: 'products', filters: { with_deleted: 'true' } }, { since, fromId });
	// Enough to be sure that `most` are new, and to know whether there are more.
	const enough = most + Object.keys(seen).length + 1;
	const states = new Map<string, InSalesRecord>();
	let date: string | undefined;
	let cut = false;
	for await (const { page, next } of shop.pages(list)) {
		date ??= page.date;
		for (const row of page) states.set(`${idOf(row)} ${contentHash(row)}`, row);
		cut = next !== undefined && states.size >= enough;
		if (cut) break;
	}
	const rows = [...states.values()];
	const read = progress(cursor, rows, shopTime(date, rows), { most, cut });
	// A picture that is done moves no date, so that its product is looked at until it is.
	const met = new Map(rows.slice(0, read.read).map((row) => [idOf(row), row]));
	const open = Object.entries(pending).filter(([id]) => !met.has(id));
	const waiting = read.complete
		? await productsByIds(
				shop,
				open.map(([id]) => id),
			)
		: [];
	const ready = waiting.filter((each) => pending[idOf(each)] !== contentHash(each));
	const unready = [...met.values(), ...waiting].filter((each) =>
		rowsIn(each.images).some((image) => !isProcessed(image)),
	);
	return {
		...read,
		changed: [...read.changed, ...ready],
		next: {
			...read.next,
			// They may have been edited in between, and would be met as new the next time.
			seen: { ...read.next.seen, ...prints(ready) },
			pending: {
				...(read.complete ? {} : Object.fromEntries(open)),
				...prints(unready.slice(0, MAX_PENDING)),
			},
		},
	};
}

function prints(products: readonly InSalesRecord[]): Record<string, string> {
	return Object.fromEntries(products.map((each) => [idOf(each), contentHash(each)]));
}

/** The shop's clock when it answered; without a `Date` the newest change is the least it can be. */
function shopTime(date: string | undefined, rows: readonly InSalesRecord[]): number {
	const told = Date.parse(date ?? '');
	return Number.isNaN(told) ? Date.parse(String(rows.at(-1)?.updated_at)) : told;
}
