/** What a trigger remembers of a feed: pure rules. */
import {
	CLOCK_SLACK_MS,
	MAX_KNOWN,
	isBroken,
	markHandled,
	readState,
	remember,
	settle,
	startFeed,
	unreadRows,
} from '../../nodes/shared/polling/state.ts';
import type { FeedState, PollState, Walk } from '../../nodes/shared/polling/state.ts';
import type { FeedRow } from '../../nodes/shared/polling/stream.ts';

const row = (id: number, recordId = `${id}`, stamp = `2025-01-01 00:00:${id}`): FeedRow => ({
	key: `${id}@${stamp}`,
	position: id,
	recordId,
	stamp,
	data: {},
});

const rows = (...ids: number[]): FeedRow[] => ids.map((id) => row(id));
const newest = (count: number): FeedRow[] =>
	rows(...Array.from({ length: count }, (_, i) => count - i));
const ids = (found: readonly FeedRow[]): number[] => found.map(({ position }) => position);
const SETTLE_MS = 1_000;
const LONG = SETTLE_MS + CLOCK_SLACK_MS;

const walk = (seen: readonly FeedRow[], began: number, upTo = Infinity): Walk => ({
	upTo,
	furthest: Math.max(0, ...ids(seen)),
	listed: new Set(seen.map(({ key }) => key)),
	began,
	ended: began,
});

/** A poll that handles everything it sees. */
function handleAll(feed: FeedState, seen: readonly FeedRow[], at: number): boolean {
	for (const one of unreadRows(feed, seen)) markHandled(feed, one, false);
	return settle(feed, walk(seen, at), { overlapMs: SETTLE_MS, anchored: true });
}

describe('a new feed', () => {
	test('takes the rows before its start for handled, and one that turns up between them for new', () => {
		const feed = startFeed(10, 28, newest(30), 7);
		expect(feed).toMatchObject({ floor: 10, marks: [{ position: 28, at: 7 }] });
		expect(Object.keys(feed.rows)).toHaveLength(18);
		const page = [...rows(10, 11, 12), row(20, 'late', 'x'), ...rows(28, 29)];
		expect(ids(unreadRows(feed, page))).toEqual([20, 29]);
	});

	test('of an empty shop begins with everything', () => {
		expect(startFeed(0, 0, [], 0)).toMatchObject({ floor: 0, marks: [], rows: {} });
	});
});

describe('the floor', () => {
	test('rises only when a poll looked again after the settling time', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3), 0);
		expect(feed.floor).toBe(0);
		handleAll(feed, rows(1, 2, 3), LONG - 1);
		expect(feed.floor).toBe(0);
		handleAll(feed, rows(1, 2, 3, 4), LONG);
		expect(feed).toMatchObject({ floor: 3, anchor: { position: 3 }, marks: [{ position: 4 }] });
		expect(Object.values(feed.rows)).toMatchObject([{ position: 4 }]);
	});

	test('counts from the end of the poll that saw the rows', () => {
		const feed = startFeed(0, 0, [], 0);
		for (const one of rows(1, 2)) markHandled(feed, one, false);
		settle(feed, { ...walk(rows(1, 2), 0), ended: 500 }, { overlapMs: SETTLE_MS, anchored: true });
		handleAll(feed, rows(1, 2), LONG);
		expect(feed.floor).toBe(0);
	});

	test('stays below what a cut poll did not look at, and below what waits', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3, 4), 0);
		settle(feed, walk(rows(1, 2), LONG, 2), { overlapMs: SETTLE_MS, anchored: true });
		expect(feed.floor).toBe(2);
		feed.waiting['4@x'] = { position: 4, since: 0 };
		handleAll(feed, rows(1, 2, 3, 4), LONG);
		expect(feed.floor).toBe(3);
	});

	test('takes a mark of the future for one of now', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1), 1e12);
		handleAll(feed, rows(1), 1_000);
		expect(feed.marks).toEqual([{ position: 1, at: 1_000 }]);
	});

	test('means nothing where rows are gone, because their numbers may come again', () => {
		const feed = startFeed(0, 0, [], 0);
		handleAll(feed, rows(1, 2, 3), 0);
		expect(handleAll(feed, rows(1, 2), LONG)).toBe(true);
		expect(feed.floor).toBe(0);
		handleAll(feed, rows(1, 2), 2 * LONG);
		expect(feed.floor).toBe(2);
	});

	test('forgets delivered events with the rows, and says when that is worth storing', () => {
		const feed = startFeed(0, 0, [], 0);
		const many = newest(150).reverse();
		handleAll(feed, many, 0);
		feed.events.early = 3;
		feed.events.late = 151;
		expect(handleAll(feed, many, LONG)).toBe(true);
		expect(feed).toMatchObject({ floor: 150, rows: {}, events: { late: 151 } });
		expect(handleAll(feed, many, 2 * LONG)).toBe(false);
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
		settle(feed, walk(many, 0, 10_003), { overlapMs: SETTLE_MS, anchored: true });
		expect(feed.floor).toBe(3);
		expect(Object.keys(feed.rows)).toHaveLength(10_000);
		expect(feed.rows[many[3]?.key ?? '']).toBeDefined();
	});
});

test('known values are capped, the oldest records go first', () => {
	const feed = startFeed(0, 0, [], 0);
	remember(
		feed,
		Array.from({ length: MAX_KNOWN + 5 }, (_, id) => [`${id}`, 'x']),
	);
	expect(Object.keys(feed.known)).toHaveLength(MAX_KNOWN);
	expect(feed.known['4']).toBeUndefined();
});

describe('a stored state', () => {
	const feed = startFeed(0, 3, newest(3), 0);
	const whole: PollState = { v: 1, scope: 'shop event', variant: '', feeds: { rows: feed } };
	const change = (what: object) => ({ ...whole, feeds: { rows: { ...feed, ...what } } });

	test('is read when it is whole', () => {
		expect(readState(JSON.stringify(whole), 'shop event')).toEqual(whole);
		const pending = { v: 1, scope: 'shop event', since: 5 };
		expect(readState(JSON.stringify(pending), 'shop event')).toEqual(pending);
	});

	test('of another shop or event is not used, and is not broken', () => {
		expect(readState(JSON.stringify(whole), 'shop other')).toBeUndefined();
		expect(isBroken(JSON.stringify(whole), 'shop other')).toBe(false);
		expect(isBroken('{}', 'shop event')).toBe(false);
	});

	test.each([
		['of another version', { ...whole, v: 2 }],
		['of another node', { lastItemDate: 'x' }],
		['without variant', { ...whole, variant: 1 }],
		['with feeds as text', { ...whole, feeds: 'none' }],
		['with an empty feed', { ...whole, feeds: { rows: {} } }],
		['with a floor that is no number', change({ floor: null })],
		['with an anchor without key', change({ anchor: { position: 1 } })],
		['with a mark without time', change({ marks: [{ position: 1 }] })],
		['with a row without place', change({ rows: { a: {} } })],
		['with a waiting row without time', change({ waiting: { a: { position: 1 } } })],
		['with an event without place', change({ events: { a: 'x' } })],
		['with a known value that is no text', change({ known: { a: 1 } })],
	])('%s is recognised as broken', (_, state) => {
		expect(readState(JSON.stringify(state), 'shop event')).toBeUndefined();
		expect(isBroken(JSON.stringify(state), 'shop event')).toBe(true);
	});
});
