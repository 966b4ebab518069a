/** Where a feed by time begins: what is handled already, what is remembered, what is new. */
import { PAGE_ROWS, openFeed, rememberRows } from '../../nodes/shared/polling/feedStart.ts';
import {
	MAX_TRACKED,
	MAX_TRACKED_BEHIND,
	advanceWatermark,
	startFeed,
	unreadRows,
} from '../../nodes/shared/polling/state.ts';
import type { FeedRow, Present, Stream } from '../../nodes/shared/polling/stream.ts';

const row = (cursor: number, recordId = `r${cursor}`): FeedRow => ({
	key: `${recordId}@${cursor}`,
	cursor,
	recordId,
	stamp: '',
	data: { value: `v${cursor}` },
});

const span = (from: number, to: number): FeedRow[] =>
	Array.from({ length: to - from + 1 }, (_, at) => row(from + at));

/** A feed by time that cannot be read backwards. */
class Changes implements Stream<object> {
	name = 'changes';
	overlapMs = 0;
	gracePeriodMs = 0;
	keepsRows = false;
	everyMs = 0;
	rows: FeedRow[] = [];
	end: Present = { cursor: 1_000, overlapFrom: 900, rows: [] };
	/** Position, limit and `since` of each reading. */
	asked: Array<[number, number, number | undefined]> = [];

	list = async (_: unknown, after: number, limit: number, since?: number) => {
		this.asked.push([after, limit, since]);
		return this.rows.filter(({ cursor }) => cursor > after).slice(0, limit);
	};

	newest = async (_?: unknown, _count?: number): Promise<FeedRow[]> => {
		throw new Error('It cannot be read backwards.');
	};

	cursorAt = async (_: unknown, instant: number): Promise<number | undefined> => instant;

	present = async () => this.end;

	resolve = async () => [];

	track = ({ data }: FeedRow): string | undefined => data.value;
}

/** The same as a feed that can be read backwards. */
class Numbers extends Changes {
	override newest = async (_?: unknown, count = 0): Promise<FeedRow[]> =>
		[...this.rows].reverse().slice(0, count);

	override present = undefined as never;
}

/** What a new trigger begins with, and what it takes for new. */
async function opened(stream: Changes, from?: number) {
	const start = {
		shop: {} as Parameters<typeof openFeed<object>>[0]['shop'],
		logger: { warn: () => {} },
		now: 7,
	};
	const feed = await openFeed<object>(start, stream, from);
	return { feed, unread: unreadRows(feed, stream.rows).map(({ cursor }) => cursor) };
}

describe('a new trigger on a feed by time', () => {
	test('begins behind everything visible, also what a clock that is ahead stamped', async () => {
		const stream = new Changes();
		stream.rows = [row(850), row(950), row(1_000), row(1_020)];
		const { feed, unread } = await opened(stream);
		expect(unread).toEqual([]);
		// From the settled part on it is read again: what becomes visible there is new.
		stream.rows = [...stream.rows, row(940), row(1_010), row(1_021)];
		expect(unreadRows(feed, stream.rows).map(({ cursor }) => cursor)).toEqual([940, 1_010, 1_021]);
		expect(feed.watermarkHistory).toEqual([{ cursor: 1_020, at: 7 }]);
	});

	test('knows that only the settled part is complete', async () => {
		const stream = new Changes();
		stream.rows = [row(950)];
		const { feed } = await opened(stream);
		expect(feed).toMatchObject({ watermark: 900, highWatermark: 900 });
		expect(stream.asked).toEqual([[900, PAGE_ROWS, 900]]);
	});

	test('reads all pages of what is not settled', async () => {
		const stream = new Changes();
		stream.end = { cursor: 2_000, overlapFrom: 900, rows: [] };
		stream.rows = span(901, 901 + 2 * PAGE_ROWS + 5);
		const { unread } = await opened(stream);
		expect(unread).toEqual([]);
		expect(stream.asked.map(([after]) => after)).toEqual([
			900,
			900 + PAGE_ROWS,
			900 + 2 * PAGE_ROWS,
		]);
	});

	test('a shop that does not move on ends the reading', async () => {
		const stream = new Changes();
		const page = Array.from({ length: PAGE_ROWS }, (_, at) => row(910, `${at}`));
		stream.list = async () => page;
		const { unread } = await opened(stream);
		expect(unread).toEqual([]);
	});

	test('from a date on, everything behind it is new, the rest is not', async () => {
		const stream = new Changes();
		stream.rows = [row(400), row(500), row(600), row(950)];
		const { feed, unread } = await opened(stream, 500);
		expect(feed).toMatchObject({ watermark: 500, highWatermark: 500 });
		expect(unread).toEqual([600, 950]);
		expect(stream.asked).toEqual([]);
	});

	test('a date within what is not settled keeps the watermark below it', async () => {
		const stream = new Changes();
		stream.rows = [row(910), row(940), row(960), row(1_020)];
		const { feed, unread } = await opened(stream, 950);
		expect(feed).toMatchObject({ watermark: 900, highWatermark: 900 });
		expect(unread).toEqual([960, 1_020]);
	});

	test('a date of the future begins now', async () => {
		const stream = new Changes();
		stream.rows = [row(950), row(1_001)];
		const { feed, unread } = await opened(stream, Number.POSITIVE_INFINITY);
		expect(feed.watermark).toBe(900);
		expect(unread).toEqual([1_001]);
	});

	test('a date before everything begins at the first row', async () => {
		const stream = new Changes();
		stream.rows = [row(1), row(950)];
		const { feed, unread } = await opened(stream, -86_400_000);
		expect(feed).toMatchObject({ watermark: 0, highWatermark: 0 });
		expect(unread).toEqual([1, 950]);
	});

	test.each([
		['by time', new Changes()],
		['by ID', new Numbers()],
	])('a backlog %s settles as it is read, from soon after the start on', async (_, stream) => {
		stream.rows = span(1, 950);
		const { feed } = await opened(stream, 0);
		const poll = (minutes: number, upTo: number) => {
			const at = 7 + minutes * 60_000;
			const listed = new Set(span(1, upTo).map(({ key }) => key));
			advanceWatermark(
				feed,
				{ from: 0, upTo, furthest: upTo + 100, listed, began: at, ended: at },
				stream,
			);
			return feed.watermark;
		};
		expect(poll(1, 100)).toBe(0);
		expect(poll(9, 200)).toBe(0);
		expect(poll(10, 300)).toBe(300);
		expect(poll(11, 400)).toBe(400);
	});

	test('remembers the values before the start, the newest of each record, and none behind it', async () => {
		const stream = new Changes();
		stream.end.rows = [row(300, 'a'), row(400, 'b'), row(980, 'c')];
		stream.rows = [row(920, 'a'), row(970, 'd')];
		const { feed } = await opened(stream, 950);
		expect(feed.trackedValues).toEqual({ a: 'v920', b: 'v400' });
	});
});

describe('values remembered', () => {
	const values = (count: number): FeedRow[] =>
		Array.from({ length: count }, (_, at) => row(at + 1, `${at + 1}`));

	test('of a feed by time stay until it is read to its end, within bounds', () => {
		const feed = startFeed(0, 0, [], 0);
		rememberRows(new Changes(), feed, values(MAX_TRACKED + 5));
		expect(Object.keys(feed.trackedValues)).toHaveLength(MAX_TRACKED + 5);
		rememberRows(new Changes(), feed, values(MAX_TRACKED_BEHIND + 5));
		expect(Object.keys(feed.trackedValues)).toHaveLength(MAX_TRACKED_BEHIND);
	});

	test('of another feed are the newest ones', () => {
		const feed = startFeed(0, 0, [], 0);
		const stream: Stream<object> = { ...new Changes() };
		delete stream.present;
		rememberRows(stream, feed, values(MAX_TRACKED + 5));
		expect(Object.keys(feed.trackedValues)).toHaveLength(MAX_TRACKED);
		expect(feed.trackedValues['5']).toBeUndefined();
	});
});
