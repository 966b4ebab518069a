import { field } from '../../shared/actions/operation';

/** Whatever has a stock of its own. */
export const stockItem = field({
	displayName: 'Product',
	name: 'productId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The product or variant whose stock it is',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{ displayName: 'By Product ID', name: 'id', type: 'string', placeholder: 'e.g. 36' },
		{
			displayName: 'By Stock ID',
			name: 'stockId',
			type: 'string',
			placeholder: 'e.g. 44',
			hint: 'The ID of a variant, or of the base variant every product has',
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. MUG-1' },
	],
});
