import { field } from '../../shared/actions/operation';

/** Whatever has a stock of its own. */
export const stockItem = field({
	displayName: 'Product',
	name: 'productId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The product or combination whose stock it is',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{ displayName: 'By Product ID', name: 'id', type: 'string', placeholder: 'e.g. 12' },
		{
			displayName: 'By Combination ID',
			name: 'combinationId',
			type: 'string',
			placeholder: 'e.g. 34',
		},
		{ displayName: 'By SKU', name: 'sku', type: 'string', placeholder: 'e.g. demo_1' },
	],
});
