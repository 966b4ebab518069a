import type { Holding } from '../../shared/writing/batchWrite';
import { money, numberOrNull } from '../../shared/output/orderShape';
import type { QuantityChange } from '../../shared/writing/stock';
import type { BulkWrite } from '../writing/bulk';
import type { ShoperRecord } from '../api/codec';
import { isVariant } from '../products/simplify';
import { stockIdOf } from './rows';

/** What one item wants done to a stock row. */
export interface StockChange extends QuantityChange {
	/** The row as it was read. */
	row: ShoperRecord;
}

/** All changes to one row, in item order, and what they add up to. */
export interface RowPlan {
	row: ShoperRecord;
	before: number;
	after: number;
	/** Sum of the changes; `undefined` when the row is set. */
	delta: number | undefined;
	/** Whether the shop itself adds `delta` to what it has. */
	relative: boolean;
	/** Whether it went out: from then on `after` stays what was sent. */
	sent: boolean;
	changes: StockChange[];
}

/**
 * Adds the changes up, row by row: changes by an amount in item order; after a "set", only what
 * follows counts.
 *
 * The only change the shop makes in one go is `stock_relative`, and products alone take it, for
 * their base row (Shoper REST reference 6.7); a variant's stock is read and written.
 */
export function planned(changes: readonly StockChange[]): Map<string, RowPlan> {
	const plans = new Map<string, RowPlan>();
	for (const change of changes) {
		const { row, mode, quantity } = change;
		const id = stockIdOf(row);
		const before = quantityOf(row);
		const plan = plans.get(id) ?? {
			row,
			before,
			after: before,
			delta: 0,
			relative: !isVariant(row),
			sent: false,
			changes: [],
		};
		plan.after = mode === 'set' ? quantity : money(plan.after + quantity);
		plan.delta =
			mode === 'set' || plan.delta === undefined ? undefined : money(plan.delta + quantity);
		plan.relative &&= plan.delta !== undefined;
		plan.changes.push(change);
		plans.set(id, plan);
	}
	return plans;
}

/** Quantity of a row; the shop writes it as text, with decimals where the unit has them. */
export function quantityOf({ stock }: ShoperRecord): number {
	return numberOrNull(stock) ?? 0;
}

/** Starts a change by an amount from what the row holds now. Not once it went out. */
export function rebase(plan: RowPlan, now: number | undefined): void {
	if (now === undefined || plan.delta === undefined) return;
	plan.before = now;
	plan.after = money(now + plan.delta);
}

/** How a plan is written: absolute (seen on real shops), or as a change of the base row. */
export function writeOf({ row, after, delta, relative }: RowPlan): BulkWrite {
	return relative && delta !== undefined
		? {
				path: ['products', String(row.product_id)],
				body: { stock: { stock_relative: delta } },
			}
		: { path: ['product-stocks', stockIdOf(row)], body: { stock: after } };
}

/** What a row tells about an unclear write. A change by an amount must never be sent twice. */
export function holding({ before, after, relative }: RowPlan, now: number | undefined): Holding {
	if (now === after) return 'new';
	if (relative) return 'other';
	// A row that is gone was not saved either.
	return now === before || now === undefined ? 'old' : 'other';
}

/** Fields of a row that a change of its quantity has no business with. */
const UNTOUCHED = ['price', 'price_wholesale', 'price_special', 'weight', 'warn_level', 'package'];

/** The other fields of a row that changed meanwhile, as a sentence. */
export function strangeChanges(before: ShoperRecord, now: ShoperRecord): string | undefined {
	const changed = UNTOUCHED.filter(
		(field) => numberOrNull(before[field]) !== numberOrNull(now[field]),
	).map((field) => `${field} (${String(before[field])} → ${String(now[field])})`);
	return changed.length === 0
		? undefined
		: `Other fields of the row changed at the same time: ${changed.join(', ')}. Check them.`;
}
