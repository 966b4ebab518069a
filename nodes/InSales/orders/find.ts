import type { Locator } from '../../shared/protocol/locator';
import { isIndexed, recordsWithKey } from '../../shared/reading/keySearch';
import { notFound, notTheirs } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { InSalesRecord } from '../api/codec';
import { newestFirst, newestRecords } from '../api/newestRecords';
import { changes, LARGEST_PAGE } from '../api/query';
import { byId } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { belongsTo, keyedOrders, numberKey, orderNumber } from './conditions';
import type { OrderConditions } from './conditions';

/**
 * The one order a locator names. InSales has no filter for the number people see (InSales API reference,
 * 3.2), so orders are read until it is found, and what was read is remembered.
 *
 * @throws InputError when there is none
 */
export async function orderNamed(
	shop: InSalesShop,
	{ mode, value }: Locator,
): Promise<InSalesRecord> {
	if (mode !== 'number') {
		const id = recordId(value, 'Order');
		const order = await byId(shop, 'orders', id);
		if (order) return order;
		throw notFound('order with the ID', id);
	}
	const number = orderNumber(value, 'Order');
	const [order] = await recordsWithKey(shop, keyedOrders, numberKey(number), true);
	if (order) return order;
	throw notFound('order with the number', number);
}

/**
 * Orders that meet the conditions. With a time, or when all are wanted, they are read by their changes, the
 * only way that loses none (InSales API reference, 3.3). Without, the newest first. Those of a number, an
 * email or a phone are looked up.
 */
export async function ordersWhere(
	shop: InSalesShop,
	{ filters, since, isByCreation, keep, checkedHere, key }: OrderConditions,
	count: number,
): Promise<InSalesRecord[]> {
	const list = { path: 'orders', filters, ...(keep && { keep }) };
	if (key !== undefined) return await ordersWithKey(shop, key, keep, count);
	if (since !== undefined && isByCreation) {
		return (await shop.list(changes(list, { since }))).sort(newestFirst).slice(0, count);
	}
	if (since !== undefined) return await shop.list(changes(list, { since }), count);
	if (count === Number.POSITIVE_INFINITY) {
		return (await shop.list(changes(list))).sort(newestFirst);
	}
	const perPage = checkedHere ? LARGEST_PAGE : Math.min(count, LARGEST_PAGE);
	return await newestRecords(shop, { ...list, perPage }, count);
}

async function ordersWithKey(
	shop: InSalesShop,
	key: string,
	keep: OrderConditions['keep'] = () => true,
	count: number,
): Promise<InSalesRecord[]> {
	const isUnique = key.startsWith(numberKey(''));
	// The newest of a customer are among the newest of the shop as a rule: no reason to read all orders.
	if (!isUnique && count <= LARGEST_PAGE && !(await isIndexed(shop, keyedOrders))) {
		const recent = await newestRecords(shop, { path: 'orders' }, LARGEST_PAGE);
		const found = recent.filter(keep);
		const areAll = recent.length < LARGEST_PAGE;
		if (areAll || found.length >= count) return found.slice(0, count);
	}
	const found = await recordsWithKey(shop, keyedOrders, key, isUnique);
	return found.filter(keep).sort(newestFirst).slice(0, count);
}

/** The guard for answering customers: an order is shown only to whom it belongs. Throws `InputError`. */
export function verifyEmail(orders: readonly InSalesRecord[], email = ''): void {
	if (email === '' || orders.every((order) => belongsTo(order, email))) return;
	throw notTheirs(email);
}
