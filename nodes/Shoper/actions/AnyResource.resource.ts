import { InputError } from '../../shared/protocol/errors';
import {
	limit,
	maxOutputCharacters,
	optionsField,
	returnAll,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { rowsOf } from '../../shared/text/userInput';
import { recordId } from '../../shared/text/recordId';
import { notFound, single } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { operation } from './operation';
import { pagedListing } from '../api/query';
import { resourcePath } from '../api/resourcePath';
import { rowConditions } from '../api/rowConditions';
import { createAny } from './anyResource/create.operation';
import { deleteAny } from './anyResource/delete.operation';
import { optionalRecordId, resourcePathField, showProtected, shown } from './anyResource/fields';
import { updateAny } from './anyResource/update.operation';

export const anyResource: Resource<ShoperRecord> = {
	value: 'anyResource',
	name: 'Other API Resource',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a record of any resource',
			description:
				'Retrieve one record of any resource of the API by its ID, or a path without records, as the shop has it',
			needs: [],
			findsOne: true,
			items: 'together',
			fields: [
				resourcePathField,
				optionalRecordId,
				optionsField([maxOutputCharacters, showProtected]),
			],
			run: async (shop, { resourcePath: { value }, recordId: key, options }) => {
				const path = resourcePath(value);
				if (key !== '') {
					const id = recordId(key, 'Record ID');
					const record = await single(shop, path, id);
					if (!record) throw notFound(`record in ${path.join('/')} with the ID`, id);
					return shown(record, options.showProtected);
				}
				const records = await shop.records({ method: 'GET', path });
				const [record] = records;
				if (record && records.length === 1 && records.isLast === undefined) {
					return shown(record, options.showProtected);
				}
				throw new InputError(
					`"${path.join('/')}" is a list of records.`,
					'Enter the "Record ID", or use "Get Many".',
				);
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
				resourcePathField,
				returnAll,
				limit,
				{
					displayName: 'Filters',
					name: 'filters',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add filter',
					default: {},
					description: 'All of them must be met. Only these operators are known to work.',
					options: [
						{
							displayName: 'Filter',
							name: 'row',
							values: [
								{
									displayName: 'Field',
									name: 'field',
									type: 'string',
									default: '',
									placeholder: 'e.g. status_id',
								},
								{
									displayName: 'Operator',
									name: 'operator',
									type: 'options',
									default: 'equals',
									options: [
										{ name: 'Any Of', value: 'anyOf', description: 'Values separated by commas' },
										{ name: 'Contains', value: 'contains' },
										{ name: 'Equals', value: 'equals' },
										{ name: 'Greater or Equal', value: 'greaterOrEqual' },
										{ name: 'Greater Than', value: 'greaterThan' },
										{ name: 'Less or Equal', value: 'lessOrEqual' },
										{ name: 'Less Than', value: 'lessThan' },
										{ name: 'Not Equals', value: 'notEquals' },
									],
								},
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									default: '',
									description: "Times in the shop's local form: 2026-01-31 08:00:00",
								},
							],
						},
					],
				},
				optionsField([
					maxOutputCharacters,
					showProtected,
					{
						displayName: 'Sort',
						name: 'sort',
						type: 'options',
						default: 'oldest',
						options: [
							{ name: 'Newest First', value: 'newest' },
							{ name: 'Oldest First', value: 'oldest' },
						],
					},
				]),
			],
			run: async (shop, { resourcePath: { value }, filters, options, ...values }) => {
				const resource = resourcePath(value);
				const count = wanted(values);
				// Without a wish, the shop's own order: the name of the ID may be a guess.
				const order =
					options.sort === 'newest' || options.sort === 'oldest' ? options.sort : undefined;
				const records = await shop.list(
					pagedListing({
						resource,
						where: rowConditions(rowsOf(filters)),
						limit: count,
						...(order && { order }),
					}),
					count,
					'leaveOut',
				);
				return records.map((each) => shown(each, options.showProtected));
			},
		}),
		createAny,
		updateAny,
		deleteAny,
	],
};
