import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import type { Lookup } from '../../shared/reading/lookup';
import { notFound, notTheirs, single } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { is } from '../api/conditions';
import { listing, lookup } from '../api/query';
import { byId, learn } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { byAge } from './parts';

const ordersByReference = lookup('orders', 'reference');

const customersByEmail = lookup('customers', 'email', ['id', 'email']);

const wholeCustomersByEmail = lookup('customers', 'email');

const ordersOfCustomer = lookup('orders', 'id_customer', ['id', 'id_customer']);

/**
 * The newest orders of customers. That of one customer comes whole at once; of many, the IDs come first,
 * because nobody knows how many orders they have.
 */
const latestOrders: Lookup<PrestaShopRecord> = {
	...ordersOfCustomer,
	id: 'latest orders',
	calls: (values) => {
		const [only, ...others] = values;
		if (only === undefined || others.length > 0) return ordersOfCustomer.calls(values);
		const where = [is('id_customer', only)];
		const { first } = listing({ resource: 'orders', where, order: 'newest', limit: 1 });
		return [{ values, call: first }];
	},
};

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

/**
 * The newest order of any of these customers, such as all guests with one e-mail address.
 *
 * @param subject what the customers were found by, for the message when they have none
 */
export async function latestOrder(
	shop: PrestaShopShop,
	customers: readonly string[],
	subject: string,
): Promise<PrestaShopRecord> {
	const found = await Promise.all(customers.map(async (id) => await shop.find(latestOrders, id)));
	const newest = found
		.flat()
		.reduce<
			PrestaShopRecord | undefined
		>((best, each) => (Number(each.id) > Number(best?.id ?? 0) ? each : best), undefined);
	if (newest?.id === undefined) throw notFound('order of the customer', subject);
	if (newest.reference !== undefined) return newest;
	return await orderNamed(shop, { mode: 'id', value: newest.id });
}

/**
 * IDs of all customers with an e-mail address: guests get a new record with every order.
 *
 * @param willShow whether the customers are shown as well, so that they are read whole
 */
export async function customerIdsByEmail(
	shop: PrestaShopShop,
	email: string,
	willShow = false,
): Promise<string[]> {
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
		throw new InputError(
			`"${email}" is not an e-mail address.`,
			'Enter one like name@example.com.',
		);
	}
	const found = await shop.find(willShow ? wholeCustomersByEmail : customersByEmail, email);
	if (willShow) learn(shop, 'customers', found);
	return found.map(({ id }) => id ?? '');
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
	throw notTheirs(email);
}
