import type { INodePropertyOptions } from 'n8n-workflow';

import { maxOutputCharacters, optionsField, verifyEmail } from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { language } from '../languages/fields';

/** Fields that several PrestaShop operations share. */
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
			placeholder: 'e.g. 42',
			validation: [
				{
					type: 'regex',
					properties: { regex: '^#?[0-9]+(\\s*,\\s*[0-9]+)*$', errorMessage: 'An ID is a number' },
				},
			],
		},
		{
			displayName: 'By Ref',
			name: 'reference',
			type: 'string',
			placeholder: 'e.g. XKBKNABJK',
		},
	],
});

export const stateId = field({
	displayName: 'State',
	name: 'stateId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The order state as the shop calls it',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchOrderStates', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4' },
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Shipped' },
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
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 7' },
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. name@example.com',
		},
	],
});

/** What can be brought along with an order. */
export const includeChoices: INodePropertyOptions[] = [
	{
		name: 'Addresses',
		value: 'addresses',
		description: 'Billing and shipping address (addresses GET, countries GET)',
	},
	{ name: 'Carrier', value: 'carrier', description: 'Shipping method (carriers GET)' },
	{ name: 'Customer', value: 'customer', description: 'Email and name (customers GET)' },
	{ name: 'History', value: 'history', description: 'Status history (order_histories GET)' },
	{
		name: 'Lines',
		value: 'lines',
		description: 'Lines with the totals the shop stored (order_details GET)',
	},
];

const include = field({
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	default: ['customer'],
	description: 'What to bring along with each order. Each entry needs a right of its own.',
	options: includeChoices,
});

/** Options of everything that returns whole orders. */
export const orderOptions = optionsField([include, language, maxOutputCharacters, verifyEmail]);

/** Options of reads of what belongs to orders: the guard holds for the parts as for the whole. */
export const partOptions = optionsField([language, maxOutputCharacters, verifyEmail]);

export const productId = field({
	displayName: 'Product',
	name: 'productId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The product to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 19' },
		{ displayName: 'By Ref', name: 'reference', type: 'string', placeholder: 'e.g. demo_19' },
		{ displayName: 'By EAN', name: 'ean13', type: 'string', placeholder: 'e.g. 5901234123457' },
	],
});

export const customerId = field({
	displayName: 'Customer',
	name: 'customerId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The customer to work with. An email means the registered account, if there is one.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 7' },
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. name@example.com',
		},
	],
});

/** Fields of the shop that have no field of their own here. */
export const otherFields = field({
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'More fields by the names the shop uses, as JSON. Texts that exist once per language are named by language: {"available_now": {"en": "In stock"}}. Lists that belong to the record are replaced as a whole: {"associations": {"categories": [2, 5]}}. An empty text empties the field.',
});
