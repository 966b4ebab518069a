import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { extraFieldsOf, simplifyOrder } from './simplify';

/** Shows an order, in the shape of all shops with its extra fields, or as the shop has it. */
export function viewOrder(shop: InSalesShop, order: InSalesRecord, simple: boolean): IDataObject {
	if (!simple) return order as IDataObject;
	return toJson({
		...simplifyOrder(order, shop.address),
		extraFields: extraFieldsOf(order),
	});
}
