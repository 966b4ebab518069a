import type { ShopResponse } from '../shared/http.mts';
import { forbidden, invalid, invalidWrapped, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { CONTENTS_FIELDS, changeDiscounts, changeOrder } from './changeOrders.mts';
import { allows } from './keys.mts';
import { answerCount, answerList } from './listing.mts';
import type { ListRules } from './listing.mts';
import { insertOrder } from './newOrders.mts';
import { readOrder } from './orderDraft.mts';
import { orderView } from './orderShape.mts';
import { messageStatus } from './orderStatus.mts';
import { recalculate } from './orderTotals.mts';
import { isObject, objectsIn, textOf } from './records.mts';
import type { JsonObject, Order } from './records.mts';
import { idParam } from './routes.mts';
import type { ApiContext, Route } from './routes.mts';

/** Statuses after which an order is closed, for the undocumented filter `status`. */
const CLOSED = new Set(['delivered', 'declined', 'returned']);

/** The filters of lists and counts (InSales API reference, 3.2). */
const RULES: ListRules<Order> = {
	incremental: true,
	archivable: true,
	newestFirst: true,
	matching: (shop, query) => {
		const tests: Array<(order: Order) => boolean> = [];
		const anyOf = (name: string, field: string): void => {
			const wanted = query.list(name);
			if (wanted.length > 0 && shop.honours(name))
				tests.push((order) => wanted.includes(String(order[field])));
		};
		anyOf('fulfillment_status', 'fulfillment_status');
		anyOf('delivery_variant', 'delivery_variant_id');
		anyOf('payment_gateway_id', 'payment_gateway_id');
		anyOf('financial_status', 'financial_status');
		const status = query.text('status');
		if (status !== undefined && shop.honours('status'))
			tests.push((order) => CLOSED.has(order.fulfillment_status) === (status === 'closed'));
		const words = query.text('q')?.toLowerCase();
		if (words !== undefined && shop.honours('q')) {
			tests.push((order) => {
				const client = shop.database.clients.get(order.client_id);
				const held = [order.number, client?.name, client?.surname, client?.email, client?.phone];
				return held.join(' ').toLowerCase().includes(words);
			});
		}
		return tests.length === 0 ? undefined : (order) => tests.every((test) => test(order));
	},
};

/** The order of a body; live clients post it without the root too (reference, 5.9). */
function orderBody(context: ApiContext): JsonObject {
	return isObject(context.body.order) ? context.body.order : context.body;
}

function refuse(context: ApiContext, errors: FieldErrors): ShopResponse {
	return context.shop.guesses.orderErrorsWrapped ? invalidWrapped(errors) : invalid(errors);
}

function create(context: ApiContext): ShopResponse {
	const { shop } = context;
	const body = orderBody(context);
	const errors: FieldErrors = {};
	const draft = readOrder(shop, body, errors);
	if (!draft) return refuse(context, errors);
	const order = insertOrder(shop, draft);
	// Discounts of single lines cannot be given with a new order (reference, 5.9).
	const discounts = objectsIn(body.discounts_attributes).filter(
		(row) => row.discount_order_lines_ids === undefined,
	);
	if (discounts.length > 0) {
		const discounted = structuredClone(order);
		changeDiscounts(shop, discounted, discounts, {});
		recalculate(shop, discounted);
		shop.database.orders.put(discounted);
	}
	if (shop.guesses.apiChangesNotify) messageStatus(shop, order);
	return json(orderView(shop, shop.database.orders.get(order.id) ?? order), 201);
}

function update(context: ApiContext): ShopResponse {
	const { shop } = context;
	const order = shop.database.orders.get(idParam(context));
	if (!order) return notFound();
	const body = orderBody(context);
	const contents = CONTENTS_FIELDS.some((name) => body[name] !== undefined);
	if (contents && !allows(context.key, 'orders:contents')) return forbidden();
	const errors: FieldErrors = {};
	const changed = changeOrder(shop, order, body, errors);
	return changed ? json(orderView(shop, changed)) : refuse(context, errors);
}

function remove(context: ApiContext): ShopResponse {
	const { shop } = context;
	const order = shop.database.orders.get(idParam(context));
	if (!order) return notFound();
	shop.database.orders.put({ ...order, archived: true, updated_at: shop.stamp() } as Order);
	return ok();
}

export const ORDER_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'orders',
		needs: 'orders:view',
		run: ({ shop, query }) =>
			answerList(shop, shop.database.orders, query, RULES, (order) => orderView(shop, order)),
	},
	{
		method: 'GET',
		path: 'orders/count',
		needs: 'orders:view',
		run: ({ shop, query }) => answerCount(shop, shop.database.orders, query, RULES),
	},
	{
		method: 'GET',
		path: 'orders/fields',
		needs: 'orders:view',
		run: ({ shop }) => {
			const fields = shop.database.table('fields').all();
			return json(fields.filter((field) => field.destiny === 3 && textOf(field.title) !== ''));
		},
	},
	{
		method: 'GET',
		path: 'orders/:id',
		needs: 'orders:view',
		run: (context) => {
			const order = context.shop.database.orders.get(idParam(context));
			return order ? json(orderView(context.shop, order)) : notFound();
		},
	},
	{ method: 'POST', path: 'orders', needs: 'orders:edit', run: create },
	{ method: 'PUT', path: 'orders/:id', needs: 'orders:edit', run: update },
	{ method: 'DELETE', path: 'orders/:id', needs: 'orders:delete', run: remove },
];
