import type { ShopTools } from '../../shared/tools/shopTools';
import { resources } from '../actions';
import type { PrestaShopRecord } from '../api/records';
import { zoneOf } from '../api/reads';
import { figuresOf } from '../orders/figures';
import { changeCustomer, changeOrder, changeProduct, createOrder } from './changes';
import { customerCalled } from './customers';
import { facts, statuses } from './facts';
import { findOrders, ordersCalled } from './orders';
import { findProducts } from './products';

/** The shop, as the agent tools see it. */
export const tools: ShopTools<PrestaShopRecord> = {
	resources,
	mailIsDecidedBy: 'call',
	needs: {
		find_orders: ['orders GET', 'customers GET', 'order_states GET'],
		order_details: ['orders GET', 'customers GET', 'order_states GET'],
		order_statistics: ['orders GET', 'order_states GET'],
		find_products: ['products GET', 'stock_availables GET', 'combinations GET'],
		shop_facts: ['order_states GET', 'carriers GET', 'languages GET', 'currencies GET'],
		find_customer: ['customers GET', 'orders GET'],
		change_order: ['orders GET', 'order_histories POST', 'order_carriers PUT|PATCH'],
		change_product: ['products GET', 'products PUT|PATCH', 'stock_availables PUT|PATCH'],
		change_customer: ['customers GET', 'customers PUT|PATCH'],
		create_order: ['carts POST', 'orders GET', 'orders POST', 'products GET', 'carriers GET'],
	},
	zone: async (shop) => await zoneOf(shop),
	statuses,
	facts,
	findOrders,
	orders: ordersCalled,
	figures: async (shop, period, withLines) => await figuresOf(shop, period, withLines),
	products: findProducts,
	customer: customerCalled,
	changeOrder,
	changeProduct,
	changeCustomer,
	createOrder,
};
