import { MINUTE } from '../../shared/polling/wallClock';
import { numberOrNull } from '../../shared/output/orderShape';
import type { FeedRow } from '../../shared/polling/stream';
import { feedById, recordOf } from './feeds';
import type { ShoperStream, Source } from './feeds';
import { OVERLAP_MS } from './rowAge';
import { createdEvent, whatOrdersNeed } from './orderEvents';

export const ORDERS: Source = { resource: 'orders', date: 'date' };

/** Orders by ID. One that was being written for a while may appear after a later one (section 7.4). */
export const ORDERS_BY_ID = {
	...feedById(ORDERS),
	overlapMs: OVERLAP_MS,
	// Other programs write an order first and its lines after it.
	gracePeriodMs: 3 * MINUTE,
	keepsRows: true,
	everyMs: 0,
	rowsAreRecords: true,
	ahead: whatOrdersNeed,
};

/**
 * Whether an order has its lines. One that still waits for the buyer's confirmation (`confirm` 0) is
 * an order all the same: the panel shows it, and its stock is taken.
 */
export function hasLines(row: FeedRow): boolean {
	return numberOrNull(recordOf(row).total_products) !== 0;
}

/** "New order". */
export const createdOrderStream: ShoperStream = {
	name: 'orders',
	...ORDERS_BY_ID,
	resolve: async (shop, rows, about) =>
		await Promise.all(
			rows.map(async (row) => {
				if (hasLines(row)) return await createdEvent(shop, row, about);
				if (!about.overdue.has(row.key)) return 'wait';
				return await createdEvent(shop, row, about, { incomplete: true });
			}),
		),
};
