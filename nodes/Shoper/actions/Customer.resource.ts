import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import { email, idAfter, sort } from '../../shared/actions/filterFields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { ShoperRecord } from '../api/codec';
import { customerNamed, viewCustomer } from '../customers/view';
import { localTime } from '../api/dates';
import { listWithDoubt, notBefore } from '../api/unconfirmedFilters';
import { emailIs } from '../api/emailCondition';
import { customerId } from '../pickers/locators';
import { operation } from './operation';
import { contains, is } from '../api/conditions';
import { idToStartFrom } from '../api/input';
import { createCustomer } from './customer/create.operation';
import { updateCustomer } from './customer/update.operation';

export const customer: Resource<ShoperRecord> = {
	value: 'customer',
	name: 'Customer',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a customer',
			description: 'Retrieve one customer or guest by ID or email',
			needs: ['users GET'],
			findsOne: true,
			items: 'together',
			fields: [customerId, simplify, readOptions],
			run: async (shop, { customerId: locator, simplify: simple }) =>
				await viewCustomer(shop, await customerNamed(shop, locator), simple),
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many customers',
			description: 'Retrieve many customers and guests, the newest first',
			needs: ['users GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Active',
						name: 'active',
						type: 'boolean',
						default: true,
						description: 'Whether the customers can sign in',
					},
					{
						displayName: 'Created After',
						name: 'createdAfter',
						type: 'dateTime',
						default: '',
						description:
							"On or after this time. A time without an offset is the shop's local time. Shops that cannot filter by it are read whole, and the node picks them out.",
					},
					email,
					{ displayName: 'Group ID', name: 'groupId', type: 'string', default: '' },
					idAfter('customers'),
					{
						displayName: 'Last Name Contains',
						name: 'lastname',
						type: 'string',
						default: '',
					},
					{
						displayName: 'Newsletter',
						name: 'newsletter',
						type: 'boolean',
						default: true,
						description: 'Whether the customers get the newsletter',
					},
				]),
				simplify,
				readOptions,
				sort,
			],
			run: async (shop, { filters, ...values }) => {
				const { active, email, groupId, idAfter, lastname, newsletter } = filters;
				const createdAfter = await localTime(shop, 'Created After', filters.createdAfter);
				const where = [
					...(active === undefined ? [] : [is('active', active ? 1 : 0)]),
					...(newsletter === undefined ? [] : [is('newsletter', newsletter ? 1 : 0)]),
					...(email === undefined ? [] : [emailIs(email)]),
					...(lastname === undefined ? [] : [contains('lastname', lastname)]),
					...(groupId === undefined ? [] : [is('group_id', recordId(groupId, 'Group ID'))]),
				];
				const count = wanted(values);
				const users = await listWithDoubt(
					shop,
					{
						resource: 'users',
						where,
						order: values.sort === 'oldest' ? 'oldest' : 'newest',
						limit: count,
						...(idAfter !== undefined && { afterId: idToStartFrom(idAfter) }),
					},
					// Not in the list of fields that users can be filtered by (section 3.2).
					createdAfter === undefined ? [] : [notBefore('date_add', createdAfter)],
					count,
					'leaveOut',
				);
				return await Promise.all(
					users.map(async (user) => await viewCustomer(shop, user, values.simplify)),
				);
			},
		}),
		createCustomer,
		updateCustomer,
	],
};
