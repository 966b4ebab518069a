import type { IDataObject } from 'n8n-workflow';

import { limit, readOptions, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { allOf } from '../api/reads';
import { operation } from './operation';
import { priceKindsOf } from '../products/priceKinds';
import { flagOf } from '../../shared/output/recordShape';
import { anew } from '../../shared/reading/records';

export const priceKind: Resource<InSalesRecord> = {
	value: 'priceKind',
	name: 'Price Kind',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many price kinds',
			description:
				'Retrieve many kinds of additional prices, with the titles that variants show them under and the fields that hold them',
			needs: ['price_kinds GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, readOptions],
			run: async (shop, { simplify: simple, ...values }) => {
				const all = [...(await allOf(shop, 'price_kinds', anew)).values()];
				const kinds = priceKindsOf(all);
				const records = all.slice(0, wanted(values));
				if (!simple) return records as IDataObject[];
				return records.map((record) => {
					const kind = kinds.find(({ at }) => at === Number(record.price_index) - 1);
					return {
						id: idOf(record),
						title: kind?.title ?? String(record.title ?? ''),
						field: kind?.field ?? null,
						shownInLists: flagOf(record.show_in_lists),
					};
				});
			},
		}),
	],
};
