import { sort } from '../../shared/actions/filterFields';
import { orderOptions } from '../orders/fields';
import { ordersNamed, verifyEmail } from '../orders/find';
import { limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import { eachFound } from '../../shared/actions/ifNotFound';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { recordIds } from '../api/input';
import { notFound } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { customer, orderId } from '../pickers/locators';
import { getStatistics } from './order/getStatistics.operation';
import { operation } from './operation';
import { findOrders } from '../orders/conditions';
import { viewOrder } from '../orders/view';
import type { OrderView } from '../orders/view';
import { changeStatus } from './order/changeStatus.operation';
import { createOrder } from './order/create.operation';
import { deleteOrder } from './order/delete.operation';
import { orderFilters } from './order/filters';
import { shipOrder } from './order/ship.operation';
import { updateOrder } from './order/update.operation';

/** What the order's output can name missing instead of failing. */
const JOINS = ['statuses GET', 'currencies GET'];

export const order: Resource<ShoperRecord> = {
	value: 'order',
	name: 'Order',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get an order',
			description: 'Retrieve one order by its ID. Several order IDs may be separated by commas.',
			needs: ['orders GET'],
			uses: JOINS,
			findsOne: true,
			items: 'together',
			fields: [orderId, simplify, orderOptions],
			run: async (shop, { orderId: locator, simplify: simple, options }) => {
				const view = viewOf(simple, options);
				return await eachFound(recordIds(locator.value, 'Order ID'), async (value) => {
					const orders = await ordersNamed(shop, { value });
					await verifyEmail(shop, orders, options.verifyEmail);
					return await Promise.all(orders.map(async (each) => await viewOrder(shop, each, view)));
				});
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many orders',
			description: 'Retrieve many orders, the newest first',
			needs: ['orders GET'],
			uses: [...JOINS, 'users GET'],
			items: 'together',
			fields: [returnAll, limit, orderFilters, simplify, orderOptions, sort],
			run: async (shop, values) => {
				const { filters, simplify: simple, options } = values;
				const sort = values.sort === 'oldest' ? 'oldest' : 'newest';
				const orders = await findOrders(shop, filters, sort, wanted(values), 'leaveOut');
				await verifyEmail(shop, orders, options.verifyEmail);
				const view = viewOf(simple, options);
				return await Promise.all(orders.map(async (each) => await viewOrder(shop, each, view)));
			},
		}),
		operation({
			value: 'getLatest',
			name: 'Get Latest',
			action: 'Get the latest order of a customer',
			description: 'Retrieve the newest order of a customer, found by ID or email',
			needs: ['orders GET'],
			uses: [...JOINS, 'users GET'],
			findsOne: true,
			items: 'together',
			fields: [customer, simplify, orderOptions],
			run: async (shop, { customer: { mode, value }, simplify: simple, options }) => {
				const filters =
					mode === 'email' ? { email: value } : { customerId: recordId(value, 'Customer') };
				const [latest] = await findOrders(shop, filters, 'newest', 1);
				if (!latest) throw notFound('order of the customer', value);
				await verifyEmail(shop, [latest], options.verifyEmail);
				return await viewOrder(shop, latest, viewOf(simple, options));
			},
		}),
		getStatistics,
		changeStatus,
		updateOrder,
		createOrder,
		deleteOrder,
		shipOrder,
	],
};

function viewOf(simple: boolean, { include }: { include?: string[] }): OrderView {
	return { simplify: simple, include };
}
