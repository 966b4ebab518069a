import type { Listing } from '../reading/listing';
import type { Shop } from '../reading/shop';
import type { PickerPage } from './listSearch';

/** Entries of one page of a list. */
export const PAGE = 50;

/** Pages of the shop that one search reads at the most for a page of the list. */
const MAX_READ = 10;

/** Records of a shop as entries of a list. `C` is a condition in the shop's terms. */
export interface NewestList<R, C> {
	/** The records that meet all conditions, the newest first, by numeric IDs below `before`. */
	listing(where: readonly C[], before: string | undefined): Listing<R>;
	is(field: string, value: string): C;
	/** A scalar field as text; empty when there is none. */
	valueAt(record: R, field: string): string;
	show(record: R): { name: string; value: string };
}

/**
 * A page of the newest records that meet any of the conditions (all records when there are none). Shops
 * cannot search several fields at once, so each is searched on its own.
 *
 * @param from the `next` of the page before
 * @param exact values of fields that name one record, such as an ID or a code: what has one comes first
 */
export async function newestOfAny<R, C>(
	shop: Shop<R>,
	list: NewestList<R, C>,
	conditions: readonly C[],
	from: string | undefined,
	exact: Readonly<Record<string, string>> = {},
): Promise<PickerPage> {
	const wanted = Object.entries(exact);
	const isExact = (record: R) =>
		wanted.some(([field, value]) => isSame(list.valueAt(record, field), value));
	const isPlain = conditions.length === 0 && wanted.length === 0;
	const searches = isPlain ? [[]] : conditions.map((condition) => [condition]);
	const [parts, named] = await Promise.all([
		Promise.all(searches.map(async (where) => await readNewest(shop, list, where, from))),
		// Only the first page begins with them, and no later one shows them again.
		Promise.all(
			(from === undefined ? wanted : []).map(
				async ([field, value]) => await readNewest(shop, list, [list.is(field, value)], undefined),
			),
		),
	]);
	const { keyOf } = list.listing([], undefined);
	const idOf = (record: R) => Number(keyOf(record));
	const unique = (found: ReadonlyArray<Part<R>>) => {
		const records = found.flatMap((part) => part.records);
		const byId = new Map(records.map((record) => [keyOf(record), record]));
		return [...byId.values()].sort((a, b) => idOf(b) - idOf(a));
	};
	// Below the place where the first of the searches stopped, that one may have more to tell.
	const bound = Math.max(0, ...parts.map(({ readTo }) => readTo));
	const found = unique(parts).filter((record) => idOf(record) >= bound);
	const rows = found.slice(0, PAGE);
	const next = rows.length < found.length ? Math.min(...rows.map(idOf)) : bound;
	const shown = [...unique(named).filter(isExact), ...rows.filter((record) => !isExact(record))];
	return { results: shown.map(list.show), ...(next > 0 && { next: String(next) }) };
}

/** What one search read: everything from `readTo` up, or from the ID 0 when it came to its end. */
interface Part<R> {
	records: R[];
	readTo: number;
}

/**
 * Reads until a page is full or the search at its end. The end is told by what the shop answered: rows
 * that are dropped here may be all of its page and yet not the last.
 */
async function readNewest<R, C>(
	shop: Shop<R>,
	list: NewestList<R, C>,
	where: readonly C[],
	from: string | undefined,
): Promise<Part<R>> {
	const records: R[] = [];
	const listing = list.listing(where, from);
	let count = 0;
	for await (const { page, next } of shop.pages(listing, 'leaveOut')) {
		records.push(...page.filter((record) => listing.keep?.(record) !== false));
		const last = page.at(-1);
		if (last === undefined || next === undefined) break;
		if (records.length >= PAGE || ++count >= MAX_READ) {
			return { records, readTo: Number(listing.keyOf(last)) };
		}
	}
	return { records, readTo: 0 };
}

function isSame(stored: string, typed: string): boolean {
	return stored.toLowerCase() === typed.toLowerCase();
}
