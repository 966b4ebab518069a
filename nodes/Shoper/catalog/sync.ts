import { fingerprint } from '../../shared/reading/snapshot';
import type { Snapshot } from '../../shared/reading/snapshot';
import type { Call } from '../../shared/protocol/call';
import { shiftLocal } from '../../shared/text/time';
import { nextPage } from '../api/pageParts';
import type { ShoperRecord } from '../api/codec';
import { PAGE_SIZE, isEnd, listing } from '../api/query';
import type { ShoperShop } from '../api/reads';

/** How long after a second the shop's records of it can still change, or become visible, in milliseconds. */
const OVERLAP_MS = 120_000;

/** What was read of a catalogue. */
export interface CatalogRead {
	/** Products that were read, by ID. */
	products: Map<string, ShoperRecord>;
	/** Fingerprints of the whole catalogue: of what was read now, and of the rest as it was known. */
	prints: Map<string, string>;
	/** Newest time of a change. */
	newest: string;
	/** Everything was read, so that what is not there is gone. */
	isWhole: boolean;
}

function idOf({ product_id: id }: ShoperRecord): string {
	return String(id);
}

/** Texts and prices count, counters of visits and sales do not exist in these records. */
function printOf(product: ShoperRecord): string {
	return fingerprint([JSON.stringify(product)]);
}

/** The whole catalogue, page by page. */
export async function wholeCatalog(shop: ShoperShop): Promise<CatalogRead> {
	const rows = await shop.list(listing({ resource: 'products' }));
	const products = new Map(rows.map((row) => [idOf(row), row]));
	return {
		products,
		prints: new Map([...products].map(([id, row]) => [id, printOf(row)])),
		newest: newestIn(rows, ''),
		isWhole: true,
	};
}

function newestIn(rows: readonly ShoperRecord[], before: string): string {
	return rows.reduce((best, { edit_date: date }) => {
		const text = typeof date === 'string' ? date : '';
		return text > best ? text : best;
	}, before);
}

/**
 * What changed since, from the newest change back: one request when nothing did. `undefined` when the shop
 * does not sort by the time of the change, which nobody has seen yet (Shoper REST reference 6.7); then
 * only the whole catalogue tells.
 *
 * @param since newest change the last time, by the shop's wall clock
 */
export async function changedCatalog(
	shop: ShoperShop,
	known: NonNullable<Snapshot['known']>,
	since: string,
): Promise<CatalogRead | undefined> {
	const until = shiftLocal(since, -OVERLAP_MS / 1000);
	const products = new Map<string, ShoperRecord>();
	let newest = since;
	let call: Call = {
		method: 'GET',
		path: ['products'],
		query: { order: 'edit_date DESC', limit: `${PAGE_SIZE}`, page: '1' },
	};
	for (;;) {
		const page = await shop.records(call);
		const dates = page.map(({ edit_date: date }) => (typeof date === 'string' ? date : ''));
		if (dates.some((date, at) => date > (dates[at - 1] ?? '9999'))) return undefined;
		// The newest change of the last time must be there: a shop that ignores the order shows others first.
		if (call.query?.page === '1' && (dates[0] ?? '') < since) return undefined;
		let isNews = false;
		for (const [at, row] of page.entries()) {
			const date = dates[at] ?? '';
			if (date < until) return found(known, products, newest);
			// A product that is edited meanwhile moves to the front, and is met once more.
			if (!products.has(idOf(row))) products.set(idOf(row), row);
			isNews = date > since || known.get(idOf(row)) !== printOf(row);
		}
		newest = newestIn(page, newest);
		// After an import thousands share a second: a page that ends with a known one is the end of the news.
		if (!isNews || isEnd(page, PAGE_SIZE)) return found(known, products, newest);
		call = nextPage(call);
	}
}

function found(
	known: NonNullable<Snapshot['known']>,
	products: Map<string, ShoperRecord>,
	newest: string,
): CatalogRead {
	const prints = new Map(known);
	for (const [id, row] of products) prints.set(id, printOf(row));
	return { products, prints, newest, isWhole: false };
}
