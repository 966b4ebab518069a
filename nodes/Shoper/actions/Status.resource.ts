import type { IDataObject } from 'n8n-workflow';

import {
	limit,
	maxOutputCharacters,
	optionsField,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { anew } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { statusId } from '../pickers/locators';
import { allOf, localeOf } from '../api/reads';
import { operation } from './operation';
import { isActive, simplifyStatus, statusNamed } from '../orders/statuses';

export const status: Resource<ShoperRecord> = {
	value: 'status',
	name: 'Status',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get an order status',
			description: 'Retrieve one order status by its ID or name, as it is in the shop now',
			needs: ['statuses GET'],
			findsOne: true,
			items: 'together',
			fields: [statusId, simplify, readOptions],
			run: async (shop, { statusId: locator, simplify: simple }) =>
				viewStatus(await statusNamed(shop, locator, 'all'), simple, await localeOf(shop)),
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many order statuses',
			description:
				'Retrieve many order statuses with their names in the language of the shop, as they are now',
			needs: ['statuses GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				simplify,
				optionsField([
					{
						displayName: 'Include Inactive',
						name: 'includeInactive',
						type: 'boolean',
						default: false,
						description: 'Whether to return statuses that are switched off as well',
					},
					maxOutputCharacters,
				]),
			],
			run: async (shop, { options, simplify: simple, ...values }) => {
				const locale = await localeOf(shop);
				// Read once per run, whole: a shop has more statuses than a page of the default size.
				const statuses = [...(await allOf(shop, 'statuses', anew)).values()];
				return statuses
					.filter((each) => options.includeInactive === true || isActive(each))
					.slice(0, wanted(values))
					.map((each) => viewStatus(each, simple, locale));
			},
		}),
	],
};

function viewStatus(each: ShoperRecord, simple: boolean, locale: string | undefined): IDataObject {
	if (!simple) return each;
	return {
		...simplifyStatus(String(each.status_id), each, locale),
		type: textOrNull(each.type),
		color: textOrNull(each.color),
		sendsEmail: flagOf(each.email_change),
		active: flagOf(each.active),
		default: flagOf(each.default),
	};
}
