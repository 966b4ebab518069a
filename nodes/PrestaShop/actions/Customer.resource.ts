import type { Condition } from '../api/conditions';
import { contains, is } from '../api/conditions';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import {
	createdAfter,
	email,
	idAfter,
	sort,
	updatedAfter,
} from '../../shared/actions/filterFields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import type { PrestaShopRecord } from '../api/records';
import { customerOptions } from '../customers/fields';
import { customerNamed, viewCustomer } from '../customers/view';
import { onOrAfter } from '../api/dates';
import { customerId } from '../pickers/locators';
import { operation } from './operation';

import { listing } from '../api/query';
import { createCustomer } from './customer/create.operation';
import { updateCustomer } from './customer/update.operation';

export const customer: Resource<PrestaShopRecord> = {
	value: 'customer',
	name: 'Customer',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a customer',
			description: 'Retrieve one customer by ID or email',
			needs: ['customers GET'],
			uses: ['configurations GET'],
			findsOne: true,
			items: 'together',
			fields: [customerId, simplify, customerOptions],
			run: async (shop, { customerId: locator, simplify: simple, options }) => {
				const view = { simplify: simple, secrets: options.includeSecrets === true };
				return await viewCustomer(shop, await customerNamed(shop, locator), view);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many customers',
			description: 'Retrieve many customers, the newest first; deleted ones are left out',
			needs: ['customers GET'],
			uses: ['configurations GET'],
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
					createdAfter,
					email,
					{
						displayName: 'Guest',
						name: 'guest',
						type: 'boolean',
						default: false,
						description: 'Whether the customers bought without an account',
					},
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
					updatedAfter,
				]),
				simplify,
				customerOptions,
				sort,
			],
			run: async (shop, values) => {
				const { filters, options } = values;
				const most = wanted(values);
				const flags: Array<[string, boolean | undefined]> = [
					['active', filters.active],
					['newsletter', filters.newsletter],
					['is_guest', filters.guest],
					// Deleted customers stay in the table.
					['deleted', false],
				];
				const where: Condition[] = [
					...flags.flatMap(([field, value]) =>
						value === undefined ? [] : [is(field, value ? '1' : '0')],
					),
					...(filters.email === undefined ? [] : [emailIs(filters.email)]),
					...(filters.lastname === undefined ? [] : [contains('lastname', filters.lastname)]),
					...(await onOrAfter(shop, 'date_add', 'Created After', filters.createdAfter)),
					...(await onOrAfter(shop, 'date_upd', 'Updated After', filters.updatedAfter)),
				];
				const list = listing({
					resource: 'customers',
					where,
					order: values.sort === 'oldest' ? 'oldest' : 'newest',
					limit: most,
					...(filters.idAfter !== undefined && {
						afterId: Number(recordId(filters.idAfter, 'ID After')),
					}),
				});
				const view = { simplify: values.simplify, secrets: options.includeSecrets === true };
				const customers = await shop.list(list, most, 'leaveOut');
				return await Promise.all(
					customers.map(async (each) => await viewCustomer(shop, each, view)),
				);
			},
		}),
		updateCustomer,
		createCustomer,
	],
};

/** The shop ignores accents, too, when it compares. */
function emailIs(email: string): Condition {
	return {
		...is('email', email),
		matches: (record) => sameText(record.email, email),
	};
}
