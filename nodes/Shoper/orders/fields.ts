import type { INodePropertyOptions } from 'n8n-workflow';

import { maxOutputCharacters, optionsField, verifyEmail } from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';

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
