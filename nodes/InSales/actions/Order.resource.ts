import { createdAfter, updatedAfter } from './filterFields';
import { orderNamed, ordersWhere, verifyEmail } from '../orders/find';
import {
	filtersField,
	guardedOptions,
	limit,
	returnAll,
	simplify,
	wanted,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { InSalesRecord } from '../api/codec';
import { orderClient, orderId } from '../pickers/locators';
import { getStatistics } from './order/getStatistics.operation';
import { operation } from './operation';
import { orderConditions } from '../orders/conditions';
import type { OrderFilters } from '../orders/conditions';
import { viewOrder } from '../orders/view';
import { changeStatus } from './order/changeStatus.operation';
import { createOrder } from './order/create.operation';
import { deleteOrder } from './order/delete.operation';
import { updateOrder } from './order/update.operation';

export const order: Resource<InSalesRecord> = {
	value: 'order',
	name: 'Order',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get an order',
			description: 'Retrieve one order by its ID or number, with lines, client and address',
			needs: ['orders GET'],
			findsOne: true,
			items: 'together',
			fields: [orderId, simplify, guardedOptions],
			run: async (shop, { orderId: locator, simplify: simple, options }) => {
				const found = await orderNamed(shop, locator);
				verifyEmail([found], options.verifyEmail);
				return viewOrder(shop, found, simple);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many orders',
			description:
				'Retrieve many orders, the newest first; with "Updated After" the oldest change first, so that the next run can go on from the last one',
			needs: ['orders GET'],
			items: 'together',
			fields: [
				returnAll,
				limit,
				filtersField([
					{
						displayName: 'Client ID',
						name: 'clientId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 4001',
						description:
							'InSales has no such filter: orders are read and compared here, so set "Updated After" as well',
					},
					createdAfter,
					{
						displayName: 'Custom Status',
						name: 'customStatus',
						type: 'string',
						default: '',
						placeholder: 'e.g. v-obrabotke',
						description:
							'Permalink or title; several separated by commas match any of them. InSales has no such filter: orders are read and compared here, so set "Updated After" as well.',
					},
					{
						displayName: 'Delivery Method ID',
						name: 'deliveryVariantId',
						type: 'string',
						default: '',
						description: 'Several IDs separated by commas match any of them',
					},
					{
						displayName: 'Email',
						name: 'email',
						type: 'string',
						default: '',
						placeholder: 'name@email.com',
						description:
							'Email of the client. InSales has no such filter: orders are read and compared here, so set "Updated After" as well.',
					},
					{
						displayName: 'Fulfillment Status',
						name: 'fulfillmentStatus',
						type: 'string',
						default: '',
						placeholder: 'e.g. new,accepted',
						description:
							'System status: new, accepted, approved, dispatched, delivered, declined or returned. Several separated by commas match any of them.',
					},
					{
						displayName: 'Number',
						name: 'number',
						type: 'string',
						default: '',
						placeholder: 'e.g. 1001',
						description:
							'Number customers see. InSales has no such filter: orders are read and compared here.',
					},
					{
						displayName: 'Payment Method ID',
						name: 'paymentGatewayId',
						type: 'string',
						default: '',
						description: 'Several IDs separated by commas match any of them',
					},
					{
						displayName: 'Phone',
						name: 'phone',
						type: 'string',
						default: '',
						placeholder: 'e.g. +7 900 000-00-00',
						description:
							'Phone of the client or the recipient, however it is written (8 and +7 are the same). InSales has no such filter: orders are read and compared here, so set "Updated After" as well.',
					},
					updatedAfter,
				]),
				simplify,
				guardedOptions,
			],
			run: async (shop, { filters, simplify: simple, options, ...values }) => {
				const conditions = await orderConditions(shop, filters);
				// A number belongs to one order: with it, the search is over.
				const count = filters.number === undefined ? wanted(values) : 1;
				const found = await ordersWhere(shop, conditions, count);
				verifyEmail(found, options.verifyEmail);
				return found.map((each) => viewOrder(shop, each, simple));
			},
		}),
		operation({
			value: 'getLatest',
			name: 'Get Latest',
			action: 'Get the latest order of a client',
			description: 'Retrieve the newest order of a client (customer), found by ID, email or phone',
			needs: ['orders GET'],
			findsOne: true,
			items: 'together',
			fields: [orderClient, simplify, guardedOptions],
			run: async (shop, { clientId: { mode, value }, simplify: simple, options }) => {
				const conditions = await orderConditions(shop, latestOf(mode, value));
				const [latest] = await ordersWhere(shop, conditions, 1);
				if (!latest) throw notFound('order of the client', value);
				verifyEmail([latest], options.verifyEmail);
				return viewOrder(shop, latest, simple);
			},
		}),
		getStatistics,
		createOrder,
		updateOrder,
		changeStatus,
		deleteOrder,
	],
};

function latestOf(mode: string, value: string): OrderFilters {
	if (mode === 'email') return { email: value };
	return mode === 'phone' ? { phone: value } : { clientId: recordId(value, 'Client') };
}
