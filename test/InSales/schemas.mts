import type { SchemaSuite } from '../schemas.test.mts';
import { locator } from './fixtures.mts';

const byId = (value: number) => locator('id', value);

export const schemas: SchemaSuite = {
	version: 'current',
	key: 'full',
	// Keys that a shop owner makes: handles of extra fields, titles of price kinds and of options.
	maps: ['extraFields', 'fields', 'options', 'prices'],
	reads: [
		['order', 'get', { orderId: byId(80_001) }],
		['order', 'getAll', {}],
		['order', 'getLatest', { clientId: byId(4_001) }],
		['order', 'getStatistics', { period: 'last 30 days' }],
		['client', 'get', { clientId: byId(4_001) }],
		['client', 'getAll', {}],
		['product', 'get', { productId: byId(501) }],
		['product', 'getAll', {}],
		['variant', 'getAll', {}],
		['catalog', 'sync', {}],
		['collection', 'get', { collectionId: byId(31) }],
		['collection', 'getAll', {}],
		['category', 'get', { categoryId: byId(21) }],
		['category', 'getAll', {}],
		['paymentGateway', 'get', { paymentGatewayId: byId(79_172) }],
		['paymentGateway', 'getAll', {}],
		['deliveryVariant', 'get', { deliveryVariantId: byId(21_797) }],
		['deliveryVariant', 'getAll', {}],
		['customStatus', 'getAll', {}],
		['field', 'getAll', {}],
		['priceKind', 'getAll', {}],
		['warehouse', 'getAll', {}],
		['discountCode', 'get', { discountCodeId: byId(1) }],
		['discountCode', 'getAll', {}],
		['accessRights', 'checkPermissions', {}],
	],
};
