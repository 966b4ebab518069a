import type { IDataObject } from 'n8n-workflow';

import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { Resource } from '../../shared/actions/operation';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isFit, isPickup, kindOf } from '../orders/deliveryMethods';
import { deliveryVariantId } from '../pickers/locators';
import { settingReads } from './readOnlyResources';

export const deliveryVariant: Resource<InSalesRecord> = settingReads({
	value: 'deliveryVariant',
	name: 'Delivery Variant',
	one: 'a delivery variant',
	many: 'delivery variants',
	noun: 'delivery method',
	describeOne: 'Retrieve one delivery method by its ID',
	describeMany:
		'Retrieve many delivery methods with the IDs that orders need; tells which ones suit orders from outside (pickup and fixed price)',
	path: 'delivery_variants',
	locator: deliveryVariantId,
	view,
});

function view(row: InSalesRecord): IDataObject {
	return {
		id: idOf(row),
		name: textOrNull(row.title),
		type: kindOf(row),
		description: textOrNull(row.description),
		price: numberOrNull(row.price),
		pickup: isPickup(row),
		suitsOutsideOrders: isFit(row),
		paymentGatewayIds: rowsIn(row.payment_delivery_variants).map((link) =>
			String(link.payment_gateway_id ?? ''),
		),
	};
}
