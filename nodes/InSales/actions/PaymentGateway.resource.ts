import type { IDataObject } from 'n8n-workflow';

import { limit, returnAll, simplify, wanted } from '../../shared/fields';
import type { Resource } from '../../shared/operation';
import { numberOrNull, textOrNull } from '../../shared/orderShape';
import { idOf, rowsIn } from '../codec';
import type { InSalesRecord } from '../codec';
import { kindOf } from '../deliveryMethods';
import { outputOptions, paymentGatewayId } from '../fields';
import { allOf, byId } from '../join';
import { operation } from '../operation';
import { notFound, recordId } from '../records';
import { withoutSecrets } from '../secrets';

export const paymentGateway: Resource<InSalesRecord> = {
	value: 'paymentGateway',
	name: 'Payment Gateway',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a payment gateway',
			description: 'Retrieve one payment method by its ID, without its access to the provider',
			needs: ['payment_gateways GET'],
			items: 'together',
			fields: [paymentGatewayId, simplify],
			run: async (shop, { paymentGatewayId: locator, simplify: simple }) => {
				const id = recordId(locator.value, 'Payment Method');
				const found = await byId(shop, 'payment_gateways', id);
				if (!found) throw notFound('payment method with the ID', id);
				return view(found, simple);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many payment gateways',
			description:
				'Retrieve many payment methods with the IDs that orders need, without their access to the provider',
			needs: ['payment_gateways GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, outputOptions],
			run: async (shop, { simplify: simple, ...values }) =>
				[...(await allOf(shop, 'payment_gateways')).values()]
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
		surchargePercent: numberOrNull(row.margin),
		forIndividuals: row.available_for_individual_clients !== false,
		forCompanies: row.available_for_juridical_clients !== false,
		deliveryVariantIds: rowsIn(row.payment_delivery_variants).map((link) =>
			String(link.delivery_variant_id ?? ''),
		),
	};
}
