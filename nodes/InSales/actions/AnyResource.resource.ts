import { InputError } from '../../shared/protocol/errors';
import {
	limit,
	maxOutputCharacters,
	optionsField,
	returnAll,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { notFound, single } from '../../shared/reading/records';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import { extraQuery } from '../api/extraQuery';
import { operation } from './operation';
import { changes, changesByTime, pages } from '../api/query';
import { rowsOf } from '../../shared/text/userInput';
import { adminPath, listKind, pathId } from '../api/resourcePath';
import { createAny } from './anyResource/create.operation';
import { deleteAny } from './anyResource/delete.operation';
import { queryParameters, resourcePath, showProtected, shown } from './anyResource/fields';
import { updateAny } from './anyResource/update.operation';

export const anyResource: Resource<InSalesRecord> = {
	value: 'anyResource',
	name: 'Other API Resource',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a record of any resource',
			description: 'Retrieve one record of any resource of the API by its ID, as the shop has it',
			needs: [],
			findsOne: true,
			items: 'together',
			fields: [
				resourcePath,
				{
					displayName: 'Record ID',
					name: 'recordId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 12',
					description: 'Empty for what exists once, such as account',
				},
				optionsField([maxOutputCharacters, queryParameters, showProtected]),
			],
			run: async (shop, { path: typed, recordId: key, options }) => {
				const path = adminPath(typed);
				const query = extraQuery(rowsOf(options.queryParameters));
				if (key === '' || Object.keys(query).length > 0) {
					const whole = key === '' ? path : [...path, pathId(key, path)];
					const records = await shop.records({ method: 'GET', path: whole, query });
					return records.map((each) => shown(each, options.showProtected));
				}
				const id = pathId(key, path);
				const found = await single(shop, path, id);
				if (!found) throw notFound(`record in ${path.join('/')} with the ID`, id);
				return shown(found, options.showProtected);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many records of any resource',
			description: 'Retrieve many records of any resource of the API, as the shop has them',
			needs: [],
			items: 'together',
			fields: [
				resourcePath,
				returnAll,
				limit,
				optionsField([
					maxOutputCharacters,
					queryParameters,
					showProtected,
					{
						displayName: 'Updated After',
						name: 'updatedAfter',
						type: 'dateTime',
						default: '',
						description:
							'Changed at this time or later, the oldest change first; for orders, products, clients, collections and discount codes',
					},
				]),
			],
			run: async (shop, { path: typed, options, ...values }) => {
				const path = adminPath(typed);
				const filters = extraQuery(rowsOf(options.queryParameters));
				const count = wanted(values);
				const { updatedAfter = '' } = options;
				const list = { path, filters, perPage: count };
				const kind = listKind(path);
				if (updatedAfter !== '' && kind === 'pages') {
					throw new InputError(
						`InSales cannot list ${path.join('/')} by the time of change.`,
						'Remove "Updated After".',
					);
				}
				const since =
					updatedAfter === ''
						? undefined
						: await wireTime(shop, path.join('/'), 'Updated After', updatedAfter);
				// Only reading by changes loses nothing while a long list moves (InSales API reference, 3.3).
				const isLong = since !== undefined || count === Number.POSITIVE_INFINITY;
				const listing =
					!isLong || kind === 'pages'
						? pages(list)
						: kind === 'changes'
							? changes(list, { ...(since !== undefined && { since }) })
							: changesByTime(list, since);
				const records = await shop.list(listing, count);
				return records.map((each) => shown(each, options.showProtected));
			},
		}),
		createAny,
		updateAny,
		deleteAny,
	],
};
