import { idOrNull } from '../../shared/output/orderShape';
import type { ShoperRecord } from '../api/codec';
import { lookup } from '../api/query';
import { allOf, byId, configOf, ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';

const linesByOrder = lookup('order-products', 'order_id');

const parcelsByOrder = lookup('parcels', 'order_id');

/** What an order can be shown with. A part is absent that was not asked for, is not there or may not be read. */
export interface IncludedParts {
	customer: ShoperRecord | undefined;
	payment: ShoperRecord | undefined;
	shipping: ShoperRecord | undefined;
	lines: ShoperRecord[] | undefined;
	parcels: ShoperRecord[] | undefined;
}

/** Reads the parts of an order that are asked for; what the token may not read is noted in `missing`. */
export async function partsOf(
	shop: ShoperShop,
	order: ShoperRecord,
	include: readonly string[],
	missing: string[],
): Promise<IncludedParts> {
	const id = String(order.order_id ?? '');
	const part = async <T>(
		name: string,
		label: string,
		resource: string,
		load: () => Promise<T>,
	): Promise<T | undefined> =>
		include.includes(name) ? await ifPermitted(shop, label, resource, missing, load) : undefined;
	const [customer, payment, shipping, lines, parcels] = await Promise.all([
		part('customer', 'customer', 'users', async () => await recordOf(shop, 'users', order.user_id)),
		part('payment', 'payment method', 'payments', async () =>
			named(shop, 'payments', order.payment_id),
		),
		part('shipping', 'delivery method', 'shippings', async () =>
			named(shop, 'shippings', order.shipping_id),
		),
		part('lines', 'lines', 'order-products', async () => await orderLines(shop, id)),
		part('parcels', 'parcels', 'parcels', async () => await orderParcels(shop, id)),
	]);
	return { customer, payment, shipping, lines, parcels };
}

async function recordOf(
	shop: ShoperShop,
	resource: string,
	id: unknown,
): Promise<ShoperRecord | undefined> {
	const key = idOrNull(id);
	return key === null ? undefined : await byId(shop, resource, key);
}

async function named(
	shop: ShoperShop,
	resource: string,
	id: unknown,
): Promise<ShoperRecord | undefined> {
	const key = String(id);
	return (await allOf(shop, resource, (all) => all.has(key))).get(key);
}

/** The shop's main currency is in its settings; the others need a right. */
export async function currencyOf(
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
		async () => await allOf(shop, 'currencies', (all) => all.has(id)),
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
