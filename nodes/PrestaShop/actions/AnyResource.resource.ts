import { languageIdOf } from '../languages/shopLanguages';
import { rowsOf } from '../../shared/text/userInput';
import type { IDataObject } from 'n8n-workflow';

import {
	limit,
	maxOutputCharacters,
	optionsField,
	returnAll,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { anew, notFound, single } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { extraQuery } from '../api/extraQuery';
import { language } from '../languages/fields';
import { byId } from '../api/reads';
import { operation } from './operation';
import { listing } from '../api/query';
import { fieldNamed, resourceNamed, schemaOf } from '../api/resourceSchema';
import type { ResourceSchema } from '../api/resourceSchema';
import { rowConditions } from '../api/rowConditions';
import { createAny } from './anyResource/create.operation';
import { deleteAny } from './anyResource/delete.operation';
import {
	anyRecordId,
	queryParameters,
	showProtected,
	shown,
	webserviceResource,
} from './anyResource/fields';
import { updateAny } from './anyResource/update.operation';

export const anyResource: Resource<PrestaShopRecord> = {
	value: 'anyResource',
	name: 'Other API Resource',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a record of any resource',
			description: 'Retrieve one record of any webservice resource by its ID, as the shop has it',
			needs: [],
			findsOne: true,
			items: 'together',
			fields: [
				webserviceResource,
				anyRecordId,
				optionsField([maxOutputCharacters, queryParameters, showProtected]),
			],
			run: async (shop, { webserviceResource: locator, recordId: key, options }) => {
				const resource = resourceNamed(locator);
				const id = recordId(key, 'Record ID');
				const query = extraQuery(rowsOf(options.queryParameters));
				const record =
					Object.keys(query).length > 0
						? (await shop.records({ method: 'GET', path: [resource, id], query }))[0]
						: ((await byId(shop, resource, id, anew)) ?? (await single(shop, resource, id)));
				if (!record) throw notFound(`record in ${resource} with the ID`, id);
				return shown(resource, record, options.showProtected === true) as IDataObject;
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many records of any resource',
			description: 'Retrieve many records of any webservice resource, as the shop has them',
			needs: [],
			items: 'together',
			fields: [
				webserviceResource,
				returnAll,
				limit,
				{
					displayName: 'Filters',
					name: 'filters',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add filter',
					default: {},
					description: 'All of them must be met. Only these operators work in PrestaShop.',
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
									placeholder: 'e.g. active',
								},
								{
									displayName: 'Operator',
									name: 'operator',
									type: 'options',
									default: 'equals',
									options: [
										{ name: 'Any Of', value: 'anyOf', description: 'Values separated by commas' },
										{ name: 'Between', value: 'between', description: 'Two values, both included' },
										{ name: 'Contains', value: 'contains' },
										{ name: 'Ends With', value: 'endsWith' },
										{ name: 'Equals', value: 'equals' },
										{ name: 'Greater Than', value: 'greaterThan' },
										{ name: 'Less Than', value: 'lessThan' },
										{ name: 'Not Equals', value: 'notEquals' },
										{ name: 'Starts With', value: 'startsWith' },
									],
								},
								{ displayName: 'Value', name: 'value', type: 'string', default: '' },
							],
						},
					],
				},
				optionsField([
					{
						displayName: 'Fields',
						name: 'fields',
						type: 'string',
						default: '',
						placeholder: 'e.g. id,name,active',
						description: 'Names of the fields to return, separated by commas. Empty: all.',
					},
					language,
					maxOutputCharacters,
					queryParameters,
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
			run: async (shop, { webserviceResource: locator, filters, options, ...values }) => {
				const resource = resourceNamed(locator);
				const rows = rowsOf(filters);
				const { fields = '', sort, showProtected: showAll = false } = options;
				const extra = extraQuery(rowsOf(options.queryParameters));
				const checked = rows.length > 0 || fields !== '';
				const schema = checked ? await schemaOf(shop, resource) : undefined;
				const { where, matches, checkedHere } = schema
					? rowConditions(resource, schema, rows)
					: { where: [], matches: () => true, checkedHere: false };
				const display = schema && fields !== '' ? chosen(schema, resource, fields) : 'full';
				const count = wanted(values);
				const languageId = await languageIdOf(shop, options.language ?? '');
				const list = listing({
					resource,
					where,
					display,
					order: sort === 'newest' ? 'newest' : 'oldest',
					language: languageId,
					...(!checkedHere && { limit: count }),
					extra,
				});
				const records = await shop.list(
					{
						...list,
						keep: (each) => matches(each) && list.keep?.(each) !== false,
					},
					count,
					'leaveOut',
				);
				return records.map((each) => shown(resource, each, showAll) as IDataObject);
			},
		}),
		operation({
			value: 'getSchema',
			name: 'Get Schema',
			action: 'Get the schema of any resource',
			description:
				'List the fields of a webservice resource: which ones new records need, which are texts per language, which can be filtered by',
			needs: [],
			items: 'together',
			fields: [webserviceResource],
			run: async (shop, { webserviceResource: locator }) => {
				const resource = resourceNamed(locator);
				const { source, fields, associations } = await schemaOf(shop, resource);
				return {
					resource,
					source,
					fields: fields.map((field): IDataObject => ({ ...field })),
					associations: Object.entries(associations).map(([name, rowFields]) => ({
						name,
						rowFields: [...rowFields],
					})),
				};
			},
		}),
		createAny,
		updateAny,
		deleteAny,
	],
};

/** The fields to ask for. The ID is always among them: lists are walked by it. */
function chosen(schema: ResourceSchema, resource: string, fields: string): string[] {
	const names = fields.split(',').map((name) => name.trim());
	const known = names
		.filter((name) => name !== '' && name !== 'id')
		.map((name) => {
			const rows = schema.associations[name];
			if (rows) return `${name}[${rows.join(',')}]`;
			return fieldNamed(schema, resource, name).name;
		});
	return ['id', ...new Set(known)];
}
