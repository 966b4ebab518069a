import { by, locator, matches } from '../../shared/pickers/locators';

/** The records that operations of InSales work with, and the ways to name one. */
export const orderId = locator({
	displayName: 'Order',
	name: 'orderId',
	description:
		'The order to work with. The ID stands in the address of the order in the back office; the number is what customers see. InSales cannot search by number, so that orders are read until it is found.',
	list: 'searchOrders',
	modes: [
		by('id', 'By ID', 'e.g. 80001', matches('^#?[0-9]+$', 'An ID is a number')),
		by('number', 'By Number', 'e.g. 1001'),
	],
});

export const deliveryVariantId = locator({
	displayName: 'Delivery Method',
	name: 'deliveryVariantId',
	description:
		'Numeric ID of the delivery method. Pickup and fixed price suit orders from outside; others work out their price at checkout.',
	list: 'searchDeliveryVariants',
	modes: [by('id', 'By ID', 'e.g. 21797')],
});

export const paymentGatewayId = locator({
	displayName: 'Payment Method',
	name: 'paymentGatewayId',
	description:
		'Numeric ID of the payment method. It should be linked to the delivery method in the shop.',
	list: 'searchPaymentGateways',
	modes: [by('id', 'By ID', 'e.g. 79172')],
});

export const statusId = locator({
	displayName: 'Status',
	name: 'statusId',
	description: 'The status the order gets',
	list: 'searchCustomStatuses',
	modes: [
		by('id', 'By Permalink', 'e.g. v-obrabotke'),
		by('name', 'By Title', 'e.g. В обработке'),
		by('system', 'By System Status', 'e.g. dispatched', {
			hint: 'One of new, accepted, approved, dispatched, delivered, declined, returned',
		}),
	],
});

/** A client by ID, email or phone. */
export const clientNamedField = locator({
	displayName: 'Client',
	name: 'clientId',
	description:
		'The client (customer) to work with. InSales cannot search by email or phone, so that all clients are read to find the first one, and later only what changed.',
	list: 'searchClients',
	modes: [
		by('id', 'By ID', 'e.g. 4001'),
		by('email', 'By Email', 'e.g. name@example.com'),
		by('phone', 'By Phone', 'e.g. +7 900 000-00-00'),
	],
});

/** The client whose orders are meant. */
export const orderClient = locator({
	displayName: 'Client',
	name: 'clientId',
	description:
		'The client (customer) whose order it is. InSales cannot filter orders by client, so that the newest 250 are read, and all only when none of them is theirs.',
	list: 'searchClients',
	modes: [
		by('id', 'By ID', 'e.g. 4001'),
		by('email', 'By Email', 'e.g. name@example.com'),
		by('phone', 'By Phone', 'e.g. +7 900 000-00-00'),
	],
});

/** Fields that several operations on products and variants share. */
export const productId = locator({
	displayName: 'Product',
	name: 'productId',
	description:
		'The product to work with. InSales cannot search by SKU, so that all products are read once per run to find one.',
	list: 'searchProducts',
	modes: [by('id', 'By ID', 'e.g. 501'), by('sku', 'By SKU', 'e.g. TS-01-M')],
});

/** Which variant of a product. */
export const variantId = locator({
	displayName: 'Variant',
	name: 'variantId',
	description: 'The variant of the product. Empty means its only one.',
	required: false,
	modes: [by('id', 'By ID', 'e.g. 7001'), by('sku', 'By SKU', 'e.g. TS-01-M')],
});

export const webhookId = locator({
	displayName: 'Webhook',
	name: 'webhookId',
	description: 'The webhook to work with',
	list: 'searchWebhooks',
	modes: [by('id', 'By ID', 'e.g. 55')],
});
