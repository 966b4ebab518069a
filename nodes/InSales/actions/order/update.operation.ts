import { orderNamed } from '../../orders/find';
import { otherFields } from '../../writing/fields';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { idOf } from '../../api/codec';
import { extraFields } from '../../writing/extraFields';
import { orderId } from '../../pickers/locators';
import { operation } from '../operation';
import { changeOf, orderChange, statusOfChange } from '../../orders/changes';
import { orderUpdateFields, shippingAddress } from '../../orders/fields';
import { viewOrder } from '../../orders/view';
import { updateRecord } from '../../writing/update';
import { by, locator } from '../../../shared/pickers/locators';
import { updateReport } from '../../../shared/writing/update';

export const updateOrder = operation({
	value: 'update',
	name: 'Update',
	action: 'Update an order',
	description:
		'Change named fields of an order: comments, status, payment, delivery, address, extra fields. Everything else stays as it is.',
	needs: ['orders GET', 'orders PUT'],
	uses: ['delivery_variants GET', 'payment_gateways GET', 'custom_statuses GET', 'fields GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		locator({
			displayName: 'New Delivery Method',
			name: 'deliveryVariantId',
			description: 'Leave empty to keep the delivery method',
			required: false,
			list: 'searchDeliveryVariants',
			modes: [by('id', 'By ID', 'e.g. 21797')],
		}),
		locator({
			displayName: 'New Payment Method',
			name: 'paymentGatewayId',
			description: 'Leave empty to keep the payment method',
			required: false,
			list: 'searchPaymentGateways',
			modes: [by('id', 'By ID', 'e.g. 79172')],
		}),
		orderUpdateFields,
		shippingAddress,
		extraFields,
		otherFields,
		simplify,
		updateOptions,
	],
	run: async (shop, values) => {
		const change = orderChange(values);
		const status = await statusOfChange(shop, change);
		const before = await orderNamed(shop, values.orderId);
		const { named, warnings } = await changeOf(shop, before, change, status);
		const updated = await updateRecord(
			shop,
			{ resource: 'orders', id: idOf(before), root: 'order', noun: 'order', before },
			named,
			values.options,
		);
		return {
			...viewOrder(shop, updated.record, values.simplify),
			_update: updateReport({ ...updated, warnings: [...warnings, ...updated.warnings] }),
		};
	},
});
