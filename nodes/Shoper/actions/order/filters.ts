import { filtersField } from '../../../shared/actions/fields';
import { createdAfter, createdBefore, idAfter } from '../../../shared/actions/filterFields';
import { STATUS_TYPES } from '../../orders/statuses';

/** Conditions of "Get Many" orders. */
export const orderFilters = filtersField([
	createdAfter,
	createdBefore,
	{
		displayName: 'Customer ID',
		name: 'customerId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 77',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@example.com',
		description:
			'Orders placed with this email, and those of accounts that have it (users GET). Capital letters do not matter.',
	},
	idAfter('orders'),
	{
		displayName: 'Paid',
		name: 'paid',
		type: 'boolean',
		default: true,
		description: 'Whether the whole sum has been paid',
	},
	{
		displayName: 'Status Changed After',
		name: 'statusChangedAfter',
		type: 'dateTime',
		default: '',
		description:
			"Whose status changed on or after this time. A time without an offset is the shop's local time.",
	},
	{
		displayName: 'Status ID',
		name: 'statusId',
		type: 'string',
		default: '',
		description: 'Current status; several IDs separated by commas match any of them',
	},
	{
		displayName: 'Status Type',
		name: 'statusType',
		type: 'multiOptions',
		default: [],
		description: 'Orders in any status of these types (statuses GET)',
		options: [
			{ name: 'Closed (Shipped)', value: STATUS_TYPES.closed },
			{ name: 'In Progress', value: STATUS_TYPES.processing },
			{ name: 'New', value: STATUS_TYPES.new },
			{
				name: 'Not Completed (Cancelled, Rejected, Returned)',
				value: STATUS_TYPES.notCompleted,
			},
		],
	},
]);
