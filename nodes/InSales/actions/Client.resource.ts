import { updatedAfter } from './filterFields';
import { clientNamedField } from '../pickers/locators';
import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordsWithKey } from '../../shared/reading/keySearch';
import { clientNamed, hasEmail, hasPhone, keyedClients, viewClient } from '../customers/view';
import { emailKey, phoneKey } from '../api/keys';
import { newestFirst } from '../api/newestRecords';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import { operation } from './operation';
import { readMany } from '../api/readMany';
import { createClient } from './client/create.operation';
import { updateClient } from './client/update.operation';

export const client: Resource<InSalesRecord> = {
	value: 'client',
	name: 'Client',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a client',
			description: 'Retrieve one client (customer) by ID, email or phone, with extra fields',
			needs: ['clients GET'],
			findsOne: true,
			items: 'together',
			fields: [clientNamedField, simplify, readOptions],
			run: async (shop, { clientId, simplify: simple }) =>
				viewClient(shop, await clientNamed(shop, clientId), simple),
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many clients',
			description:
				'Retrieve many clients (customers), the newest first; with "Updated After" the oldest change first',
			needs: ['clients GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Email',
						name: 'email',
						type: 'string',
						default: '',
						placeholder: 'name@email.com',
						description:
							'InSales has no such filter: clients are read and compared here, so set "Updated After" as well if you can',
					},
					{
						displayName: 'Phone',
						name: 'phone',
						type: 'string',
						default: '',
						placeholder: 'e.g. +7 900 000-00-00',
						description:
							'However it is written (8 and +7 are the same). InSales has no such filter: clients are read and compared here.',
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
					updatedAfter,
				]),
				simplify,
				readOptions,
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const { email, phone, type, updatedAfter } = filters;
				const checks: Array<(each: InSalesRecord) => boolean> = [
					...(email === undefined ? [] : [hasEmail(email)]),
					...(phone === undefined ? [] : [hasPhone(phone, 'Phone')]),
					// The shop may ignore what it does not know without a word.
					...(type === undefined ? [] : [(each: InSalesRecord) => each.type === type]),
				];
				const list = {
					path: 'clients',
					...(type !== undefined && { filters: { type } }),
					keep: (each: InSalesRecord) => checks.every((check) => check(each)),
				};
				const [key] = [
					...(email === undefined ? [] : [emailKey(email, 'Email')]),
					...(phone === undefined ? [] : [phoneKey(phone, 'Phone')]),
				];
				if (key !== undefined && updatedAfter === undefined) {
					const held = await recordsWithKey(shop, keyedClients, key);
					const fits = held.filter(list.keep).sort(newestFirst).slice(0, wanted(values));
					return fits.map((each) => viewClient(shop, each, simple));
				}
				const reading = {
					since:
						updatedAfter === undefined
							? undefined
							: await wireTime(shop, 'clients', 'Updated After', updatedAfter),
					checkedHere: email !== undefined || phone !== undefined,
				};
				const found = await readMany(shop, list, reading, wanted(values));
				return found.map((each) => viewClient(shop, each, simple));
			},
		}),
		updateClient,
		createClient,
	],
};
