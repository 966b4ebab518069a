import { dryRun, onlyIfChanged } from '../shared/fields';
import { field } from '../shared/operation';

/** Fields that customers can be written with (Shoper REST reference 6.5), by the shop's own names. */
export const customerUpdateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the customer can sign in',
		},
		{
			displayName: 'Discount',
			name: 'discount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5.00',
			description: "The customer's own discount in percent",
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@example.com',
		},
		{ displayName: 'First Name', name: 'firstname', type: 'string', default: '' },
		{
			displayName: 'Group ID',
			name: 'group_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2',
		},
		{ displayName: 'Last Name', name: 'lastname', type: 'string', default: '' },
		{
			displayName: 'Note',
			name: 'comment',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'Private note; the customer does not see it',
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. vip,wholesale',
			description: 'All tags of the customer, separated by commas: they replace the old ones',
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
		'More fields by the names the shop uses, as JSON, such as {"additional_fields": {"5": "text"}}. An empty text empties the field.',
});

/** Options of updates. */
export const updateOptions = field({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [dryRun, onlyIfChanged],
});

/** Options of other writes. */
export const writeOptions = field({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [dryRun],
});
