import type { Condition } from '../api/conditions';
import { between, contains, greater, is, less } from '../api/conditions';
import { createdAfter, idAfter, sort } from '../../shared/actions/filterFields';
import { languageIdOf } from '../languages/shopLanguages';
import { InputError } from '../../shared/protocol/errors';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import type { PrestaShopRecord } from '../api/records';
import { partsOfWholeProducts, readProducts } from '../api/productsWithoutCover';
import { onOrAfter } from '../api/dates';
import { productId } from '../pickers/locators';
import type { PrestaShopShop } from '../api/reads';
import { operation } from './operation';

import { productOptions } from '../products/fields';
import { languagesToRead, productNamed, viewProduct } from '../products/view';
import type { ProductView } from '../products/view';
import { listing } from '../api/query';
import { createProduct } from './product/create.operation';
import { deleteProduct } from './product/delete.operation';
import { updateProduct } from './product/update.operation';

export const product: Resource<PrestaShopRecord> = {
	value: 'product',
	name: 'Product',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a product',
			description: 'Retrieve one product by its ID, reference or EAN',
			needs: ['products GET'],
			uses: ['stock_availables GET', 'configurations GET'],
			findsOne: true,
			items: 'together',
			fields: [productId, simplify, productOptions],
			run: async (shop, { productId: locator, simplify: simple, options }) => {
				const view = await viewOf(shop, simple, options);
				const read = await languagesToRead(shop, view);
				return await viewProduct(shop, await productNamed(shop, locator, read), view);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many products',
			description: 'Retrieve many products, the newest first',
			needs: ['products GET'],
			uses: ['stock_availables GET', 'configurations GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Active',
						name: 'active',
						type: 'boolean',
						default: true,
						description: 'Whether the products are shown in the shop',
					},
					{
						displayName: 'Category ID',
						name: 'categoryId',
						type: 'string',
						default: '',
						description:
							'Products in this category, as their main one or another. PrestaShop cannot search for it: the node reads all products that match the other filters and picks them out.',
					},
					createdAfter,
					{ displayName: 'EAN', name: 'ean13', type: 'string', default: '' },
					idAfter('products'),
					{ displayName: 'Manufacturer ID', name: 'manufacturerId', type: 'string', default: '' },
					{
						displayName: 'Maximum Price',
						name: 'priceMax',
						type: 'number',
						default: 0,
						description: 'Price without tax, before discounts',
					},
					{
						displayName: 'Minimum Price',
						name: 'priceMin',
						type: 'number',
						default: 0,
						description: 'Price without tax, before discounts',
					},
					{
						displayName: 'Name Contains',
						name: 'name',
						type: 'string',
						default: '',
						description: 'Part of the name in any language',
					},
					{ displayName: 'Reference', name: 'reference', type: 'string', default: '' },
					{
						displayName: 'Updated After',
						name: 'updatedAfter',
						type: 'dateTime',
						default: '',
						description:
							"Changed on or after this time; changes of stock do not count. A time without an offset is the shop's local time.",
					},
				]),
				simplify,
				productOptions,
				sort,
			],
			run: async (shop, values) => {
				const { filters } = values;
				const view = await viewOf(shop, values.simplify, values.options);
				const most = wanted(values);
				const category = filters.categoryId && recordId(filters.categoryId, 'Category ID');
				const where = await conditionsOf(shop, filters);
				const language = await languagesToRead(shop, view);
				const afterId =
					filters.idAfter === undefined ? undefined : Number(recordId(filters.idAfter, 'ID After'));
				const products = await readProducts(async (display) => {
					const list = listing({
						resource: 'products',
						where,
						display,
						order: values.sort === 'oldest' ? 'oldest' : 'newest',
						language,
						afterId,
						...(category === undefined && { limit: most }),
					});
					const keep = (each: PrestaShopRecord) =>
						(category === undefined || isIn(each, category)) && (list.keep?.(each) ?? true);
					const parts = display === 'full' ? partsOfWholeProducts : list.parts;
					return await shop.list({ ...list, keep, parts }, most, 'leaveOut');
				});
				return await Promise.all(products.map(async (each) => await viewProduct(shop, each, view)));
			},
		}),
		updateProduct,
		createProduct,
		deleteProduct,
	],
};

async function viewOf(
	shop: PrestaShopShop,
	simple: boolean,
	{
		language = '',
		includeTranslations = false,
	}: { language?: string; includeTranslations?: boolean },
): Promise<ProductView> {
	return {
		simplify: simple,
		language: await languageIdOf(shop, language),
		translations: includeTranslations,
	};
}

function isIn({ id_category_default: main, associations }: PrestaShopRecord, category: string) {
	return main === category || (associations?.categories ?? []).some(({ id }) => id === category);
}

interface ProductFilters {
	active?: boolean;
	createdAfter?: string;
	ean13?: string;
	manufacturerId?: string;
	name?: string;
	priceMax?: number;
	priceMin?: number;
	reference?: string;
	updatedAfter?: string;
}

async function conditionsOf(shop: PrestaShopShop, filters: ProductFilters): Promise<Condition[]> {
	const { active, ean13, manufacturerId, name, reference } = filters;
	const exact = (field: string, value: string): Condition => ({
		...is(field, value),
		// The shop ignores accents, too.
		matches: (record) => sameText(record[field], value),
	});
	return [
		...(active === undefined ? [] : [is('active', active ? '1' : '0')]),
		...(ean13 === undefined ? [] : [exact('ean13', ean13)]),
		...(reference === undefined ? [] : [exact('reference', reference)]),
		...(manufacturerId === undefined
			? []
			: [is('id_manufacturer', recordId(manufacturerId, 'Manufacturer ID'))]),
		...(name === undefined ? [] : [contains('name', name)]),
		...price(filters.priceMin, filters.priceMax),
		...(await onOrAfter(shop, 'date_add', 'Created After', filters.createdAfter)),
		...(await onOrAfter(shop, 'date_upd', 'Updated After', filters.updatedAfter)),
	];
}

/** Smallest step of a stored price. */
const PRICE_STEP = 1e-6;

/** The shop takes one condition per field, and compares strictly unless it is a range. */
function price(min: number | undefined, max: number | undefined): Condition[] {
	const text = (value: number) => value.toFixed(6);
	if (min !== undefined && max !== undefined) {
		if (min <= max) return [between('price', text(min), text(max))];
		throw new InputError('"Minimum Price" is above "Maximum Price".', 'Swap the two prices.');
	}
	if (min !== undefined) return min <= 0 ? [] : [greater('price', text(min - PRICE_STEP))];
	return max === undefined ? [] : [less('price', text(max + PRICE_STEP))];
}
