import type { IDataObject } from 'n8n-workflow';

import { amount, lean, listed } from './answer';
import { orderDetails, orderRow, part, ROW_COLUMNS } from './orderAnswer';
import { ordersNamed, ordersNamedIfAny } from './lookUp';
import type { OrderSearch, OrdersFound } from './shopTools';
import { statusesMeant } from './statuses';
import { tool } from './tool';
import { counts, statisticsOf } from '../output/statistics';
import type { OrdersRead, StatisticsRow } from '../output/statistics';
import { flagOf } from '../output/recordShape';
import { textOrNull } from '../output/orderShape';
import { isWithin, periodOf } from '../text/period';

/** Orders a list shows when nobody says how many, and at most. */
const [ORDERS, MAX_ORDERS] = [10, 50];

const HINT = 'No order fits. Check the number and the e-mail address, or search with less.';

const order = { type: 'string', description: 'Number, reference or ID' } as const;
const after = { type: 'string', description: 'Date, today or last 7 days' } as const;
const before = { type: 'string' } as const;

export const findOrders = tool({
	name: 'find_orders',
	title: 'Find Orders',
	description: 'Find orders, newest first',
	customers: 'own',
	parameters: {
		order,
		email: { type: 'string' },
		status: { type: 'string', description: 'Name, or e.g. shipped' },
		paid: { type: 'boolean' },
		created_after: after,
		created_before: before,
		limit: { type: 'integer' },
	},
	run: async (work, given) => {
		const limit = Math.min(Math.max(given.limit ?? ORDERS, 1), MAX_ORDERS);
		const email = work.email ?? given.email;
		const { order: name, status, paid } = given;
		const { shop, tools, settings } = work;
		const { created_after: start, created_before: end } = given;
		const hasPeriod = start !== undefined || end !== undefined;
		const zone = hasPeriod ? await work.zone() : 'UTC';
		const period = periodOf(start, end, zone, work.nowMs);
		const statuses =
			status === undefined ? undefined : statusesMeant(await tools.statuses(shop), status);
		const search: OrderSearch = {
			period,
			limit,
			...(email !== undefined && { email }),
			...(statuses && { statuses }),
			...(paid !== undefined && { paid }),
		};
		const { orders, total, isAtLeast, within }: OrdersFound =
			name === undefined
				? await tools.findOrders(shop, search, settings.language)
				: { orders: await ordersNamedIfAny(work, name, email) };
		const fitting = orders.filter(
			(each) =>
				(!statuses || statuses.some(({ id }) => id === part(each, 'status').id)) &&
				(paid === undefined || flagOf(each.paid) === paid) &&
				isWithin(textOrNull(each.createdAt), period, zone),
		);
		const shown = fitting.slice(0, limit);
		const [only] = shown;
		const facts = {
			total: total ?? fitting.length,
			hint: HINT,
			...(isAtLeast && { isAtLeast }),
			...(within && { searched: within }),
		};
		if (only && shown.length === 1)
			return listed('orders', [orderDetails(only, settings.customerMode)], facts);
		const lines = shown.map((each) => orderRow(each, settings.customerMode));
		return listed('orders', lines, { ...facts, ...(only && { columns: ROW_COLUMNS }) });
	},
});

export const orderDetailsTool = tool({
	name: 'order_details',
	title: 'Order Details',
	description: 'Status, tracking and items of an order',
	customers: 'own',
	parameters: { order: { type: 'string', required: true }, history: { type: 'boolean' } },
	run: async (work, { order: name, history = false }) => {
		const orders = await ordersNamed(work, name, { history });
		const shown = orders.map((each) => orderDetails(each, work.settings.customerMode));
		const [only = {}] = shown;
		return shown.length === 1 ? only : { count: shown.length, orders: shown };
	},
});

/** Groups that are shown: more days than a month and more than the top sellers nobody reads. */
const MAX_GROUPS = 31;
const TOP_PRODUCTS = 10;

export const orderStatistics = tool({
	name: 'order_statistics',
	title: 'Order Statistics',
	description: 'Count and revenue of orders',
	customers: 'none',
	parameters: {
		created_after: { ...after, required: true },
		created_before: before,
		by: { type: 'string', enum: ['status', 'day', 'product'] },
	},
	run: async (work, given) => {
		const { shop, tools } = work;
		const zone = await work.zone();
		const period = periodOf(given.created_after, given.created_before, zone, work.nowMs);
		const { by } = given;
		const read = await tools.figures(shop, period, by === 'product');
		// Some shops can only narrow a period down.
		const orders = read.orders.filter((each) => isWithin(each.createdAt, period, zone));
		const fitting = { ...read, orders };
		const groups =
			by === undefined ? {} : { [`by_${by}`]: groupsOf(statisticsOf(orders, by, zone), by) };
		return { ...summary(fitting), ...period, ...groups };
	},
});

/** Count, revenue and average of orders. */
export function summary({ orders, partial }: OrdersRead): IDataObject {
	const all = statisticsOf(orders, 'none', 'UTC');
	const money = (of: (row: StatisticsRow) => number | null) =>
		all.flatMap((row) => amount(of(row), row.currency) ?? []).join(' + ');
	const lost = orders.filter((each) => !counts(each)).length;
	return lean({
		count: orders.length,
		revenue: money(({ revenue }) => revenue) || '0.00',
		...(all.some((row) => row.paidRevenue !== row.revenue) && {
			of_it_paid: money(({ paidRevenue }) => paidRevenue),
		}),
		average: money(({ average }) => average),
		...(lost > 0 && { cancelled_or_returned: `${lost}, not in the revenue` }),
		partial,
	});
}

function groupsOf(rows: readonly StatisticsRow[], by: 'status' | 'day' | 'product'): string[] {
	const shown = rows.slice(0, by === 'product' ? TOP_PRODUCTS : MAX_GROUPS);
	return shown.map(({ group, name, orders, quantity, revenue, currency }) => {
		const what = by === 'day' ? group : (name ?? group);
		const pieces = quantity === undefined ? `${orders} orders` : `${quantity} pieces`;
		return `${what ?? '-'}: ${pieces}, ${amount(revenue, currency) ?? ''}`;
	});
}
