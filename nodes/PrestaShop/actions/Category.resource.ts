import type { IDataObject } from 'n8n-workflow';

import { languageIdOf } from '../languages/shopLanguages';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { by, locator } from '../../shared/pickers/locators';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import { categoryTree, simplifyCategory } from '../categories/tree';
import type { PrestaShopRecord } from '../api/records';
import { languageOptions } from '../languages/fields';
import { byId } from '../api/reads';
import { flag, id, number } from '../../shared/output/recordShape';
import { firstSlug } from '../products/slug';
import { translated } from '../api/recordShape';
import type { SimpleRead } from './readOnlyResources';
import { createOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';
import { operation } from './operation';

/** Category of the shop that all others are below (section 5.9 of the webservice reference). */
const HOME = '2';

const read: SimpleRead = {
	value: 'category',
	name: 'Category',
	one: 'a category',
	many: 'categories',
	holds: '',
	path: 'categories',
	idName: 'categoryId',
	picker: 'searchCategories',
	filters: [],
	multilingual: true,
	shape: {
		name: translated('name'),
		parentId: id('id_parent'),
		active: flag('active'),
		position: number('position'),
		linkRewrite: translated('link_rewrite'),
		description: translated('description'),
	},
};

const write: SimpleWrite = {
	read,
	node: 'category',
	required: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'Used in every language',
		},
	],
	optional: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the shop shows it',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'HTML, used in every language',
		},
		{
			displayName: 'Link',
			name: 'link_rewrite',
			type: 'string',
			default: '',
			description: 'Its part of the address, used in every language. Empty: made from the name.',
		},
		{
			displayName: 'Parent Category ID',
			name: 'id_parent',
			type: 'string',
			default: '',
			description: 'Empty: Home, which is 2 in a fresh shop',
		},
	],
	translated: [
		'name',
		'link_rewrite',
		'description',
		'additional_description',
		'meta_title',
		'meta_description',
		'meta_keywords',
	],
	defaults: { active: '1', id_parent: HOME },
	recognisedBy: ['id_parent', 'name'],
	isPlain: false,
	check: async (shop, values, before) => {
		const next: Record<string, unknown> = { ...values };
		if (next.id_parent !== undefined) {
			const parent = recordId(String(next.id_parent), 'Parent Category ID');
			const { records } = await categoryTree(shop);
			if (!records.has(parent)) throw notFound('category with the ID', parent);
		}
		if (before || next.link_rewrite !== undefined) return next;
		const { name } = next;
		const names = typeof name === 'object' && name !== null ? Object.entries(name) : undefined;
		next.link_rewrite = names
			? Object.fromEntries(names.map(([language, text]) => [language, firstSlug([String(text)])]))
			: firstSlug([String(name)]);
		return next;
	},
};

export const category: Resource<PrestaShopRecord> = {
	value: 'category',
	name: 'Category',
	operations: [
		createOne(write),
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a category',
			description: 'Retrieve one category with its path, such as Home > Clothes > Men',
			needs: ['categories GET'],
			uses: ['languages GET'],
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
				languageOptions,
			],
			run: async (shop, { categoryId, simplify: simple, options }) => {
				const id = recordId(categoryId.value, 'Category');
				const language = await languageIdOf(shop, options.language ?? '');
				const tree = await categoryTree(shop);
				const known = tree.records.get(id);
				if (simple && known) return simplifyCategory(known, tree, language);
				const record = await byId(shop, 'categories', id);
				if (!record) throw notFound('category with the ID', id);
				return { ...(record as IDataObject), path: tree.pathOf(id, language) };
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many categories',
			description:
				'Retrieve many categories with their paths, such as Home > Clothes > Men, in the order of the tree',
			needs: ['categories GET'],
			uses: ['languages GET'],
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
						description: 'Whether the category is shown in the shop',
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
				languageOptions,
			],
			run: async (shop, { filters, simplify: simple, options, ...values }) => {
				const { active, parentId } = filters;
				const above = parentId === undefined ? undefined : recordId(parentId, 'Parent ID');
				const language = await languageIdOf(shop, options.language ?? '');
				const tree = await categoryTree(shop);
				const chosen = [...tree.records.values()]
					.filter((each) => active === undefined || (each.active === '1') === active)
					.filter(
						({ id = '' }) => above === undefined || tree.lineOf(id).slice(0, -1).includes(above),
					)
					.slice(0, wanted(values));
				if (simple) return chosen.map((each) => simplifyCategory(each, tree, language));
				const full = await Promise.all(
					chosen.map(async ({ id = '' }) => await byId(shop, 'categories', id)),
				);
				return full.flatMap((record) =>
					record
						? [{ ...(record as IDataObject), path: tree.pathOf(record.id ?? '', language) }]
						: [],
				);
			},
		}),
		updateOne(write),
	],
};
