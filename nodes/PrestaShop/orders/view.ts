import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError, NotFoundError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { idOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { allOf, byId, ifPermitted, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { notFound, single } from '../../shared/reading/records';
import { lookup } from '../api/query';
import { withoutSecrets } from '../api/secrets';
import { simplifyChange, simplifyDetail, simplifyOrder } from './simplify';

/** What the simplified shape joins unless told otherwise. */
export const includedParts = ['customer'];

/** How orders are shown: what is joined, in which language, simplified or as they are. */
export interface OrderView {
	simplify: boolean;
	/** Parts to join; unless told, {@link includedParts} with the simplified shape and nothing with raw records. */
	include?: readonly string[] | undefined;
	/** Language ID. */
	language: string | undefined;
}

const ordersByReference = lookup('orders', 'reference');
const detailsByOrder = lookup('order_details', 'id_order');
const historyByOrder = lookup('order_histories', 'id_order');
const customersByEmail = lookup('customers', 'email', ['id', 'email']);

/** In a multistore, the list of these shows one shop's; single ones are found everywhere (section 1.4). */
const LISTED_PER_SHOP = 'customers';

/** Shows an order with the parts asked for; parts the key may not read are named in `_missing`. */
export async function viewOrder(
	shop: PrestaShopShop,
	order: PrestaShopRecord,
	{ simplify, include = simplify ? includedParts : [], language }: OrderView,
): Promise<IDataObject> {
	const missing: string[] = [];
	const id = order.id ?? '';
	const part = async (name: string, resource: string, recordId: unknown) => {
		const key = idOrNull(recordId);
		if (key === null) return undefined;
		return await ifPermitted(
			shop,
			name,
			resource,
			missing,
			async () =>
				(await byId(shop, resource, key)) ??
				(resource === LISTED_PER_SHOP ? await single(shop, resource, key) : undefined),
		);
	};
	const wants = (name: string) => include.includes(name);
	const [customer, billing, shipping, carrier, lines, history] = await Promise.all([
		wants('customer') ? part('customer', 'customers', order.id_customer) : undefined,
		wants('addresses') ? part('billing address', 'addresses', order.id_address_invoice) : undefined,
		wants('addresses')
			? part('shipping address', 'addresses', order.id_address_delivery)
			: undefined,
		wants('carrier') ? part('carrier', 'carriers', order.id_carrier) : undefined,
		wants('lines')
			? ifPermitted(
					shop,
					'exact lines',
					'order_details',
					missing,
					async () => await orderLines(shop, id),
				)
			: undefined,
		wants('history')
			? ifPermitted(
					shop,
					'history',
					'order_histories',
					missing,
					async () => await orderHistory(shop, id),
				)
			: undefined,
	]);
	if (!simplify) {
		const owner = customer && withoutSecrets(customer);
		const included = { customer: owner, billing, shipping, carrier, lines, history };
		const present = Object.entries(included).filter(([, value]) => value !== undefined);
		return {
			...order,
			...(present.length > 0 && { _included: Object.fromEntries(present) }),
			...(missing.length > 0 && { _missing: missing }),
		} as IDataObject;
	}
	const [states, currency, zone, countries] = await Promise.all([
		ifPermitted(
			shop,
			'status name',
			'order_states',
			missing,
			async () => await allOf(shop, 'order_states'),
		),
		part('currency', 'currencies', order.id_currency),
		zoneOf(shop, missing),
		countriesOf(shop, [billing, shipping], missing),
	]);
	const view = { shop: shop.address.host, zone, language };
	const state = states?.get(String(order.current_state ?? ''));
	const parts = { state, customer, currency, carrier, billing, shipping, countries, missing };
	return toJson({
		...simplifyOrder(order, view, parts),
		...(lines && { lines: lines.map(simplifyDetail) }),
		...(history && { history: history.map((row) => simplifyChange(row, states, view)) }),
	});
}

async function countriesOf(
	shop: PrestaShopShop,
	addresses: ReadonlyArray<PrestaShopRecord | undefined>,
	missing: string[],
): Promise<ReadonlyMap<string, PrestaShopRecord> | undefined> {
	const ids = new Set(addresses.flatMap((address) => idOrNull(address?.id_country) ?? []));
	if (ids.size === 0) return undefined;
	return await ifPermitted(shop, 'country names', 'countries', missing, async () => {
		const found = await Promise.all([...ids].map(async (id) => await byId(shop, 'countries', id)));
		return new Map(found.flatMap((country) => (country ? [[country.id ?? '', country]] : [])));
	});
}

/** The lines of an order, oldest first. */
export async function orderLines(
	shop: PrestaShopShop,
	orderId: string,
): Promise<PrestaShopRecord[]> {
	return (await shop.find(detailsByOrder, orderId)).sort(byAge);
}

/** The status history of an order, oldest first. */
export async function orderHistory(
	shop: PrestaShopShop,
	orderId: string,
): Promise<PrestaShopRecord[]> {
	return (await shop.find(historyByOrder, orderId)).sort(byAge);
}

function byAge(a: PrestaShopRecord, b: PrestaShopRecord): number {
	return Number(a.id) - Number(b.id);
}

/**
 * Finds all orders a locator names: one by ID, one or more by reference, because a cart that is
 * split makes several orders with the same reference (section 6.1). Throws when there is none.
 */
export async function ordersNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord[]> {
	if (mode === 'reference') {
		const orders = (await shop.find(ordersByReference, value)).sort(byAge);
		if (orders.length > 0) return orders;
		throw notFound('order with the reference', value);
	}
	const id = recordId(value, 'Order ID');
	// A list shows only the orders of the context shop of a multistore; a single record is not bound.
	const order = (await byId(shop, 'orders', id)) ?? (await single(shop, 'orders', id));
	if (order) return [order];
	throw notFound('order with the ID', id);
}

/** The one order a locator names. Throws when the reference belongs to several. */
export async function orderNamed(
	shop: PrestaShopShop,
	locator: Locator,
): Promise<PrestaShopRecord> {
	const [order, ...others] = await ordersNamed(shop, locator);
	if (order && others.length === 0) return order;
	const ids = [order, ...others].map((each) => each?.id ?? '').join(', ');
	throw new InputError(
		`The reference "${locator.value}" belongs to several orders (IDs ${ids}): the shop split the cart.`,
		'Name the order by its ID.',
	);
}

/** IDs of all customers with an e-mail address: guests get a new record with every order. */
export async function customerIdsByEmail(shop: PrestaShopShop, email: string): Promise<string[]> {
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
		throw new InputError(
			`"${email}" is not an e-mail address.`,
			'Enter one like name@example.com.',
		);
	}
	return (await shop.find(customersByEmail, email)).map(({ id }) => id ?? '');
}

/** The state a locator names, by ID or by its name in any language. Throws with the shop's states. */
export async function stateNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord> {
	const states = [...(await allOf(shop, 'order_states')).values()];
	const live = states.filter(({ deleted }) => deleted !== '1');
	const hits =
		mode === 'name'
			? live.filter((state) => namesOf(state).some((name) => sameText(name, value)))
			: states.filter(({ id }) => id === value);
	const [state, ...others] = hits;
	if (state && others.length === 0) return state;
	const choice = (state ? hits : live).map((each) => `${each.id ?? ''} ${namesOf(each)[0] ?? ''}`);
	const fix = `Choose one of: ${choice.join(', ')}.`;
	if (state) throw new InputError(`Several states of the shop are called "${value}".`, fix);
	const named = mode === 'name' ? 'called' : 'with the ID';
	throw new NotFoundError(`The shop has no state ${named} "${value}".`, fix);
}

/** All names of a state, one per language. */
export function namesOf(state: PrestaShopRecord): string[] {
	const name = state.name as FieldValue | undefined;
	return Array.isArray(name) ? name.map(({ value }) => value) : [languageText(name)];
}

/** The guard for answering customers: an order is shown only to whom it belongs. */
export async function verifyEmail(
	shop: PrestaShopShop,
	orders: readonly PrestaShopRecord[],
	email = '',
): Promise<void> {
	if (email === '') return;
	const owners = await customerIdsByEmail(shop, email);
	const foreign = orders.find(({ id_customer }) => !owners.includes(String(id_customer)));
	if (!foreign) return;
	throw new InputError(
		`The order does not belong to "${email}".`,
		'Ask the customer for the email address the order was placed with.',
	);
}
