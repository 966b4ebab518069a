import {
	createdAfter,
	createdBefore,
	idAfter,
	sort,
	updatedAfter,
} from '../../shared/actions/filterFields';
import { languageIdOf } from '../languages/shopLanguages';
import { orderOptions } from '../orders/fields';
import { customerIdsByEmail, latestOrder, ordersNamed, verifyEmail } from '../orders/find';
import { filtersField, limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { customer, orderId } from '../pickers/locators';
import type { PrestaShopShop } from '../api/reads';
import { getStatistics } from './order/getStatistics.operation';
import { operation } from './operation';
import { orderConditions, ordersWhere } from '../orders/conditions';
import { shows, viewOrder } from '../orders/view';
import type { OrderView } from '../orders/view';
import { createOrder } from './order/create.operation';
import { shipOrder } from './order/ship.operation';
import { updateTracking } from './order/updateTracking.operation';
import { changeState } from './orderHistory/create.operation';

/** What the order's output can name missing instead of failing. */
const JOINS = ['customers GET', 'order_states GET', 'currencies GET', 'configurations GET'];

export const order: Resource<PrestaShopRecord> = {
	value: 'order',
	name: 'Order',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get an order',
			description: 'Retrieve one order by its ID or reference',
			needs: ['orders GET'],
			uses: JOINS,
			findsOne: true,
			items: 'together',
			fields: [orderId, simplify, orderOptions],
			run: async (shop, { orderId: locator, simplify: simple, options }) => {
				const view = await viewOf(shop, simple, options);
				const orders = await ordersNamed(shop, locator);
				await verifyEmail(shop, orders, options.verifyEmail);
				return await Promise.all(orders.map(async (each) => await viewOrder(shop, each, view)));
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many orders',
			description: 'Retrieve many orders, the newest first',
			needs: ['orders GET'],
			uses: JOINS,
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					createdAfter,
					createdBefore,
					{
						displayName: 'Customer Email',
						name: 'customerEmail',
						type: 'string',
						default: '',
						placeholder: 'e.g. name@example.com',
						description: 'Orders of all customers and guests with this email (customers GET)',
					},
					{
						displayName: 'Customer ID',
						name: 'customerId',
						type: 'string',
						default: '',
					},
					idAfter('orders'),
					{
						displayName: 'Reference',
						name: 'reference',
						type: 'string',
						default: '',
					},
					{
						displayName: 'State ID',
						name: 'stateId',
						type: 'string',
						default: '',
						description: 'Current state; several IDs separated by commas match any of them',
					},
					updatedAfter,
					{
						displayName: 'Valid',
						name: 'valid',
						type: 'boolean',
						default: true,
						description: 'Whether the order counts as a sale (its state is set to be valid)',
					},
				]),
				simplify,
				orderOptions,
				sort,
			],
			run: async (shop, values) => {
				const { filters, simplify: simple, options } = values;
				const view = await viewOf(shop, simple, options);
				const orders = await ordersWhere(
					shop,
					await orderConditions(shop, filters, shows(view, 'customer')),
					{
						order: values.sort === 'oldest' ? 'oldest' : 'newest',
						limit: wanted(values),
						...(filters.idAfter !== undefined && {
							afterId: Number(recordId(filters.idAfter, 'ID After')),
						}),
					},
				);
				await verifyEmail(shop, orders, options.verifyEmail);
				return await Promise.all(orders.map(async (each) => await viewOrder(shop, each, view)));
			},
		}),
		operation({
			value: 'getLatest',
			name: 'Get Latest',
			action: 'Get the latest order of a customer',
			description: 'Retrieve the newest order of a customer, found by ID or email',
			needs: ['orders GET', 'customers GET'],
			uses: JOINS,
			findsOne: true,
			items: 'together',
			fields: [customer, simplify, orderOptions],
			run: async (shop, { customer: locator, simplify: simple, options }) => {
				const view = await viewOf(shop, simple, options);
				const customers =
					locator.mode === 'email'
						? await customerIdsByEmail(shop, locator.value, shows(view, 'customer'))
						: [recordId(locator.value, 'Customer')];
				if (customers.length === 0) throw notFound('customer with the email', locator.value);
				const latest = await latestOrder(shop, customers, locator.value);
				await verifyEmail(shop, [latest], options.verifyEmail);
				return await viewOrder(shop, latest, view);
			},
		}),
		{
			...changeState,
			value: 'changeStatus',
			name: 'Change Status',
		},
		createOrder,
		getStatistics,
		shipOrder,
		updateTracking,
	],
};

interface OrderOptions {
	include?: string[];
	language?: string;
	verifyEmail?: string;
}

async function viewOf(
	shop: PrestaShopShop,
	simple: boolean,
	{ include, language = '' }: OrderOptions,
): Promise<OrderView> {
	return { simplify: simple, include, language: await languageIdOf(shop, language) };
}
