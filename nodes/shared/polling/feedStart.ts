import type { Logger } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { MAX_KNOWN, MAX_KNOWN_BEHIND, remember, startFeed } from './state';
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
	const newest = await stream.newest(shop, stream.track ? MAX_KNOWN : START_ROWS);
	const end = newest[0]?.position ?? 0;
	const found = from === undefined ? end : await stream.positionAt(shop, from);
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
	if (oldest && oldest.position > start) {
		const floor = Math.max(start - START_ROWS, 0);
		feed = startFeed(floor, start, await stream.list(shop, floor, START_ROWS, floor), now);
	} else if (oldest && !stream.anchored) {
		// Others may share the time of the oldest one, and more changes may get that time yet.
		const floor = oldest.position - 1;
		const others = await stream.list(shop, floor, 1, floor);
		feed = startFeed(floor, start, [...others, ...newest.slice(0, START_ROWS)], now);
	} else {
		feed = startFeed(oldest?.position ?? 0, start, newest.slice(0, START_ROWS), now);
		if (oldest && stream.anchored) feed.anchor = { position: oldest.position, key: oldest.key };
	}
	markReach(feed, end, now);
	// What is stamped later can only have been written since.
	for (const { stamp } of newest) if (stamp > feed.stamp) feed.stamp = stamp;
	// What is still to be delivered must not be known yet. Oldest first: the last value counts.
	const past = newest.filter((row) => row.position <= start);
	rememberRows(stream, feed, past.reverse());
	return feed;
}

/** The same for a feed by time: at its present end, or at an instant (epoch ms). */
async function openAtTime<R>(
	{ shop, now }: Pick<Start<R>, 'shop' | 'now'>,
	stream: Stream<R>,
	{ position, settled, rows }: Present,
	from: number | undefined,
): Promise<FeedState> {
	const chosen = from === undefined ? undefined : await stream.positionAt(shop, from);
	const start = Math.min(chosen ?? position, position);
	const floor = Math.max(Math.min(start, settled), 0);
	// From now on means after what is visible now, whichever clock stamped it.
	const end = chosen === undefined ? Number.POSITIVE_INFINITY : start;
	const before: FeedRow[] = [];
	for (let after = floor; after < end; ) {
		const page = await stream.list(shop, after, PAGE_ROWS, floor);
		before.push(...page.filter((row) => row.position <= end));
		const last = page.at(-1)?.position ?? after;
		if (page.length < PAGE_ROWS || last <= after) break;
		after = last;
	}
	const feed = startFeed(floor, Math.max(start, before.at(-1)?.position ?? 0), before, now);
	feed.complete = floor;
	markReach(feed, position, now);
	rememberRows(stream, feed, [...rows.filter((row) => row.position <= start), ...before]);
	return feed;
}

/**
 * Notes how far the shop reaches by now, so that a backlog that takes many polls is settled as it is
 * read, and not only some time after its end came into sight.
 */
function markReach(feed: FeedState, position: number, at: number): void {
	if (position > (feed.marks.at(-1)?.position ?? feed.floor)) feed.marks.push({ position, at });
}

/** Keeps the records' values of a feed that shows only the present. */
export function rememberRows<R>(
	{ track, present }: Stream<R>,
	feed: FeedState,
	rows: readonly FeedRow[],
): void {
	if (!track) return;
	const values = rows.map((row): [string, string | undefined] => [row.recordId, track(row)]);
	remember(feed, values, present ? MAX_KNOWN_BEHIND : MAX_KNOWN);
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
