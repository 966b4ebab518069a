import type { Condition } from '../api/conditions';
import { between, greater } from '../api/conditions';
import type { Listing } from '../../shared/reading/listing';
import { CLOCK_SLACK_MS } from '../../shared/polling/state';
import type { FeedRow, Stream } from '../../shared/polling/stream';
import { digits, wallCursor } from '../../shared/polling/wallClock';
import { epochToLocal, shiftLocal } from '../../shared/text/time';
import type { Call } from '../../shared/protocol/call';
import type { PrestaShopRecord } from '../api/records';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { listing, pageParts } from '../api/query';
import type { ListQuery } from '../api/query';
import { contentHash, contentHashes } from './contentHash';

export type PrestaShopStream = Stream<PrestaShopRecord>;

/** How a feed is read; who resolves its rows is another matter. */
type Feed = Pick<PrestaShopStream, 'list' | 'newest' | 'cursorAt'>;

/** What a feed reads. */
export interface Source {
	resource: string;
	/** Fields of a row, the ID included. */
	fields: readonly string[];
	/** The field that names the record a row is about. */
	record: string;
	where?: readonly Condition[];
	/** Of a feed by change dates: fields that tell two contents apart; the row's own when absent. */
	hashed?: readonly string[];
}

/**
 * The shop as feeds see it. Lists of orders and customers show only one shop of a multistore, so
 * without a chosen shop they are asked for all shops, where the version can do that.
 */
export function shopOfFeeds(shop: PrestaShopShop, everyShop: boolean): PrestaShopShop {
	const chosen = Object.keys(shop.scope).length > 0;
	return everyShop && !chosen ? shop.confinedTo({ id_shop: 'all' }) : shop;
}

/** The first version that answers for all shops instead of redirecting (section 10 no. 18). */
const ALL_SHOPS_SINCE = [8, 2];

/** Whether a version answers `id_shop=all`. */
export function answersForAllShops(version: string | undefined): boolean {
	const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
	const [sinceMajor = 0, sinceMinor = 0] = ALL_SHOPS_SINCE;
	return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

/** Reading a resource by rising ID (section 6.2). */
export function feedById(source: Source): Feed {
	const { resource, fields, record: recordField, where = [] } = source;
	const toRow = (record: PrestaShopRecord): FeedRow => {
		const id = record.id ?? '';
		const stamp = String(record.date_add ?? '');
		return {
			// A database that went back gives the same ID to another row later.
			key: `${id}@${digits(stamp)}`,
			cursor: Number(id),
			recordId: recordField in record ? String(record[recordField] ?? '') : lostRecord(id),
			stamp,
			data: dataOf(record, fields),
		};
	};
	const read = async (shop: PrestaShopShop, query: Partial<ListQuery>) => {
		const { first } = listing({ resource, display: fields, where, ...query });
		return (await readList(shop, withDates(first), query.limit ?? 1)).map(toRow);
	};
	return {
		list: async (shop, after, limit) => await read(shop, { afterId: after, limit }),
		newest: async (shop, count) => await read(shop, { order: 'newest', limit: count }),
		cursorAt: async (shop, instant) => {
			const zone = await zoneOf(shop);
			if (zone === undefined) return undefined;
			const from = shiftLocal(epochToLocal(instant, zone), -1);
			const [row] = await read(shop, { where: [...where, greater('date_add', from)], limit: 1 });
			return row === undefined ? Infinity : row.cursor - 1;
		},
	};
}

/** Stands for the record of a row that could not be read, so that it is not known. */
function lostRecord(rowId: string): string {
	return `of row ${rowId}`;
}

/**
 * Rows of a list from `offset` on. A row that the shop cannot show with the others comes with nothing but
 * its ID.
 */
export async function readList(
	shop: PrestaShopShop,
	call: Call,
	count: number,
	offset = 0,
): Promise<PrestaShopRecord[]> {
	const from = (at: number, size: number): Call => {
		const limit = at === 0 ? `${size}` : `${at},${size}`;
		return { ...call, query: { ...call.query, limit } };
	};
	const rows: Listing<PrestaShopRecord> = {
		first: from(offset, count),
		next: ({ query = {} }, page) => {
			const [at = '0'] = query.limit?.includes(',') ? query.limit.split(',') : [];
			return from(Number(at) + page.length, count);
		},
		keyOf: ({ id }) => id ?? '',
		// Whatever a page that is cut leaves out comes with the next poll.
		parts: { ...pageParts, surelyGiven: count },
	};
	return await shop.list(rows, count, 'standIn');
}

/** Reading a resource by the date of its last change. */
export function feedByChange(source: Source): Feed {
	const { resource, fields, where = [] } = source;
	const read = async (
		shop: PrestaShopShop,
		{ offset = 0, count }: { offset?: number; count: number },
		direction: 'ASC' | 'DESC',
		conditions: readonly Condition[],
	): Promise<FeedRow[]> => {
		const { first } = listing({ resource, display: fields, where: [...where, ...conditions] });
		const call = { ...first, query: { ...first.query, sort: byChange(direction) } };
		return await toChangeRows(shop, source, await readList(shop, withDates(call), count, offset));
	};
	return {
		list: async (shop, after, limit) => {
			const later = greater('date_upd', epochToLocal(after, 'UTC'));
			const rows = await read(shop, { count: limit }, 'ASC', [later]);
			if (rows.length < limit) return rows;
			// A second must not be cut in two: the next page starts behind it.
			const last = rows.at(-1)?.stamp ?? '';
			const whole = [between('date_upd', last, last)];
			const rest = await read(shop, { count: MAX_ROWS_OF_A_SECOND }, 'ASC', whole);
			return [...rows.filter(({ stamp }) => stamp !== last), ...rest];
		},
		newest: async (shop, count) => await read(shop, { count }, 'DESC', []),
		cursorAt: cursorByChange,
	};
}

/** The stamp that is `overlapMs` old by the shop's wall clock. */
export async function overlapStamp(
	shop: PrestaShopShop,
	overlapMs: number,
): Promise<string | undefined> {
	const zone = await zoneOf(shop);
	if (zone === undefined) return undefined;
	return epochToLocal(Date.now() - overlapMs - CLOCK_SLACK_MS, zone);
}

/** Where a feed by change dates stands at an instant. */
export const cursorByChange: Feed['cursorAt'] = async (shop, instant) => {
	const zone = await zoneOf(shop);
	return zone === undefined ? undefined : wallCursor(epochToLocal(instant - 1_000, zone));
};

/** By the date of change, and within a second by ID. */
export function byChange(direction: 'ASC' | 'DESC'): string {
	return `[date_upd_${direction},id_${direction}]`;
}

/**
 * Rows of a feed by change dates. A row's key holds its content, because a second change within the
 * same second leaves the date as it is.
 */
export async function toChangeRows(
	shop: PrestaShopShop,
	{ resource, fields, hashed }: Source,
	records: readonly PrestaShopRecord[],
): Promise<FeedRow[]> {
	// A row that came with nothing but its ID has the date of the one before it.
	let stamp = '';
	const dated = records.map((record) => {
		stamp = String(record.date_upd ?? stamp);
		return { ...record, date_upd: stamp };
	});
	const hashes = hashed && (await contentHashes(shop, resource, hashed, dated));
	return dated.flatMap((record) => {
		const id = record.id ?? '';
		const stamp = record.date_upd;
		const hash = hashes ? hashes.get(id) : contentHash(record, fields);
		if (hash === undefined) return [];
		return {
			key: `${id}@${digits(stamp)}#${hash}`,
			cursor: wallCursor(stamp),
			recordId: id,
			stamp,
			data: { ...dataOf(record, fields), contentHash: hash },
		};
	});
}

/** More records than any shop saves within one second. */
const MAX_ROWS_OF_A_SECOND = 100_000;

function dataOf(record: PrestaShopRecord, fields: readonly string[]): Record<string, string> {
	const scalars = fields.filter((name) => name in record && !Array.isArray(record[name]));
	return Object.fromEntries(scalars.map((name) => [name, String(record[name] ?? '')]));
}

/** Lists sort and filter by `date_add` and `date_upd` only with `date=1` (section 3.3). */
export function withDates<C extends { query?: Readonly<Record<string, string>> }>(call: C): C {
	return { ...call, query: { ...call.query, date: '1' } };
}
