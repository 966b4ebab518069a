import { InputError } from '../../shared/protocol/errors';
import { digits, overlapOf, wallCursor } from '../../shared/polling/wallClock';
import { settled } from '../../shared/protocol/settled';
import type { Listing } from '../../shared/reading/listing';
import type { FeedRow, Stream } from '../../shared/polling/stream';
import { epochToLocal, shiftLocal } from '../../shared/text/time';
import type { Call, Page } from '../../shared/protocol/call';
import type { ShoperRecord } from '../api/codec';
import { isUnknownField } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { atLeast, filtersText, is, meets } from '../api/conditions';
import { PAGE_SIZE, isEnd, listing } from '../api/query';
import type { Condition } from '../api/conditions';
import { nextPage, pageParts } from '../api/pageParts';
import { idFieldOf, idOf } from '../api/resources';
import { OVERLAP_MS, withAge } from './rowAge';
import { knownZone } from './shopCache';

export type ShoperStream = Stream<ShoperRecord>;

/** How a feed is read; who resolves its rows is another matter. */
export type Feed = Pick<ShoperStream, 'list' | 'newest' | 'cursorAt'>;

/** What a feed reads. */
export interface Source {
	resource: string;
	/** Field that holds the time of a row, by the shop's wall clock. */
	date: string;
}

/** A feed by change dates also needs what tells two contents of a record apart that share a date. */
export interface DatedSource extends Source {
	contentHash(record: ShoperRecord): string;
}

/** Rows of lists are whole records (Shoper REST reference 3.1), so no event has to ask again. */
export function recordOf({ data }: FeedRow): ShoperRecord {
	return JSON.parse(data.record ?? '{}') as ShoperRecord;
}

/** Whether the shop could list the record of a row with more than its ID. */
export function isWhole(row: FeedRow): boolean {
	return Object.keys(recordOf(row)).length > 1;
}

/** The record of a row. Throws for one that the shop could not list. */
export function wholeRecord(row: FeedRow): ShoperRecord {
	if (isWhole(row)) return recordOf(row);
	throw new Error(`the shop cannot list number ${row.recordId}.`);
}

/** A row by ID. A database that went back gives the same ID to another record later. */
export function rowById({ resource, date }: Source, record: ShoperRecord): FeedRow {
	const recordId = idOf(resource, record);
	const stamp = String(record[date] ?? '');
	const data = { record: JSON.stringify(record) };
	return { key: `${recordId}@${digits(stamp)}`, cursor: Number(recordId), recordId, stamp, data };
}

function rowByDate({ contentHash, ...source }: DatedSource, record: ShoperRecord): FeedRow {
	const row = rowById(source, record);
	const key = `${row.key}#${contentHash(record)}`;
	return { ...row, key, cursor: wallCursor(row.stamp) };
}

/**
 * One page. A direction is always named: without it the shop sorts descending (LIVE). One field is
 * enough: that several are obeyed is less sure, and nothing here depends on the order within a second.
 */
export function pageCall(
	resource: string,
	where: readonly Condition[],
	order: string,
	limit = PAGE_SIZE,
): Call {
	const filters = filtersText(where);
	return {
		method: 'GET',
		path: [resource],
		query: {
			...(filters !== undefined && { filters }),
			order,
			limit: `${Math.max(1, Math.min(PAGE_SIZE, limit))}`,
		},
	};
}

/**
 * The answer to a call with conditions, or `undefined` where the shop cannot filter so: it says 404,
 * or ignores the condition and shows other rows, which must not be taken for new ones.
 */
export async function pageWhere(
	shop: ShoperShop,
	call: Call,
	where: readonly Condition[],
): Promise<Page<ShoperRecord> | undefined> {
	const result = await settled(async () => await onePage(shop, call));
	if (result.ok) return result.value.every(meets(where)) ? result.value : undefined;
	if (isUnknownField(result.error)) return undefined;
	throw result.error;
}

/** Pages from a call on, by their numbers. */
export function pagesFrom(first: Call): Listing<ShoperRecord> {
	const [resource = ''] = first.path;
	const keyOf = (record: ShoperRecord) => idOf(resource, record);
	return { first, next: nextPage, keyOf, parts: pageParts };
}

/** A page, or as much of it as the shop can give at once. */
async function onePage(shop: ShoperShop, call: Call): Promise<Page<ShoperRecord>> {
	const [step] = await firstOf(shop.pages(pagesFrom(call)));
	if (!step) return [];
	return Object.assign(step.page, { isLast: step.next === undefined });
}

async function firstOf<T>(source: AsyncIterable<T>): Promise<T[]> {
	for await (const each of source) return [each];
	return [];
}

/** What is said when a list that an event lives on cannot be had. */
export function cannotWatch({ resource, date }: Source): InputError {
	return new InputError(
		`This shop cannot list ${resource} by "${date}", so this event cannot be watched.`,
		'Choose another event; the support of Shoper can tell whether the shop can be updated.',
	);
}

/** Rows from the first one on in an order, page by page, until there are enough. */
async function rowsInOrder(
	shop: ShoperShop,
	resource: string,
	order: string,
	toRow: (record: ShoperRecord) => FeedRow,
	isEnough: (rows: readonly FeedRow[]) => boolean,
	limit = PAGE_SIZE,
): Promise<FeedRow[]> {
	const rows = new Map<string, FeedRow>();
	for await (const { page } of shop.pages(pagesFrom(pageCall(resource, [], order, limit)))) {
		// What comes in meanwhile pushes rows to the next page, where they are met again.
		for (const row of page.map(toRow)) rows.set(row.key, row);
		if (isEnough([...rows.values()])) break;
	}
	return [...rows.values()];
}

/** Reading a resource by rising ID. */
export function feedById(source: Source): Feed {
	const { resource, date } = source;
	const id = idFieldOf(resource);
	const toRow = (record: ShoperRecord) => rowById(source, record);
	/** The same from the newest row back, for shops that cannot filter by ID or date. */
	const newestUntil = async (shop: ShoperShop, isOutside: (row: FeedRow) => boolean) => {
		const rows = await rowsInOrder(shop, resource, `${id} DESC`, toRow, (all) =>
			all.some(isOutside),
		);
		return rows.filter((row) => !isOutside(row)).sort((a, b) => a.cursor - b.cursor);
	};
	const pageFrom = async (shop: ShoperShop, bound: Condition, limit: number) =>
		await pageWhere(shop, pageCall(resource, [bound], `${id} ASC`, limit), [bound]);
	return {
		list: async (shop, after, limit) => {
			const rows: FeedRow[] = [];
			let sentAt: string | undefined;
			const first = listing({ resource, afterId: after, limit: Math.min(PAGE_SIZE, limit) });
			const result = await settled(async () => {
				// One that cannot be read comes as its ID alone (`wholeRecord`).
				for await (const { page } of shop.pages(first, 'standIn')) {
					const found = page.map(toRow);
					if (!found.every(({ cursor }) => cursor > after)) return false;
					rows.push(...found);
					sentAt ??= page.date;
					if (rows.length >= limit) break;
				}
				return true;
			});
			if (!result.ok && !isUnknownField(result.error)) throw result.error;
			if (!result.ok || !result.value) {
				return await newestUntil(shop, ({ cursor }) => cursor <= after);
			}
			return await withAge(shop, rows, sentAt, () => OVERLAP_MS);
		},
		newest: async (shop, count) => {
			const isEnough = (rows: readonly FeedRow[]) => rows.length >= count;
			const order = `${id} DESC`;
			const rows = await rowsInOrder(shop, resource, order, toRow, isEnough, count);
			return rows.slice(0, count);
		},
		cursorAt: async (shop, instant) => {
			const zone = await knownZone(shop);
			if (zone === undefined) return undefined;
			const from = epochToLocal(instant, zone);
			const page = await pageFrom(shop, atLeast(date, from), 1);
			const [row] = page ? page.map(toRow) : await newestUntil(shop, ({ stamp }) => stamp < from);
			return row === undefined ? Infinity : row.cursor - 1;
		},
	};
}

/** One page of the rows that meet conditions, the newest change first; none where the shop cannot filter so. */
export async function newestByDate(
	shop: ShoperShop,
	source: DatedSource,
	where: readonly Condition[],
): Promise<FeedRow[]> {
	const page = await pageWhere(
		shop,
		pageCall(source.resource, where, `${source.date} DESC`),
		where,
	);
	return (page ?? []).map((record) => rowByDate(source, record));
}

/**
 * Reading a resource by the date of its last change, oldest first. Records move to the end while the
 * feed is read, so no page is asked for by its number: each begins at the second the one before
 * ended in. The shop's wall clock in milliseconds is the cursor.
 */
export function feedByDate(source: DatedSource): Feed {
	const { resource, date } = source;
	const toRow = (record: ShoperRecord) => rowByDate(source, record);
	const pageFrom = async (shop: ShoperShop, from: string): Promise<Page<FeedRow>> => {
		const where = [atLeast(date, from)];
		const records = await pageWhere(shop, pageCall(resource, where, `${date} ASC`), where);
		const rows: Page<FeedRow> = (records ?? []).map(toRow);
		const isSorted = rows.every(
			({ stamp }, at) => at === 0 || stamp >= (rows[at - 1]?.stamp ?? ''),
		);
		if (!records || !isSorted) throw cannotWatch(source);
		if (records.isLast !== undefined) rows.isLast = records.isLast;
		if (records.date !== undefined) rows.date = records.date;
		return rows;
	};
	return {
		list: async (shop, after, limit) => {
			const rows = new Map<string, FeedRow>();
			let sentAt: string | undefined;
			const aged = async (some: FeedRow[]) => await withAge(shop, inOrder(some), sentAt, overlapOf);
			const add = (more: readonly FeedRow[]) => more.forEach((row) => rows.set(row.key, row));
			// Seconds behind the cursor; it may lie within one.
			let from = shiftLocal(epochToLocal(after, 'UTC'), 1);
			for (;;) {
				const page = await pageFrom(shop, from);
				add(page);
				sentAt ??= page.date;
				if (isEnd(page, PAGE_SIZE)) return await aged([...rows.values()]);
				const last = page.at(-1)?.stamp ?? from;
				if (page[0]?.stamp === last) {
					// A second that fills a page is read by ID, and the next page begins behind it.
					const second = await shop.list(listing({ resource, where: [is(date, last)] }));
					add(second.map(toRow));
					from = shiftLocal(last, 1);
				} else {
					from = last;
				}
				// The last second may be cut in two; it is left for the next call.
				const whole = [...rows.values()].filter(({ stamp }) => stamp < from);
				if (whole.length >= limit) return await aged(whole);
			}
		},
		newest: async (shop, count) => {
			const isEnough = (rows: readonly FeedRow[]) => rows.length >= count;
			const order = `${date} DESC`;
			const rows = await rowsInOrder(shop, resource, order, toRow, isEnough, count);
			return rows.slice(0, count);
		},
		cursorAt: async (shop, instant) => {
			const zone = await knownZone(shop);
			return zone === undefined ? undefined : wallCursor(epochToLocal(instant - 1_000, zone));
		},
	};
}

function inOrder(rows: FeedRow[]): FeedRow[] {
	return rows.sort((a, b) => a.cursor - b.cursor || Number(a.recordId) - Number(b.recordId));
}
