import type { SchemaSuite } from '../schemas.test.mts';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Adds no fields, but names to those that are empty otherwise. */
const named = { options: { include: ['lines', 'payment', 'shipping'] } };

export const schemas: SchemaSuite = {
	version: '5.26',
	key: 'full',
	// Options of variants go by IDs of the shop.
	maps: ['options'],
	reads: [
		['order', 'get', { orderId: byId('2'), ...named }],
		['order', 'getAll', named],
		['order', 'getLatest', { customer: byId('2'), ...named }],
		['order', 'getStatistics', { period: 'last 30 days' }],
		['orderProduct', 'getAll', { orderId: byId('1') }],
		['status', 'get', { statusId: byId('4') }],
		['status', 'getAll', {}],
		['customer', 'get', { customerId: byId('2') }],
		['customer', 'getAll', {}],
		['product', 'get', { productId: byId('1') }],
		['product', 'getAll', {}],
		['stock', 'get', { productId: byId('1') }],
		['stock', 'getAll', {}],
		['category', 'get', { categoryId: byId('3') }],
		['category', 'getAll', {}],
		['producer', 'getAll', {}],
		['payment', 'getAll', {}],
		['shipping', 'getAll', {}],
		['currency', 'getAll', {}],
		['language', 'getAll', {}],
		['accessRights', 'checkPermissions', {}],
	],
};
