import type { IDataObject } from 'n8n-workflow';

import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { anew } from '../../shared/reading/records';
import { idOf, rowsOrNull } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { allOf } from '../api/reads';
import { operation } from './operation';

/** What an extra field belongs to (InSales API reference, 5.6); other numbers have been seen. */
const BELONGS_TO: Readonly<Record<string, string>> = {
	1: 'shippingAddress',
	2: 'client',
	3: 'order',
};

export const extraField: Resource<InSalesRecord> = {
	value: 'field',
	name: 'Field',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many fields',
			description:
				'Retrieve many additional fields of orders, clients and addresses, with the handles their values are written by',
			needs: ['fields GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Belongs To',
						name: 'belongsTo',
						type: 'options',
						default: 'order',
						options: [
							{ name: 'Client', value: 'client' },
							{ name: 'Order', value: 'order' },
							{ name: 'Shipping Address', value: 'shippingAddress' },
						],
					},
				]),
				simplify,
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const fields = [...(await allOf(shop, 'fields', anew)).values()]
					.filter(({ destiny }) => {
						const owner = BELONGS_TO[String(destiny)];
						return filters.belongsTo === undefined || owner === filters.belongsTo;
					})
					.slice(0, wanted(values));
				return simple ? fields.map(viewField) : (fields as IDataObject[]);
			},
		}),
	],
};

function viewField(row: InSalesRecord): IDataObject {
	return {
		id: idOf(row),
		handle: textOrNull(row.handle),
		name: textOrNull(row.office_title) ?? textOrNull(row.title),
		belongsTo: BELONGS_TO[String(row.destiny)] ?? `destiny ${String(row.destiny ?? '')}`.trim(),
		type: String(row.type ?? '').replace(/^.*::/, ''),
		active: flagOf(row.active),
		obligatory: flagOf(row.obligatory),
		choices: rowsOrNull(row.field_options, ({ value }) => value ?? null),
	};
}
