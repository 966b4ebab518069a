import type { IDataObject } from 'n8n-workflow';

import { limit, readOptions, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { operation } from './operation';
import { customStatuses, phaseOf, statusChoices } from '../orders/statuses';

export const customStatus: Resource<InSalesRecord> = {
	value: 'customStatus',
	name: 'Custom Status',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many custom statuses',
			description:
				'Retrieve many order statuses of the shop, each with its system status. In a shop without custom statuses, and for a key without the right to see them, the seven system statuses stand in.',
			needs: [],
			uses: ['custom_statuses GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, readOptions],
			run: async (shop, { simplify: simple, ...values }) => {
				const rows = (await customStatuses(shop)) ?? [];
				if (rows.length > 0) {
					const chosen = rows.slice(0, wanted(values));
					return simple ? chosen.map(viewStatus) : (chosen as IDataObject[]);
				}
				const choices = (await statusChoices(shop)).slice(0, wanted(values));
				return choices.map(({ title, system = '' }) => ({
					id: system,
					name: title,
					phase: phaseOf(system),
					systemStatus: system,
					custom: false,
				}));
			},
		}),
	],
};

/** `id` is the permalink, which is what the shop knows a status by (InSales API reference, 6.2). */
function viewStatus(row: InSalesRecord): IDataObject {
	return {
		id: textOrNull(row.permalink) ?? idOf(row),
		name: textOrNull(row.title),
		phase: phaseOf(row.system_status),
		systemStatus: textOrNull(row.system_status),
		custom: true,
		isDefault: flagOf(row.is_default),
		color: textOrNull(row.color),
	};
}
