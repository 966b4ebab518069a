import { idOrNull } from '../../shared/output/orderShape';
import { singleOnce } from '../../shared/reading/records';
import { lookup } from '../api/query';
import { byId, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';

const detailsByOrder = lookup('order_details', 'id_order');

const historyByOrder = lookup('order_histories', 'id_order');

/** In a multistore, the list of these shows one shop's; single ones are found everywhere (section 1.4). */
const LISTED_PER_SHOP = 'customers';

/** What an order can be shown with. A part is absent that was not asked for, is not there or may not be read. */
export interface IncludedParts {
	customer: PrestaShopRecord | undefined;
	billing: PrestaShopRecord | undefined;
	shipping: PrestaShopRecord | undefined;
	carrier: PrestaShopRecord | undefined;
	lines: PrestaShopRecord[] | undefined;
	history: PrestaShopRecord[] | undefined;
}

/** Reads the parts of an order that are asked for; what the key may not read is noted in `missing`. */
export async function partsOf(
	shop: PrestaShopShop,
	order: PrestaShopRecord,
	include: readonly string[],
	missing: string[],
): Promise<IncludedParts> {
	const id = order.id ?? '';
	const wants = (name: string) => include.includes(name);
	const record = async (choice: string, name: string, resource: string, key: unknown) =>
		wants(choice) ? await recordPart(shop, name, resource, key, missing) : undefined;
	const rows = async <T>(choice: string, name: string, resource: string, load: () => Promise<T>) =>
		wants(choice) ? await ifPermitted(shop, name, resource, missing, load) : undefined;
	const [customer, billing, shipping, carrier, lines, history] = await Promise.all([
		record('customer', 'customer', 'customers', order.id_customer),
		record('addresses', 'billing address', 'addresses', order.id_address_invoice),
		record('addresses', 'shipping address', 'addresses', order.id_address_delivery),
		record('carrier', 'carrier', 'carriers', order.id_carrier),
		rows('lines', 'exact lines', 'order_details', async () => await orderLines(shop, id)),
		rows('history', 'history', 'order_histories', async () => await orderHistory(shop, id)),
	]);
	return { customer, billing, shipping, carrier, lines, history };
}

/** One record that an order names by its ID; `undefined` where it names none. */
export async function recordPart(
	shop: PrestaShopShop,
	name: string,
	resource: string,
	id: unknown,
	missing: string[],
): Promise<PrestaShopRecord | undefined> {
	const key = idOrNull(id);
	if (key === null) return undefined;
	return await ifPermitted(shop, name, resource, missing, async () => {
		const found = await byId(shop, resource, key);
		return (
			found ?? (resource === LISTED_PER_SHOP ? await singleOnce(shop, resource, key) : undefined)
		);
	});
}

export async function countriesOf(
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

export function byAge(a: PrestaShopRecord, b: PrestaShopRecord): number {
	return Number(a.id) - Number(b.id);
}
