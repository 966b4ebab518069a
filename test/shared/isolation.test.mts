/** Which of many rows cannot be read, and when none of them is to blame. */
import {
	Isolation,
	inHalves,
	isElsewhere,
	isLasting,
} from '../../nodes/shared/polling/isolation.ts';
import type { FeedRow } from '../../nodes/shared/polling/stream.ts';
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';

/** The time of a poll: a second, which half of the limit on its own must not be mistaken for. */
const NOW = 5_000;
const POLL_MS = 1_000;

jest.useFakeTimers({ now: NOW });

beforeEach(() => {
	jest.setSystemTime(NOW);
});

function failing(failure: Partial<Failure>): ShopError {
	const whole: Failure = { kind: 'server', sent: true, ...failure };
	const call = { method: 'GET' as const, path: ['orders'] };
	return new ShopError(whole, call, { reason: 'It failed.', fix: '' });
}

const rowsOf = (...ids: number[]): FeedRow[] =>
	ids.map((id) => ({ key: `${id}`, cursor: id, recordId: `${id}`, stamp: '', data: {} }));

/** Looks at rows of which some fail, and counts how often the shop was asked and forgotten. */
function isolation(error: unknown, bad: (id: number) => boolean = () => true, takesMs = 0) {
	const asked: number[][] = [];
	let forgotten = 0;
	const each = new Isolation(
		async (rows) => {
			asked.push(rows.map(({ cursor }) => cursor));
			jest.setSystemTime(Date.now() + takesMs);
			if (rows.some(({ cursor }) => bad(cursor))) throw error;
			return rows.map(() => 'skip' as const);
		},
		() => forgotten++,
		{ now: NOW, deadline: NOW + POLL_MS },
	);
	return { run: each.run.bind(each), asked, forgotten: () => forgotten };
}

describe('a record that the poll had no time for', () => {
	test.each<[string, Partial<Failure>, boolean]>([
		['given half of the time', { code: 'OUT_OF_TIME', waitedMs: POLL_MS / 2 }, true],
		['given less than half', { code: 'OUT_OF_TIME', waitedMs: POLL_MS / 2 - 1 }, false],
		['given nobody knows how much', { code: 'OUT_OF_TIME' }, false],
		['not even asked for', { code: 'OUT_OF_TIME', sent: false, waitedMs: POLL_MS }, false],
		['behind others all the time', { code: 'QUEUED', sent: false, waitedMs: POLL_MS }, false],
		['that the shop itself gave no answer about', { waitedMs: 1 }, true],
	])('%s', async (_, about, isBlamed) => {
		const error = failing({ kind: 'timeout', ...about });
		const outcomes = isolation(error).run(rowsOf(1));
		if (isBlamed) expect(await outcomes).toEqual([{ unread: error }]);
		else await expect(outcomes).rejects.toBe(error);
	});
});

describe('of many rows', () => {
	const error = failing({ status: 500 });

	test('the one that cannot be read stands alone, and look-ups are forgotten before each try', async () => {
		const { run, asked, forgotten } = isolation(error, (id) => id === 3);
		expect(await run(rowsOf(1, 2, 3, 4))).toEqual(['skip', 'skip', { unread: error }, 'skip']);
		expect(asked).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
		expect(forgotten()).toBe(2);
	});

	test('no one is looked for when the time is over, nor when the whole shop has trouble', async () => {
		const late = isolation(error, undefined, POLL_MS);
		await expect(late.run(rowsOf(1, 2))).rejects.toBe(error);
		expect(late.asked).toHaveLength(1);
		const permission = failing({ kind: 'permission' });
		const refused = isolation(permission);
		await expect(refused.run(rowsOf(1, 2))).rejects.toBe(permission);
		expect(refused.asked).toHaveLength(1);
	});

	test('those that were got through count when the time ends', async () => {
		const { run } = isolation(error, (id) => id === 2, POLL_MS / 4);
		expect(await run(rowsOf(1, 2, 3, 4))).toEqual(['skip', { unread: error }]);
	});
});

test.each<[string, unknown, boolean, boolean]>([
	['a missing right', failing({ kind: 'permission', status: 403 }), false, true],
	['wrong input', new InputError('No such status.'), false, true],
	['a broken connection', failing({ kind: 'network' }), false, true],
	['silence', failing({ kind: 'timeout' }), false, true],
	['a gateway', failing({ status: 503 }), false, true],
	['an error of the shop', failing({ status: 500 }), true, false],
	['an answer nobody can read', failing({ kind: 'malformed', status: 200 }), true, false],
	['a record that is gone', failing({ kind: 'notFound', status: 404 }), true, false],
	['a failure of the node', new Error('Unexpected.'), false, false],
])('%s is lasting, or lies elsewhere, or neither', (_, error, lasts, elsewhere) => {
	expect([isLasting(error), isElsewhere(error)]).toEqual([lasts, elsewhere]);
});

test('of a list, the rows up to the end come, although one of them cannot be read', async () => {
	const error = failing({ status: 500 });
	const read = async (offset: number, count: number) => {
		const found = [10, 11, 12, 13, 14].slice(offset, offset + count);
		if (found.includes(12)) throw error;
		return found;
	};
	const rows = await inHalves({ offset: 0, count: 8 }, read, async (offset) => [-offset]);
	expect(rows).toEqual([10, 11, -2, 13, 14]);
});
