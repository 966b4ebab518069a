import type { IDataObject } from 'n8n-workflow';

import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import { toJson } from '../../shared/output/toJson';
import type { Resource } from '../../shared/actions/operation';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import { operation } from './operation';
import { productById } from '../products/reads';
import { productsWithSku } from '../products/search';
import { productParts } from '../products/view';
import { listOf } from '../orders/conditions';
import { readMany } from '../api/readMany';
import { simplifyVariant } from '../products/simplify';
import { updateVariant } from './variant/update.operation';
import { updateManyVariants } from './variant/updateMany.operation';

export const variant: Resource<InSalesRecord> = {
	value: 'variant',
	name: 'Variant',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many variants',
			description:
				'Retrieve many variants with SKU, stock, purchase price and additional prices by the titles of their kinds; of some products or of the whole catalogue',
			needs: ['products GET'],
			uses: ['price_kinds GET', 'warehouses GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'In Stock',
						name: 'inStock',
						type: 'boolean',
						default: true,
						description:
							'Whether pieces are left, or the shop does not count them. InSales has no such filter: products are read and compared here.',
					},
					{
						displayName: 'Product IDs',
						name: 'productIds',
						type: 'string',
						default: '',
						placeholder: 'e.g. 501,502',
						description: 'Several separated by commas; 100 per request',
					},
					{
						displayName: 'SKU',
						name: 'sku',
						type: 'string',
						default: '',
						placeholder: 'e.g. TS-01-M',
						description:
							'InSales has no such filter: all products are read for the first one, 250 per request, and later only what changed',
					},
					{
						displayName: 'Updated After',
						name: 'updatedAfter',
						type: 'dateTime',
						default: '',
						description:
							"Of products that changed at this time or later. A time without an offset is the shop's local time.",
					},
				]),
				simplify,
				readOptions,
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const { inStock, productIds, sku, updatedAfter } = filters;
				const count = wanted(values);
				const fits = (each: InSalesRecord) =>
					(sku === undefined || sameText(each.sku, sku)) &&
					(inStock === undefined || isInStock(each) === inStock);
				const checkedHere = sku !== undefined || inStock !== undefined;
				const products =
					productIds !== undefined
						? await productsOf(shop, productIds)
						: sku !== undefined && updatedAfter === undefined
							? await productsWithSku(shop, sku)
							: await readMany(
									shop,
									{ path: 'products', keep: (each) => rowsIn(each.variants).some(fits) },
									{
										since:
											updatedAfter === undefined
												? undefined
												: await wireTime(shop, 'products', 'Updated After', updatedAfter),
										checkedHere,
									},
									count,
								);
				return await viewVariants(shop, products, fits, simple, count);
			},
		}),
		updateVariant,
		updateManyVariants,
	],
};

async function productsOf(shop: InSalesShop, productIds: string): Promise<InSalesRecord[]> {
	const ids = (listOf(productIds, 'Product IDs') ?? []).map((id) => recordId(id, 'Product IDs'));
	return await Promise.all(
		[...new Set(ids)].map(async (id) => {
			const product = await productById(shop, id);
			if (product) return product;
			throw notFound('product with the ID', id);
		}),
	);
}

function isInStock({ quantity }: InSalesRecord): boolean {
	return quantity === null || quantity === undefined || Number(quantity) > 0;
}

async function viewVariants(
	shop: InSalesShop,
	products: readonly InSalesRecord[],
	fits: (variant: InSalesRecord) => boolean,
	simple: boolean,
	count: number,
): Promise<IDataObject[]> {
	const found = products
		.flatMap((product) => rowsIn(product.variants).map((each) => ({ product, each })))
		.filter(({ each }) => fits(each))
		.slice(0, count);
	if (!simple || found.length === 0) {
		return found.map(({ product, each }) => toJson({ product_id: product.id, ...each }));
	}
	const parts = await productParts(shop, ['warehouses']);
	return found.map(({ product, each }) =>
		toJson({
			...simplifyVariant(each, product, parts),
			productId: idOf(product),
			productTitle: product.title ?? null,
			...(parts.missing.length > 0 && { _missing: [...parts.missing] }),
		}),
	);
}
