import type { FeedRow, Stream } from '../../shared/polling/stream';
import { digits, wallPosition } from '../../shared/polling/wallClock';
import { epochToLocal, shiftLocal } from '../../shared/text/time';
import type { PrestaShopRecord } from '../api/codec';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { between, greater, listing } from '../api/query';
import type { Condition, ListQuery } from '../api/query';
import { contentOf, contentsOf } from './contents';

export type PrestaShopStream = Stream<PrestaShopRecord>;

/** How a feed is read; who resolves its rows is another matter. */
type Feed = Pick<PrestaShopStream, 'list' | 'newest' | 'positionAt'>;

/** What a feed reads. */
export interface Source {
	resource: string;
	/** Fields of a row, the ID included. */
	fields: readonly string[];
	/** The field that names the record a row is about. */
	record: string;
	where?: readonly Condition[];
	/** Of a feed by change dates: fields that tell two contents apart; the row's own when absent. */
	content?: readonly string[];
}

/**
 * The shop as feeds see it. Lists of orders and customers show only one shop of a multistore, so
 * without a chosen shop they are asked for all shops, where the version can do that.
 */
export function shopOfFeeds(shop: PrestaShopShop, everyShop: boolean): PrestaShopShop {
	const chosen = Object.keys(shop.scope).length > 0;
	return everyShop && !chosen ? shop.within({ id_shop: 'all' }) : shop;
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
			position: Number(id),
			recordId: String(record[recordField] ?? ''),
			stamp,
			data: dataOf(record, fields),
		};
	};
	const read = async (shop: PrestaShopShop, query: Partial<ListQuery>) => {
		const { first } = listing({ resource, display: fields, where, ...query });
		return (await shop.records(withDates(first))).map(toRow);
	};
	return {
		list: async (shop, after, limit) => await read(shop, { afterId: after, limit }),
		newest: async (shop, count) => await read(shop, { order: 'newest', limit: count }),
		positionAt: async (shop, instant) => {
			const zone = await zoneOf(shop);
			if (zone === undefined) return undefined;
			const from = shiftLocal(epochToLocal(instant, zone), -1);
			const [row] = await read(shop, { where: [...where, greater('date_add', from)], limit: 1 });
			return row === undefined ? Infinity : row.position - 1;
		},
	};
}

/**
 * Reading a resource by the date of its last change. A row's key holds its content, because a
 * second change within the same second leaves the date as it is.
 */
export function feedByChange({ resource, fields, where = [], content }: Source): Feed {
	const read = async (
		shop: PrestaShopShop,
		limit: string,
		direction: 'ASC' | 'DESC',
		conditions: readonly Condition[],
	): Promise<FeedRow[]> => {
		const { first } = listing({ resource, display: fields, where: [...where, ...conditions] });
		const sort = `[date_upd_${direction},id_${direction}]`;
		const call = withDates({ ...first, query: { ...first.query, sort, limit } });
		const records = await shop.records(call);
		const contents = content && (await contentsOf(shop, resource, content, records));
		return records.flatMap((record) => {
			const id = record.id ?? '';
			const stamp = String(record.date_upd ?? '');
			const told = contents ? contents.get(id) : contentOf(record, fields);
			if (told === undefined) return [];
			return {
				key: `${id}@${digits(stamp)}#${told}`,
				position: wallPosition(stamp),
				recordId: id,
				stamp,
				data: { ...dataOf(record, fields), content: told },
			};
		});
	};
	return {
		list: async (shop, after, limit) => {
			const later = greater('date_upd', epochToLocal(after, 'UTC'));
			const rows: FeedRow[] = [];
			for (let offset = 0; ; offset += limit) {
				const next = await read(shop, `${offset},${limit}`, 'ASC', [later]);
				// The shop filters by the date of the installation and shows that of the context shop, which
				// may be older (section 1.4).
				rows.push(...next.filter(({ position }) => position > after));
				if (next.length < limit) return rows;
				if (rows.length >= limit) break;
			}
			// A second must not be cut in two: the next page starts behind it.
			const last = rows.at(-1)?.stamp ?? '';
			const whole = [between('date_upd', last, last)];
			const rest = await read(shop, `${MAX_ROWS_OF_A_SECOND}`, 'ASC', whole);
			return [...rows.filter(({ stamp }) => stamp !== last), ...rest];
		},
		newest: async (shop, count) => await read(shop, `${count}`, 'DESC', []),
		positionAt: async (shop, instant) => {
			const zone = await zoneOf(shop);
			return zone === undefined ? undefined : wallPosition(epochToLocal(instant - 1_000, zone));
		},
	};
}

/** More records than any shop saves within one second. */
const MAX_ROWS_OF_A_SECOND = 100_000;

function dataOf(record: PrestaShopRecord, fields: readonly string[]): Record<string, string> {
	const scalars = fields.filter((name) => !Array.isArray(record[name]));
	return Object.fromEntries(scalars.map((name) => [name, String(record[name] ?? '')]));
}

/** Lists sort and filter by `date_add` and `date_upd` only with `date=1` (section 3.3). */
function withDates<C extends { query?: Readonly<Record<string, string>> }>(call: C): C {
	return { ...call, query: { ...call.query, date: '1' } };
}
