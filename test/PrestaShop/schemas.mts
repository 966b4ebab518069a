import type { SchemaSuite } from '../schemas.test.mts';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const schemas: SchemaSuite = {
	version: '8.2.1',
	key: 'full',
	reads: [
		['order', 'get', { orderId: byId('1') }],
		['order', 'getAll', {}],
		['order', 'getLatest', { customer: byId('2') }],
		['order', 'getStatistics', { period: 'last 30 days' }],
		['orderDetail', 'getAll', { orderId: byId('1') }],
		['orderHistory', 'getAll', { orderId: byId('1') }],
		['orderState', 'get', { stateId: byId('4') }],
		['orderState', 'getAll', {}],
		['customer', 'get', { customerId: byId('2') }],
		['customer', 'getAll', {}],
		['product', 'get', { productId: byId('1') }],
		['product', 'getAll', {}],
		['category', 'getAll', {}],
		['stock', 'getAll', {}],
		['language', 'getAll', {}],
		['catalog', 'sync', {}],
		['supplier', 'getAll', {}],
		['manufacturer', 'getAll', {}],
		['apiKey', 'checkPermissions', {}],
	],
};
