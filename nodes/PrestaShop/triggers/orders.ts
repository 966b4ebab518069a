import { is } from '../api/conditions';
import { orderHistory } from '../orders/parts';
import type { FeedRow, ResolveContext, Resolved } from '../../shared/polling/stream';
import { MINUTE } from '../../shared/polling/wallClock';
import type { PrestaShopShop } from '../api/reads';
import { feedById, overlapStamp, shopOfFeeds } from './feeds';
import type { PrestaShopStream, Source } from './feeds';
import { createdEvent } from './orderEvents';

const HOUR = 60 * MINUTE;

/** How late a row with a lower ID may become visible. */
const OVERLAP_MS = 10 * MINUTE;

/** How long an order may stay without lines, state or history until it is told of as it is (section 6.1). */
const GRACE_MS = 15 * MINUTE;

const SOURCE: Source = {
	resource: 'orders',
	fields: ['id', 'current_state', 'date_add'],
	record: 'id',
};

type Bounds = Pick<PrestaShopStream, 'overlapMs' | 'gracePeriodMs' | 'keepsRows' | 'everyMs'>;

function streamOf(
	name: string,
	source: Source,
	everyShop: boolean,
	resolveRow: (shop: PrestaShopShop, row: FeedRow, about: ResolveContext) => Promise<Resolved>,
	bounds: Bounds,
): PrestaShopStream {
	const feed = feedById(source);
	const wide = (shop: PrestaShopShop) => shopOfFeeds(shop, everyShop);
	return {
		name,
		list: async (shop, after, limit) => await feed.list(wide(shop), after, limit),
		// Where a feed of few rows begins is told by all orders.
		newest: async (shop, count) => await feedById(SOURCE).newest(wide(shop), count),
		cursorAt: async (shop, instant) => await feed.cursorAt(wide(shop), instant),
		resolve: async (shop, rows, about) =>
			await Promise.all(rows.map(async (row) => await resolveRow(wide(shop), row, about))),
		overlapStamp: async (shop) => await overlapStamp(shop, bounds.overlapMs),
		...bounds,
	};
}

/** Orders by ID, for keys without the right to read the history. */
export function orderStream(everyShop: boolean): PrestaShopStream {
	return streamOf('orders', SOURCE, everyShop, resolveOrder, {
		overlapMs: OVERLAP_MS,
		gracePeriodMs: GRACE_MS,
		keepsRows: true,
		everyMs: 0,
	});
}

/**
 * Orders that never got a state, because the checkout broke off after the order was stored. They
 * have no history row, so only a second look at the orders finds them.
 */
export function stalledOrderStream(everyShop: boolean): PrestaShopStream {
	const source = { ...SOURCE, where: [is('current_state', '0')] };
	return streamOf('stalled_orders', source, everyShop, resolveWithoutHistory, {
		// Long, so that an order that gets its state after all is recognised and not delivered again.
		overlapMs: 7 * 24 * HOUR,
		gracePeriodMs: GRACE_MS,
		keepsRows: false,
		everyMs: 5 * MINUTE,
	});
}

/** Orders with a state but no history: other programs wrote them straight into the database. */
export function unloggedOrderStream(everyShop: boolean): PrestaShopStream {
	return streamOf(
		'unlogged_orders',
		SOURCE,
		everyShop,
		async (shop, row, about) =>
			isComplete(row) ? await resolveWithoutHistory(shop, row, about) : 'skip',
		// Every order passes through here and is remembered until it settles, so not as long.
		{ overlapMs: 6 * HOUR, gracePeriodMs: GRACE_MS, keepsRows: false, everyMs: 15 * MINUTE },
	);
}

/** An order has its state when everything else of it is stored (section 6.1). */
function isComplete({ data }: FeedRow): boolean {
	return data.current_state !== '' && data.current_state !== '0';
}

async function resolveOrder(
	shop: PrestaShopShop,
	row: FeedRow,
	about: ResolveContext,
): Promise<Resolved> {
	if (isComplete(row)) return await createdEvent(shop, row, about);
	if (!about.overdue.has(row.key)) return 'wait';
	return await createdEvent(shop, row, about, { incomplete: true });
}

async function resolveWithoutHistory(
	shop: PrestaShopShop,
	row: FeedRow,
	about: ResolveContext,
): Promise<Resolved> {
	// One with a history is delivered by the history feed.
	if ((await orderHistory(shop, row.recordId)).length > 0) return 'skip';
	if (!about.overdue.has(row.key)) return 'wait';
	return await resolveOrder(shop, row, about);
}
