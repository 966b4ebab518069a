import type { IDataObject } from 'n8n-workflow';

import { limit, returnAll, simplify, wanted } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { numberOrNull, textOrNull } from '../../shared/orderShape';
import { idOf, rowsIn } from '../codec';
import type { InSalesRecord } from '../codec';
import { isFit, isPickup, kindOf } from '../deliveryMethods';
import { deliveryVariantId, outputOptions } from '../fields';
import { allOf, byId } from '../join';
import { operation } from '../operation';
import { notFound, recordId } from '../records';
import { withoutSecrets } from '../secrets';

export const deliveryVariant: Resource<InSalesRecord> = {
	value: 'deliveryVariant',
	name: 'Delivery Variant',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a delivery variant',
			description: 'Retrieve one delivery method by its ID',
			needs: ['delivery_variants GET'],
			items: 'together',
			fields: [deliveryVariantId, simplify],
			run: async (shop, { deliveryVariantId: locator, simplify: simple }) => {
				const id = recordId(locator.value, 'Delivery Method');
				const found = await byId(shop, 'delivery_variants', id);
				if (!found) throw notFound('delivery method with the ID', id);
				return view(found, simple);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many delivery variants',
			description:
				'Retrieve many delivery methods with the IDs that orders need; tells which ones suit orders from outside (pickup and fixed price)',
			needs: ['delivery_variants GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, outputOptions],
			run: async (shop, { simplify: simple, ...values }) =>
				[...(await allOf(shop, 'delivery_variants')).values()]
					.slice(0, wanted(values))
					.map((each) => view(each, simple)),
		}),
	],
};

function view(row: InSalesRecord, simple: boolean): IDataObject {
	if (!simple) return withoutSecrets(row) as IDataObject;
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
