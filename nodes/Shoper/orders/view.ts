import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { idOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import type { ShoperRecord } from '../api/codec';
import { customersWithEmail } from '../customers/view';
import { allOf, byId, configOf, ifPermitted, localeOf, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { lookup } from '../api/query';
import { emailAddress, recordIds } from '../api/input';
import { simplifyOrder, simplifyParcel } from './simplify';
import type { OrderParts, View } from './simplify';
import { withoutSecrets } from '../api/secrets';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { notFound } from '../../shared/reading/records';
import { sameText } from '../../shared/text/sameText';

/** What the simplified shape joins unless told otherwise. */
export const includedParts = ['lines'];

/** How orders are shown: what is joined, simplified or as they are. */
export interface OrderView {
	simplify: boolean;
	/** Parts to join; unless told, {@link includedParts} with the simplified shape and nothing with raw records. */
	include?: readonly string[] | undefined;
	/** Locale of names; the shop's main language when absent. */
	locale?: string;
}

const linesByOrder = lookup('order-products', 'order_id');
const parcelsByOrder = lookup('parcels', 'order_id');

/** Zone, language and address, for everything that is simplified. */
export async function viewOf(
	shop: ShoperShop,
	missing: string[] = [],
	chosen?: string,
): Promise<View> {
	const [zone, locale] = [await zoneOf(shop, missing), chosen ?? (await localeOf(shop))];
	return { shop: shop.address.host, url: shop.address.url, zone, locale };
}

/** Shows an order with the parts asked for; parts the token may not read are named in `_missing`. */
export async function viewOrder(
	shop: ShoperShop,
	order: ShoperRecord,
	{ simplify, include = simplify ? includedParts : [], locale }: OrderView,
): Promise<IDataObject> {
	const missing: string[] = [];
	const id = String(order.order_id ?? '');
	const part = async <T>(
		name: string,
		label: string,
		resource: string,
		load: () => Promise<T>,
	): Promise<T | undefined> =>
		include.includes(name) ? await ifPermitted(shop, label, resource, missing, load) : undefined;
	const [user, payment, shipping, lines, parcels] = await Promise.all([
		part('customer', 'customer', 'users', async () => await recordOf(shop, 'users', order.user_id)),
		part('payment', 'payment method', 'payments', async () =>
			(await allOf(shop, 'payments')).get(String(order.payment_id)),
		),
		part('shipping', 'delivery method', 'shippings', async () =>
			(await allOf(shop, 'shippings')).get(String(order.shipping_id)),
		),
		part('lines', 'lines', 'order-products', async () => await orderLines(shop, id)),
		part('parcels', 'parcels', 'parcels', async () => await orderParcels(shop, id)),
	]);
	if (!simplify) {
		const customer = user && withoutSecrets(user);
		const included = { customer, payment, shipping, lines, parcels };
		const present = Object.entries(included).filter(([, value]) => value !== undefined);
		return {
			...order,
			...(present.length > 0 && { _included: Object.fromEntries(present) }),
			...(missing.length > 0 && { _missing: missing }),
		} as IDataObject;
	}
	const [statuses, currency, view] = await Promise.all([
		ifPermitted(
			shop,
			'status name',
			'statuses',
			missing,
			async () => await allOf(shop, 'statuses'),
		),
		currencyOf(shop, order, missing),
		viewOf(shop, missing, locale),
	]);
	const status = statuses?.get(String(order.status_id));
	const parts: OrderParts = {
		...(status && { status }),
		...(user && { user }),
		...(payment && { payment }),
		...(shipping && { shipping }),
		...(currency !== undefined && { currency }),
		...(lines && { lines }),
		...(parcels && { parcels }),
		missing,
	};
	return toJson({
		...simplifyOrder(order, view, parts),
		...(parcels && { parcels: parcels.map((parcel) => simplifyParcel(parcel, view.zone)) }),
	});
}

async function recordOf(
	shop: ShoperShop,
	resource: string,
	id: unknown,
): Promise<ShoperRecord | undefined> {
	const key = idOrNull(id);
	return key === null ? undefined : await byId(shop, resource, key);
}

/** The shop's main currency is in its settings; the others need a right. */
async function currencyOf(
	shop: ShoperShop,
	{ currency_id }: ShoperRecord,
	missing: string[],
): Promise<string | undefined> {
	const id = idOrNull(currency_id);
	if (id === null) return undefined;
	const { default_currency_id: mainId, default_currency_name: mainName } = await configOf(shop);
	if (String(mainId) === id && mainName) return String(mainName);
	const currencies = await ifPermitted(
		shop,
		'currency',
		'currencies',
		missing,
		async () => await allOf(shop, 'currencies'),
	);
	const name = currencies?.get(id)?.name;
	return name === undefined || name === null ? undefined : String(name);
}

/** The lines of an order, oldest first. Those of many orders share requests. */
export async function orderLines(shop: ShoperShop, orderId: string): Promise<ShoperRecord[]> {
	return (await shop.find(linesByOrder, orderId)).sort((a, b) => Number(a.id) - Number(b.id));
}

/** The parcels of an order, oldest first. Those of many orders share requests. */
export async function orderParcels(shop: ShoperShop, orderId: string): Promise<ShoperRecord[]> {
	const parcels = await shop.find(parcelsByOrder, orderId);
	return parcels.sort((a, b) => Number(a.parcel_id) - Number(b.parcel_id));
}

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
	throw new InputError(
		`The order does not belong to "${email}".`,
		'Ask the customer for the email address the order was placed with.',
	);
}

/** The same guard for what belongs to orders, such as lines and parcels. */
export async function verifyOwner(shop: ShoperShop, orderIds: string, email = ''): Promise<void> {
	if (email === '') return;
	await verifyEmail(shop, await ordersNamed(shop, { value: orderIds }), email);
}
