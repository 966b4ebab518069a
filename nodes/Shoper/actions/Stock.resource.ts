import type { IDataObject } from 'n8n-workflow';

import { stockItem } from '../pickers/locators';
import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { ShoperRecord } from '../api/codec';
import { operation } from './operation';
import { is } from '../api/conditions';
import { listing } from '../api/query';
import type { Condition } from '../api/conditions';
import { simplifyStock, stockRowsNamed } from '../stock/rows';
import { updateStock } from './stock/update.operation';

export const stock: Resource<ShoperRecord> = {
	value: 'stock',
	name: 'Stock',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get the stock of a product',
			description:
				'Retrieve the quantity of a product with all its variants, or of one variant or code',
			needs: ['product_stocks GET'],
			findsOne: true,
			items: 'together',
			fields: [stockItem, simplify],
			run: async (shop, { productId, simplify: simple }) => {
				const rows = await stockRowsNamed(shop, productId);
				return rows.map((row) => view(row, simple));
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many stock levels',
			description: 'Retrieve many quantities, a row per product and variant',
			needs: ['product_stocks GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Max Quantity',
						name: 'maxQuantity',
						type: 'number',
						default: 0,
						description: 'Only stock of at most this quantity',
					},
					{ displayName: 'Product ID', name: 'productId', type: 'string', default: '' },
				]),
				simplify,
				readOptions,
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const { maxQuantity, productId } = filters;
				const most: Condition[] =
					maxQuantity === undefined ? [] : [{ field: 'stock', operator: '<=', value: maxQuantity }];
				const ofProduct =
					productId === undefined
						? []
						: [is('product_id', Number(recordId(productId, 'Product ID')))];
				const count = wanted(values);
				const where = [...ofProduct, ...most];
				const list = listing({ resource: 'product-stocks', where, limit: count });
				const rows = await shop.list(list, count, 'leaveOut');
				return rows.map((row) => view(row, simple));
			},
		}),
		updateStock,
	],
};

function view(row: ShoperRecord, simple: boolean): IDataObject {
	return simple ? simplifyStock(row) : row;
}
