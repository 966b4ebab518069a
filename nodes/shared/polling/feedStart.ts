import type { Logger } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { MAX_TRACKED, MAX_TRACKED_BEHIND, remember, startFeed } from './state';
import type { FeedState } from './state';
import type { Shop } from '../reading/shop';
import type { FeedRow, Present, Stream } from './stream';

/** Rows of a feed read per request. */
export const PAGE_ROWS = 200;

/** Rows before its start that a new trigger takes for handled: one between them that turns up is new. */
const START_ROWS = 20;

/** Rows looked at, at first and at most, to find where a database was set back to. */
const SEARCHED_ROWS = 200;
const MAX_SEARCHED_ROWS = 12_800;

interface Start<R> {
	shop: Shop<R>;
	logger: Pick<Logger, 'warn'>;
	/** When the poll began (epoch ms). */
	now: number;
	/** Whether the user named the start, so that another one will not do. */
	isChosen?: boolean;
}

/**
 * Where a feed begins for a new trigger: at the newest row, or at an instant (epoch ms).
 *
 * @throws InputError when the shop cannot tell where a start that the user chose lies
 */
export async function openFeed<R>(
	{ shop, logger, now, isChosen = false }: Start<R>,
	stream: Stream<R>,
	from: number | undefined,
): Promise<FeedState> {
	const present = await stream.present?.(shop);
	if (present) return await openAtTime({ shop, now }, stream, present, from);
	const newest = await stream.newest(shop, stream.track ? MAX_TRACKED : START_ROWS);
	const end = newest[0]?.cursor ?? 0;
	const found = from === undefined ? end : await stream.cursorAt(shop, from);
	if (found === undefined && isChosen) {
		throw new InputError(
			'"Start From" cannot look back: it is not known which time zone the shop writes its times in.',
			'Let the credential say it, or the shop tell it, or start from now.',
		);
	}
	if (found === undefined && end > 0) {
		logger.warn('The shop does not tell what is older than the start; beginning with what is new.');
	}
	const start = Math.min(found ?? end, end);
	const oldest = newest[START_ROWS - 1];
	let feed: FeedState;
	if (oldest && oldest.cursor > start) {
		const watermark = Math.max(start - START_ROWS, 0);
		feed = startFeed(
			watermark,
			start,
			await stream.list(shop, watermark, START_ROWS, watermark),
			now,
		);
	} else if (oldest && !stream.keepsRows) {
		// Others may share the time of the oldest one, and more changes may get that time yet.
		const watermark = oldest.cursor - 1;
		const others = await stream.list(shop, watermark, 1, watermark);
		feed = startFeed(watermark, start, [...others, ...newest.slice(0, START_ROWS)], now);
	} else {
		feed = startFeed(oldest?.cursor ?? 0, start, newest.slice(0, START_ROWS), now);
		if (oldest && stream.keepsRows) feed.sentinel = { cursor: oldest.cursor, key: oldest.key };
	}
	markReach(feed, end, now);
	// What is stamped later can only have been written since.
	for (const { stamp } of newest) if (stamp > feed.stamp) feed.stamp = stamp;
	// What is still to be delivered must not be known yet. Oldest first: the last value counts.
	const past = newest.filter((row) => row.cursor <= start);
	rememberRows(stream, feed, past.reverse());
	return feed;
}

/** The same for a feed by time: at its present end, or at an instant (epoch ms). */
async function openAtTime<R>(
	{ shop, now }: Pick<Start<R>, 'shop' | 'now'>,
	stream: Stream<R>,
	{ cursor, overlapFrom, rows }: Present,
	from: number | undefined,
): Promise<FeedState> {
	const chosen = from === undefined ? undefined : await stream.cursorAt(shop, from);
	const start = Math.min(chosen ?? cursor, cursor);
	const watermark = Math.max(Math.min(start, overlapFrom), 0);
	// From now on means after what is visible now, whichever clock stamped it.
	const end = chosen === undefined ? Number.POSITIVE_INFINITY : start;
	const before: FeedRow[] = [];
	for (let after = watermark; after < end; ) {
		const page = await stream.list(shop, after, PAGE_ROWS, watermark);
		before.push(...page.filter((row) => row.cursor <= end));
		const last = page.at(-1)?.cursor ?? after;
		if (page.length < PAGE_ROWS || last <= after) break;
		after = last;
	}
	const feed = startFeed(watermark, Math.max(start, before.at(-1)?.cursor ?? 0), before, now);
	feed.highWatermark = watermark;
	markReach(feed, cursor, now);
	rememberRows(stream, feed, [...rows.filter((row) => row.cursor <= start), ...before]);
	return feed;
}

/**
 * Notes how far the shop reaches by now, so that the watermark follows a backlog that takes many polls
 * as it is read, and not only some time after its end came into sight.
 */
function markReach(feed: FeedState, cursor: number, at: number): void {
	if (cursor > (feed.watermarkHistory.at(-1)?.cursor ?? feed.watermark))
		feed.watermarkHistory.push({ cursor, at });
}

/** Keeps the records' values of a feed that shows only the present. */
export function rememberRows<R>(
	{ track, present }: Stream<R>,
	feed: FeedState,
	rows: readonly FeedRow[],
): void {
	if (!track) return;
	const values = rows.map((row): [string, string | undefined] => [row.recordId, track(row)]);
	remember(feed, values, present ? MAX_TRACKED_BEHIND : MAX_TRACKED);
}

/**
 * Where a feed goes on when the row at its watermark is gone or another: the row was deleted, or the
 * shop's database was set back. Then rows written since are the ones stamped later than anything
 * handled before, whatever their cursor.
 */
export async function findWatermark<R>(
	{ shop, logger }: Start<R>,
	stream: Stream<R>,
	feed: FeedState,
): Promise<void> {
	const isOld = ({ cursor, stamp }: FeedRow) => cursor <= feed.watermark && stamp <= feed.stamp;
	let count = SEARCHED_ROWS;
	let rows = await stream.newest(shop, count);
	while (!rows.some(isOld) && rows.length >= count && count < MAX_SEARCHED_ROWS) {
		count *= 4;
		rows = await stream.newest(shop, count);
	}
	const old = rows.find(isOld);
	const lowest = rows.length < count ? 0 : (rows.at(-1)?.cursor ?? 1) - 1;
	const watermark = Math.min(old?.cursor ?? lowest, feed.watermark);
	const end = rows[0]?.cursor ?? 0;
	const isRewritten = rows.some((row) => row.cursor <= feed.watermark && !isOld(row));
	if (end < feed.watermark || isRewritten) {
		logger.warn(
			`The shop's data went back from number ${feed.watermark} to ${watermark}; going on with what is new since.`,
		);
		// They tell of rows that are no more.
		feed.watermarkHistory = [];
	}
	feed.watermark = watermark;
	feed.sentinel = old ? { cursor: old.cursor, key: old.key } : null;
}
