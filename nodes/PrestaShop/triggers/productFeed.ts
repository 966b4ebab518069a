import type { FeedRow } from '../../shared/polling/stream';
import { MINUTE, wallCursor } from '../../shared/polling/wallClock';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { listing } from '../api/query';
import { byChange, cursorByChange, readList, toChangeRows, withDates } from './feeds';
import type { PrestaShopStream, Source } from './feeds';

/** Products read first; when more have changed, all of them. More than those below the watermark that are read along. */
const FIRST_ROWS = 100;
const PAGE_ROWS = 1_000;

/** How long the products behind the first ones are taken for unchanged while those are, in milliseconds. */
const FULL_LOOK_MS = 5 * MINUTE;

/** Shops whose lists are remembered, and products of one of them. */
const MAX_LISTS = 100;
const MAX_ROWS = 20_000;

/** IDs and dates as they were listed last, newest change first, and when. Only saves requests. */
const lists = new Map<string, { at: number; records: PrestaShopRecord[]; isAll: boolean }>();

/**
 * Products by the date of their last change. The date exists twice: conditions look at the one of the
 * installation, answers and sorting at the one of the context shop (section 1.4), and either may be the
 * older. So nothing is left to a condition: products are read from the newest change back.
 */
export function productFeed(
	source: Source,
): Pick<PrestaShopStream, 'list' | 'newest' | 'cursorAt'> {
	const read = async (shop: PrestaShopShop, offset: number, count: number) => {
		const { first } = listing({ resource: source.resource, display: ['id', 'date_upd'] });
		const call = { ...first, query: { ...first.query, sort: byChange('DESC') } };
		return await readList(shop, withDates(call), count, offset);
	};
	return {
		list: async (shop, after, limit) => {
			const changed = await changedSince(shop, after, read);
			const oldest = changed.reverse();
			// A second must not be cut in two: the next page starts behind it.
			const last = oldest[limit - 1]?.date_upd;
			const isTaken = ({ date_upd }: PrestaShopRecord, at: number) =>
				at < limit || date_upd === last;
			return await rowsOf(shop, oldest.filter(isTaken));
		},
		newest: async (shop, count) => await rowsOf(shop, await read(shop, 0, count)),
		cursorAt: cursorByChange,
	};

	async function rowsOf(
		shop: PrestaShopShop,
		records: readonly PrestaShopRecord[],
	): Promise<FeedRow[]> {
		return await toChangeRows(shop, source, records);
	}
}

/** What a poll has listed already: it is read in pages, but listed once. */
const listed = new WeakMap<PrestaShopShop, { after: number; records: PrestaShopRecord[] }>();

type ReadProducts = (
	shop: PrestaShopShop,
	offset: number,
	count: number,
) => Promise<PrestaShopRecord[]>;

/** Products that changed after a cursor, newest first, as they were listed. */
async function changedSince(
	shop: PrestaShopShop,
	after: number,
	read: ReadProducts,
): Promise<PrestaShopRecord[]> {
	const before = listed.get(shop);
	const records =
		before && before.after <= after ? before.records : await readSince(shop, after, read);
	if (records !== before?.records) listed.set(shop, { after, records });
	return records.filter((record) => cursorOf(record) > after);
}

async function readSince(
	shop: PrestaShopShop,
	after: number,
	read: ReadProducts,
): Promise<PrestaShopRecord[]> {
	const key = `${shop.address.url} ${JSON.stringify(shop.scope)}`;
	const isBehind = (record: PrestaShopRecord | undefined) =>
		record !== undefined && record.date_upd !== undefined && cursorOf(record) <= after;
	let records = await read(shop, 0, FIRST_ROWS);
	if (records.length === FIRST_ROWS && !isBehind(records.at(-1))) {
		const known = lists.get(key);
		const isRecent = known !== undefined && Date.now() - known.at < FULL_LOOK_MS;
		const reaches = known && (known.isAll || isBehind(known.records.at(-1)));
		if (isRecent && reaches && beginsWith(known.records, records)) {
			records = known.records;
		} else {
			let isAll = false;
			while (!isAll && !isBehind(records.at(-1))) {
				const page = await read(shop, records.length, PAGE_ROWS);
				records = [...records, ...page];
				isAll = page.length < PAGE_ROWS;
			}
			keep(key, records, isAll);
		}
	}
	// One that was saved meanwhile has moved to the front and pushed others to the next page.
	const newest = new Map<string, PrestaShopRecord>();
	for (const record of records)
		if (!newest.has(record.id ?? '')) newest.set(record.id ?? '', record);
	return dated([...newest.values()]);
}

/** Gives products that came with nothing but their ID the date of the one before them in time. */
function dated(records: readonly PrestaShopRecord[]): PrestaShopRecord[] {
	let date = '';
	return [...records]
		.reverse()
		.map((record) => {
			date = String(record.date_upd ?? date);
			return { ...record, date_upd: date };
		})
		.reverse();
}

function cursorOf({ date_upd: stamp }: PrestaShopRecord): number {
	return wallCursor(String(stamp ?? ''));
}

function beginsWith(
	known: readonly PrestaShopRecord[],
	first: readonly PrestaShopRecord[],
): boolean {
	return first.every(({ id, date_upd: stamp }, at) => {
		return known[at]?.id === id && known[at]?.date_upd === stamp;
	});
}

function keep(key: string, records: PrestaShopRecord[], isAll: boolean): void {
	lists.delete(key);
	const now = Date.now();
	for (const [other, { at }] of lists) {
		if (lists.size >= MAX_LISTS || Math.abs(now - at) >= FULL_LOOK_MS) lists.delete(other);
	}
	if (records.length <= MAX_ROWS) lists.set(key, { at: now, records, isAll });
}
