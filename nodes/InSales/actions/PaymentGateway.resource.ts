import type { IDataObject } from 'n8n-workflow';

import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import type { Resource } from '../../shared/actions/operation';
import { idOf, rowsOrNull } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { kindOf } from '../orders/deliveryMethods';
import { paymentGatewayId } from '../pickers/locators';
import { settingReads } from './readOnlyResources';

export const paymentGateway: Resource<InSalesRecord> = settingReads({
	value: 'paymentGateway',
	name: 'Payment Gateway',
	one: 'a payment gateway',
	many: 'payment gateways',
	noun: 'payment method',
	describeOne: 'Retrieve one payment method by its ID, without its access to the provider',
	describeMany:
		'Retrieve many payment methods with the IDs that orders need, without their access to the provider',
	path: 'payment_gateways',
	locator: paymentGatewayId,
	view,
});

function view(row: InSalesRecord): IDataObject {
	return {
		id: idOf(row),
		name: textOrNull(row.title),
		type: textOrNull(kindOf(row)),
		description: textOrNull(row.description),
		surchargePercent: numberOrNull(row.margin),
		forIndividuals: flagOf(row.available_for_individual_clients),
		forCompanies: flagOf(row.available_for_juridical_clients),
		deliveryVariantIds: rowsOrNull(row.payment_delivery_variants, (link) =>
			String(link.delivery_variant_id ?? ''),
		),
	};
}
