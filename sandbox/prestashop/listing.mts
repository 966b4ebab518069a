import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';
import { compareRows, passes } from './filters.mts';
import type { Filter } from './filters.mts';
import type { ListPlan } from './listParameters.mts';

/** Order in which a whole table is read when nothing sorts it: the database picks a small index (recorded exchanges 85, 101, 153, 175). */
const SCAN_ORDER: Record<string, string> = {
	order_states: 'module_name',
	order_histories: 'id_order',
	addresses: 'id_customer',
	guests: 'id_customer',
};

/** Column in whose order the table is read when nothing sorts the list. */
function scanColumn(ctx: WsContext): string | undefined {
	const stock = ctx.resource.name === 'stock_availables' && ctx.traits.stockByProduct;
	return stock ? 'id_product' : SCAN_ORDER[ctx.resource.name];
}

interface Candidates {
	ids: readonly number[];
	/** They come by ascending id. */
	ascending: boolean;
	/** A filter chose them. */
	narrowed: boolean;
	/** Filter that all of them pass. */
	done?: Filter;
}

/** The rows to look at: those an index leads to, or all. */
function candidates(ctx: WsContext, plan: ListPlan): Candidates {
	const table = ctx.database.table(ctx.resource.name);
	const byId = plan.filters.find((filter) => filter.field === 'id' && filter.candidates);
	if (byId?.candidates)
		return { ids: byId.candidates(table), ascending: true, narrowed: true, done: byId };
	const indexed = plan.filters.find((filter) => filter.candidates && table.isIndexed(filter.field));
	if (indexed?.candidates)
		return { ids: indexed.candidates(table), ascending: false, narrowed: true };
	return { ids: table.ids(), ascending: true, narrowed: false };
}

/** The records of a list, in the order in which the shop would print them. */
export function runList(ctx: WsContext, plan: ListPlan): Row[] {
	const table = ctx.database.table(ctx.resource.name);
	const { ids, ascending, narrowed, done } = candidates(ctx, plan);
	const filters = plan.filters.filter((filter) => filter !== done);
	const { offset = 0, count = Infinity } = plan.limit ?? {};
	const [first] = plan.sort;
	const onlyById = ascending && plan.sort.length === 1 && first?.field === 'id';
	const backwards = onlyById && first.descending;
	const scan = plan.sort.length === 0 && !narrowed ? scanColumn(ctx) : undefined;
	// Where the rows already come in the right order, only the wanted slice has to be touched.
	const streaming = onlyById || (plan.sort.length === 0 && scan === undefined);
	const rows: Row[] = [];
	for (let i = 0; i < ids.length; i++) {
		if (streaming && rows.length >= offset + count) break;
		const row = table.get(ids[backwards ? ids.length - 1 - i : i] ?? 0);
		if (!row || !filters.every((filter) => passes(row, filter, ctx.languages))) continue;
		if (visible(ctx, row)) rows.push(row);
	}
	if (scan !== undefined) {
		sortRows(rows, [compareRows(scan, ctx.resource.fields.get(scan))]);
	} else if (!streaming) {
		sortRows(
			rows,
			plan.sort.map(({ field, descending }) => {
				const compare = compareRows(field, ctx.resource.fields.get(field));
				return descending ? (a: Row, b: Row) => -compare(a, b) : compare;
			}),
		);
	}
	return plan.limit ? rows.slice(offset, offset + count) : rows;
}

function sortRows(rows: Row[], compares: Array<(a: Row, b: Row) => number>): void {
	rows.sort((a, b) => {
		for (const compare of compares) {
			const order = compare(a, b);
			if (order !== 0) return order;
		}
		return a.id - b.id;
	});
}

/**
 * Lists of orders, customers and stock show the rows of the shop in question only (reference, section 1.4). A stock row
 * that lost its shop in a PUT is gone from the list (section 4.5).
 */
function visible(ctx: WsContext, row: Row): boolean {
	const { name } = ctx.resource;
	if (name !== 'orders' && name !== 'customers' && name !== 'stock_availables') return true;
	const shopId = row.values.id_shop;
	if (typeof shopId !== 'string') return true;
	if (name === 'stock_availables' && shopId === '0') return row.values.id_shop_group !== '0';
	return ctx.shop.allShops(ctx.params) || shopId === ctx.shop.shopId(ctx.params);
}
