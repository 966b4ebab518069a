import type { INodePropertyOptions } from 'n8n-workflow';

import { maxOutputCharacters, optionsField, verifyEmail } from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { by, locator, matches } from '../../shared/pickers/locators';
import { language } from '../languages/fields';

/** Fields that several PrestaShop operations share. */
export const orderId = locator({
	displayName: 'Order',
	name: 'orderId',
	description: 'The order to work with',
	list: 'searchOrders',
	modes: [
		by('id', 'By ID', 'e.g. 42', matches('^#?[0-9]+(\\s*,\\s*[0-9]+)*$', 'An ID is a number')),
		by('reference', 'By Ref', 'e.g. XKBKNABJK'),
	],
});

export const stateId = locator({
	displayName: 'State',
	name: 'stateId',
	description: 'The order state as the shop calls it',
	list: 'searchOrderStates',
	modes: [by('id', 'By ID', 'e.g. 4'), by('name', 'By Name', 'e.g. Shipped')],
});

export const customer = locator({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer who placed the order',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 7'), by('email', 'By Email', 'e.g. name@example.com')],
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

export const productId = locator({
	displayName: 'Product',
	name: 'productId',
	description: 'The product to work with',
	list: 'searchProducts',
	modes: [
		by('id', 'By ID', 'e.g. 19'),
		by('reference', 'By Ref', 'e.g. demo_19'),
		by('ean13', 'By EAN', 'e.g. 5901234123457'),
	],
});

export const customerId = locator({
	displayName: 'Customer',
	name: 'customerId',
	description: 'The customer to work with. An email means the registered account, if there is one.',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 7'), by('email', 'By Email', 'e.g. name@example.com')],
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
