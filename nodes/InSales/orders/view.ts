import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/http/errors';
import type { Locator } from '../../shared/actions/operation';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { byId } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { belongsTo, orderNumber } from './conditions';
import type { OrderConditions } from './conditions';
import { newestFirst, newestRecords } from '../api/newestRecords';
import { LARGEST_PAGE, changes, pages } from '../api/query';
import { extraFieldsOf, simplifyOrder } from './simplify';

/** Shows an order, in the shape of all shops with its extra fields, or as the shop has it. */
export function viewOrder(shop: InSalesShop, order: InSalesRecord, simple: boolean): IDataObject {
	if (!simple) return order as IDataObject;
	return {
		...simplifyOrder(order, shop.address),
		extraFields: extraFieldsOf(order),
	} as unknown as IDataObject;
}

/**
 * The one order a locator names. InSales has no filter for the number people see (InSales API reference,
 * 3.2), so orders are read until it is found: first those the shop lists first, then all of them.
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
	const id = (await recentNumbers(shop)).get(number) ?? (await allNumbers(shop)).get(number);
	// Read by its ID even so: what was read for the numbers may be older than a change of this run.
	const order = id === undefined ? undefined : await byId(shop, 'orders', id);
	if (order) return order;
	throw notFound('order with the number', number);
}

async function recentNumbers(shop: InSalesShop): Promise<ReadonlyMap<string, string>> {
	return await shop.once('numbers of recent orders', async () =>
		numbersOf(await shop.list(pages({ path: 'orders' }), LARGEST_PAGE)),
	);
}

async function allNumbers(shop: InSalesShop): Promise<ReadonlyMap<string, string>> {
	return await shop.once('numbers of all orders', async () =>
		numbersOf(await shop.list(changes({ path: 'orders' }))),
	);
}

function numbersOf(orders: readonly InSalesRecord[]): ReadonlyMap<string, string> {
	return new Map(orders.map((order) => [String(order.number), idOf(order)]));
}

/**
 * Orders that meet the conditions. With a time, or when all are wanted, they are read by their changes, the
 * only way that loses none (InSales API reference, 3.3). Without, the newest first.
 */
export async function ordersWhere(
	shop: InSalesShop,
	{ filters, since, keep, checkedHere }: OrderConditions,
	count: number,
): Promise<InSalesRecord[]> {
	const list = { path: 'orders', filters, ...(keep && { keep }) };
	if (since !== undefined) return await shop.list(changes(list, { since }), count);
	if (count === Number.POSITIVE_INFINITY) {
		return (await shop.list(changes(list))).sort(newestFirst);
	}
	const perPage = checkedHere ? LARGEST_PAGE : Math.min(count, LARGEST_PAGE);
	return await newestRecords(shop, { ...list, perPage }, count);
}

/** The guard for answering customers: an order is shown only to whom it belongs. Throws `InputError`. */
export function verifyEmail(orders: readonly InSalesRecord[], email = ''): void {
	if (email === '' || orders.every((order) => belongsTo(order, email))) return;
	throw new InputError(
		`The order does not belong to "${email}".`,
		'Ask the customer for the email address the order was placed with.',
	);
}
