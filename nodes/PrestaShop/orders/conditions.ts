import type { Condition } from '../api/conditions';
import { anyOf, between, greater, is, less } from '../api/conditions';
import { customerIdsByEmail } from './find';
import { namesOf } from './statuses';
import { InputError } from '../../shared/protocol/errors';
import { shiftLocal } from '../../shared/text/time';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { refuseStrange } from '../../shared/text/userInput';
import { localTime, onOrAfter } from '../api/dates';
import type { PrestaShopRecord } from '../api/records';
import { allOf, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { chunk, listing } from '../api/query';

/** Filters of orders, by the names the node gives them. */
export interface OrderFilters {
	createdAfter?: string;
	createdBefore?: string;
	customerEmail?: string;
	customerId?: string;
	reference?: string;
	stateId?: string;
	updatedAfter?: string;
	valid?: boolean;
}

/**
 * The filters in the shop's terms: sets of conditions that together find all orders, each short enough for
 * one address; none when nothing can match. Throws `InputError`.
 *
 * @param willShowCustomers whether customers found by e-mail are shown as well
 */
export async function orderConditions(
	shop: PrestaShopShop,
	filters: OrderFilters,
	willShowCustomers = false,
): Promise<Condition[][]> {
	const { customerEmail, customerId, reference, stateId, valid } = filters;
	const where = [
		...created(
			await localTime(shop, 'Created After', filters.createdAfter),
			await localTime(shop, 'Created Before', filters.createdBefore),
		),
		...(await onOrAfter(shop, 'date_upd', 'Updated After', filters.updatedAfter)),
	];
	if (reference !== undefined) {
		const matches: Condition['matches'] = (record) => sameText(String(record.reference), reference);
		where.push({ ...is('reference', reference), matches });
	}
	if (stateId !== undefined) {
		const ids = stateId.split(',').map((id) => recordId(id.trim(), 'State ID'));
		await refuseUnknownStates(shop, ids);
		where.push(anyOf('current_state', ids));
	}
	if (valid !== undefined) where.push(is('valid', valid ? '1' : '0'));
	const customers = await customersOf(shop, customerId, customerEmail, willShowCustomers);
	if (!customers) return [where];
	// A guest is a new customer with every order, so that an e-mail address can be a thousand of them.
	return chunk(customers).map((part) => [...where, anyOf('id_customer', part)]);
}

/** A state that was deleted may still be that of old orders; one that never was is a mistake. */
async function refuseUnknownStates(shop: PrestaShopShop, ids: readonly string[]): Promise<void> {
	const states = await ifPermitted(
		shop,
		'states',
		'order_states',
		[],
		async () => await allOf(shop, 'order_states', (known) => ids.every((id) => known.has(id))),
	);
	if (!states) return;
	const choices = [...states].map(([id, state]) => [id, namesOf(state)[0] ?? null] as const);
	refuseStrange('State ID', ids, choices);
}

/** Orders to show that meet one of the sets of conditions, sorted by ID, at most `query.limit`. */
export async function ordersWhere(
	shop: PrestaShopShop,
	searches: readonly Condition[][],
	query: { order: 'oldest' | 'newest'; limit: number; afterId?: number },
): Promise<PrestaShopRecord[]> {
	const found = await Promise.all(
		searches.map(
			async (where) =>
				await shop.list(listing({ resource: 'orders', where, ...query }), query.limit, 'leaveOut'),
		),
	);
	if (found.length === 1) return found.flat();
	const sign = query.order === 'oldest' ? 1 : -1;
	const sorted = found.flat().sort((a, b) => sign * (Number(a.id) - Number(b.id)));
	return sorted.slice(0, query.limit);
}

/** PrestaShop takes one condition per field, so two bounds of the same field become a range. */
function created(from: string | undefined, before: string | undefined): Condition[] {
	if (from !== undefined && before !== undefined) {
		const last = shiftLocal(before, -1);
		if (last >= from) return [between('date_add', from, last)];
		throw new InputError('"Created After" is not before "Created Before".', 'Swap the two times.');
	}
	if (from !== undefined) return [greater('date_add', shiftLocal(from, -1))];
	return before === undefined ? [] : [less('date_add', before)];
}

async function customersOf(
	shop: PrestaShopShop,
	id: string | undefined,
	email: string | undefined,
	willShow: boolean,
): Promise<string[] | undefined> {
	const byId = id === undefined ? undefined : [recordId(id, 'Customer ID')];
	if (email === undefined) return byId;
	const byEmail = await customerIdsByEmail(shop, email, willShow);
	return byId ? byEmail.filter((each) => byId.includes(each)) : byEmail;
}
