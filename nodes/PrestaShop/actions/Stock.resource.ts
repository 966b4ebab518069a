import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../api/conditions';
import { is, less } from '../api/conditions';
import { languageIdOf } from '../languages/shopLanguages';
import { stockItem } from '../pickers/locators';
import { InputError } from '../../shared/protocol/errors';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import type { PrestaShopRecord } from '../api/records';
import { operation } from './operation';

import { listing } from '../api/query';
import { languageOptions } from '../languages/fields';
import { ATTRIBUTE_NAMES } from '../products/combinations';
import { simplifyStock, stockRowsNamed, viewStock } from '../stock/rows';
import { updateStock } from './stock/update.operation';

export const stock: Resource<PrestaShopRecord> = {
	value: 'stock',
	name: 'Stock',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get the stock of a product',
			description:
				'Retrieve the available quantity of a product with all its combinations, or of one combination or SKU',
			needs: ['stock_availables GET'],
			uses: ['products GET', 'combinations GET', ATTRIBUTE_NAMES, 'languages GET'],
			findsOne: true,
			items: 'together',
			fields: [stockItem, simplify, languageOptions],
			run: async (shop, { productId, simplify: simple, options }) => {
				const rows = await stockRowsNamed(shop, productId);
				if (!simple) return rows.map((row) => view(row, simple));
				return await viewStock(shop, rows, await languageIdOf(shop, options.language ?? ''));
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many stock levels',
			description: 'Retrieve many available quantities, a row per product and combination',
			needs: ['stock_availables GET'],
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
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const where = conditionsOf(filters);
				const count = wanted(values);
				const rows = await shop.list(
					listing({ resource: 'stock_availables', where, limit: count }),
					count,
					'leaveOut',
				);
				return rows.map((row) => view(row, simple));
			},
		}),
		updateStock,
	],
};

function conditionsOf({
	maxQuantity,
	productId,
}: {
	maxQuantity?: number;
	productId?: string;
}): Condition[] {
	if (maxQuantity !== undefined && !Number.isSafeInteger(maxQuantity)) {
		throw new InputError(`"Max Quantity" is ${maxQuantity}.`, 'Enter a whole number.');
	}
	return [
		// The shop knows "less than" only.
		...(maxQuantity === undefined ? [] : [less('quantity', `${maxQuantity + 1}`)]),
		...(productId === undefined ? [] : [is('id_product', recordId(productId, 'Product ID'))]),
	];
}

function view(row: PrestaShopRecord, simple: boolean): IDataObject {
	return simple ? simplifyStock(row) : (row as IDataObject);
}
