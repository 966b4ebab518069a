import { settled } from '../../shared/protocol/settled';
import { isLasting } from '../../shared/polling/isolation';
import type { FeedRow, Resolved } from '../../shared/polling/stream';
import { epochToLocal, localToIso } from '../../shared/text/time';
import type { ShoperRecord } from '../api/codec';
import { isUnknownField } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { anyOf, is, meets } from '../api/conditions';
import { PAGE_SIZE } from '../api/query';
import type { Condition } from '../api/conditions';
import { paidOf } from '../orders/simplify';
import {
	cannotWatch,
	pageCall,
	pageWhere,
	pagesFrom,
	isWhole,
	recordOf,
	rowById,
	wholeRecord,
} from './feeds';
import type { ShoperStream } from './feeds';
import { paidEvent, zoneFor } from './orderEvents';
import { ORDERS, ORDERS_BY_ID, hasLines } from './orders';
import { filtersByPaid, knownZone } from './shopCache';

/** Orders asked for at once: their numbers of ten digits keep the address under 8192 characters (BUNDLE). */
const IDS_PER_REQUEST = 400;

/** Orders read whole at one poll where the shop cannot pick out the paid ones: four requests. */
const ORDERS_PER_POLL = 4 * PAGE_SIZE;

/** Paid orders taken over at one poll; the others are still unpaid to the trigger, and found again. */
const PAID_PER_POLL = 4 * PAGE_SIZE;

/**
 * "Paid". Nothing in the shop tells when an order was paid (Shoper REST reference 7.4), so orders are
 * read by ID, and those not paid yet are looked at again at every poll: the newest 1,000 of them.
 */
export const paidOrderStream: ShoperStream = {
	name: 'unpaid_orders',
	...ORDERS_BY_ID,
	resolve: async (shop, rows, about) => {
		const { overdue, rowOnly } = about;
		const zone = await zoneFor(shop, about);
		return await Promise.all(
			rows.map(async (row): Promise<Resolved> => {
				// Whether it is paid, its number does not tell.
				if (!rowOnly) wholeRecord(row);
				// Nothing is owed for an order without lines, so it would count as paid.
				const isComplete = hasLines(row) || row.data.noticed !== undefined || overdue.has(row.key);
				if (!isComplete) return 'wait';
				if (!isPaid(row)) return 'skip';
				const at = row.data.noticed ?? row.stamp;
				return await paidEvent(shop, row, about, localToIso(at, zone));
			}),
		);
	},
	likely: async (shop) => {
		const where = (await filtersByPaid(shop)) ? [is('is_paid', true)] : [];
		const records = await pageWhere(shop, pageCall('orders', where, 'order_id DESC'), where);
		return (records ?? []).map((record) => rowById(ORDERS, record));
	},
	track: (row) => (isPaid(row) || !isWhole(row) ? undefined : 'unpaid'),
	revisit: async (shop, records) => {
		const zone = await knownZone(shop);
		const noticed = epochToLocal(Date.now(), zone ?? 'UTC');
		const paid = (await paidAmong(shop, records)).map((record): FeedRow => {
			const row = rowById(ORDERS, record);
			return { ...row, data: { ...row.data, noticed } };
		});
		return paid.filter(isPaid).sort((a, b) => a.cursor - b.cursor);
	},
};

function isPaid(row: FeedRow): boolean {
	return paidOf(recordOf(row)) === true;
}

/** Of orders by ID, those that are paid, and where the shop cannot pick them out, others too. */
async function paidAmong(shop: ShoperShop, ids: readonly string[]): Promise<ShoperRecord[]> {
	const canPick = await filtersByPaid(shop);
	const asked = canPick ? ids : someOf(ids);
	const size = canPick ? IDS_PER_REQUEST : PAGE_SIZE;
	const found: ShoperRecord[] = [];
	for (let at = 0; at < asked.length && found.length < PAID_PER_POLL; at += size) {
		found.push(...(await readPaid(shop, asked.slice(at, at + size), canPick)));
	}
	return found;
}

/** The same for orders that are asked for together. One that cannot be read is looked at again at the next poll. */
async function readPaid(
	shop: ShoperShop,
	ids: readonly string[],
	canPick: boolean,
): Promise<ShoperRecord[]> {
	const named = anyOf('order_id', ids.map(Number));
	const result = await settled(
		async () => await pages(shop, named, canPick ? [is('is_paid', true)] : []),
	);
	if (result.ok) return result.value;
	if (!isLasting(result.error)) throw result.error;
	if (ids.length === 1) return [];
	const middle = Math.ceil(ids.length / 2);
	const first = await readPaid(shop, ids.slice(0, middle), canPick);
	return [...first, ...(await readPaid(shop, ids.slice(middle), canPick))];
}

/**
 * Of more orders than one poll may read, the newest, which are paid most often, and some of the
 * others by lot: a turn would have to be remembered, and each comes up within some polls like this.
 */
function someOf(ids: readonly string[]): readonly string[] {
	if (ids.length <= ORDERS_PER_POLL) return ids;
	const newestFirst = [...ids].sort((a, b) => Number(b) - Number(a));
	const newest = newestFirst.slice(0, ORDERS_PER_POLL / 2);
	const others = newestFirst.slice(newest.length).map((id) => ({ id, lot: Math.random() }));
	others.sort((a, b) => a.lot - b.lot);
	return [...newest, ...others.slice(0, ORDERS_PER_POLL / 2).map(({ id }) => id)];
}

/** Pages of a list of named orders, as far as needed. Orders that are paid meanwhile only push others back. */
async function pages(
	shop: ShoperShop,
	named: Condition,
	more: readonly Condition[],
): Promise<ShoperRecord[]> {
	const where = [named, ...more];
	const found = new Map<string, ShoperRecord>();
	const read = await settled(async () => {
		for await (const { page } of shop.pages(pagesFrom(pageCall('orders', where, 'order_id ASC')))) {
			// Other orders than the named ones would be the whole shop.
			if (!page.every(meets([named]))) return false;
			for (const record of page.filter(meets(where))) found.set(String(record.order_id), record);
			if (found.size >= PAID_PER_POLL) break;
		}
		return true;
	});
	if (read.ok && read.value) return [...found.values()];
	if (!read.ok && !isUnknownField(read.error)) throw read.error;
	throw cannotWatch({ resource: 'orders', date: 'order_id' });
}
