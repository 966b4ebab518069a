import { maxOutputCharacters, optionsField } from '../../shared/actions/fields';
import { email } from '../../shared/actions/filterFields';
import { field } from '../../shared/actions/operation';

/** Fields by the shop's own names. */
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
			displayName: 'Birthday',
			name: 'birthday',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1990-01-31',
		},
		{ displayName: 'Company', name: 'company', type: 'string', default: '' },
		{
			displayName: 'Default Group ID',
			name: 'id_default_group',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3',
		},
		email,
		{ displayName: 'First Name', name: 'firstname', type: 'string', default: '' },
		{ displayName: 'Gender ID', name: 'id_gender', type: 'string', default: '' },
		{ displayName: 'Language ID', name: 'id_lang', type: 'string', default: '' },
		{ displayName: 'Last Name', name: 'lastname', type: 'string', default: '' },
		{
			displayName: 'Newsletter',
			name: 'newsletter',
			type: 'boolean',
			default: true,
			description: 'Whether the customer gets the newsletter',
		},
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'Private note; the customer does not see it',
		},
		{
			displayName: 'Partner Offers',
			name: 'optin',
			type: 'boolean',
			default: true,
			description: 'Whether the customer gets offers of partners',
		},
		{ displayName: 'Website', name: 'website', type: 'string', default: '' },
	],
});

const includeSecrets = field({
	displayName: 'Include Secrets',
	name: 'includeSecrets',
	type: 'boolean',
	default: false,
	description:
		'Whether unsimplified records show the password hash and keys of customers instead of masking them',
});

/** Options of reads. */
export const customerOptions = optionsField([includeSecrets, maxOutputCharacters]);
