import { field } from '../../shared/actions/operation';
import type { Resource } from '../../shared/actions/operation';
import type { InSalesRecord } from '../api/codec';
import { categoryTree } from '../categories/tree';
import { treeReads } from './readOnlyTrees';

const categoryId = field({
	displayName: 'Category',
	name: 'categoryId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The category to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCategories', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 21' },
	],
});

/** Categories of the stock («склад»): each product has one. */
export const category: Resource<InSalesRecord> = treeReads({
	value: 'category',
	name: 'Category',
	one: 'a category',
	many: 'categories',
	holds: 'of the stock with its path, such as Склад > Одежда',
	path: 'categories',
	locator: categoryId,
	tree: categoryTree,
});
