import { idOrNull, numberOrNull } from '../../shared/output/orderShape';
import { flag, id, text, time } from '../../shared/output/recordShape';

import { idFilter, simpleReads } from './readOnlyResources';

export const cart = simpleReads({
	value: 'cart',
	name: 'Cart',
	one: 'a cart',
	many: 'carts',
	holds: 'shopping carts, those that became orders included',
	path: 'carts',
	idName: 'cartId',
	picker: 'searchCarts',
	order: 'newest',
	timed: true,
	filters: [
		idFilter(
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			'id_customer',
		),
	],
	shape: {
		customerId: id('id_customer'),
		guestId: id('id_guest'),
		currencyId: id('id_currency'),
		languageId: id('id_lang'),
		carrierId: id('id_carrier'),
		shippingAddressId: id('id_address_delivery'),
		billingAddressId: id('id_address_invoice'),
		gift: flag('gift'),
		giftMessage: text('gift_message'),
		lines: ({ associations }) =>
			associations?.cart_rows?.map((row) => ({
				productId: idOrNull(row.id_product),
				variantId: idOrNull(row.id_product_attribute),
				quantity: numberOrNull(row.quantity),
			})) ?? null,
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
});
