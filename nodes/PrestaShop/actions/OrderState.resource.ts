import type { IDataObject } from 'n8n-workflow';

import { languageIdOf } from '../languages/shopLanguages';
import { stateNamed } from '../orders/statuses';
import { limit, optionsField, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { anew } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { language, languageOptions } from '../languages/fields';
import { stateId } from '../pickers/locators';
import { allOf } from '../api/reads';
import { operation } from './operation';
import { simplifyStatus } from '../orders/simplify';

export const orderState: Resource<PrestaShopRecord> = {
	value: 'orderState',
	name: 'Order State',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get an order state',
			description: 'Retrieve one order state by its ID or name',
			needs: ['order_states GET'],
			findsOne: true,
			items: 'together',
			fields: [stateId, simplify, languageOptions],
			run: async (shop, { stateId: locator, simplify: simple, options }) => {
				const languageId = await languageIdOf(shop, options.language ?? '');
				return viewState(await stateNamed(shop, locator), simple, languageId);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many order states',
			description: 'Retrieve many order states with their names',
			needs: ['order_states GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				simplify,
				optionsField([
					{
						displayName: 'Include Deleted',
						name: 'includeDeleted',
						type: 'boolean',
						default: false,
						description: 'Whether to return states that were deleted in the shop as well',
					},
					language,
				]),
			],
			run: async (shop, { options, simplify: simple, ...values }) => {
				const languageId = await languageIdOf(shop, options.language ?? '');
				const states = [...(await allOf(shop, 'order_states', anew)).values()];
				return states
					.filter(({ deleted }) => options.includeDeleted === true || deleted !== '1')
					.slice(0, wanted(values))
					.map((state) => viewState(state, simple, languageId));
			},
		}),
	],
};

function viewState(
	state: PrestaShopRecord,
	simple: boolean,
	languageId: string | undefined,
): IDataObject {
	if (!simple) return state as IDataObject;
	return {
		...simplifyStatus(state.id ?? '', state, languageId),
		color: textOrNull(state.color),
		sendsEmail: flagOf(state.send_email),
		paid: flagOf(state.paid),
		shipped: flagOf(state.shipped),
		delivery: flagOf(state.delivery),
		invoice: flagOf(state.invoice),
		valid: flagOf(state.logable),
		hidden: flagOf(state.hidden),
		deleted: flagOf(state.deleted),
	};
}
