import type { Lookup } from '../../shared/reading/lookup';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { single } from '../../shared/reading/records';
import type { InSalesShop } from '../api/reads';

/** Most products in one request (InSales API reference, 3.2). */
const IDS_PER_REQUEST = 100;

const productsById: Lookup<InSalesRecord> = {
	id: 'products by ID',
	calls: (ids) => {
		const parts: string[][] = [];
		for (let at = 0; at < ids.length; at += IDS_PER_REQUEST) {
			parts.push(ids.slice(at, at + IDS_PER_REQUEST));
		}
		return parts.map((values) => ({
			values,
			call: {
				method: 'GET',
				path: ['products', 'by_ids'],
				query: { product_ids: values.join(',') },
			},
		}));
	},
	keyOf: idOf,
	normalise: (value) => value,
};

/** Products by their IDs, 100 per request, always asked for anew; those that are gone are left out. */
export async function productsByIds(
	shop: InSalesShop,
	ids: readonly string[],
): Promise<InSalesRecord[]> {
	const calls = productsById.calls(ids);
	const found = await Promise.all(calls.map(async ({ call }) => await shop.records(call)));
	return found.flat();
}

/** The one product with an ID, or `undefined`; those of many items share requests. */
export async function productById(
	shop: InSalesShop,
	id: string,
): Promise<InSalesRecord | undefined> {
	const [listed] = await shop.find(productsById, id);
	// What the list of IDs does with unknown ones is documented nowhere; a single address is sure.
	return listed ?? (await single(shop, 'products', id));
}
