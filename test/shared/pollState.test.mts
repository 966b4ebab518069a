/** What a trigger remembers of a feed: pure rules. */
import {
	CLOCK_SLACK_MS,
	MAX_TRACKED,
	markHandled,
	remember,
	advanceWatermark,
	startFeed,
	unreadRows,
} from '../../nodes/shared/polling/state.ts';
import { Overlap } from '../../nodes/shared/polling/backlog.ts';
import type { FeedState, PollState, Walk } from '../../nodes/shared/polling/state.ts';
import { isBroken, readState } from '../../nodes/shared/polling/stateVersions.ts';
import type { FeedRow } from '../../nodes/shared/polling/stream.ts';

const row = (id: number, recordId = `${id}`, stamp = `2025-01-01 00:00:${id}`): FeedRow => ({
	key: `${id}@${stamp}`,
	cursor: id,
	recordId,
	stamp,
	data: {},
});

const rows = (...ids: number[]): FeedRow[] => ids.map((id) => row(id));
const newest = (count: number): FeedRow[] =>
	rows(...Array.from({ length: count }, (_, i) => count - i));
const ids = (found: readonly FeedRow[]): number[] => found.map(({ cursor }) => cursor);
const OVERLAP_MS = 1_000;
const LONG = OVERLAP_MS + CLOCK_SLACK_MS;

const walk = (seen: readonly FeedRow[], began: number, upTo = Infinity): Walk => ({
	from: 0,
	upTo,
	furthest: Math.max(0, ...ids(seen)),
	listed: new Set(seen.map(({ key }) => key)),
	began,
	ended: began,
});

/** A poll that handles everything it sees. */
function handleAll(feed: FeedState, seen: readonly FeedRow[], at: number): boolean {
	for (const one of unreadRows(feed, seen)) markHandled(feed, one, false);
	return advanceWatermark(feed, walk(seen, at), { overlapMs: OVERLAP_MS, keepsRows: true });
}

describe('a new feed', () => {
	test('takes the rows before its start for handled, and one that turns up between them for new', () => {
		const feed = startFeed(10, 28, newest(30), 7);
		expect(feed).toMatchObject({ watermark: 10, watermarkHistory: [{ cursor: 28, at: 7 }] });
		expect(Object.keys(feed.rows)).toHaveLength(18);
		const page = [...rows(10, 11, 12), row(20, 'late', 'x'), ...rows(28, 29)];
		expect(ids(unreadRows(feed, page))).toEqual([20, 29]);
	});

	test('of an empty shop begins with everything', () => {
		expect(startFeed(0, 0, [], 0)).toMatchObject({ watermark: 0, watermarkHistory: [], rows: {} });
	});
});

describe('the watermark', () => {
	test('rises only when a poll looked again after the settling time', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3), 0);
		expect(feed.watermark).toBe(0);
		handleAll(feed, rows(1, 2, 3), LONG - 1);
		expect(feed.watermark).toBe(0);
		handleAll(feed, rows(1, 2, 3, 4), LONG);
		expect(feed).toMatchObject({
			watermark: 3,
			sentinel: { cursor: 3 },
			watermarkHistory: [{ cursor: 4 }],
		});
		expect(Object.values(feed.rows)).toMatchObject([{ cursor: 4 }]);
	});

	test('counts from the end of the poll that saw the rows', () => {
		const feed = startFeed(0, 0, [], 0);
		for (const one of rows(1, 2)) markHandled(feed, one, false);
		advanceWatermark(
			feed,
			{ ...walk(rows(1, 2), 0), ended: 500 },
			{ overlapMs: OVERLAP_MS, keepsRows: true },
		);
		handleAll(feed, rows(1, 2), LONG);
		expect(feed.watermark).toBe(0);
	});

	test('stays below what a cut poll did not look at, and below what waits', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3, 4), 0);
		advanceWatermark(feed, walk(rows(1, 2), LONG, 2), { overlapMs: OVERLAP_MS, keepsRows: true });
		expect(feed.watermark).toBe(2);
		feed.pending['4@x'] = { cursor: 4, since: 0 };
		handleAll(feed, rows(1, 2, 3, 4), LONG);
		expect(feed.watermark).toBe(3);
	});

	test('takes a mark of the future for one of now', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1), 1e12);
		handleAll(feed, rows(1), 1_000);
		expect(feed.watermarkHistory).toEqual([{ cursor: 1, at: 1_000 }]);
	});

	test('means nothing where rows are gone, because their numbers may come again', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3), 0);
		expect(handleAll(feed, rows(1, 2), LONG)).toBe(true);
		expect(feed.watermark).toBe(0);
		handleAll(feed, rows(1, 2), 2 * LONG);
		expect(feed.watermark).toBe(2);
	});

	test('forgets delivered events with the rows, and says when that is worth storing', () => {
		const feed = startFeed(0, 0, [], 0);
		const many = newest(150).reverse();
		handleAll(feed, many, 0);
		feed.deliveredIds.early = 3;
		feed.deliveredIds.late = 151;
		expect(handleAll(feed, many, LONG)).toBe(true);
		expect(feed).toMatchObject({ watermark: 150, rows: {}, deliveredIds: { late: 151 } });
		expect(handleAll(feed, many, 2 * LONG)).toBe(false);
	});
});

describe('a poll that went on where the one before had stopped', () => {
	test('raises no watermark and forgets nothing of what it did not look at', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3), 0);
		for (const one of rows(4, 5)) markHandled(feed, one, false);
		const behind = { ...walk(rows(4, 5), LONG), from: 3, overlapFrom: 5 };
		expect(advanceWatermark(feed, behind, { overlapMs: OVERLAP_MS, keepsRows: true })).toBe(false);
		expect(feed).toMatchObject({ watermark: 0, highWatermark: 3 });
		expect(Object.keys(feed.rows)).toHaveLength(5);
		expect(feed.watermarkHistory.at(-1)).toEqual({ cursor: 5, at: LONG });
	});
});

describe('the overlap', () => {
	const aged = (id: number, isFinal: boolean): FeedRow => ({ ...row(id), isFinal });

	test('begins behind the last row before which nothing can turn up', () => {
		const overlap = new Overlap();
		overlap.isBehind = true;
		overlap.note([aged(1, true), aged(3, true)]);
		expect(overlap).toMatchObject({ from: 3, isBehind: true });
		// Between 5 and 9 another one may turn up; what follows tells nothing about that.
		overlap.note([aged(5, true), aged(9, false), aged(10, true)]);
		overlap.note([aged(11, true)]);
		expect(overlap).toMatchObject({ from: 5, isBehind: false });
	});

	test('goes by the stamps of rows that do not tell', () => {
		const overlap = new Overlap();
		overlap.isBehind = true;
		overlap.stamp = '2025-01-01 00:00:2';
		overlap.note(rows(1, 2, 3));
		expect(overlap.from).toBe(2);
	});

	test('is not asked for where few rows are read', () => {
		const overlap = new Overlap();
		overlap.note([aged(1, true)]);
		expect(overlap.from).toBe(0);
	});
});

describe('unread rows', () => {
	test('include skipped ones of a record when an earlier row of it turns up, and not delivered ones', () => {
		const feed = startFeed(0, 0, [], 0);
		markHandled(feed, row(5, 'a'), true);
		markHandled(feed, row(6, 'a'), false);
		markHandled(feed, row(7, 'b'), true);
		const page = [row(4, 'a'), row(5, 'a'), row(6, 'a'), row(7, 'b')];
		expect(ids(unreadRows(feed, page))).toEqual([4, 5]);
	});

	test('are unread again on later pages and at later polls too', () => {
		const feed = startFeed(0, 0, [], 0);
		markHandled(feed, row(500, 'a'), true);
		unreadRows(feed, [row(4, 'a')]);
		markHandled(feed, row(4, 'a'), true);
		expect(ids(unreadRows(feed, [row(500, 'a')]))).toEqual([500]);
	});

	test('is bounded: the oldest rows count as settled, so that nothing new has to wait', () => {
		const feed = startFeed(0, 0, [], 0);
		const many = rows(...Array.from({ length: 10_003 }, (_, id) => id + 1));
		handleAll(feed, many, 0);
		advanceWatermark(feed, walk(many, 0, 10_003), { overlapMs: OVERLAP_MS, keepsRows: true });
		expect(feed.watermark).toBe(3);
		expect(Object.keys(feed.rows)).toHaveLength(10_000);
		expect(feed.rows[many[3]?.key ?? '']).toBeDefined();
	});
});

test('tracked values are capped, the oldest records go first', () => {
	const feed = startFeed(0, 0, [], 0);
	remember(
		feed,
		Array.from({ length: MAX_TRACKED + 5 }, (_, id) => [`${id}`, 'x']),
	);
	expect(Object.keys(feed.trackedValues)).toHaveLength(MAX_TRACKED);
	expect(feed.trackedValues['4']).toBeUndefined();
});

describe('a stored state', () => {
	const feed = startFeed(0, 3, newest(3), 0);
	const whole: PollState = { v: 2, scope: 'shop event', variant: '', feeds: { rows: feed } };
	const change = (what: object) => ({ ...whole, feeds: { rows: { ...feed, ...what } } });

	test('is read when it is whole', () => {
		expect(readState(JSON.stringify(whole), 'shop event')).toEqual(whole);
		const pending = { v: 2, scope: 'shop event', since: 5 };
		expect(readState(JSON.stringify(pending), 'shop event')).toEqual(pending);
	});

	test('of another shop or event is not used, and is not broken', () => {
		expect(readState(JSON.stringify(whole), 'shop other')).toBeUndefined();
		expect(isBroken(JSON.stringify(whole), 'shop other')).toBe(false);
		expect(isBroken('{}', 'shop event')).toBe(false);
	});

	test.each([
		['of another version', { ...whole, v: 3 }],
		['of another node', { lastItemDate: 'x' }],
		['without variant', { ...whole, variant: 1 }],
		['with feeds as text', { ...whole, feeds: 'none' }],
		['with an empty feed', { ...whole, feeds: { rows: {} } }],
		['with a watermark that is no number', change({ watermark: null })],
		['with a sentinel without key', change({ sentinel: { cursor: 1 } })],
		['with a watermark of the past without time', change({ watermarkHistory: [{ cursor: 1 }] })],
		['with a row without cursor', change({ rows: { a: {} } })],
		['with a pending row without time', change({ pending: { a: { cursor: 1 } } })],
		['with half of a row', change({ pending: { a: { cursor: 1, since: 1, row: { stamp: '' } } } })],
		['with an event without cursor', change({ deliveredIds: { a: 'x' } })],
		['with a tracked value that is no text', change({ trackedValues: { a: 1 } })],
	])('%s is recognised as broken', (_, state) => {
		expect(readState(JSON.stringify(state), 'shop event')).toBeUndefined();
		expect(isBroken(JSON.stringify(state), 'shop event')).toBe(true);
	});
});
