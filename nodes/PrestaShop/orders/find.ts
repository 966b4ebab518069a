import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { notFound, notTheirs, single } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { lookup } from '../api/query';
import { byId } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { byAge } from './parts';

const ordersByReference = lookup('orders', 'reference');

const customersByEmail = lookup('customers', 'email', ['id', 'email']);

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
