import { digits } from '../../shared/polling/wallClock';
import type { Resolved } from '../../shared/polling/stream';
import { localToIso } from '../../shared/text/time';
import { viewCustomer } from '../customers/view';
import { feedById, wholeRecord } from './feeds';
import type { ShoperStream } from './feeds';
import { OVERLAP_MS } from './rowAge';
import { zoneFor } from './orderEvents';

/** "New customer": accounts and guests by ID. */
export const customerStream: ShoperStream = {
	name: 'users',
	...feedById({ resource: 'users', date: 'date_add' }),
	resolve: async (shop, rows, { choice, rowOnly }) => {
		const zone = await zoneFor(shop, { choice, rowOnly });
		return await Promise.all(
			rows.map(async (row): Promise<Resolved> => {
				const changeId = digits(row.stamp);
				return {
					key: `customer ${row.recordId} ${changeId}`,
					recordId: row.recordId,
					changeId,
					occurredAt: localToIso(row.stamp, zone),
					json: rowOnly
						? { id: row.recordId }
						: await viewCustomer(shop, wholeRecord(row), choice.simplify),
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
