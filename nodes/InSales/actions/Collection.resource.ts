import type { Resource } from '../../shared/actions/operation';
import { by, locator } from '../../shared/pickers/locators';
import type { InSalesRecord } from '../api/codec';
import { collectionTree } from '../categories/tree';
import { treeReads } from './readOnlyTrees';

const collectionId = locator({
	displayName: 'Collection',
	name: 'collectionId',
	description: 'The collection to work with',
	list: 'searchCollections',
	modes: [by('id', 'By ID', 'e.g. 31')],
});

/** Collections of the storefront («витрина»). */
export const collection: Resource<InSalesRecord> = treeReads({
	value: 'collection',
	name: 'Collection',
	one: 'a collection',
	many: 'collections',
	holds: 'of the storefront with its path, such as Каталог > Одежда > Футболки',
	path: 'collections',
	locator: collectionId,
	tree: collectionTree,
});
