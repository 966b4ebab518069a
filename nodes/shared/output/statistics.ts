import { money } from './orderShape';
import type { Phase } from './orderShape';
import { dayOf } from '../text/period';

/** What statistics need of an order: few columns of it. */
export interface OrderFigures {
	/** ISO 8601. */
	createdAt: string | null;
	status: { id: string; name: string | null; phase: Phase } | null;
	/** With tax. */
	total: number | null;
	currency: string | null;
	paid: boolean | null;
	/** Only where products are asked for. */
	lines?: readonly LineFigures[];
}

export interface LineFigures {
	productId: string | null;
	sku: string | null;
	name: string | null;
	quantity: number | null;
	/** With tax. */
	total: number | null;
}

/** The orders of a period, as far as they were read. */
export interface OrdersRead {
	orders: OrderFigures[];
	/** What is left out, in a sentence; absent when all were read. */
	partial?: string;
}

export type GroupBy = 'none' | 'status' | 'day' | 'product';

/** Numbers of one group of orders in one currency. */
export interface StatisticsRow {
	/** Day, status ID or product ID; `null` for all. */
	group: string | null;
	/** Name of the status or product. */
	name: string | null;
	/** All orders, also those that do not count as revenue; for a product, those that hold it. */
	orders: number;
	/** Pieces sold; for products only. */
	quantity?: number;
	/** With tax, of the orders that count; for a product, of its lines. */
	revenue: number;
	/** Of the revenue, what orders that are paid brought; for products `null`. */
	paidRevenue: number | null;
	/** Revenue for each order that counts. */
	average: number | null;
	/** Orders that do not count: cancelled, returned or failed. */
	notCounted: number;
	currency: string | null;
}

/** What became of these brought no money. */
const NO_REVENUE: readonly Phase[] = ['cancelled', 'returned', 'error'];

/** Whether an order counts as revenue. */
export function counts({ status }: OrderFigures): boolean {
	return status === null || !NO_REVENUE.includes(status.phase);
}

/**
 * Orders in numbers: a row for each group and currency; days in their order, statuses and products with
 * the highest revenue first. Money is never added up over currencies.
 *
 * @param zone IANA zone in which days begin
 */
export function statisticsOf(
	orders: readonly OrderFigures[],
	by: GroupBy,
	zone: string,
): StatisticsRow[] {
	const groups = new Map<string, Sums>();
	const sumsOf = (group: string | null, name: string | null, currency: string | null) => {
		const key = JSON.stringify([group, currency]);
		const sums = groups.get(key) ?? { group, name, currency, ...NOTHING };
		groups.set(key, sums);
		return sums;
	};
	for (const order of orders) {
		if (by === 'product') {
			addLines(order, sumsOf);
			continue;
		}
		const [group, name] = groupOf(order, by, zone);
		const sums = sumsOf(group, name, order.currency);
		sums.orders++;
		if (!counts(order)) {
			sums.notCounted++;
			continue;
		}
		sums.revenue += order.total ?? 0;
		if (order.paid) sums.paid += order.total ?? 0;
	}
	const rows = [...groups.values()].map(rowOf(by));
	const byDay = (a: StatisticsRow, b: StatisticsRow) =>
		String(a.group).localeCompare(String(b.group));
	return rows.sort(by === 'day' ? byDay : (a, b) => b.revenue - a.revenue || b.orders - a.orders);
}

const NOTHING = { orders: 0, notCounted: 0, quantity: 0, revenue: 0, paid: 0 };

type Sums = Pick<StatisticsRow, 'group' | 'name' | 'currency'> & typeof NOTHING;

function groupOf(
	{ createdAt, status }: OrderFigures,
	by: GroupBy,
	zone: string,
): [string | null, string | null] {
	if (by === 'day') return [dayOf(createdAt, zone) ?? null, null];
	return by === 'status' ? [status?.id ?? null, status?.name ?? null] : [null, null];
}

/** An order counts once for a product, however many lines it has of it. */
function addLines(
	order: OrderFigures,
	sumsOf: (group: string | null, name: string | null, currency: string | null) => Sums,
): void {
	if (!counts(order)) return;
	const seen = new Set<Sums>();
	for (const { productId, sku, name, quantity, total } of order.lines ?? []) {
		const sums = sumsOf(productId ?? sku ?? name, name, order.currency);
		if (!seen.has(sums)) sums.orders++;
		seen.add(sums);
		sums.quantity += quantity ?? 0;
		sums.revenue += total ?? 0;
	}
}

function rowOf(by: GroupBy) {
	return ({ quantity, revenue, paid, notCounted, ...sums }: Sums): StatisticsRow => {
		const counted = sums.orders - notCounted;
		return {
			...sums,
			...(by === 'product' && { quantity }),
			revenue: money(revenue),
			paidRevenue: by === 'product' ? null : money(paid),
			average: counted === 0 ? null : Math.round((revenue / counted) * 100) / 100,
			notCounted,
		};
	};
}
