import { digits } from '../../shared/polling/wallClock';
import type { FeedRow, ResolveContext, Resolved, TriggerChoice } from '../../shared/polling/stream';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { feedByChange } from './feeds';
import type { InSalesStream, Source } from './feeds';
import { cursorAtStamp } from './cursors';

/** Makes the event of a new record. */
type TellNew = (shop: InSalesShop, record: InSalesRecord, choice: TriggerChoice) => Resolved;

/**
 * New records. There is no feed by creation, but a creation is a change too (InSales API reference,
 * 6.4): among the changed records the new ones are those that were placed after everything handled,
 * and were not seen before.
 */
export function createdStream(
	resource: Source['resource'],
	name: string,
	tell: TellNew,
): InSalesStream {
	const { recordOf, ...feed } = feedByChange({
		resource,
		// Later changes of the record give no new row.
		rows: (record) => [{ key: `+${createdDigits(record)}`, data: { at: createdDigits(record) } }],
		remembers: false,
	});
	return {
		...feed,
		name,
		resolve: async (shop, rows, about) =>
			rows.map((row): Resolved => {
				const record = recordOf(row);
				return record && isNew(record, row, about) ? tell(shop, record, about.choice) : 'skip';
			}),
		track: ({ data }) => data.at,
	};
}

function createdDigits({ created_at: stamp }: InSalesRecord): string {
	return digits(String(stamp ?? ''));
}

/** Whether a record came into being after everything that was handled. */
export function isNew(
	record: InSalesRecord,
	{ recordId, data }: FeedRow,
	{ trackedValues, since }: ResolveContext,
): boolean {
	// The same ID with another time is another record: the database was set back.
	if (trackedValues[recordId] !== undefined && trackedValues[recordId] === data.at) return false;
	return cursorAtStamp({ id: idOf(record), stamp: record.created_at }) > since;
}
