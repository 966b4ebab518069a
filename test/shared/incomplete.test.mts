/** When a record that cannot be read is told of by what its row says. */
import { readFeed } from '../../nodes/shared/polling/feed.ts';
import type { FeedRun } from '../../nodes/shared/polling/feedRows.ts';
import { UNREAD_GRACE_MS } from '../../nodes/shared/polling/incomplete.ts';
import { startFeed } from '../../nodes/shared/polling/state.ts';
import type {
	FeedRow,
	ResolveContext,
	Resolved,
	Stream,
} from '../../nodes/shared/polling/stream.ts';
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';

function failing(failure: Partial<Failure>, reason = 'It failed.'): ShopError {
	const whole: Failure = { kind: 'server', sent: true, ...failure };
	const call = { method: 'GET' as const, path: ['orders', '1'] };
	return new ShopError(whole, call, { reason, fix: '' });
}

const ROW: FeedRow = { key: '1@x', cursor: 1, recordId: '1', stamp: 'x', data: {} };

/** A feed of one record that the shop fails to show, and what it answers to what else the event needs. */
function feedWith(rowOnly: () => Resolved) {
	const error = failing({ status: 500 }, 'The record is broken.');
	const stream: Stream<object> = {
		name: 'rows',
		list: async (_, after) => [ROW].filter(({ cursor }) => cursor > after),
		newest: async () => [ROW],
		cursorAt: async () => 0,
		resolve: async (_shop, rows, about: ResolveContext) => {
			if (!about.rowOnly) throw error;
			return rows.map(rowOnly);
		},
		overlapMs: 0,
		gracePeriodMs: 0,
		keepsRows: false,
		everyMs: 0,
	};
	const feed = startFeed(0, 0, [], 0);
	feed.pending[ROW.key] = { cursor: 1, since: 0, unread: true };
	const poll = async (now: number) => {
		const run: FeedRun<object> = {
			shop: { forget: () => {} } as FeedRun<object>['shop'],
			choice: { simplify: true, values: {} },
			logger: { warn: () => {} },
			now,
			deadline: Number.POSITIVE_INFINITY,
			timeouts: 0,
			isDelivered: () => false,
		};
		const { events, failure } = await readFeed(run, stream, feed, 10);
		expect(failure).toBeUndefined();
		return events.map(({ json }) => json);
	};
	return { feed, poll };
}

const event = { key: 'e', recordId: '1', changeId: '1', occurredAt: null, json: { total: 5 } };
const _missing = [expect.stringContaining('The record is broken.')];
const told = { id: '1', total: 5, incomplete: true, _missing };
const bare = { id: '1', incomplete: true, _missing };

describe('while the shop has other trouble, the record is left for a later poll', () => {
	test.each<[string, unknown]>([
		['a gateway that answers 503', failing({ status: 503 })],
		['a broken connection', failing({ kind: 'network' })],
		['silence', failing({ kind: 'timeout' })],
		['a shop that is busy', failing({ kind: 'busy', status: 429 })],
		['a missing right', failing({ kind: 'permission', status: 403 })],
		['a setting that does not fit', new InputError('The key may not read the statuses.')],
	])('%s', async (_, error) => {
		let trouble: unknown = error;
		const { feed, poll } = feedWith(() => {
			if (trouble) throw trouble;
			return event;
		});
		for (const late of [0, 60_000]) {
			expect(await poll(UNREAD_GRACE_MS + late)).toEqual([]);
			expect(feed.pending).toEqual({ [ROW.key]: { cursor: 1, since: 0, unread: true } });
			expect(feed.rows).toEqual({});
			expect(feed.deliveredIds).toEqual({});
		}
		trouble = undefined;
		expect(await poll(UNREAD_GRACE_MS + 120_000)).toEqual([told]);
		expect(await poll(UNREAD_GRACE_MS + 180_000)).toEqual([]);
	});
});

test.each<[string, unknown]>([
	['an error of the shop', failing({ status: 500 })],
	['an answer nobody can read', failing({ kind: 'malformed', status: 200 })],
	['a row that says nothing', new Error('It was listed with its ID only.')],
])('trouble with the record itself is no reason to wait longer: %s', async (_, error) => {
	const { feed, poll } = feedWith(() => {
		throw error;
	});
	expect(await poll(UNREAD_GRACE_MS - 1)).toEqual([]);
	expect(await poll(UNREAD_GRACE_MS)).toEqual([bare]);
	expect(feed.pending).toEqual({});
	expect(await poll(UNREAD_GRACE_MS + 60_000)).toEqual([]);
});

test('a record that is no event by what its row says is not told of', async () => {
	const { feed, poll } = feedWith(() => 'skip');
	expect(await poll(UNREAD_GRACE_MS)).toEqual([]);
	expect(feed.pending).toEqual({});
});
