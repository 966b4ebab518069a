import { partOptions } from '../orders/fields';
import { orderNamed, ordersNamed, verifyEmail } from '../orders/find';
import { orderLines } from '../orders/parts';
import { limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { IDataObject } from 'n8n-workflow';

import type { PrestaShopRecord } from '../api/records';
import { orderId } from '../pickers/locators';
import { operation } from './operation';
import { simplifyDetail } from '../orders/simplify';

export const orderDetail: Resource<PrestaShopRecord> = {
	value: 'orderDetail',
	name: 'Order Detail',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many order lines',
			description:
				'Retrieve the lines of an order: product, reference, quantity, price. Several order IDs may be separated by commas.',
			needs: ['order_details GET'],
			uses: ['orders GET'],
			items: 'together',
			// All of them unless told: half an order helps nobody.
			fields: [orderId, { ...returnAll, default: true }, limit, simplify, partOptions],
			run: async (shop, { orderId: { mode, value }, simplify: simple, options, ...values }) => {
				const ids =
					mode === 'reference'
						? (await ordersNamed(shop, { mode, value })).map(({ id }) => id ?? '')
						: value.split(',').map((id) => recordId(id.trim(), 'Order'));
				if (options.verifyEmail !== undefined) {
					const orders = ids.map(async (id) => await orderNamed(shop, { mode: 'id', value: id }));
					await verifyEmail(shop, await Promise.all(orders), options.verifyEmail);
				}
				const lines = await Promise.all(
					ids.map(async (id) => {
						const found = await orderLines(shop, id);
						// No lines and no order look the same; tell them apart.
						if (found.length === 0) await orderNamed(shop, { mode: 'id', value: id });
						return found;
					}),
				);
				const found = lines.flat().slice(0, wanted(values));
				return found.map((line) => (simple ? simplifyDetail(line) : line) as IDataObject);
			},
		}),
	],
};
