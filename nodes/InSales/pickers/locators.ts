import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
	verifyEmail,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';

/** Fields that several InSales operations share. */
export const orderId = field({
	displayName: 'Order',
	name: 'orderId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The order to work with. The ID stands in the address of the order in the back office; the number is what customers see. InSales cannot search by number, so that orders are read until it is found.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchOrders', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 80001',
			validation: [
				{
					type: 'regex',
					properties: { regex: '^#?[0-9]+$', errorMessage: 'An ID is a number' },
				},
			],
		},
		{ displayName: 'By Number', name: 'number', type: 'string', placeholder: 'e.g. 1001' },
	],
});

export const deliveryVariantId = field({
	displayName: 'Delivery Method',
	name: 'deliveryVariantId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'Numeric ID of the delivery method. Pickup and fixed price suit orders from outside; others work out their price at checkout.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDeliveryVariants', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 21797' },
	],
});

export const paymentGatewayId = field({
	displayName: 'Payment Method',
	name: 'paymentGatewayId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'Numeric ID of the payment method. It should be linked to the delivery method in the shop.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPaymentGateways', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 79172' },
	],
});

export const statusId = field({
	displayName: 'Status',
	name: 'statusId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The status the order gets',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCustomStatuses', searchable: true },
		},
		{
			displayName: 'By Permalink',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. v-obrabotke',
		},
		{ displayName: 'By Title', name: 'name', type: 'string', placeholder: 'e.g. В обработке' },
		{
			displayName: 'By System Status',
			name: 'system',
			type: 'string',
			placeholder: 'e.g. dispatched',
			hint: 'One of new, accepted, approved, dispatched, delivered, declined, returned',
		},
	],
});

/** Options of everything that returns whole orders. */
export const orderOptions = optionsField([maxOutputCharacters, verifyEmail]);

/** Options of reads that know no other. */
export const outputOptions = optionsField([maxOutputCharacters]);

/** Options of changes. */
export const writeOptions = optionsField([dryRun, onlyIfChanged]);

/** Fields of the shop that have no field of their own here. */
export const otherFields = field({
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'More fields by the names the shop uses, as JSON, such as {"responsible_user_id": 12}. An empty text or null empties a field.',
});
