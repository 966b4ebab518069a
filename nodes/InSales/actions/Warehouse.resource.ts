import type { IDataObject } from 'n8n-workflow';

import { limit, readOptions, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { anew } from '../../shared/reading/records';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { allOf } from '../api/reads';
import { operation } from './operation';

export const warehouse: Resource<InSalesRecord> = {
	value: 'warehouse',
	name: 'Warehouse',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many warehouses',
			description:
				'Retrieve many warehouses, with the index that the stock of variants is given by',
			needs: ['warehouses GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, readOptions],
			run: async (shop, { simplify: simple, ...values }) => {
				const records = [...(await allOf(shop, 'warehouses', anew)).values()].slice(
					0,
					wanted(values),
				);
				if (!simple) return records as IDataObject[];
				return records.map((record) => {
					const index = numberOrNull(record.array_index);
					return {
						id: idOf(record),
						title: textOrNull(record.title),
						index,
						// The name of the stock in variants (InSales API reference, section 5.7).
						field: index === null ? null : `quantity_at_warehouse${index}`,
					};
				});
			},
		}),
	],
};
