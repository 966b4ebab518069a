/** Many records in few requests: what became of each is told as the shop has it, and nothing is sent twice. */
import { writeInBatches } from '../../nodes/shared/writing/batchWrite.ts';
import type {
	BatchTarget,
	Extent,
	Holding,
	Written,
} from '../../nodes/shared/writing/batchWrite.ts';

/** How a request ends. */
type Ending =
	/** The record at this place is refused; the ones before it are saved. */
	| { refusesAt: number }
	/** Nothing is known; the first `saved` records are saved, now or after `late` looks. */
	| { lost: number; late?: number }
	/** The shop was not reached, or did surely nothing. */
	| 'nothing';

interface Played {
	/** The records of each request. */
	sent: number[][];
	looks: number;
	written: Written[];
}

/** Writes the records 1 … count to a shop whose requests end as told, then well. */
async function play(
	count: number,
	endings: Ending[],
	target: Partial<BatchTarget<number>> = {},
): Promise<Played> {
	const saved = new Set<number>();
	const sent: number[][] = [];
	let looks = 0;
	let pending: { records: number[]; looks: number } | undefined;
	const written = await writeInBatches(
		Array.from({ length: count }, (_, at) => at + 1),
		{
			size: 3,
			pauseMs: 0,
			send: async (batch) => {
				sent.push([...batch]);
				const ending = endings.shift();
				if (ending === undefined) {
					for (const each of batch) saved.add(each);
					return undefined;
				}
				if (ending === 'nothing') throw new Error('none');
				const known = 'refusesAt' in ending;
				const done = batch.slice(0, known ? ending.refusesAt : ending.lost);
				if (!known && ending.late !== undefined)
					pending = { records: [...done], looks: ending.late };
				else for (const each of done) saved.add(each);
				throw new Error(known ? 'untilRefusal' : 'unknown');
			},
			extentOf: (error) => (error as Error).message as Extent,
			look: async (batch) => {
				looks++;
				if (pending && --pending.looks <= 0) for (const each of pending.records) saved.add(each);
				return batch.map((each): Holding => (saved.has(each) ? 'new' : 'old'));
			},
			...target,
		},
	);
	return { sent, looks, written };
}

const statesOf = ({ written }: Played) => written.map(({ state }) => state).join(' ');

test('records go out in requests of the size, in order', async () => {
	const played = await play(7, []);
	expect(played.sent).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
	expect(statesOf(played)).toBe('saved '.repeat(7).trim());
	expect(played.looks).toBe(0);
});

test('the one that is refused is out of the way, the ones behind it are sent again at once', async () => {
	const played = await play(4, [{ refusesAt: 1 }]);
	expect(played.sent).toEqual([[1, 2, 3], [3], [4]]);
	expect(statesOf(played)).toBe('saved refused saved saved');
	expect(played.looks).toBe(1);
});

test('of two that are refused each is found', async () => {
	const played = await play(3, [{ refusesAt: 0 }, { refusesAt: 0 }]);
	expect(played.sent).toEqual([[1, 2, 3], [2, 3], [3]]);
	expect(statesOf(played)).toBe('refused refused saved');
});

test('after a lost answer the rest goes out in halves, and what is saved is not sent again', async () => {
	const played = await play(4, [{ lost: 1 }], { size: 4 });
	expect(played.sent).toEqual([[1, 2, 3, 4], [2, 3], [4]]);
	expect(statesOf(played)).toBe('saved saved saved saved');
	// Twice the same, so that the shop is believed to be done.
	expect(played.looks).toBe(2);
});

test('a shop that is still writing is looked at until two looks agree', async () => {
	const played = await play(3, [{ lost: 3, late: 2 }]);
	expect(played.sent).toEqual([[1, 2, 3]]);
	expect(statesOf(played)).toBe('saved saved saved');
	expect(played.looks).toBe(2);
});

test('a shop that never comes to rest is looked at five times', async () => {
	let looks = 0;
	const restless = async (batch: readonly number[]) => {
		looks++;
		return batch.map((_, at): Holding => (at < looks % 2 ? 'other' : 'old'));
	};
	const played = await play(2, [{ lost: 0 }], { look: restless });
	expect(looks).toBe(5);
	expect(played.written[0]?.state).toBe('unclear');
});

test('a record that fails alone without a word is refused, not sent again', async () => {
	const played = await play(1, [{ lost: 0 }]);
	expect(played.sent).toEqual([[1]]);
	expect(statesOf(played)).toBe('refused');
});

test('a shop that did nothing is not looked at, and hears of no further record', async () => {
	const played = await play(5, ['nothing']);
	expect(played.sent).toEqual([[1, 2, 3]]);
	expect(played.looks).toBe(0);
	expect(statesOf(played)).toBe('refused refused refused refused refused');
});

test('a shop that cannot be looked at leaves the sent ones open and the others unsent', async () => {
	const played = await play(5, [{ lost: 2 }], {
		look: async () => await Promise.reject(new Error('down')),
	});
	expect(played.sent).toEqual([[1, 2, 3]]);
	expect(statesOf(played)).toBe('unclear unclear unclear refused refused');
});

test('a record that holds something else is open; in order, one before a saved one was saved as well', async () => {
	const seen: Holding[] = ['other', 'new', 'other'];
	const look = async (batch: readonly number[]) => batch.map((each) => seen[each - 1] ?? 'old');
	expect(statesOf(await play(3, [{ lost: 0 }], { look }))).toBe('saved saved unclear');
	const independent = await play(3, [{ lost: 0 }], { look, independent: true });
	expect(statesOf(independent)).toBe('unclear saved unclear');
});

test('a refused record is not taken for saved because somebody else brought a later one to its value', async () => {
	const holding = (seen: Holding[]) => async (batch: readonly number[]) =>
		batch.map((each) => seen[each - 1] ?? 'old');
	const refused = [{ refusesAt: 1 }];
	// The second is refused and holds its old value; the third was sold down to what was sent.
	const old = await play(3, [...refused], { look: holding(['new', 'old', 'new']) });
	expect(statesOf(old)).toBe('saved unclear saved');
	// One of the three was refused, so whichever is not as sent may be the one.
	const other = await play(3, [...refused], { look: holding(['new', 'other', 'new']) });
	expect(statesOf(other)).toBe('saved unclear saved');
	expect(old.sent).toEqual([[1, 2, 3]]);
});

test('a shop that serves each record for itself tells what became of each', async () => {
	const error = new Error('no');
	const told: Written[] = [{ state: 'saved' }, { state: 'refused', error }];
	const played = await play(3, [], { send: async () => told });
	expect(played.written).toEqual([...told, { state: 'saved' }]);
});
