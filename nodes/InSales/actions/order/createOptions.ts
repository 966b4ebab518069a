import { dryRun, optionsField } from '../../../shared/actions/fields';

/** Options of creating an order. */
export const createOptions = optionsField([
	dryRun,
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. chat-15',
		description:
			'ID of the order in the other system. It is kept with the order, so that a repeated run, also after an unclear answer, finds the first order instead of making a second one.',
	},
	{
		displayName: 'External ID Field',
		name: 'externalIdField',
		type: 'string',
		default: '',
		placeholder: 'e.g. chat_id',
		description:
			"Handle of the extra field that keeps the external ID. Empty: a line of the manager's comment.",
	},
	{
		displayName: 'Look Back (Days)',
		name: 'lookBackDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 7,
		description:
			'How long ago the first order with the external ID may have been changed last. InSales cannot search for it, so that the orders of this time are read once per run, 250 at a time.',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: '',
		placeholder: 'e.g. novyy-iz-chata',
		description:
			'Permalink of a custom status, or a system status such as new or accepted. Empty: as the shop starts its orders.',
	},
]);
