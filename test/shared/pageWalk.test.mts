/** Walking lists: where a walk ends, what counts once, and that it cannot go on for ever. */
import { collect, walk } from '../../nodes/shared/reading/pageWalk.ts';
import type { Listing } from '../../nodes/shared/reading/listing.ts';
import type { Call, Page } from '../../nodes/shared/protocol/call.ts';

interface Row {
	id: number;
	good?: boolean;
}

const SIZE = 3;

const pageCall = (page: number): Call => ({
	method: 'GET',
	path: ['rows'],
	query: { page: `${page}` },
});
const pageOf = (call: Call) => Number(call.query?.page);

/** A list by page number that ends with a page that is not full. */
const byPage: Listing<Row> = {
	first: pageCall(1),
	next: (call, page) => (page.length < SIZE ? undefined : pageCall(pageOf(call) + 1)),
	keyOf: ({ id }) => `${id}`,
};

const rows = (...ids: number[]): Row[] => ids.map((id) => ({ id }));

/** Serves pages in order, whatever was asked, and counts the requests. */
function serving(...pages: Row[][]) {
	const asked: number[] = [];
	const fetch = async (call: Call) => {
		asked.push(pageOf(call));
		const page = pages[asked.length - 1];
		if (page === undefined) throw new Error('asked for more pages than there are');
		return page;
	};
	return { asked, fetch };
}

const ids = (found: Row[]) => found.map(({ id }) => id);

test('an empty list is one request', async () => {
	const { asked, fetch } = serving([]);
	expect(await collect(fetch, byPage)).toEqual([]);
	expect(asked).toEqual([1]);
});

test('all pages are read until one is not full, in the order of the shop', async () => {
	const { asked, fetch } = serving(rows(9, 4, 7), rows(3, 1, 2), rows(8));
	expect(ids(await collect(fetch, byPage))).toEqual([9, 4, 7, 3, 1, 2, 8]);
	expect(asked).toEqual([1, 2, 3]);
});

describe('a limit', () => {
	test.each([
		['inside the first page', 2, [1, 2], 1],
		['at the end of a page, without asking for the next', 3, [1, 2, 3], 1],
		['inside the second page', 4, [1, 2, 3, 4], 2],
		['beyond the end', 99, [1, 2, 3, 4, 5, 6, 7], 3],
	])('%s', async (_, limit, found, requests) => {
		const { asked, fetch } = serving(rows(1, 2, 3), rows(4, 5, 6), rows(7));
		expect(ids(await collect(fetch, byPage, limit))).toEqual(found);
		expect(asked).toHaveLength(requests);
	});

	test('counts different records, and rows that are kept', async () => {
		const { fetch } = serving(
			[{ id: 1, good: true }, { id: 2 }, { id: 1, good: true }],
			[
				{ id: 3, good: true },
				{ id: 4, good: true },
				{ id: 5, good: true },
			],
		);
		const kept = await collect(fetch, { ...byPage, keep: ({ good }) => good === true }, 3);
		expect(ids(kept)).toEqual([1, 3, 4]);
	});
});

describe('a row that shows up on two pages counts once', () => {
	test('as it was read last, where it was read last: lists by change date move it on', async () => {
		const [old, edited] = [{ id: 1 }, { id: 1, good: true }];
		const { fetch } = serving([old, { id: 2 }, { id: 3 }], [{ id: 4 }, edited]);
		const found = await collect(fetch, byPage);
		expect(ids(found)).toEqual([2, 3, 4, 1]);
		expect(found[3]).toBe(edited);
	});

	test('and not at all when it is no longer what was asked for', async () => {
		const good = (id: number, is = true) => ({ id, good: is });
		const { fetch } = serving([good(1), good(2), good(3)], [good(4), good(1, false)]);
		const keep = (row: Row) => row.good === true;
		expect(ids(await collect(fetch, { ...byPage, keep }))).toEqual([2, 3, 4]);
	});
});

describe('the end of a walk', () => {
	/** A list that only its pages tell the end of. */
	const open: Listing<Row> = { ...byPage, next: (call) => pageCall(pageOf(call) + 1) };
	const sized = (call: Call, size: number): Call => ({
		...call,
		query: { ...call.query, size: `${size}` },
	});

	/** The same of a shop that may give fewer than it was asked for, but surely two at once. */
	const byParts: Listing<Row> = {
		...open,
		parts: {
			sizeOf: (call) => Number(call.query?.size ?? SIZE),
			sized,
			resized: sized,
			smallest: 1,
			surelyGiven: 2,
			nameOf: () => 'rows',
		},
	};

	const marked = (isLast: boolean, ...ids_: number[]): Page<Row> =>
		Object.assign(rows(...ids_), { isLast });

	test.each<[string, Array<Page<Row>>, number]>([
		['an empty list', [[]], 1],
		['an empty page behind one that is exactly full', [rows(1, 2, 3), []], 2],
		['an empty page, whatever the shop says of it', [rows(1, 2, 3), marked(false)], 2],
		['a page that is shorter than what the shop surely gives', [rows(1)], 1],
		['a page shorter than one before', [rows(1, 2, 3), rows(4, 5)], 2],
		['not a page that is cut to the size of the shop', [rows(1, 2), rows(3, 4), rows(5)], 3],
		['an empty page behind one of that size', [rows(1, 2), []], 2],
		['a full page that the shop calls the last', [marked(true, 1, 2, 3)], 1],
		['not a short page that the shop says is not', [marked(false, 1), marked(true, 2)], 2],
		['not a page longer than asked for', [rows(1, 2, 3, 4), rows(5)], 2],
	])('is %s', async (_, pages, requests) => {
		const { asked, fetch } = serving(...pages);
		expect(ids(await collect(fetch, byParts))).toEqual(ids(pages.flat()));
		expect(asked).toHaveLength(requests);
	});

	test('is all that came, and more than asked for, where a list may know no pages', async () => {
		const unpaged = { ...byParts, mayLackPages: true };
		const { asked, fetch } = serving(rows(1, 2, 3, 4, 5));
		expect(ids(await collect(fetch, unpaged))).toEqual([1, 2, 3, 4, 5]);
		expect(asked).toHaveLength(1);
	});

	test('is the same page again where a list may know no pages, but only the first one', async () => {
		const unpaged = { ...byParts, mayLackPages: true };
		const { fetch } = serving(rows(1, 2, 3), rows(1, 2, 3));
		expect(ids(await collect(fetch, unpaged))).toEqual([1, 2, 3]);
		const later = serving(rows(1, 2, 3), rows(4, 5, 6), rows(4, 5, 6));
		await expect(collect(later.fetch, unpaged)).rejects.toThrow('the same page twice');
	});

	test('is told with the last page, and with an empty one of its own only where that is the end', async () => {
		async function steps(listing: Listing<Row>, ...pages: Array<Page<Row>>) {
			const seen: Array<[number[], boolean]> = [];
			for await (const { page, next } of walk(serving(...pages).fetch, listing)) {
				seen.push([ids(page), next === undefined]);
			}
			return seen;
		}
		expect(await steps(byParts, [])).toEqual([[[], true]]);
		expect(await steps(byParts, rows(1, 2, 3), rows(4))).toEqual([
			[[1, 2, 3], false],
			[[4], true],
		]);
		expect(await steps(byParts, rows(1, 2, 3), [])).toEqual([
			[[1, 2, 3], false],
			[[], true],
		]);
		const upToThree: Listing<Row> = {
			...open,
			next: (call) => (pageOf(call) < 3 ? pageCall(pageOf(call) + 1) : undefined),
		};
		expect(await steps(upToThree, rows(1), [], rows(2))).toEqual([
			[[1], false],
			[[2], true],
		]);
	});
});

test('the end of the list is judged by the page as it came, not by what was kept of it', async () => {
	const { asked, fetch } = serving(rows(1, 2, 3), rows(4, 5, 6), rows(7));
	const found = await collect(fetch, { ...byPage, keep: ({ id }) => id === 7 });
	expect(ids(found)).toEqual([7]);
	expect(asked).toEqual([1, 2, 3]);
});

describe('a walk that would never end is an error, not a part of the list', () => {
	const LOOP = 'The shop returned the same page twice';

	test('when the next request equals the one before', async () => {
		const { asked, fetch } = serving(rows(1, 2, 3), rows(4, 5, 6));
		const stuck = { ...byPage, next: () => pageCall(1) };
		await expect(collect(fetch, stuck)).rejects.toThrow(LOOP);
		expect(asked).toHaveLength(1);
	});

	test('when the shop ignores the page number', async () => {
		const { asked, fetch } = serving(rows(1, 2, 3), rows(1, 2, 3));
		await expect(collect(fetch, byPage)).rejects.toThrow(LOOP);
		expect(asked).toEqual([1, 2]);
	});

	test('when the shop ignores the page number and nothing is kept', async () => {
		const { fetch } = serving(rows(1, 2, 3), rows(1, 2, 3));
		await expect(collect(fetch, { ...byPage, keep: () => false })).rejects.toThrow(LOOP);
	});

	test('but not when rows moved to the next page meanwhile', async () => {
		const { fetch } = serving(rows(1, 2, 3), rows(2, 3, 4), rows(5));
		expect(ids(await collect(fetch, byPage))).toEqual([1, 2, 3, 4, 5]);
	});

	test('when there are more pages than any shop has', async () => {
		let served = 0;
		const endless = async () => rows(++served * 3, served * 3 + 1, served * 3 + 2);
		await expect(collect(endless, byPage)).rejects.toThrow(
			/The list of rows is too long: it did not end after 10000 pages and \d minutes; 30000 records were read, the last one 30002/,
		);
		expect(served).toBe(10_000);
	});

	test('when it takes longer than anybody waits', async () => {
		let now = 0;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => (now += 60_000));
		const endless = async () => rows(now, now + 1, now + 2);
		await expect(collect(endless, byPage)).rejects.toThrow(
			/too long: .* and 60 minutes; \d+ records/,
		);
		clock.mockRestore();
	});

	test('when it is more than fits in memory, of which only counts what is kept', async () => {
		let served = 0;
		const heavy = async (): Promise<Page<Row>> =>
			Object.assign(rows(++served * 3, served * 3 + 1, served * 3 + 2), { size: 2 ** 26 });
		await expect(collect(heavy, byPage)).rejects.toThrow('21 records were read, which is more');
		const found = collect(heavy, { ...byPage, keep: ({ id }) => id === 120 });
		await expect(found).rejects.toThrow('did not end after 10000 pages');
	});

	test('who reads it page by page stops when enough was read', async () => {
		let served = 0;
		const endless = async () => rows(++served * 3, served * 3 + 1, served * 3 + 2);
		for await (const { page, next } of walk(endless, byPage)) {
			expect(next).toEqual(pageCall(served + 1));
			if (page.some(({ id }) => id === 12)) break;
		}
		expect(served).toBe(4);
	});
});

test('a failed page fails the whole list', async () => {
	const { fetch } = serving(rows(1, 2, 3));
	await expect(collect(fetch, byPage)).rejects.toThrow('more pages than there are');
});
