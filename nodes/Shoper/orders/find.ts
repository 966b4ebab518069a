import type { Locator } from '../../shared/protocol/locator';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { notFound, notTheirs } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import type { ShoperRecord } from '../api/codec';
import { emailAddress, recordIds } from '../api/input';
import { byId } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { customersWithEmail } from '../customers/view';

/** The orders a locator names; several IDs may be separated by commas. Throws for a missing one. */
export async function ordersNamed(
	shop: ShoperShop,
	{ value }: Pick<Locator, 'value'>,
): Promise<ShoperRecord[]> {
	const ids = recordIds(value, 'Order ID');
	return await Promise.all(
		ids.map(async (id) => {
			const order = await byId(shop, 'orders', id);
			if (order) return order;
			throw notFound('order with the ID', id);
		}),
	);
}

/** The one order a locator names. Throws when there is none. */
export async function orderNamed(shop: ShoperShop, { value }: Locator): Promise<ShoperRecord> {
	const id = recordId(value, 'Order ID');
	const order = await byId(shop, 'orders', id);
	if (order) return order;
	throw notFound('order with the ID', id);
}

/** IDs of the customers with an e-mail address; `undefined` when the token may not read customers. */
export async function userIdsByEmail(
	shop: ShoperShop,
	email: string,
): Promise<string[] | undefined> {
	const users = await settled(async () => await customersWithEmail(shop, email));
	if (users.ok) return users.value.map(({ user_id }) => String(user_id));
	if (isDenied(users.error)) return undefined;
	throw users.error;
}

/** The guard for answering customers: an order is shown only to whom it belongs. */
export async function verifyEmail(
	shop: ShoperShop,
	orders: readonly ShoperRecord[],
	email = '',
): Promise<void> {
	if (email === '') return;
	const address = emailAddress(email);
	const others = orders.filter((order) => !sameText(order.email, address));
	if (others.length === 0) return;
	// The account may have another address than the order.
	const owners = (await userIdsByEmail(shop, address)) ?? [];
	if (others.every(({ user_id }) => owners.includes(String(user_id)))) return;
	throw notTheirs(email);
}

/** The same guard for what belongs to orders, such as lines and parcels. */
export async function verifyOwner(shop: ShoperShop, orderIds: string, email = ''): Promise<void> {
	if (email === '') return;
	await verifyEmail(shop, await ordersNamed(shop, { value: orderIds }), email);
}
