import { by, locator, matches } from '../../shared/pickers/locators';

/** The records that operations of PrestaShop work with, and the ways to name one. */
export const orderId = locator({
	displayName: 'Order',
	name: 'orderId',
	description: 'The order to work with',
	list: 'searchOrders',
	modes: [
		by('id', 'By ID', 'e.g. 42', matches('^#?[0-9]+(\\s*,\\s*[0-9]+)*$', 'An ID is a number')),
		by('reference', 'By Ref', 'e.g. XKBKNABJK'),
	],
});

export const stateId = locator({
	displayName: 'State',
	name: 'stateId',
	description: 'The order state as the shop calls it',
	list: 'searchOrderStates',
	modes: [by('id', 'By ID', 'e.g. 4'), by('name', 'By Name', 'e.g. Shipped')],
});

export const customer = locator({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer who placed the order',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 7'), by('email', 'By Email', 'e.g. name@example.com')],
});

export const productId = locator({
	displayName: 'Product',
	name: 'productId',
	description: 'The product to work with',
	list: 'searchProducts',
	modes: [
		by('id', 'By ID', 'e.g. 19'),
		by('reference', 'By Ref', 'e.g. demo_19'),
		by('ean13', 'By EAN', 'e.g. 5901234123457'),
	],
});

export const customerId = locator({
	displayName: 'Customer',
	name: 'customerId',
	description: 'The customer to work with. An email means the registered account, if there is one.',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 7'), by('email', 'By Email', 'e.g. name@example.com')],
});

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

/** Who a new order is for. */
export const buyer = locator({
	displayName: 'Customer',
	name: 'buyer',
	description:
		'Who the order is for. An email that no account has makes a new customer, or a guest.',
	list: 'searchCustomers',
	modes: [by('email', 'By Email', 'e.g. name@example.com'), by('id', 'By ID', 'e.g. 7')],
});

export const carrierId = locator({
	displayName: 'Carrier',
	name: 'carrierId',
	description: 'Who delivers. Needed unless everything ordered is virtual.',
	required: false,
	list: 'searchCarriers',
	modes: [by('id', 'By ID', 'e.g. 2'), by('name', 'By Name', 'e.g. My carrier')],
});
