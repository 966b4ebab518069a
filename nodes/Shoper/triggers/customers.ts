import { digits } from '../../shared/polling/wallClock';
import type { Resolved } from '../../shared/polling/stream';
import { localToIso } from '../../shared/text/time';
import { viewCustomer } from '../customers/view';
import { OVERLAP_MS, feedById, recordOf } from './feeds';
import type { ShoperStream } from './feeds';
import { knownZone } from './shopCache';

/** "New customer": accounts and guests by ID. */
export const customerStream: ShoperStream = {
	name: 'users',
	...feedById({ resource: 'users', date: 'date_add' }),
	resolve: async (shop, rows, { choice }) => {
		const zone = await knownZone(shop);
		return await Promise.all(
			rows.map(async (row): Promise<Resolved> => {
				const changeId = digits(row.stamp);
				return {
					key: `customer ${row.recordId} ${changeId}`,
					recordId: row.recordId,
					changeId,
					occurredAt: localToIso(row.stamp, zone),
					json: await viewCustomer(shop, recordOf(row), choice.simplify),
				};
			}),
		);
	},
	overlapMs: OVERLAP_MS,
	gracePeriodMs: 0,
	keepsRows: true,
	everyMs: 0,
	rowsAreRecords: true,
};
