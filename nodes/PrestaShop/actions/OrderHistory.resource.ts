import type { IDataObject } from 'n8n-workflow';

import { languageIdOf } from '../languages/shopLanguages';
import { partOptions } from '../orders/fields';
import { orderNamed, ordersNamed, verifyEmail } from '../orders/find';
import { orderHistory as historyOf } from '../orders/parts';
import { limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import { toJson } from '../../shared/output/toJson';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { PrestaShopRecord } from '../api/records';
import { orderId } from '../pickers/locators';
import { allOf, ifPermitted, zoneOf } from '../api/reads';
import { operation } from './operation';
import { simplifyChange } from '../orders/simplify';
import { changeState } from './orderHistory/create.operation';

export const orderHistory: Resource<PrestaShopRecord> = {
	value: 'orderHistory',
	name: 'Order History',
	operations: [
		changeState,
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many status changes of an order',
			description: 'Retrieve the status history of an order, the oldest change first',
			needs: ['order_histories GET'],
			uses: ['orders GET', 'order_states GET', 'configurations GET'],
			items: 'together',
			// All of it unless told: half a history misleads.
			fields: [orderId, { ...returnAll, default: true }, limit, simplify, partOptions],
			run: async (shop, { orderId: locator, simplify: simple, options, ...values }) => {
				const ids =
					locator.mode === 'reference'
						? (await ordersNamed(shop, locator)).map(({ id }) => id ?? '')
						: [recordId(locator.value, 'Order ID')];
				if (options.verifyEmail !== undefined) {
					const orders = ids.map(async (id) => await orderNamed(shop, { mode: 'id', value: id }));
					await verifyEmail(shop, await Promise.all(orders), options.verifyEmail);
				}
				const all = (await Promise.all(ids.map(async (id) => await historyOf(shop, id)))).flat();
				const rows = all.slice(0, wanted(values));
				// An order without any status change and no order at all look the same; tell them apart.
				if (rows.length === 0) await orderNamed(shop, locator);
				if (!simple) return rows as IDataObject[];
				const missing: string[] = [];
				const language = await languageIdOf(shop, options.language ?? '');
				const zone = await zoneOf(shop, missing);
				const states = await ifPermitted(shop, 'status names', 'order_states', missing, async () =>
					allOf(shop, 'order_states', (all) =>
						rows.every(({ id_order_state }) => all.has(String(id_order_state))),
					),
				);
				return rows.map((row) =>
					toJson({
						...simplifyChange(row, states, { zone, language }),
						...(missing.length > 0 && { _missing: missing }),
					}),
				);
			},
		}),
	],
};
