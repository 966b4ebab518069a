import type { INodePropertyOptions } from 'n8n-workflow';

import { maxOutputCharacters, optionsField, verifyEmail } from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { language } from '../languages/fields';

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

/** On changes of a shipment. */
export const orderCarrierId = field({
	displayName: 'Order Carrier ID',
	name: 'orderCarrierId',
	type: 'string',
	default: '',
	description: 'Which shipment, if the order has several. Empty: the newest.',
});
