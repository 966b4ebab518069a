import type { INodePropertyOptions } from 'n8n-workflow';

import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
	verifyEmail,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';

/** Fields that several Shoper operations share. */
export const orderId = field({
	displayName: 'Order',
	name: 'orderId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The order to work with',
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
			placeholder: 'e.g. 501',
			validation: [
				{
					type: 'regex',
					properties: { regex: '^#?[0-9]+(\\s*,\\s*[0-9]+)*$', errorMessage: 'An ID is a number' },
				},
			],
		},
	],
});

export const statusId = field({
	displayName: 'Status',
	name: 'statusId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The order status as the shop calls it',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchStatuses', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4' },
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. przesyłka wysłana',
		},
	],
});

export const customer = field({
	displayName: 'Customer',
	name: 'customer',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The customer who placed the order',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 77' },
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. name@example.com',
		},
	],
});

export const customerId = field({
	displayName: 'Customer',
	name: 'customerId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The customer to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 77' },
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. name@example.com',
		},
	],
});

export const paymentId = field({
	displayName: 'Payment Method',
	name: 'paymentId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPayments', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 2' },
	],
});

export const shippingId = field({
	displayName: 'Delivery Method',
	name: 'shippingId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchShippings', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 8' },
	],
});

/** What can be brought along with an order. */
export const includeChoices: INodePropertyOptions[] = [
	{ name: 'Customer', value: 'customer', description: 'The account of the customer (users GET)' },
	{ name: 'Delivery Method', value: 'shipping', description: 'Its name (shippings GET)' },
	{ name: 'Lines', value: 'lines', description: 'Products of the order (orders GET)' },
	{ name: 'Parcels', value: 'parcels', description: 'Tracking numbers (parcels GET)' },
	{ name: 'Payment Method', value: 'payment', description: 'Its name (payments GET)' },
];

/** What orders come with unless the user chooses otherwise. */
export const includedParts = ['lines'];

const include = field({
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	default: ['lines'],
	description: 'What to bring along with each order. Each entry needs a right of its own.',
	options: includeChoices,
});

/** Options of everything that returns whole orders. */
export const orderOptions = optionsField([include, maxOutputCharacters, verifyEmail]);

/** Options of plain reads. */
export const readOptions = optionsField([maxOutputCharacters]);

/** Options of reads of what belongs to orders: the guard holds for the parts as for the whole. */
export const partOptions = optionsField([maxOutputCharacters, verifyEmail]);

/** Options of updates. */
export const updateOptions = optionsField([dryRun, onlyIfChanged]);

/** Options of other writes. */
export const writeOptions = optionsField([dryRun]);
