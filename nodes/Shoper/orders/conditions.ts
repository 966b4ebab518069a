import { userIdsByEmail } from './find';
import { InputError } from '../../shared/protocol/errors';
import type { Unreadable } from '../../shared/reading/pageReader';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { anew } from '../../shared/reading/records';
import { refuseStrange } from '../../shared/text/userInput';
import type { ShoperRecord } from '../api/codec';
import { localTime } from '../api/dates';
import { listWithDoubt } from '../api/unconfirmedFilters';
import { emailIs } from '../api/emailCondition';
import { allOf, ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { anyOf, atLeast, is, less } from '../api/conditions';
import { listing } from '../api/query';
import type { Condition } from '../api/conditions';
import type { ListQuery } from '../api/query';
import { idToStartFrom, recordIds } from '../api/input';
import { translated } from '../api/translations';
import { isOn } from './statuses';

/** Filters of orders, by the names the node gives them. */
export interface OrderFilters {
	createdAfter?: string;
	createdBefore?: string;
	customerId?: string;
	email?: string;
	idAfter?: string;
	paid?: boolean;
	statusChangedAfter?: string;
	statusId?: string;
	statusType?: string[];
}

/** Orders that meet the filters, by ID; at most `limit`. Throws `InputError`. */
export async function findOrders(
	shop: ShoperShop,
	filters: OrderFilters,
	order: 'oldest' | 'newest',
	limit: number,
	unreadable?: Unreadable,
): Promise<ShoperRecord[]> {
	const where = await orderConditions(shop, filters);
	const bounds = await idBounds(shop, filters);
	if (where === undefined || bounds === undefined) return [];
	const walk = async (more: readonly Condition[]) =>
		await listOrders(
			shop,
			{ where: [...more, ...where], order, limit, ...bounds },
			filters.paid,
			unreadable,
		);
	if (filters.email === undefined) return await walk([]);
	const ways = await emailConditions(shop, filters.email);
	const found = await Promise.all(ways.map(async (each) => await walk([each])));
	const orders = new Map(found.flat().map((each) => [Number(each.order_id), each]));
	const sorted = [...orders].sort(([a], [b]) => (order === 'oldest' ? a - b : b - a));
	return sorted.slice(0, limit).map(([, each]) => each);
}

type Walk = Omit<ListQuery, 'resource'> & { limit: number };

/** Whether computed fields can be filtered by is documented but not confirmed. */
async function listOrders(
	shop: ShoperShop,
	walk: Walk,
	paid: boolean | undefined,
	unreadable: Unreadable | undefined,
): Promise<ShoperRecord[]> {
	const doubtful =
		paid === undefined
			? []
			: [
					{
						condition: is('is_paid', paid),
						check: (order: ShoperRecord) => isOn(order.is_paid) === paid,
					},
				];
	const query = { resource: 'orders', ...walk };
	return await listWithDoubt(shop, query, doubtful, walk.limit, unreadable);
}

/**
 * Orders by their own e-mail address, and those of the accounts that have it: people change their
 * address, and the API has no OR.
 */
async function emailConditions(shop: ShoperShop, email: string): Promise<Condition[]> {
	const own = emailIs(email);
	const users = (await userIdsByEmail(shop, email)) ?? [];
	return [own, ...(users.length > 0 ? [anyOf('user_id', users.map(Number))] : [])];
}

/** The filters in the shop's terms; `undefined` when nothing can match. */
async function orderConditions(
	shop: ShoperShop,
	filters: OrderFilters,
): Promise<Condition[] | undefined> {
	const where: Condition[] = [];
	const from = await localTime(shop, 'Created After', filters.createdAfter);
	const before = await localTime(shop, 'Created Before', filters.createdBefore);
	const changed = await localTime(shop, 'Status Changed After', filters.statusChangedAfter);
	if (from !== undefined && before !== undefined && before <= from) {
		throw new InputError('"Created After" is not before "Created Before".', 'Swap the two times.');
	}
	if (from !== undefined) where.push(atLeast('date', from));
	if (before !== undefined) where.push(less('date', before));
	if (changed !== undefined) where.push(atLeast('status_date', changed));
	if (filters.customerId !== undefined) {
		where.push(is('user_id', Number(recordId(filters.customerId, 'Customer ID'))));
	}
	const statuses = await statusIds(shop, filters);
	if (statuses?.length === 0) return undefined;
	if (statuses) where.push(anyOf('status_id', statuses.map(Number)));
	return where;
}

/** Statuses named by ID and by type; both must be met. */
async function statusIds(
	shop: ShoperShop,
	{ statusId, statusType }: OrderFilters,
): Promise<string[] | undefined> {
	const named = statusId === undefined ? undefined : recordIds(statusId, 'Status ID');
	if (named) await refuseUnknownStatuses(shop, named);
	if (statusType === undefined) return named;
	const statuses = [...(await allOf(shop, 'statuses', anew)).values()];
	const typed = statuses
		.filter(({ type }) => statusType.some((each) => sameText(each, String(type))))
		.map(({ status_id }) => String(status_id));
	return named ? typed.filter((id) => named.includes(id)) : typed;
}

async function refuseUnknownStatuses(shop: ShoperShop, ids: readonly string[]): Promise<void> {
	const statuses = await ifPermitted(
		shop,
		'statuses',
		'statuses',
		[],
		async () => await allOf(shop, 'statuses', (known) => ids.every((id) => known.has(id))),
	);
	if (!statuses) return;
	refuseStrange(
		'Status ID',
		ids,
		[...statuses].map(([id, status]) => [id, translated(status, 'name') ?? null] as const),
	);
}

/**
 * Bounds of the IDs to walk through; `undefined` when nothing can match. Two conditions on the date
 * would have to share one field, and whether the shop obeys both is not known: the newest order
 * before the later bound gives the ID to start below. Rows are checked by their dates all the same.
 */
async function idBounds(
	shop: ShoperShop,
	{ createdAfter, createdBefore, idAfter }: OrderFilters,
): Promise<{ afterId?: number; belowId?: number } | undefined> {
	const afterId = idAfter === undefined ? undefined : idToStartFrom(idAfter);
	const after = afterId === undefined ? {} : { afterId };
	const before = await localTime(shop, 'Created Before', createdBefore);
	if (before === undefined || createdAfter === undefined) return after;
	const where = [less('date', before)];
	const [last] = await shop.list(
		listing({ resource: 'orders', where, order: 'newest', limit: 1 }),
		1,
	);
	return last ? { ...after, belowId: Number(last.order_id) + 1 } : undefined;
}
