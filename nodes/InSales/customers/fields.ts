import { field } from '../../shared/actions/operation';

/** Fields by the shop's own names (InSales API reference, section 5.5). */
export const clientUpdateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Client Group ID',
			name: 'client_group_id',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'Note of the shop; the client does not see it',
		},
		{
			displayName: 'Consent to Personal Data',
			name: 'consent_to_personal_data',
			type: 'boolean',
			default: true,
			description: 'Whether the client agreed to the processing of personal data',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'name@email.com',
		},
		{ displayName: 'First Name', name: 'name', type: 'string', default: '' },
		{ displayName: 'INN', name: 'inn', type: 'string', default: '', description: 'Companies only' },
		{ displayName: 'KPP', name: 'kpp', type: 'string', default: '', description: 'Companies only' },
		{ displayName: 'Last Name', name: 'surname', type: 'string', default: '' },
		{ displayName: 'Middle Name', name: 'middlename', type: 'string', default: '' },
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +79000000000',
		},
		{
			displayName: 'Subscribed',
			name: 'subscribe',
			type: 'boolean',
			default: true,
			description: 'Whether the client gets the newsletter',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'Client::Individual',
			options: [
				{ name: 'Company', value: 'Client::Juridical' },
				{ name: 'Person', value: 'Client::Individual' },
			],
		},
	],
});
