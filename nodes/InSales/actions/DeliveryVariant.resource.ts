import type { IDataObject } from 'n8n-workflow';

import { flagOf } from '../../shared/output/recordShape';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { Resource } from '../../shared/actions/operation';
import { idOf, rowsOrNull } from '../api/codec';
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
	const type = textOrNull(kindOf(row));
	return {
		id: idOf(row),
		name: textOrNull(row.title),
		type,
		description: textOrNull(row.description),
		price: numberOrNull(row.price),
		pickup: type === null ? flagOf(row.customer_pickup) : isPickup(row),
		suitsOutsideOrders: type === null ? null : isFit(row),
		paymentGatewayIds: rowsOrNull(row.payment_delivery_variants, (link) =>
			String(link.payment_gateway_id ?? ''),
		),
	};
}
