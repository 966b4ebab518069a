import type { IDataObject } from 'n8n-workflow';

import { orderNamed, ordersWhere, verifyEmail } from '../orders/find';
import { NotFoundError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { OrderOptions, OrderSearch, OrdersFound } from '../../shared/tools/shopTools';
import { newestFirst } from '../api/newestRecords';
import { LARGEST_PAGE } from '../api/query';
import type { InSalesShop } from '../api/reads';
import { orderConditions } from '../orders/conditions';
import { MOST_ORDERS } from '../orders/figures';
import { statusChoices } from '../orders/statuses';
import { viewOrder } from '../orders/view';

/** Digits from which on a number is rather an ID: orders are counted from 1 in each shop. */
const ID_DIGITS = 7;

/** Orders narrowed down as far as the shop can; the rest is checked by the tool. */
export async function findOrders(
	shop: InSalesShop,
	{ email, statuses, period: { from } }: OrderSearch,
): Promise<OrdersFound> {
	const systems =
		statuses &&
		(await systemsOf(
			shop,
			statuses.map(({ id }) => id),
		));
	const conditions = await orderConditions(
		shop,
		// An e-mail address alone can be looked up.
		email !== undefined
			? { email }
			: {
					...(from !== undefined && { updatedAfter: from }),
					...(systems && { fulfillmentStatus: systems.join(',') }),
				},
	);
	const most = email === undefined && from !== undefined ? MOST_ORDERS : LARGEST_PAGE;
	const rows = await ordersWhere(shop, conditions, most);
	const orders = [...rows].sort(newestFirst).map((each) => viewOrder(shop, each, true));
	return rows.length < most ? { orders } : { orders, within: `${most} orders` };
}

/** System statuses of the wanted ones, for the shop knows no filter for its own; `undefined`: unknown. */
async function systemsOf(shop: InSalesShop, ids: readonly string[]): Promise<string[] | undefined> {
	const choices = await statusChoices(shop);
	const systems = ids.map(
		(id) => choices.find(({ permalink, system }) => (permalink ?? system) === id)?.system,
	);
	return systems.every((each) => each !== undefined) ? [...new Set(systems)] : undefined;
}

/** The order with a number or ID; which one is meant shows in its length, and the other is tried too. */
export async function ordersCalled(
	shop: InSalesShop,
	name: string,
	{ email }: OrderOptions,
): Promise<IDataObject[]> {
	const value = name.trim().replace(/^[№#]\s*/, '');
	if (!/^[1-9]\d{0,14}$/.test(value)) throw new NotFoundError(`The shop has no order "${name}".`);
	const modes = value.length >= ID_DIGITS ? ['id', 'number'] : ['number', 'id'];
	for (const mode of modes) {
		const found = await settled(async () => await orderNamed(shop, { mode, value }));
		if (found.ok) {
			verifyEmail([found.value], email);
			return [viewOrder(shop, found.value, true)];
		}
		if (!(found.error instanceof NotFoundError)) throw found.error;
	}
	throw new NotFoundError(`The shop has no order with the number "${name}".`);
}
