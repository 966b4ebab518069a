import { anyOf } from '../api/conditions';
import { orderHistory } from '../orders/parts';
import type { FeedRow, ResolveContext, Resolved, TriggerChoice } from '../../shared/polling/stream';
import { settled } from '../../shared/protocol/settled';
import { MINUTE, digits } from '../../shared/polling/wallClock';
import type { PrestaShopRecord } from '../api/records';
import { byId } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { feedById, overlapStamp, shopOfFeeds } from './feeds';
import type { PrestaShopStream, Source } from './feeds';
import { changedEvent, createdEvent, isWantedState, paidEvent, paidStatesFor } from './orderEvents';

/**
 * Rows of one insert may become visible after rows with higher IDs, by milliseconds normally, by as
 * long as the shop's transactions last in the worst case.
 */
const OVERLAP_MS = 10 * MINUTE;

/** What a history row means, given the whole history of its order and its place in it. */
type ResolveRow = (
	shop: PrestaShopShop,
	row: FeedRow,
	history: readonly PrestaShopRecord[],
	about: ResolveContext,
) => Promise<Resolved>;

const SOURCE: Source = {
	resource: 'order_histories',
	fields: ['id', 'id_order', 'id_order_state', 'date_add'],
	record: 'id_order',
};

/** States among whose rows a test event is looked for. */
type LikelyStates = (shop: PrestaShopShop, choice: TriggerChoice) => Promise<readonly string[]>;

/** Rows looked at further back for a test event. */
const LIKELY_ROWS = 100;

/**
 * The history of all orders: every change of an order's state adds a row with a rising ID, in all
 * shops of a multistore (section 6.2).
 */
export function historyStream(
	resolve: ResolveRow,
	everyShop: boolean,
	likely?: LikelyStates,
): PrestaShopStream {
	return {
		name: 'order_histories',
		...feedById(SOURCE),
		...(likely && {
			likely: async (shop, choice) => {
				const states = await likely(shop, choice);
				if (states.length === 0) return [];
				const where = [anyOf('id_order_state', states)];
				return await feedById({ ...SOURCE, where }).newest(shop, LIKELY_ROWS);
			},
		}),
		resolve: async (shop, rows, about) => {
			const wide = shopOfFeeds(shop, everyShop);
			if (shop.leavesOutLate) ordersAhead(wide, rows);
			return await Promise.all(
				rows.map(async (row) => {
					const history = await historyOf(wide, row, about.rowOnly);
					// A row that is not in it was deleted since the page was read.
					const isThere = indexIn(history, row) >= 0;
					return isThere ? await resolve(wide, row, history, about) : 'skip';
				}),
			);
		},
		overlapMs: OVERLAP_MS,
		overlapStamp: async (shop) => await overlapStamp(shop, OVERLAP_MS),
		gracePeriodMs: 0,
		keepsRows: true,
		everyMs: 0,
	};
}

/** Asks for the orders while their history is under way, when time is short. */
function ordersAhead(shop: PrestaShopShop, rows: readonly FeedRow[]): void {
	for (const { recordId } of rows) {
		// Whoever needs the order gets the failure, too.
		void settled(async () => await byId(shop, 'orders', recordId));
	}
}

/**
 * The history of a row's order. Where it cannot be read for good, the row is taken for its first, which
 * tells of a new order rather than of a change that was none.
 */
async function historyOf(
	shop: PrestaShopShop,
	row: FeedRow,
	rowOnly = false,
): Promise<readonly PrestaShopRecord[]> {
	// A row that was listed without what it says: the shop cannot show it, so its order is not known.
	if (row.data.id_order === undefined) {
		if (rowOnly) return [];
		throw new Error(
			`the row ${row.data.id ?? ''} of the status history cannot be shown by the shop.`,
		);
	}
	const result = await settled(async () => await orderHistory(shop, row.recordId));
	if (result.ok) return result.value;
	if (rowOnly) return [row.data];
	throw result.error;
}

function indexIn(history: readonly PrestaShopRecord[], row: FeedRow): number {
	return history.findIndex(({ id }) => id === row.data.id);
}

/** "New order": the first row of an order, written when everything of the order is stored. */
export const resolveCreated: ResolveRow = async (shop, row, history, about) =>
	indexIn(history, row) === 0 ? await createdEvent(shop, row, about) : 'skip';

/** "Status changed": every row but the first, with the state before it. */
export const resolveStatusChanged: ResolveRow = async (shop, row, history, about) => {
	const index = indexIn(history, row);
	const after = row.data.id_order_state ?? '';
	if (index === 0 || !(await isWantedState(shop, after, about.choice))) return 'skip';
	return await changedEvent(shop, about, {
		orderId: row.recordId,
		before: String(history[index - 1]?.id_order_state ?? ''),
		after,
		stamp: row.stamp,
		changeId: `${row.data.id ?? ''}-${digits(row.stamp)}`,
	});
};

/** "Paid": the first row with a state that counts as paid. */
export const resolvePaid: ResolveRow = async (shop, row, history, about) => {
	const paid = await paidStatesFor(shop, about);
	if (!paid) return 'wait';
	const first = history.find(({ id_order_state: state }) => paid.has(String(state)));
	if (first?.id !== row.data.id) return 'skip';
	return await paidEvent(shop, row.recordId, row.stamp, about);
};
