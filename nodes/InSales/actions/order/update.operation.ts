import { InputError } from '../../../shared/errors';
import { simplify } from '../../../shared/fields';
import { idOf, jsonObject } from '../../codec';
import type { Json } from '../../codec';
import { checkedMethods } from '../../deliveryMethods';
import { keepMarkers } from '../../externalId';
import { extraFields, fieldValueRows } from '../../extraFields';
import { orderId, otherFields, writeOptions } from '../../fields';
import { operation } from '../../operation';
import { addressValues, orderValues, orderWriteFields, shippingAddress } from '../../orderFields';
import { orderNamed, viewOrder } from '../../orders';
import { recordId } from '../../records';
import { updateRecord } from '../../update';
import { updateReport } from '../../updateReport';

/** Written by operations of their own, because repeating them does harm or the shop tells customers. */
const ELSEWHERE: Readonly<Record<string, string>> = {
	order_lines_attributes: 'the resource Order Line',
	custom_status: 'the operation Change Status',
	custom_status_permalink: 'the operation Change Status',
	fulfillment_status: 'the operation Change Status',
	fields_values_attributes: '"Extra Fields"',
	fields_values: '"Extra Fields"',
};

export const updateOrder = operation({
	value: 'update',
	name: 'Update',
	action: 'Update an order',
	description:
		'Change named fields of an order: comments, payment, delivery, address, extra fields. Everything else stays as it is.',
	needs: ['orders GET', 'orders PUT'],
	uses: ['delivery_variants GET', 'payment_gateways GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		{
			displayName: 'New Delivery Method',
			name: 'deliveryVariantId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			description: 'Leave empty to keep the delivery method',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchDeliveryVariants', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 21797' },
			],
		},
		{
			displayName: 'New Payment Method',
			name: 'paymentGatewayId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			description: 'Leave empty to keep the payment method',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchPaymentGateways', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 79172' },
			],
		},
		orderWriteFields,
		shippingAddress,
		extraFields,
		otherFields,
		simplify,
		writeOptions,
	],
	run: async (shop, values) => {
		const { orderId: locator, simplify: simple, options } = values;
		const idIn = (text: string, label: string) => (text === '' ? undefined : recordId(text, label));
		const delivery = idIn(values.deliveryVariantId.value, 'New Delivery Method');
		const payment = idIn(values.paymentGatewayId.value, 'New Payment Method');
		const address = addressValues(values.shippingAddress);
		const named: Record<string, Json> = {
			...othersOf(values.otherFields),
			...orderValues(values.updateFields),
			...(delivery !== undefined && { delivery_variant_id: Number(delivery) }),
			...(payment !== undefined && { payment_gateway_id: Number(payment) }),
			...(Object.keys(address).length > 0 && { shipping_address_attributes: address }),
		};
		const extra = fieldValueRows(values.extraFields);
		if (Object.keys(named).length === 0 && extra.length === 0) {
			throw new InputError('Nothing to change is named.', 'Add at least one field.');
		}
		const before = await orderNamed(shop, locator);
		const kept = (field: string) =>
			before[field] === undefined || before[field] === null ? undefined : String(before[field]);
		const isMethodNamed = delivery !== undefined || payment !== undefined;
		const { warnings } = isMethodNamed
			? await checkedMethods(
					shop,
					{ delivery, payment },
					{ delivery: kept('delivery_variant_id'), payment: kept('payment_gateway_id') },
				)
			: { warnings: [] };
		if (extra.length > 0) {
			named.fields_values_attributes = fieldValueRows(values.extraFields, before);
		}
		if (typeof named.manager_comment === 'string') {
			named.manager_comment = keepMarkers(named.manager_comment, before);
		}
		const updated = await updateRecord(
			shop,
			{ resource: 'orders', id: idOf(before), root: 'order', noun: 'order', before },
			named,
			options,
		);
		return {
			...viewOrder(shop, updated.record, simple),
			_update: updateReport({ ...updated, warnings: [...warnings, ...updated.warnings] }),
		};
	},
});

function othersOf(text: string): Record<string, Json> {
	const others = jsonObject('Other Fields', text === '' ? '{}' : text);
	for (const name of Object.keys(others)) {
		const where = ELSEWHERE[name];
		if (where === undefined) continue;
		throw new InputError(`"${name}" is no entry for "Other Fields".`, `Use ${where} instead.`);
	}
	return others;
}
