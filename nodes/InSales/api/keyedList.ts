import type { KeyedList } from '../../shared/reading/keySearch';
import { isoTime, wireInstant } from './dates';
import { idOf } from './codec';
import type { InSalesRecord } from './codec';
import { changes, pages } from './query';
import { byId } from './reads';

/** A change within a second that was read already, or one that became visible late, is looked for this long. */
const OVERLAP_MS = 120_000;

/** The lists that tell what changed, the oldest change first (InSales API reference, 3.3). */
type Resource = 'orders' | 'clients' | 'products' | 'discount_codes';

/** A list that is searched by keys for which InSales has no filter (InSales API reference, 3.2). */
export function keyedList(
	resource: Resource,
	keysOf: (record: InSalesRecord) => readonly string[],
	read: KeyedList<InSalesRecord>['byId'] = async (shop, id) => await byId(shop, resource, id),
): KeyedList<InSalesRecord> {
	return {
		name: resource,
		changes: (since, fromId) =>
			changes(
				{ path: resource },
				{
					...(since !== undefined && { since: wireInstant(since) }),
					// The shop leaves out up to this ID, so that the record itself comes.
					...(fromId !== undefined && { fromId: `${Number(fromId) - 1}` }),
				},
			),
		...(resource === 'orders' && { newest: pages({ path: resource }).first }),
		overlapMs: OVERLAP_MS,
		idOf,
		changedAt: (record) => Date.parse(isoTime(record.updated_at) ?? ''),
		keysOf,
		byId: read,
	};
}
