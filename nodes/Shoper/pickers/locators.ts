import { by, locator, matches } from '../../shared/pickers/locators';

/** The records that operations of Shoper work with, and the ways to name one. */
export const orderId = locator({
	displayName: 'Order',
	name: 'orderId',
	description: 'The order to work with',
	list: 'searchOrders',
	modes: [
		by('id', 'By ID', 'e.g. 501', matches('^#?[0-9]+(\\s*,\\s*[0-9]+)*$', 'An ID is a number')),
	],
});

export const statusId = locator({
	displayName: 'Status',
	name: 'statusId',
	description: 'The order status as the shop calls it',
	list: 'searchStatuses',
	modes: [by('id', 'By ID', 'e.g. 4'), by('name', 'By Name', 'e.g. przesyłka wysłana')],
});

export const customer = locator({
	displayName: 'Customer',
	name: 'customer',
	description: 'The customer who placed the order',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 77'), by('email', 'By Email', 'e.g. name@example.com')],
});

export const customerId = locator({
	displayName: 'Customer',
	name: 'customerId',
	description: 'The customer to work with',
	list: 'searchCustomers',
	modes: [by('id', 'By ID', 'e.g. 77'), by('email', 'By Email', 'e.g. name@example.com')],
});

export const paymentId = locator({
	displayName: 'Payment Method',
	name: 'paymentId',
	list: 'searchPayments',
	modes: [by('id', 'By ID', 'e.g. 2')],
});

export const shippingId = locator({
	displayName: 'Delivery Method',
	name: 'shippingId',
	list: 'searchShippings',
	modes: [by('id', 'By ID', 'e.g. 8')],
});

export const productId = locator({
	displayName: 'Product',
	name: 'productId',
	description: 'The product to work with',
	list: 'searchProducts',
	modes: [by('id', 'By ID', 'e.g. 36'), by('code', 'By Code', 'e.g. MUG-1')],
});

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

export const webhookId = locator({
	displayName: 'Webhook',
	name: 'webhookId',
	description: 'The webhook to work with',
	list: 'searchWebhooks',
	modes: [by('id', 'By ID', 'e.g. 5')],
});
