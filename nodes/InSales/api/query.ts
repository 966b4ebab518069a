import type { Lookup } from '../../shared/reading/lookup';
import { numberedParts } from '../../shared/reading/listing';
import type { Listing } from '../../shared/reading/listing';
import type { Call } from '../../shared/protocol/call';
import { idOf } from './codec';
import type { InSalesRecord } from './codec';

/** Most records a page can hold (InSales API reference, 3.1). */
export const LARGEST_PAGE = 250;

/** The shop raises anything smaller to this (section 3.1). */
export const SMALLEST_PAGE = 10;

/** Before anything a shop could hold: with it, reading by changes reads everything. */
export const BEGINNING = '1970-01-01T00:00:00+00:00';

/** A list in the shop's terms. */
export interface ListQuery {
	/** Path below /admin, such as `orders` or `['products', '5', 'variants']`. */
	path: string | readonly string[];
	/** Conditions the shop checks, by the shop's names; a name with `[]` takes values with commas between. */
	filters?: Readonly<Record<string, string>>;
	/** Drops rows the shop returned although they do not match; conditions the shop does not know. */
	keep?(record: InSalesRecord): boolean;
	/** Records a page. */
	perPage?: number;
}

/** Where reading by changes begins: everything changed at or after `since`, verbatim as the shop wrote it. */
export interface Cursor {
	since?: string;
	/** Together with `since`: leaves out what changed at that very time up to this ID. */
	fromId?: string;
}

/**
 * Everything changed since a time, the oldest change first: the official way to read a whole list, because
 * page numbers lose records while the list moves (section 3.3). Always the first page; the condition moves
 * on with the last record. For orders, products, clients, discount_codes, bonus_system_transactions.
 */
export function changes(list: ListQuery, { since, fromId }: Cursor = {}): Listing<InSalesRecord> {
	const page = (from: string, id: string | undefined): Call =>
		call(list, { updated_since: from, ...(id !== undefined && { from_id: id }) });
	return {
		// `from_id` alone is ignored (pitfall 6).
		first: page(since ?? BEGINNING, since === undefined ? undefined : fromId),
		next: (_sent, records) => {
			const last = records.at(-1);
			return page(stampOf(last), idOf(last));
		},
		...factsOf(list),
	};
}

/**
 * The same for collections, of which `from_id` cuts nothing off (section 3.3): what was seen comes again and
 * counts once, and a whole page of one time is left by page numbers.
 */
export function changesByTime(list: ListQuery, since = BEGINNING): Listing<InSalesRecord> {
	const page = (from: string, number: number): Call =>
		call(list, { updated_since: from, ...(number > 1 && { page: `${number}` }) });
	return {
		first: page(since, 1),
		next: (sent, records) => {
			const { updated_since: from = since, page: number = '1' } = sent.query ?? {};
			const last = stampOf(records.at(-1));
			if (stampOf(records[0]) !== last) return page(last, 1);
			// A whole page of one time: asked from that time, the first page would be the same once more.
			return page(number === '1' ? last : from, Number(number) + 1);
		},
		...factsOf(list),
	};
}

/**
 * Page after page by number: for lists that know no changes, and for the few newest of a large one. Some
 * short lists may know no pages; then the first answer is all of them.
 */
export function pages(list: ListQuery): Listing<InSalesRecord> {
	return {
		first: call(list, { page: '1' }),
		next: ({ query, ...sent }) => ({
			...sent,
			query: { ...query, page: `${Number(query?.page) + 1}` },
		}),
		...factsOf(list),
		mayLackPages: !hasPages(list),
	};
}

function call({ path, filters, perPage }: ListQuery, place: Record<string, string>): Call {
	const size = Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, perPage ?? LARGEST_PAGE));
	return {
		method: 'GET',
		path: pathOf(path),
		query: { ...filters, ...place, per_page: `${size}` },
	};
}

/** Path segments of a path as it is written. */
export function pathOf(path: string | readonly string[]): readonly string[] {
	return typeof path === 'string' ? path.split('/') : path;
}

function factsOf(list: ListQuery): Pick<Listing<InSalesRecord>, 'keyOf' | 'keep' | 'parts'> {
	const { path, keep } = list;
	const [resource] = pathOf(path).slice(-1);
	return {
		keyOf: (record) => `${resource ?? ''} ${keyOf(record)}`,
		...(keep && { keep }),
		parts: {
			...numberedParts({ size: 'per_page', page: 'page' }, SMALLEST_PAGE),
			// That a page can hold 250 is told by clients only (section 3.1); short lists come whole.
			surelyGiven: hasPages(list) ? SMALLEST_PAGE : 25,
			nameOf,
		},
	};
}

/** Where the records of a call lie; which of them cannot be read, no smaller page tells. */
function nameOf({ path, query = {} }: Call): string {
	const { updated_since: since, from_id: id, page = '1', per_page: size } = query;
	const what = `one of ${size ?? ''} records of ${path.join('/')}`;
	if (since === undefined) return `${what}, on page ${page}`;
	return `${what} behind ${id === undefined ? since : `ID ${id}, which was changed at ${since}`}`;
}

/** What tells records of a list apart: statuses are known by their permalink; one without any name is itself. */
export function keyOf(record: InSalesRecord): string {
	return idOf(record) || String(record.permalink ?? JSON.stringify(record));
}

/** Lists that surely have pages. */
const LONG = ['orders', 'products', 'clients'];

function hasPages({ path }: ListQuery): boolean {
	return LONG.includes(pathOf(path).join('/'));
}

function stampOf(record: InSalesRecord | undefined): string {
	if (typeof record?.updated_at === 'string' && idOf(record) !== '') return record.updated_at;
	throw new Error(
		'The shop sent a record without its time of change, so its list cannot be read on.',
	);
}

/** Single records of a resource, each by its own address; the same one is asked for once. */
export function lookup(resource: string | readonly string[]): Lookup<InSalesRecord> {
	const path = pathOf(resource);
	return {
		id: path.join('/'),
		calls: (values) =>
			values.map((value) => ({ values: [value], call: { method: 'GET', path: [...path, value] } })),
		keyOf: idOf,
		normalise: (value) => value,
	};
}
