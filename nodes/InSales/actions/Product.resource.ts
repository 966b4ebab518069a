import { updatedAfter } from './filterFields';
import { productId } from '../pickers/locators';
import { InputError } from '../../shared/protocol/errors';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import { operation } from './operation';
import { productOptions } from '../products/fields';
import { productById } from '../products/reads';
import { productNamed, viewProducts } from '../products/view';
import { listOf } from '../orders/conditions';
import { readMany } from '../api/readMany';
import { createProduct } from './product/create.operation';
import { deleteProduct } from './product/delete.operation';
import { updateProduct } from './product/update.operation';

export const product: Resource<InSalesRecord> = {
	value: 'product',
	name: 'Product',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a product',
			description:
				'Retrieve one product by its ID or SKU, with variants, purchase prices and additional prices by the titles of their kinds',
			needs: ['products GET'],
			uses: ['price_kinds GET', 'collections GET', 'product_fields GET', 'warehouses GET'],
			findsOne: true,
			items: 'together',
			fields: [productId, simplify, productOptions],
			run: async (shop, { productId: locator, simplify: simple, options }) => {
				const view = { simplify: simple, include: options.include ?? [] };
				return await viewProducts(shop, [await productNamed(shop, locator)], view);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many products',
			description:
				'Retrieve many products, the newest first; with "Updated After" the oldest change first. To keep a copy of the catalogue, use "Catalog: Sync".',
			needs: ['products GET'],
			uses: ['price_kinds GET', 'collections GET', 'product_fields GET', 'warehouses GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Category ID',
						name: 'categoryId',
						type: 'string',
						default: '',
						description: 'Category of the stock («склад»)',
					},
					{
						displayName: 'Collection ID',
						name: 'collectionId',
						type: 'string',
						default: '',
						description: 'Collection of the storefront, with those below it',
					},
					{
						displayName: 'Deleted',
						name: 'deleted',
						type: 'boolean',
						default: true,
						description:
							'Whether to return products that are in the trash instead of those that are not',
					},
					{
						displayName: 'Hidden',
						name: 'hidden',
						type: 'boolean',
						default: false,
						description:
							'Whether the products are kept out of the storefront. InSales has no such filter: products are read and compared here.',
					},
					{
						displayName: 'IDs',
						name: 'ids',
						type: 'string',
						default: '',
						placeholder: 'e.g. 501,502',
						description:
							'These products only, 100 per request. Cannot be combined with other filters.',
					},
					{
						displayName: 'Title Contains',
						name: 'title',
						type: 'string',
						default: '',
					},
					updatedAfter,
				]),
				simplify,
				productOptions,
			],
			run: async (shop, { filters, simplify: simple, options, ...values }) => {
				const view = { simplify: simple, include: options.include ?? [] };
				const count = wanted(values);
				const found =
					filters.ids === undefined
						? await productsWhere(shop, filters, count)
						: await productsByList(shop, filters, count);
				return await viewProducts(shop, found, view);
			},
		}),
		updateProduct,
		createProduct,
		deleteProduct,
	],
};

interface ProductFilters {
	categoryId?: string;
	collectionId?: string;
	deleted?: boolean;
	hidden?: boolean;
	ids?: string;
	title?: string;
	updatedAfter?: string;
}

/** Every condition is checked here too: the shop ignores filters it does not know without a word. */
async function productsWhere(
	shop: InSalesShop,
	{ categoryId, collectionId, deleted = false, hidden, title, updatedAfter }: ProductFilters,
	count: number,
): Promise<InSalesRecord[]> {
	const filters: Record<string, string> = {};
	const checks: Array<(each: InSalesRecord) => boolean> = [
		(each) => (each.archived === true) === deleted,
	];
	if (deleted) filters.deleted = 'true';
	if (categoryId !== undefined) {
		const id = recordId(categoryId, 'Category ID');
		filters.category_id = id;
		checks.push((each) => String(each.category_id) === id);
	}
	if (collectionId !== undefined) {
		const id = recordId(collectionId, 'Collection ID');
		filters.collection_id = id;
		checks.push(({ collections_ids: ids }) => Array.isArray(ids) && ids.map(String).includes(id));
	}
	if (title !== undefined) {
		filters['filter[title]'] = title;
		checks.push((each) => String(each.title).toLowerCase().includes(title.toLowerCase()));
	}
	if (hidden !== undefined) checks.push((each) => (each.is_hidden === true) === hidden);
	const since =
		updatedAfter === undefined
			? undefined
			: await wireTime(shop, 'products', 'Updated After', updatedAfter);
	const keep = (each: InSalesRecord) => checks.every((check) => check(each));
	const reading = { since, checkedHere: hidden !== undefined };
	return await readMany(shop, { path: 'products', filters, keep }, reading, count);
}

async function productsByList(
	shop: InSalesShop,
	{ ids = '', ...others }: ProductFilters,
	count: number,
): Promise<InSalesRecord[]> {
	if (Object.keys(others).length > 0) {
		throw new InputError('The filter "IDs" stands alone.', 'Remove it or the others.');
	}
	const list = (listOf(ids, 'IDs') ?? []).map((id) => recordId(id, 'IDs'));
	return await Promise.all(
		[...new Set(list)].slice(0, count).map(async (id) => {
			const found = await productById(shop, id);
			if (found) return found;
			throw notFound('product with the ID', id);
		}),
	);
}
