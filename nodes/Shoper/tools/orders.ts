import type { IDataObject } from 'n8n-workflow';

import { ordersNamed, verifyEmail } from '../orders/find';
import { textOrNull } from '../../shared/output/orderShape';
import { NotFoundError } from '../../shared/protocol/errors';
import { toJson } from '../../shared/output/toJson';
import type { OrderOptions, OrderSearch, OrdersFound } from '../../shared/tools/shopTools';
import type { Listing } from '../../shared/reading/listing';
import { listsAtOnce, pagesAtOnce } from '../api/bulkReads';
import type { ShoperRecord } from '../api/codec';
import { emailIs } from '../api/emailCondition';
import { anyOf, is } from '../api/conditions';
import { listing } from '../api/query';
import { allOf, ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { findOrders as ordersWhere } from '../orders/conditions';
import { periodFilters } from '../orders/figures';
import { simplifyOrder } from '../orders/simplify';
import { viewOrder, viewOf } from '../orders/view';
import { localeFor } from './facts';

/** Orders read to be counted along: one page. */
const COUNTED = 50;

export async function findOrders(
	shop: ShoperShop,
	{ email, statuses, paid, period, limit }: OrderSearch,
	language: string,
): Promise<OrdersFound> {
	if (email !== undefined) return await ordersOf(shop, email, limit, language);
	const { from, before } = await periodFilters(shop, period);
	const filters = {
		...(from !== undefined && { createdAfter: from }),
		...(before !== undefined && { createdBefore: before }),
		...(statuses && { statusId: statuses.map(({ id }) => id).join(',') }),
		...(paid !== undefined && { paid }),
	};
	const count = Math.max(limit, COUNTED);
	const rows = await ordersWhere(shop, filters, 'newest', count);
	const shown = rows.slice(0, limit);
	const [only] = shown.length === 1 ? shown : [];
	const orders = await views(shop, shown, language, only && (await partsOf(shop, only)));
	return rows.length < count
		? { orders, total: rows.length }
		: { orders, total: rows.length, isAtLeast: true };
}

/**
 * Orders of an e-mail address: those placed with it and those of its account, which cannot be asked for in one
 * condition. What else is wanted of them is checked by the tool.
 */
async function ordersOf(
	shop: ShoperShop,
	email: string,
	limit: number,
	language: string,
): Promise<OrdersFound> {
	const query = { resource: 'orders', order: 'newest' as const, limit: COUNTED };
	const own = listing({ ...query, where: [emailIs(email)] });
	const accounts = listing({ resource: 'users', where: [emailIs(email)] });
	const [mine = [], users = []] = await firstPages(shop, [own, accounts]);
	const ids = users.map(({ user_id }) => Number(user_id));
	const others = ids.length === 0 ? [] : [listing({ ...query, where: [anyOf('user_id', ids)] })];
	// The parts of the one order that is shown come along, unless the account has a newer one.
	const [likely] = limit === 1 || mine.length === 1 ? mine : [];
	const lists = likely ? partLists(likely) : [];
	const pages = await firstPages(shop, [...lists, ...others]);
	const theirs = others.length === 0 ? [] : (pages.at(-1) ?? []);
	const orders = new Map([...mine, ...theirs].map((each) => [Number(each.order_id), each]));
	const sorted = [...orders].sort(([a], [b]) => b - a).map(([, each]) => each);
	const [newest] = sorted;
	const isLikely = likely !== undefined && newest?.order_id === likely.order_id;
	const [lines = [], parcels = []] = pages;
	const [first] = isLikely ? await views(shop, [likely], language, { lines, parcels }) : [];
	const rest = await views(shop, first ? sorted.slice(1) : sorted, language);
	return { orders: first ? [first, ...rest] : rest };
}

/** First pages of lists; empty where the token may not read one. */
async function firstPages(
	shop: ShoperShop,
	lists: ReadonlyArray<Listing<ShoperRecord>>,
): Promise<ShoperRecord[][]> {
	if (lists.length === 0) return [];
	const pages = await pagesAtOnce(
		shop,
		lists.map(({ first }) => first),
	);
	return await Promise.all(
		lists.map(async ({ first, keep = () => true }, at) => {
			const [resource = ''] = first.path;
			const page =
				pages[at] ??
				(await ifPermitted(shop, resource, resource, [], async () => await shop.records(first)));
			return (page ?? []).filter(keep);
		}),
	);
}

export async function ordersCalled(
	shop: ShoperShop,
	name: string,
	{ language, email, brief }: OrderOptions,
): Promise<IDataObject[]> {
	const value = name.replace(/^#\s*/, '');
	if (!/^\d+$/.test(value)) throw new NotFoundError(`The shop has no order "${name}".`);
	const orders = await ordersNamed(shop, { value });
	await verifyEmail(shop, orders, email);
	const [only] = orders.length === 1 && !brief ? orders : [];
	return await views(shop, orders, language, only && (await partsOf(shop, only)));
}

/** What belongs to an order beside the order itself. */
interface Parts {
	lines: ShoperRecord[];
	parcels: ShoperRecord[];
}

function partLists({ order_id }: ShoperRecord): Array<Listing<ShoperRecord>> {
	return ['order-products', 'parcels'].map((resource) =>
		listing({ resource, where: [is('order_id', Number(order_id))], order: 'oldest' }),
	);
}

/** Lines and parcels of an order share a request. */
async function partsOf(shop: ShoperShop, order: ShoperRecord): Promise<Parts | undefined> {
	return await ifPermitted(shop, 'lines and parcels', 'parcels', [], async () => {
		const [lines = [], parcels = []] = await listsAtOnce(shop, partLists(order));
		return { lines, parcels };
	});
}

/** Orders as tools show them; `parts` belong to the first. */
async function views(
	shop: ShoperShop,
	orders: readonly ShoperRecord[],
	language: string,
	parts?: Parts,
): Promise<IDataObject[]> {
	const locale = await localeFor(shop, language);
	const view = {
		simplify: true,
		include: ['payment', 'shipping'],
		...(locale !== undefined && { locale }),
	};
	const shown = await Promise.all(orders.map(async (each) => await viewOrder(shop, each, view)));
	const [order] = orders;
	const [first = {}, ...rest] = shown;
	if (!order || !parts) return shown;
	const methods = await ifPermitted(shop, 'delivery methods', 'shippings', [], async () =>
		allOf(shop, 'shippings'),
	);
	const { lines = [], trackingNumber: number } = simplifyOrder(
		order,
		await viewOf(shop, [], locale),
		{ ...parts, missing: [] },
	);
	const link = textOrNull(methods?.get(String(order.shipping_id))?.url);
	const trackingUrl =
		link === null || number === null
			? {}
			: { trackingUrl: link.replace('{tracking_number}', number) };
	return [toJson({ ...first, lines, trackingNumber: number, ...trackingUrl }), ...rest];
}
