import { by, locator } from '../../shared/pickers/locators';

/** Whatever has a stock of its own. */
export const stockItem = locator({
	displayName: 'Product',
	name: 'productId',
	description: 'The product or combination whose stock it is',
	list: 'searchProducts',
	modes: [
		by('id', 'By Product ID', 'e.g. 12'),
		by('combinationId', 'By Combination ID', 'e.g. 34'),
		by('sku', 'By SKU', 'e.g. demo_1'),
	],
});
