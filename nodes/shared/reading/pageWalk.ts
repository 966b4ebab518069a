import type { Call, Page } from '../protocol/call';

/** How to walk one list, as pure functions on raw records. */
export interface Listing<R> {
	first: Call;
	/** The call of the page after `page`, or `undefined` when that page was the last. */
	next(call: Call, page: Page<R>): Call | undefined;
	/** Identity of a record: one that shows up on two pages counts once, as it was read last. */
	keyOf(record: R): string;
	/** Drops rows the shop returned although the condition excludes them. */
	keep?(record: R): boolean;
}

/** More pages than any shop needs; ends a walk that would never end. */
const MAX_PAGES = 10_000;

/**
 * Walks a list page by page until `limit` records are kept.
 * Throws when the shop keeps answering the same page (a loop), never returns a silent part.
 */
export async function collect<R>(
	fetch: (call: Call) => Promise<Page<R>>,
	listing: Listing<R>,
	limit = Number.POSITIVE_INFINITY,
): Promise<R[]> {
	const found = new Map<string, R>();
	let keysBefore = '';
	let call: Call | undefined = listing.first;
	for (let pages = 0; call !== undefined; pages++) {
		if (pages >= MAX_PAGES) throw new Error(`The list did not end after ${MAX_PAGES} pages.`);
		const page: Page<R> = await fetch(call);
		const keys = JSON.stringify(page.map((record) => listing.keyOf(record)));
		if (page.length > 0 && keys === keysBefore) throw samePage();
		keysBefore = keys;
		for (const record of page) {
			// What was read later is newer: a record edited meanwhile moves on in a list by change date.
			const key = listing.keyOf(record);
			found.delete(key);
			if (listing.keep?.(record) === false) continue;
			found.set(key, record);
			if (found.size >= limit) return [...found.values()];
		}
		const next: Call | undefined = listing.next(call, page);
		if (next !== undefined && JSON.stringify(next) === JSON.stringify(call)) throw samePage();
		call = next;
	}
	return [...found.values()];
}

function samePage(): Error {
	return new Error('The shop returned the same page twice; reading on would never end.');
}
