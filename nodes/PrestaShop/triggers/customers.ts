import type { Resolved } from '../../shared/polling/stream';
import { localToIso } from '../../shared/text/time';
import { MINUTE, digits } from '../../shared/polling/wallClock';
import { viewCustomer } from '../customers/view';
import { zoneOf } from '../api/reads';
import { feedById, overlapStamp, shopOfFeeds } from './feeds';
import type { PrestaShopStream } from './feeds';
import { namedOnly, recordOf } from './orderEvents';

/** How late a row with a lower ID may become visible. */
const OVERLAP_MS = 10 * MINUTE;

/** "New customer": customers and guests by ID. */
export function customerStream(everyShop: boolean): PrestaShopStream {
	const feed = feedById({ resource: 'customers', fields: ['id', 'date_add'], record: 'id' });
	return {
		name: 'customers',
		list: async (shop, after, limit) => await feed.list(shopOfFeeds(shop, everyShop), after, limit),
		newest: async (shop, count) => await feed.newest(shopOfFeeds(shop, everyShop), count),
		cursorAt: async (shop, instant) => await feed.cursorAt(shopOfFeeds(shop, everyShop), instant),
		resolve: async (shop, rows, { choice, rowOnly }) => {
			const wide = shopOfFeeds(shop, everyShop);
			const zone = await zoneOf(wide, []);
			return await Promise.all(
				rows.map(async ({ recordId, stamp }): Promise<Resolved> => {
					const customer = rowOnly ? undefined : await recordOf(wide, 'customers', recordId);
					if (!customer && !rowOnly) return 'skip';
					const view = { simplify: choice.simplify, secrets: false };
					const changeId = digits(stamp);
					return {
						key: `customer ${recordId} ${changeId}`,
						recordId,
						changeId,
						occurredAt: localToIso(stamp, zone),
						json: customer
							? await viewCustomer(wide, customer, view)
							: namedOnly(wide, recordId, choice),
					};
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
