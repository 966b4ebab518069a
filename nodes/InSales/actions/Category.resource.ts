import type { Resource } from '../../shared/actions/operation';
import { by, locator } from '../../shared/pickers/locators';
import type { InSalesRecord } from '../api/codec';
import { categoryTree } from '../categories/tree';
import { treeReads } from './readOnlyTrees';

const categoryId = locator({
	displayName: 'Category',
	name: 'categoryId',
	description: 'The category to work with',
	list: 'searchCategories',
	modes: [by('id', 'By ID', 'e.g. 21')],
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
