import type { ShopTools } from '../../shared/tools/shopTools';
import { resources } from '../actions';
import type { InSalesRecord } from '../api/codec';
import { zoneOf } from '../api/shopClock';
import { figuresOf } from '../orders/figures';
import { changeCustomer, changeOrder, changeProduct, createOrder } from './changes';
import { customerCalled } from './customers';
import { facts, statuses } from './facts';
import { findOrders, ordersCalled } from './orders';
import { findProducts } from './products';

/** The shop, as the agent tools see it. */
export const tools: ShopTools<InSalesRecord> = {
	resources,
	mailIsDecidedBy: 'shop',
	needs: {
		find_orders: ['orders GET'],
		order_details: ['orders GET'],
		order_statistics: ['orders GET'],
		find_products: ['products GET'],
		shop_facts: ['custom_statuses GET', 'delivery_variants GET', 'payment_gateways GET'],
		find_customer: ['orders GET', 'clients GET'],
		change_order: ['orders GET', 'orders PUT'],
		change_product: ['products GET', 'products PUT'],
		change_customer: ['clients GET', 'clients PUT'],
		create_order: ['orders GET', 'orders POST', 'products GET'],
	},
	zone: zoneOf,
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
