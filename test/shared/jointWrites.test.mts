/** Changes of many items that are carried out together, when every item has said its word. */
import { Gathering, NotStarted } from '../../nodes/shared/actions/jointWrites.ts';
import type { JointWork } from '../../nodes/shared/actions/operation.ts';
import type { Shop } from '../../nodes/shared/reading/shop.ts';

type Work = JointWork<object, string, string>;

const shop = (name: string) => ({ name }) as Partial<Shop<object>> as Shop<object>;

/** Work that gives every change back, and notes what it was given. */
function echo(): { work: Work; given: string[][] } {
	const given: string[][] = [];
	const work: Work = async (_, changes) => {
		given.push([...changes]);
		return changes.map((value) => ({ ok: true, value }));
	};
	return { work, given };
}

const gatheringOf = (items: number, stopOnFailure = false) =>
	new Gathering<object>(shop('whole'), items, stopOnFailure);

/** Lets everything run that is able to. */
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

test('nothing starts before the last item has handed in its change', async () => {
	const { work, given } = echo();
	const gathering = gatheringOf(2);
	const second = gathering.join(work, 1, 'b');
	await settle();
	expect(given).toEqual([]);
	expect(gathering.acted).toBe(false);
	const first = gathering.join(work, 0, 'a');
	expect(await Promise.all([first, second])).toEqual(['a', 'b']);
	expect(given).toEqual([['a', 'b']]);
	expect(gathering.acted).toBe(true);
});

test('an item that ends without a change is not waited for', async () => {
	const { work, given } = echo();
	const gathering = gatheringOf(2);
	const joined = gathering.join(work, 1, 'b');
	gathering.leave(false);
	expect(await joined).toBe('b');
	expect(given).toEqual([['b']]);
});

test('items that all end without a change start nothing', async () => {
	const gathering = gatheringOf(2, true);
	gathering.leave(false);
	gathering.leave(true);
	await settle();
	expect(gathering.acted).toBe(false);
});

test('a failed item keeps the others from being written when the run stops on failures', async () => {
	const { work, given } = echo();
	const gathering = gatheringOf(3, true);
	const joined = [gathering.join(work, 0, 'a'), gathering.join(work, 1, 'b')];
	const ends = Promise.allSettled(joined);
	gathering.leave(true);
	const reasons = (await ends).map((end) => end.status === 'rejected' && (end.reason as Error));
	expect(reasons).toEqual([expect.any(NotStarted), expect.any(NotStarted)]);
	expect(given).toEqual([]);
	expect(gathering.acted).toBe(false);
});

test('and does not when the run goes on', async () => {
	const { work } = echo();
	const gathering = gatheringOf(2, false);
	const joined = gathering.join(work, 1, 'b');
	gathering.leave(true);
	expect(await joined).toBe('b');
	expect(gathering.acted).toBe(true);
});

test('works of several kinds are served side by side, each with its own changes', async () => {
	const [one, other] = [echo(), echo()];
	const gathering = gatheringOf(3);
	const joined = [
		gathering.join(one.work, 2, 'c'),
		gathering.join(other.work, 1, 'b'),
		gathering.join(one.work, 0, 'a'),
	];
	expect(await Promise.all(joined)).toEqual(['c', 'b', 'a']);
	expect([one.given, other.given]).toEqual([[['a', 'c']], [['b']]]);
});

test('an item may hand in another change when its first is done', async () => {
	const { work, given } = echo();
	const gathering = gatheringOf(2);
	const item = async (index: number, changes: string[]) => {
		for (const change of changes) await gathering.join(work, index, change);
		gathering.leave(false);
	};
	await Promise.all([item(0, ['a', 'A']), item(1, ['b'])]);
	expect(given).toEqual([['a', 'b'], ['A']]);
});

test('each change has its own outcome; one without any fails, and a failure of the work is all theirs', async () => {
	const error = new Error('refused');
	const work: Work = async () => [
		{ ok: true, value: 'A' },
		{ ok: false, error },
	];
	const gathering = gatheringOf(3);
	const joined = ['a', 'b', 'c'].map(async (change, at) => await gathering.join(work, at, change));
	const ends = await Promise.allSettled(joined);
	expect(ends).toEqual([
		{ status: 'fulfilled', value: 'A' },
		{ status: 'rejected', reason: error },
		{ status: 'rejected', reason: new Error('The change has no outcome.') },
	]);
	const broken: Work = async () => await Promise.reject(error);
	const second = gatheringOf(2);
	const failed = [second.join(broken, 0, 'a'), second.join(broken, 1, 'b')];
	expect(await Promise.allSettled(failed)).toEqual(
		Array(2).fill({ status: 'rejected', reason: error }),
	);
});
