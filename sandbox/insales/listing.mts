import type { ShopResponse } from '../shared/http.mts';
import { json } from './answers.mts';
import type { Table } from './database.mts';
import type { Query } from './query.mts';
import type { JsonObject, StoredRecord } from './records.mts';
import type { ShopState } from './shopState.mts';
import { momentOf, preciseStampOf } from './times.mts';

const SMALLEST_PAGE = 10;
const LARGEST_PAGE = 250;

/** How one resource is listed. */
export interface ListRules<T> {
	/** `updated_since` and `from_id` are understood. */
	incremental?: boolean;
	/** Collections ignore `from_id` (InSales API reference, 3.3). */
	fromIdIgnored?: boolean;
	/** Records have `archived`, and `deleted` and `with_deleted` are understood. */
	archivable?: boolean;
	/** Newest first without `updated_since`; other lists are in the order of their ids. */
	newestFirst?: boolean;
	/** A list of settings, which may know no pages. */
	short?: boolean;
	/** Filters of the resource; undefined lets everything pass. */
	matching?: (shop: ShopState, query: Query) => ((record: T) => boolean) | undefined;
}

/** 400: a body for it is documented nowhere, so it is Rails' own. */
export const BAD_REQUEST: JsonObject = { status: 400, error: 'Bad Request' };

function archivedFilter(query: Query): ((record: StoredRecord) => boolean) | undefined {
	if (query.flag('with_deleted')) return undefined;
	const deleted = query.flag('deleted');
	return (record) => (record.archived === true) === deleted;
}

/** First place in a list by `updated_at` that is not before `stamp`. */
function placeOf(rows: readonly StoredRecord[], stamp: string): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (String(rows[middle]?.updated_at) < stamp) low = middle + 1;
		else high = middle;
	}
	return low;
}

function since(shop: ShopState, query: Query): string | undefined | 'unreadable' {
	const text = query.text('updated_since');
	if (text === undefined) return undefined;
	const readable = shop.guesses.acceptsZ || !/Z$/.test(text);
	const ms = readable ? momentOf(text) : undefined;
	if (ms !== undefined) return preciseStampOf(ms);
	return shop.guesses.unreadableDates === 'refuse' ? 'unreadable' : undefined;
}

/** All records that a list or a count is about, in the list's order; undefined when the query cannot be understood. */
export function selectRecords<T extends StoredRecord>(
	shop: ShopState,
	table: Table<T>,
	query: Query,
	rules: ListRules<T>,
): T[] | undefined {
	const stamp = rules.incremental ? since(shop, query) : undefined;
	if (stamp === 'unreadable') return undefined;
	let rows: T[];
	if (stamp === undefined) {
		// `from_id` alone is ignored (reference, 3.3 and pitfall 6).
		rows = [...table.all()];
		if (rules.newestFirst && shop.guesses.newestFirst) rows.reverse();
	} else {
		const ordered = table.byUpdate();
		rows = ordered.slice(placeOf(ordered, stamp));
		const fromId = rules.fromIdIgnored ? undefined : query.number('from_id');
		if (fromId !== undefined) {
			rows = rows.filter((row) => row.updated_at !== stamp || row.id > fromId);
		}
	}
	const filters = [
		rules.archivable ? archivedFilter(query) : undefined,
		rules.matching?.(shop, query),
	];
	for (const filter of filters) if (filter) rows = rows.filter(filter);
	return rows;
}

/** Answers a list: a bare array, `per_page` held between 10 and 250, empty past the end (reference, 3.1). */
export function answerList<T extends StoredRecord>(
	shop: ShopState,
	table: Table<T>,
	query: Query,
	rules: ListRules<T>,
	view: (record: T) => JsonObject,
): ShopResponse {
	const rows = selectRecords(shop, table, query, rules);
	if (!rows) return json(BAD_REQUEST, 400);
	if (rules.short && !shop.guesses.shortListsPaged) return json(rows.map(view));
	const wanted = query.number('per_page') ?? shop.guesses.defaultPerPage;
	const size = Math.min(Math.max(wanted, SMALLEST_PAGE), LARGEST_PAGE);
	const page = Math.max(query.number('page') ?? 1, 1);
	return json(rows.slice((page - 1) * size, page * size).map(view));
}

/** Answers a count with the filters of the list. */
export function answerCount<T extends StoredRecord>(
	shop: ShopState,
	table: Table<T>,
	query: Query,
	rules: ListRules<T>,
): ShopResponse {
	const rows = selectRecords(shop, table, query, rules);
	return rows ? json({ count: rows.length }) : json(BAD_REQUEST, 400);
}
