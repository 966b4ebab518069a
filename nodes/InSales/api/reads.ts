import { readsOf } from '../../shared/reading/records';
import type { Shop } from '../../shared/reading/shop';
import type { InSalesRecord } from './codec';
import { keyOf, lookup, pages } from './query';
import { rightName } from './rights';

export type InSalesShop = Shop<InSalesRecord>;

/** The reads every shop has (`shared/reading/records.ts`). */
export const { ifPermitted, byId, allOf } = readsOf<InSalesRecord>({
	byId: (resource) => lookup(resource),
	all: (resource) => pages({ path: resource }),
	idOf: keyOf,
	reference: [
		'custom_statuses',
		'fields',
		'product_fields',
		'payment_gateways',
		'delivery_variants',
		'price_kinds',
		'warehouses',
	],
	rightName: (resource) => rightName(resource, 'GET'),
});

/** What was deleted has no address any more, or lies in the archive (InSales API reference, 4.3). */
export function isGone(record: InSalesRecord | undefined): boolean {
	return record === undefined || record.archived === true;
}
