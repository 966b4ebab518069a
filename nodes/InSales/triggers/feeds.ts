import { MINUTE, instantOfHeader } from '../../shared/polling/wallClock';
import { CLOCK_SLACK_MS } from '../../shared/polling/state';
import type { FeedRow, Stream } from '../../shared/polling/stream';
import { decodeRecords, idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { LARGEST_PAGE, SMALLEST_PAGE, changes, pages } from '../api/query';
import { listAfter, cursorOf, cursorBefore } from './cursors';

export type InSalesStream = Stream<InSalesRecord>;

/** What a feed makes of a record: everything of a row but where it stands. */
export type RowDraft = Pick<FeedRow, 'key' | 'data'>;

/** What a feed reads. */
export interface Source {
	/** A list that knows `updated_since` and `from_id`. */
	resource: 'orders' | 'clients' | 'products';
	/**
	 * The rows of a record, at least one; what happened up to the cursor `since` need not be told.
	 * Their keys are prefixed with the ID.
	 */
	rows(record: InSalesRecord, since: number): RowDraft[];
	/** Whether a new trigger remembers the records that the shop lists first. */
	remembers: boolean;
}

/** How a feed is read; who resolves its rows is another matter. */
export type Feed = Pick<
	InSalesStream,
	| 'list'
	| 'newest'
	| 'present'
	| 'likely'
	| 'cursorAt'
	| 'overlapMs'
	| 'gracePeriodMs'
	| 'keepsRows'
	| 'everyMs'
	| 'rowsAreRecords'
> & {
	/** The whole record of a row that was just listed. */
	recordOf(row: FeedRow): InSalesRecord | undefined;
};

/** A change within a second that was read already, or one that became visible late, is looked for this long. */
const OVERLAP_MS = 2 * MINUTE;

/** Records asked for beyond those that are wanted: the ones of the last cursor are left for the next page. */
const SPARE_RECORDS = 25;

/** Records looked through for a test event: four pages at most. */
const LIKELY_RECORDS = 4 * LARGEST_PAGE;

/**
 * Reading a resource by its changes (InSales API reference, 3.3). Lists hold whole records, so that no
 * event costs a request of its own; made anew for each poll.
 */
export function feedByChange({ resource, rows, remembers }: Source): Feed {
	let listed: ReadonlyMap<string, InSalesRecord> = new Map();
	const toRows = (records: readonly InSalesRecord[], since: number): FeedRow[] => {
		listed = new Map(records.map((record) => [idOf(record), record]));
		return records.flatMap((record) => {
			const recordId = idOf(record);
			const shared = { cursor: cursorOf(record), recordId, stamp: String(record.updated_at) };
			return rows(record, since).map(({ key, data }) => ({
				...shared,
				key: `${recordId}${key}`,
				data,
			}));
		});
	};
	return {
		list: async (shop, after, limit, since = Number.NEGATIVE_INFINITY) => {
			const { records, sentAt } = await changedAfter(shop, resource, after, limit);
			const listed = toRows(records, since);
			if (sentAt === undefined) return listed;
			const final = cursorBefore(sentAt - OVERLAP_MS);
			return listed.map((row) => ({ ...row, isFinal: row.cursor <= final }));
		},
		newest: async (shop, count) => {
			const { first } = pages({ path: resource, perPage: count });
			return newestFirst(toRows(await shop.records(first), Number.NEGATIVE_INFINITY));
		},
		likely: async (shop) => {
			const records = await shop.list(pages({ path: resource }), LIKELY_RECORDS);
			return newestFirst(toRows(records, Number.NEGATIVE_INFINITY));
		},
		present: async (shop) => {
			const perPage = remembers ? LARGEST_PAGE : SMALLEST_PAGE;
			const reply = await shop.send(pages({ path: resource, perPage }).first);
			// By n8n's own clock if need be, which may be ahead of the shop's.
			const now = instantOfHeader(reply.headers.date) ?? Date.now() - CLOCK_SLACK_MS;
			const records = remembers ? [...decodeRecords(reply)] : [];
			records.sort((a, b) => cursorOf(a) - cursorOf(b));
			return {
				cursor: cursorBefore(now + 1_000),
				overlapFrom: cursorBefore(now - OVERLAP_MS),
				rows: toRows(records, Number.POSITIVE_INFINITY),
			};
		},
		cursorAt: async (_shop, instant) => cursorBefore(instant),
		recordOf: ({ recordId }) => listed.get(recordId),
		overlapMs: OVERLAP_MS,
		gracePeriodMs: 0,
		// Changes move records on, so that rows vanish from their places all the time.
		keepsRows: false,
		everyMs: 0,
		// A row is a whole record of some 10 kB: read again only as long as it may matter.
		rowsAreRecords: true,
	};
}

function newestFirst(rows: FeedRow[]): FeedRow[] {
	// Of what one second brought, the larger ID is the newer.
	const newer = (a: FeedRow, b: FeedRow) => Number(b.recordId) - Number(a.recordId);
	return rows.reverse().sort((a, b) => b.cursor - a.cursor || newer(a, b));
}

/**
 * Records that changed after a cursor, the oldest change first: at least `limit` of them, unless these
 * are all. Records of one cursor are not separated. One that is edited meanwhile comes once, as it is
 * in the end. `sentAt` is when the shop began to answer, by its own clock (epoch ms).
 */
async function changedAfter(
	shop: InSalesShop,
	resource: string,
	after: number,
	limit: number,
): Promise<{ records: InSalesRecord[]; sentAt: number | undefined }> {
	const found = new Map<string, InSalesRecord>();
	const walk = changes({ path: resource, perPage: limit + SPARE_RECORDS }, listAfter(after));
	let sentAt: number | undefined;
	for await (const { page, next } of shop.pages(walk)) {
		sentAt ??= instantOfHeader(page.date);
		for (const record of page) {
			if (cursorOf(record) > after) found.set(idOf(record), record);
		}
		const end = page.at(-1);
		if (!end || !next) break;
		// More of the last cursor may be on the next page.
		const whole = [...found.values()].filter((record) => cursorOf(record) < cursorOf(end));
		if (whole.length >= limit) return { records: inOrder(whole), sentAt };
	}
	return { records: inOrder([...found.values()]), sentAt };
}

function inOrder(records: InSalesRecord[]): InSalesRecord[] {
	return records.sort((a, b) => cursorOf(a) - cursorOf(b));
}
