import type { ShopTools } from '../../shared/tools/shopTools';
import { resources } from '../actions';
import type { ShoperRecord } from '../api/codec';
import { zoneOf } from '../api/reads';
import { figuresOf } from '../orders/figures';
import { changeCustomer, changeOrder, changeProduct, createOrder } from './changes';
import { customerCalled } from './customers';
import { facts, statuses } from './facts';
import { findOrders, ordersCalled } from './orders';
import { findProducts } from './products';

/** The shop, as the agent tools see it. */
export const tools: ShopTools<ShoperRecord> = {
	resources,
	mailIsDecidedBy: 'status',
	needs: {
		find_orders: ['orders GET', 'statuses GET'],
		order_details: ['orders GET', 'parcels GET', 'statuses GET'],
		order_statistics: ['orders GET', 'statuses GET'],
		find_products: ['products GET', 'product_stocks GET'],
		shop_facts: [
			'statuses GET',
			'shippings GET',
			'payments GET',
			'languages GET',
			'currencies GET',
		],
		find_customer: ['users GET', 'orders GET'],
		change_order: ['orders GET', 'orders PUT', 'parcels POST', 'statuses GET'],
		change_product: ['products GET', 'products PUT', 'product_stocks PUT'],
		change_customer: ['users GET', 'users PUT'],
		create_order: ['orders POST', 'users GET', 'products GET', 'shippings GET', 'payments GET'],
	},
	zone: async (shop) => await zoneOf(shop),
	statuses,
	facts,
	findOrders,
	orders: ordersCalled,
	figures: figuresOf,
	products: findProducts,
	customer: customerCalled,
	changeOrder,
	changeProduct,
	changeCustomer,
	createOrder,
};
