import { createOrder } from './createOrderTool';
import { findOrders, orderDetailsTool, orderStatistics } from './orderTools';
import { findCustomer, findProducts, shopFacts } from './shopReadTools';
import type { ShopTools } from './shopTools';
import type { Tool } from './tool';
import { changeCustomer, changeOrder, changeProduct } from './writeTools';

/** The agent tools, the same for every shop. */
const TOOLS: readonly Tool[] = [
	findOrders,
	orderDetailsTool,
	orderStatistics,
	findProducts,
	shopFacts,
	findCustomer,
	changeOrder,
	changeProduct,
	changeCustomer,
	createOrder,
];

/** The tools a shop has. */
export function toolsOf<R>({ createOrder: creates }: ShopTools<R>): Tool[] {
	return TOOLS.filter((each) => each !== createOrder || creates !== undefined);
}
