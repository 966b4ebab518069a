import type { IDataObject } from 'n8n-workflow';

import { languageIdOf } from '../languages/shopLanguages';
import { ordersNamed, verifyEmail } from '../orders/find';
import { idOrNull, textOrNull } from '../../shared/output/orderShape';
import { settled } from '../../shared/protocol/settled';
import { NotFoundError } from '../../shared/protocol/errors';
import type { OrderOptions, OrderSearch, OrdersFound } from '../../shared/tools/shopTools';
import type { PrestaShopRecord } from '../api/records';
import { listing } from '../api/query';
import { allOf, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { orderConditions, ordersWhere } from '../orders/conditions';
import { periodFilters } from '../orders/figures';
import { viewOrder } from '../orders/view';

/** Orders read in one request to be counted along; more are counted by their IDs. */
const COUNTED = 50;

/** IDs that are counted at most. */
const MOST_IDS = 1_000;

/** Orders by what the shop can search for. */
export async function findOrders(
	shop: PrestaShopShop,
	{ email, statuses, paid, period, limit }: OrderSearch,
	language: string,
): Promise<OrdersFound> {
	const states = await statesFor(
		shop,
		statuses?.map(({ id }) => id),
		paid,
	);
	if (states?.length === 0) return { orders: [] };
	const searches = await orderConditions(shop, {
		...(await periodFilters(shop, period)),
		...(email !== undefined && { customerEmail: email }),
		...(states && { stateId: states.join(',') }),
	});
	const count = Math.max(limit, COUNTED);
	const rows = await ordersWhere(shop, searches, { order: 'newest', limit: count });
	// Who asks by e-mail address knows the customer.
	const include = email === undefined ? ['customer'] : [];
	const orders = await shown(shop, rows.slice(0, limit), language, include);
	if (rows.length < count) return { orders, total: rows.length };
	const ids = await Promise.all(
		searches.map(async (where) => {
			const query = { resource: 'orders', where, display: ['id'], order: 'newest' as const };
			return await shop.list(listing({ ...query, limit: MOST_IDS }), MOST_IDS);
		}),
	);
	const total = ids.flat().length;
	return total < MOST_IDS ? { orders, total } : { orders, total, isAtLeast: true };
}

/**
 * The states of orders that are paid, or are not; `undefined` for any. Whether an order is paid is what
 * its state says.
 */
async function statesFor(
	shop: PrestaShopShop,
	named: readonly string[] | undefined,
	paid: boolean | undefined,
): Promise<readonly string[] | undefined> {
	if (paid === undefined) return named;
	const states = [...(await allOf(shop, 'order_states')).values()];
	const fitting = states.filter((state) => (state.paid === '1') === paid).map(({ id }) => id ?? '');
	return named ? fitting.filter((id) => named.includes(id)) : fitting;
}

/** Orders called so: an ID, or a reference, which some shops make of digits as well. */
export async function ordersCalled(
	shop: PrestaShopShop,
	name: string,
	{ language, email, history, brief }: OrderOptions,
): Promise<IDataObject[]> {
	const text = name.replace(/^#\s*/, '');
	const byReference = async () => await ordersNamed(shop, { mode: 'reference', value: text });
	const isNumber = /^\d+$/.test(text);
	const found = isNumber
		? await settled(async () => await ordersNamed(shop, { mode: 'id', value: text }))
		: { ok: true as const, value: await byReference() };
	if (!found.ok && !(found.error instanceof NotFoundError)) throw found.error;
	const orders = found.ok ? found.value : await byReference();
	await verifyEmail(shop, orders, email);
	const include = [
		...(email === undefined && !brief ? ['customer'] : []),
		...(history ? ['history'] : []),
	];
	return await shown(shop, orders, language, include);
}

/** Orders as tools show them: with customer, delivery method and where to follow the parcel. */
async function shown(
	shop: PrestaShopShop,
	orders: readonly PrestaShopRecord[],
	language: string,
	include: readonly string[],
): Promise<IDataObject[]> {
	if (orders.length === 0) return [];
	const view = { simplify: true, include, language: await languageIdOf(shop, language) };
	const [views, carriers] = await Promise.all([
		Promise.all(orders.map(async (order) => await viewOrder(shop, order, view))),
		ifPermitted(shop, 'carriers', 'carriers', [], async () => await allOf(shop, 'carriers')),
	]);
	return views.map((order, at) => {
		const carrier = carriers?.get(idOrNull(orders[at]?.id_carrier) ?? '');
		const link = textOrNull(carrier?.url);
		const number = textOrNull(order.trackingNumber);
		return {
			...order,
			shippingMethod: textOrNull(carrier?.name),
			...(link !== null && number !== null && { trackingUrl: link.replace('@', number) }),
		};
	});
}
