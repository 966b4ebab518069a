import { idOrNull, numberOrNull } from '../../shared/output/orderShape';
import { flag, id, number, time } from '../../shared/output/recordShape';
import { idFilter, simpleReads } from './readOnlyResources';

export const orderSlip = simpleReads({
	value: 'orderSlip',
	name: 'Order Slip (Credit Note)',
	one: 'a credit note',
	many: 'credit notes',
	holds: 'what was refunded of orders, with its lines',
	path: 'order_slip',
	idName: 'orderSlipId',
	picker: 'searchOrderSlips',
	order: 'newest',
	timed: true,
	filters: [
		idFilter(
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			'id_customer',
		),
		idFilter({ displayName: 'Order ID', name: 'orderId', type: 'string', default: '' }, 'id_order'),
	],
	shape: {
		orderId: id('id_order'),
		customerId: id('id_customer'),
		amount: number('amount'),
		productsWithTax: number('total_products_tax_incl'),
		productsWithoutTax: number('total_products_tax_excl'),
		shippingWithTax: number('total_shipping_tax_incl'),
		shippingWithoutTax: number('total_shipping_tax_excl'),
		partial: flag('partial'),
		lines: ({ associations }) =>
			associations?.order_slip_details?.map((row) => ({
				orderDetailId: idOrNull(row.id_order_detail),
				quantity: numberOrNull(row.product_quantity),
				amountWithTax: numberOrNull(row.amount_tax_incl),
				amountWithoutTax: numberOrNull(row.amount_tax_excl),
			})) ?? null,
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
});
