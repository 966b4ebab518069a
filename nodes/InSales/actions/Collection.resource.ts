import { field } from '../../shared/actions/operation';
import type { Resource } from '../../shared/actions/operation';
import type { InSalesRecord } from '../api/codec';
import { collectionTree } from '../categories/tree';
import { treeReads } from './readOnlyTrees';

const collectionId = field({
	displayName: 'Collection',
	name: 'collectionId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The collection to work with',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCollections', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 31' },
	],
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
