/** Places in feeds by change: one number that sorts and cuts as the shop does. */
import {
	listAfter,
	instantOf,
	cursorOf,
	cursorBefore,
	cursorAtStamp,
} from '../../nodes/InSales/triggers/cursors.ts';
import { preciseStampOf, stampOf } from '../../sandbox/insales/times.mts';
import fc from '../support/seed.mts';

const SECOND = Date.parse('2027-03-10T09:00:00Z');

interface Change {
	id: number;
	at: number;
	stamp: string;
}

/** IDs around the edges of places, and of what one number can hold. */
const id = fc
	.record({
		place: fc.constantFrom(1, 2, 3, 1_999_999, 2_000_000, 2_000_001, 8_000_000),
		offset: fc.constantFrom(-1, 0, 0, 1, 250),
	})
	.map(({ place, offset }) => place * 500 + offset);

const wholeChange = fc.record({ id, second: fc.nat({ max: 3 }) }).map(({ id, second }): Change => {
	const at = SECOND + second * 1_000;
	return { id, at, stamp: stampOf(at) };
});

/** Changes of a shop that stamps to the millisecond, whole seconds among them. */
const preciseChange = fc
	.record({ id, second: fc.nat({ max: 3 }), ms: fc.constantFrom(0, 1, 20, 500, 999) })
	.map(({ id, second, ms }): Change => {
		const at = SECOND + second * 1_000 + ms;
		return { id, at, stamp: preciseStampOf(at) };
	});

/** What `updated_since` and `from_id` let through (InSales API reference, 3.3). */
function isAskedFor({ id, at }: Change, { since, fromId }: ReturnType<typeof listAfter>) {
	const from = Date.parse(since ?? '');
	return at > from || (at === from && (fromId === undefined || id > Number(fromId)));
}

describe.each([
	['to the second', wholeChange],
	['to the millisecond', preciseChange],
])('records stamped %s', (_, change) => {
	test('are in the order of the shop', () => {
		fc.assert(
			fc.property(change, change, (a, b) => {
				const isBefore = a.at < b.at || (a.at === b.at && a.id < b.id);
				if (isBefore) expect(cursorAtStamp(wire(a))).toBeLessThanOrEqual(cursorAtStamp(wire(b)));
			}),
		);
	});

	test('are asked for exactly when they stand behind a position', () => {
		fc.assert(
			fc.property(change, fc.array(change, { minLength: 1, maxLength: 30 }), (last, others) => {
				const position = cursorAtStamp(wire(last));
				const cursor = listAfter(position);
				for (const other of [...others, last]) {
					expect([other, isAskedFor(other, cursor)]).toEqual([
						other,
						cursorAtStamp(wire(other)) > position,
					]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('of an instant and later stand behind the last position before it', () => {
		fc.assert(
			fc.property(change, fc.nat({ max: 3 }), (one, second) => {
				const instant = SECOND + second * 1_000;
				const position = cursorBefore(instant);
				expect(cursorAtStamp(wire(one)) > position).toBe(one.at >= instant);
				expect(isAskedFor(one, listAfter(position))).toBe(one.at >= instant);
			}),
		);
	});
});

function wire({ id, stamp }: Change): { id: string; stamp: string } {
	return { id: `${id}`, stamp };
}

test('a thousand orders of one second are not one place', () => {
	const places = Array.from({ length: 1_000 }, (_, at) =>
		cursorAtStamp({ id: `${80_000 + at}`, stamp: stampOf(SECOND) }),
	);
	expect(new Set(places).size).toBe(2);
});

test('a position tells its second, and is an exact number for a century', () => {
	const stamp = '2099-12-31T23:59:59.000+03:00';
	for (const id of ['1', '80001', '99999999999']) {
		const position = cursorAtStamp({ id, stamp });
		expect(Number.isSafeInteger(position)).toBe(true);
		expect(instantOf(position)).toBe(Date.parse(stamp));
	}
	expect(instantOf(cursorBefore(SECOND))).toBe(SECOND - 1_000);
});

test('the times of older shops are read too', () => {
	const position = cursorAtStamp({ id: '7', stamp: '2027-03-10T12:00:00.000+03:00' });
	expect(cursorAtStamp({ id: '7', stamp: '2027-03-10 12:00:00 +0300' })).toBe(position);
	expect(cursorOf({ id: 7, updated_at: '2027-03-10T09:00:00Z' })).toBe(position);
});

test.each([undefined, null, '', 'soon'])(
	'a record changed at %j cannot be followed, and the message names it',
	(stamp) => {
		expect(() => cursorAtStamp({ id: '80001', stamp })).toThrow(/record 80001 without a time/);
	},
);
