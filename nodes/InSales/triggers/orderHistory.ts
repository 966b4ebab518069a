import { isRecord, rowsIn } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import { instantOf, cursorOf } from './cursors';

/** One entry of an order's history (`order_changes`, InSales API reference, 6.3). */
export interface OrderChange {
	id: number;
	/** Epoch ms. May be a second or so later than the order's `updated_at`. */
	at: number;
	/** As the shop wrote it. */
	stamp: string;
	action: string;
	was: Json;
	is: Json;
	/** Text for people, in the language of the shop. */
	description: string;
}

/** How much later than its order a change may be stamped, in milliseconds (section 6.3). */
export const STAMP_LAG_MS = 2_000;

/**
 * Whether a change happened after everything up to the cursor `since` was handled, for an order of
 * which nothing else is known. Stamps alone do not tell within the lag; that the order was not changed
 * again does, because then it stands where the change put it, and that is behind `since`.
 */
export function isSince(order: InSalesRecord, { at }: OrderChange, since: number): boolean {
	if (at > instantOf(since) + STAMP_LAG_MS) return true;
	// Whichever of the two is written first, should the shop stamp orders to the millisecond.
	const lag = at - instantOf(cursorOf(order));
	return lag >= 0 && lag <= STAMP_LAG_MS;
}

/** The history of an order, oldest first: the shop has the newest on top. */
export function historyOf(order: InSalesRecord): OrderChange[] {
	return rowsIn(order.order_changes)
		.map((row) => ({
			id: Number(row.id),
			at: Date.parse(String(row.created_at)),
			stamp: String(row.created_at),
			action: String(row.action ?? ''),
			was: row.value_was ?? null,
			is: row.value_is ?? null,
			description: String(row.full_description ?? ''),
		}))
		.filter(({ id, at }) => Number.isFinite(id) && Number.isFinite(at))
		.sort((a, b) => a.id - b.id);
}

/** ID of the newest entry; 0 for none. */
export function newestChangeId(order: InSalesRecord): number {
	return historyOf(order).at(-1)?.id ?? 0;
}

const PAYMENT = /financial|payment|paid/i;

/**
 * Changes of an order's status. Only `fulfillment_status_changed` was seen; what a change of a custom
 * status within one system status is called is not known (section 6.3, UNCONFIRMED), so everything
 * named after a status counts that is not about payment. The status an order is placed with is none.
 */
export function statusChangesOf(order: InSalesRecord): OrderChange[] {
	const placedAt = Date.parse(String(order.created_at));
	const isFirst = ({ was, at }: OrderChange) => was === null && at <= placedAt + STAMP_LAG_MS;
	return historyOf(order).filter(
		(change) => /status/i.test(change.action) && !PAYMENT.test(change.action) && !isFirst(change),
	);
}

/** Changes of an order to "paid". */
export function paymentsOf(order: InSalesRecord): OrderChange[] {
	return historyOf(order).filter(({ action, is }) => PAYMENT.test(action) && textOf(is) === 'paid');
}

/** What a changed value names: a text, or the permalink or title of an object. */
export function textOf(value: Json): string {
	if (isRecord(value)) return String(value.permalink ?? value.title ?? '');
	return value === null || Array.isArray(value) ? '' : String(value);
}
