import type { IDataObject } from 'n8n-workflow';

import { orderNamed, verifyOwner } from '../orders/find';
import { orderLines } from '../orders/parts';
import { guardedOptions, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { idOrNull } from '../../shared/output/orderShape';
import type { ShoperRecord } from '../api/codec';
import { orderId } from '../pickers/locators';
import { operation } from './operation';
import { recordIds } from '../api/input';
import { simplifyLine } from '../orders/simplify';

export const orderProduct: Resource<ShoperRecord> = {
	value: 'orderProduct',
	name: 'Order Product',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many order lines',
			description:
				'Retrieve the lines of an order: product, SKU, quantity, gross price. Several order IDs may be separated by commas.',
			needs: ['orders GET'],
			items: 'together',
			// All of them unless told: half an order helps nobody.
			fields: [orderId, { ...returnAll, default: true }, limit, simplify, guardedOptions],
			run: async (shop, { orderId: { value }, simplify: simple, options, ...values }) => {
				await verifyOwner(shop, value, options.verifyEmail);
				const lines = await Promise.all(
					recordIds(value, 'Order ID').map(async (id) => {
						const found = await orderLines(shop, id);
						// No lines and no order look the same; tell them apart.
						if (found.length === 0) await orderNamed(shop, { mode: 'id', value: id });
						return found;
					}),
				);
				const found = lines.flat().slice(0, wanted(values));
				return found.map((line): IDataObject => {
					if (!simple) return line;
					return { ...simplifyLine(line), orderId: idOrNull(line.order_id) };
				});
			},
		}),
	],
};
