import { field } from '../../shared/actions/operation';

const active = field({
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description: 'Whether the customer can sign in',
});

const discount = field({
	displayName: 'Discount',
	name: 'discount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 5.00',
	description: "The customer's own discount in percent",
});

const email = field({
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
});

const firstName = field({
	displayName: 'First Name',
	name: 'firstname',
	type: 'string',
	default: '',
});

const groupId = field({
	displayName: 'Group ID',
	name: 'group_id',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2',
});

const lastName = field({ displayName: 'Last Name', name: 'lastname', type: 'string', default: '' });

const note = field({
	displayName: 'Note',
	name: 'comment',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	description: 'Private note; the customer does not see it',
});

const tags = field({
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. vip,wholesale',
	description: 'All tags of the customer, separated by commas: they replace the old ones',
});

/** Fields that customers can be written with (Shoper REST reference 6.5), by the shop's own names. */
export const customerUpdateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [active, discount, email, firstName, groupId, lastName, note, tags],
});

/** The same for new ones, whose names and email have fields of their own. */
export const customerAdditionalFields = field({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [active, discount, groupId, note, tags],
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
