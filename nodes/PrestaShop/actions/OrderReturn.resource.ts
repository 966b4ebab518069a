import { id, number, text, time } from '../../shared/output/recordShape';
import { idFilter, simpleReads } from './readOnlyResources';

/** Only PrestaShop 9 shows them (recorded exchange 839). */
export const orderReturn = simpleReads({
	value: 'orderReturn',
	name: 'Order Return',
	one: 'a return',
	many: 'returns',
	holds: 'returns that customers asked for (PrestaShop 9)',
	path: 'order_returns',
	idName: 'orderReturnId',
	picker: 'searchOrderReturns',
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
		state: number('state'),
		question: text('question'),
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
});
