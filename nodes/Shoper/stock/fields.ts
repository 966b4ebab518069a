import { by, locator } from '../../shared/pickers/locators';

/** Whatever has a stock of its own. */
export const stockItem = locator({
	displayName: 'Product',
	name: 'productId',
	description: 'The product or variant whose stock it is',
	list: 'searchProducts',
	modes: [
		by('id', 'By Product ID', 'e.g. 36'),
		by('stockId', 'By Stock ID', 'e.g. 44', {
			hint: 'The ID of a variant, or of the base variant every product has',
		}),
		by('code', 'By Code', 'e.g. MUG-1'),
	],
});
