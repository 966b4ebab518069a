import { simplify } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { IDataObject } from 'n8n-workflow';
import type { PrestaShopRecord } from '../api/codec';
import { languageOptions } from '../languages/fields';
import { orderId } from '../pickers/locators';
import { operation } from './operation';
import { orderLines, orderNamed, ordersNamed } from '../orders/view';
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
			fields: [orderId, simplify, languageOptions],
			run: async (shop, { orderId: { mode, value }, simplify: simple }) => {
				const ids =
					mode === 'reference'
						? (await ordersNamed(shop, { mode, value })).map(({ id }) => id ?? '')
						: value.split(',').map((id) => recordId(id.trim(), 'Order'));
				const lines = await Promise.all(
					ids.map(async (id) => {
						const found = await orderLines(shop, id);
						// No lines and no order look the same; tell them apart.
						if (found.length === 0) await orderNamed(shop, { mode: 'id', value: id });
						return found;
					}),
				);
				return lines.flat().map((line) => (simple ? simplifyDetail(line) : line) as IDataObject);
			},
		}),
	],
};
