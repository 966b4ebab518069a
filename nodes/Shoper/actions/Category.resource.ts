import {
	filtersField,
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { by, locator } from '../../shared/pickers/locators';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import {
	categoriesInOrder,
	categoryTree,
	isActive,
	pathOf,
	simplifyCategory,
} from '../categories/tree';
import type { ShoperRecord } from '../api/codec';
import { byId, localeOf } from '../api/reads';
import { operation } from './operation';

export const category: Resource<ShoperRecord> = {
	value: 'category',
	name: 'Category',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a category',
			description: 'Retrieve one category with its path, such as Clothes > Men',
			needs: ['categories GET'],
			findsOne: true,
			items: 'together',
			fields: [
				locator({
					displayName: 'Category',
					name: 'categoryId',
					description: 'The category to work with',
					list: 'searchCategories',
					modes: [by('id', 'By ID', 'e.g. 3')],
				}),
				simplify,
				readOptions,
			],
			run: async (shop, { categoryId, simplify: simple }) => {
				const id = recordId(categoryId.value, 'Category');
				const [tree, locale] = await Promise.all([categoryTree(shop), localeOf(shop)]);
				const line = tree.lineOf(id);
				const found = await Promise.all(
					line.map(async (each) => await byId(shop, 'categories', each)),
				);
				const record = found.at(-1);
				if (!record) throw notFound('category with the ID', id);
				const records = new Map(
					found.flatMap((each) => (each ? [[String(each.category_id), each] as const] : [])),
				);
				if (simple) return simplifyCategory(record, line, records, locale);
				return { ...record, path: pathOf(line, records, locale) };
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many categories',
			description:
				'Retrieve many categories with their paths, such as Clothes > Men, in the order of the tree',
			needs: ['categories GET'],
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
						description: "Whether customers see it in the shop's main language",
					},
					{
						displayName: 'Parent ID',
						name: 'parentId',
						type: 'string',
						default: '',
						description: 'Only categories below this one, at any depth',
					},
				]),
				simplify,
				readOptions,
			],
			run: async (shop, { filters, simplify: simple, ...values }) => {
				const { active, parentId } = filters;
				const above = parentId === undefined ? undefined : recordId(parentId, 'Parent ID');
				const [{ tree, records }, locale] = await Promise.all([
					categoriesInOrder(shop),
					localeOf(shop),
				]);
				return [...records]
					.map(([id, record]) => ({ record, line: tree.lineOf(id) }))
					.filter(({ record }) => active === undefined || isActive(record, locale) === active)
					.filter(({ line }) => above === undefined || line.slice(0, -1).includes(above))
					.slice(0, wanted(values))
					.map(({ record, line }) =>
						simple
							? simplifyCategory(record, line, records, locale)
							: { ...record, path: pathOf(line, records, locale) },
					);
			},
		}),
	],
};
