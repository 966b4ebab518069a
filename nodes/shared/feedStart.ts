import type { Logger } from 'n8n-workflow';

import { MAX_KNOWN, START_ROWS, remember, startFeed } from './pollState';
import type { FeedState } from './pollState';
import type { Shop } from './shop';
import type { FeedRow, Stream } from './stream';

/** Rows looked at, at first and at most, to find where a database was set back to. */
const SEARCHED_ROWS = 200;
const MAX_SEARCHED_ROWS = 12_800;

interface Start<R> {
	shop: Shop<R>;
	logger: Pick<Logger, 'warn'>;
	/** When the poll began (epoch ms). */
	now: number;
}

/** Where a feed begins for a new trigger: at the newest row, or at an instant (epoch ms). */
export async function openFeed<R>(
	{ shop, logger, now }: Start<R>,
	stream: Stream<R>,
	from: number | undefined,
): Promise<FeedState> {
	const newest = await stream.newest(shop, stream.track ? MAX_KNOWN : START_ROWS);
	const end = newest[0]?.position ?? 0;
	const start = from === undefined ? end : await stream.positionAt(shop, from);
	if (start === undefined && end > 0) {
		logger.warn('The shop does not tell what is older than the start; beginning with what is new.');
	}
	const position = Math.min(start ?? end, end);
	const feed = startFeed(newest, position, stream.anchored, now);
	// What is still to be delivered must not be known yet. Oldest first: the last value counts.
	const past = newest.filter((row) => row.position <= position);
	rememberRows(stream, feed, past.reverse());
	return feed;
}

/** Keeps the records' values of a feed that shows only the present. */
export function rememberRows<R>(
	{ track }: Stream<R>,
	feed: FeedState,
	rows: readonly FeedRow[],
): void {
	if (!track) return;
	const values = rows.map((row): [string, string] => [row.recordId, track(row)]);
	remember(feed, values);
}

/**
 * Where a feed goes on when the row at its floor is gone or another: the row was deleted, or the
 * shop's database was set back. Then rows written since are the ones stamped later than anything
 * handled before, whatever their position.
 */
export async function findFloor<R>(
	{ shop, logger }: Start<R>,
	stream: Stream<R>,
	feed: FeedState,
): Promise<void> {
	const isOld = ({ position, stamp }: FeedRow) => position <= feed.floor && stamp <= feed.stamp;
	let count = SEARCHED_ROWS;
	let rows = await stream.newest(shop, count);
	while (!rows.some(isOld) && rows.length >= count && count < MAX_SEARCHED_ROWS) {
		count *= 4;
		rows = await stream.newest(shop, count);
	}
	const old = rows.find(isOld);
	const lowest = rows.length < count ? 0 : (rows.at(-1)?.position ?? 1) - 1;
	const floor = Math.min(old?.position ?? lowest, feed.floor);
	const end = rows[0]?.position ?? 0;
	const isRewritten = rows.some((row) => row.position <= feed.floor && !isOld(row));
	if (end < feed.floor || isRewritten) {
		logger.warn(
			`The shop's data went back from number ${feed.floor} to ${floor}; going on with what is new since.`,
		);
		// They tell of rows that are no more.
		feed.marks = [];
	}
	feed.floor = floor;
	feed.anchor = old ? { position: old.position, key: old.key } : null;
}
