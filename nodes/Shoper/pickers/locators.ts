import type { INodePropertyOptions } from 'n8n-workflow';

import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
	verifyEmail,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { by, locator, matches } from '../../shared/pickers/locators';

/** Fields that several Shoper operations share. */
export const orderId = locator({
	displayName: 'Order',
	name: 'orderId',
	description: 'The order to work with',
	list: 'searchOrders',
	modes: [
		by('id', 'By ID', 'e.g. 501', matches('^#?[0-9]+(\\s*,\\s*[0-9]+)*$', 'An ID is a number')),
	],
});

export const statusId = locator({
	displayName: 'Status',
	name: 'statusId',
	description: 'The order status as the shop calls it',
	list: 'searchStatuses',
	modes: [by('id', 'By ID', 'e.g. 4'), by('name', 'By Name', 'e.g. przesyłka wysłana')],
});

export const customer = locator({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer who placed the order',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 77'), by('email', 'By Email', 'e.g. name@example.com')],
});

export const customerId = locator({
	displayName: 'Customer',
	name: 'customerId',
	description: 'The customer to work with',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 77'), by('email', 'By Email', 'e.g. name@example.com')],
});

export const paymentId = locator({
	displayName: 'Payment Method',
	name: 'paymentId',
	list: 'searchPayments',
	modes: [by('id', 'By ID', 'e.g. 2')],
});

export const shippingId = locator({
	displayName: 'Delivery Method',
	name: 'shippingId',
	list: 'searchShippings',
	modes: [by('id', 'By ID', 'e.g. 8')],
});

/** What can be brought along with an order. */
export const includeChoices: INodePropertyOptions[] = [
	{ name: 'Customer', value: 'customer', description: 'The account of the customer (users GET)' },
	{ name: 'Delivery Method', value: 'shipping', description: 'Its name (shippings GET)' },
	{ name: 'Lines', value: 'lines', description: 'Products of the order (orders GET)' },
	{ name: 'Parcels', value: 'parcels', description: 'Tracking numbers (parcels GET)' },
	{ name: 'Payment Method', value: 'payment', description: 'Its name (payments GET)' },
];

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
