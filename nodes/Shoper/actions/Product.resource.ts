import { idAfter, sort } from '../../shared/actions/filterFields';
import { localeNamed } from '../languages/shopLanguages';
import { productId } from '../pickers/locators';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { flagOf } from '../../shared/output/recordShape';
import { sameText } from '../../shared/text/sameText';
import { categoryTree } from '../categories/tree';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { localTime } from '../api/dates';
import { listWithDoubt, notBefore } from '../api/unconfirmedFilters';
import type { DoubtfulCondition } from '../api/unconfirmedFilters';
import { ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { operation } from './operation';
import { productOptions } from '../products/fields';
import { productNamed, viewProduct } from '../products/view';
import { contains, is } from '../api/conditions';
import { idToStartFrom } from '../api/input';
import { createProduct } from './product/create.operation';
import { deleteProduct } from './product/delete.operation';
import { updateProduct } from './product/update.operation';

export const product: Resource<ShoperRecord> = {
	value: 'product',
	name: 'Product',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a product',
			description: 'Retrieve one product by its ID or code',
			needs: ['products GET'],
			uses: ['product_stocks GET', 'producers GET', 'languages GET'],
			findsOne: true,
			items: 'together',
			fields: [productId, simplify, productOptions],
			run: async (shop, { productId: locator, simplify: simple, options }) => {
				const found = await productNamed(shop, locator);
				return await viewProduct(shop, found, await viewOf(shop, simple, options, found));
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many products',
			description: 'Retrieve many products, the newest first',
			needs: ['products GET'],
			uses: ['product_stocks GET', 'producers GET', 'categories GET', 'languages GET'],
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
						description:
							'Whether the products are shown in any language. The node reads all products that match the other filters and picks them out.',
					},
					{
						displayName: 'Category ID',
						name: 'categoryId',
						type: 'string',
						default: '',
						description: 'Products in this category or one below it',
					},
					{ displayName: 'Code', name: 'code', type: 'string', default: '' },
					{
						displayName: 'Created After',
						name: 'createdAfter',
						type: 'dateTime',
						default: '',
						description:
							"On or after this time. A time without an offset is the shop's local time. Shops that cannot filter by it are read whole, and the node picks them out.",
					},
					{ displayName: 'EAN', name: 'ean', type: 'string', default: '' },
					idAfter('products'),
					{
						displayName: 'Name Contains',
						name: 'name',
						type: 'string',
						default: '',
						description: 'Part of the name in any language',
					},
					{ displayName: 'Producer ID', name: 'producerId', type: 'string', default: '' },
					{
						displayName: 'Updated After',
						name: 'updatedAfter',
						type: 'dateTime',
						default: '',
						description:
							"Changed on or after this time; changes of stock may not count. A time without an offset is the shop's local time. Shops that cannot filter by it are read whole, and the node picks them out.",
					},
				]),
				simplify,
				productOptions,
				sort,
			],
			run: async (shop, { filters, options, ...values }) => {
				const { code, idAfter, name, producerId } = filters;
				const count = wanted(values);
				const products = await listWithDoubt(
					shop,
					{
						resource: 'products',
						where: [
							...(code === undefined ? [] : [is('stock.code', code)]),
							...(name === undefined ? [] : [contains('translations.name', name)]),
							...(producerId === undefined
								? []
								: [is('producer_id', Number(recordId(producerId, 'Producer ID')))]),
						],
						order: values.sort === 'oldest' ? 'oldest' : 'newest',
						// Rows are picked out by these, so that a page of the wanted size would be too small.
						...(filters.active === undefined && code === undefined && { limit: count }),
						...(idAfter !== undefined && { afterId: idToStartFrom(idAfter) }),
					},
					await doubtsOf(shop, filters),
					count,
					'leaveOut',
				);
				return await Promise.all(
					products.map(
						async (each) =>
							await viewProduct(shop, each, await viewOf(shop, values.simplify, options, each)),
					),
				);
			},
		}),
		createProduct,
		updateProduct,
		deleteProduct,
	],
};

async function viewOf(
	shop: ShoperShop,
	simple: boolean,
	{
		includeTranslations = false,
		language = '',
	}: { includeTranslations?: boolean; language?: string },
	record: ShoperRecord,
) {
	return {
		simplify: simple,
		...(language !== '' && { locale: await localeNamed(shop, language, record) }),
		translations: includeTranslations,
	};
}

/** Conditions that are checked here whatever the shop does (Shoper REST reference 3.2 and 6.7). */
async function doubtsOf(
	shop: ShoperShop,
	filters: {
		active?: boolean;
		categoryId?: string;
		code?: string;
		createdAfter?: string;
		ean?: string;
		updatedAfter?: string;
	},
): Promise<DoubtfulCondition[]> {
	const { active, categoryId, code, ean } = filters;
	const created = await localTime(shop, 'Created After', filters.createdAfter);
	const updated = await localTime(shop, 'Updated After', filters.updatedAfter);
	return [
		...(created === undefined ? [] : [notBefore('add_date', created)]),
		...(updated === undefined ? [] : [notBefore('edit_date', updated)]),
		...(ean === undefined
			? []
			: [
					{
						condition: is('stock.ean', ean),
						check: (each: ShoperRecord) => sameText(each.ean, ean),
					},
				]),
		...(categoryId === undefined
			? []
			: [await inCategory(shop, recordId(categoryId, 'Category ID'))]),
		// The filter finds products by the codes of their variants, too.
		...(code === undefined
			? []
			: [
					{
						condition: is('stock.code', code),
						check: (each: ShoperRecord) => sameText(each.code, code),
					},
				]),
		...(active === undefined
			? []
			: [
					{
						condition: { ...is('active', active ? 1 : 0), local: true },
						check: (each: ShoperRecord) => isShown(each) === active,
					},
				]),
	];
}

/** `category_tree_id` means the category and all below it (documented, not seen). */
async function inCategory(shop: ShoperShop, id: string): Promise<DoubtfulCondition> {
	const tree = await ifPermitted(
		shop,
		'categories',
		'categories-tree',
		[],
		async () => await categoryTree(shop),
	);
	const isIn = (each: unknown) =>
		tree ? tree.lineOf(String(each)).includes(id) : String(each) === id;
	return {
		condition: is('category_tree_id', Number(id)),
		check: ({ categories, category_id: main }) =>
			[...(Array.isArray(categories) ? (categories as unknown[]) : []), main].some(isIn),
	};
}

function isShown({ translations }: ShoperRecord): boolean {
	return (
		isRecord(translations) &&
		Object.values(translations).some((texts) => isRecord(texts) && flagOf(texts.active) === true)
	);
}
