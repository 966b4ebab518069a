/** Lists of the newest records: pages by ID, several searches as one, and where a list ends. */
import { PAGE, newestOfAny } from '../../nodes/shared/pickers/newest.ts';
import type { NewestList } from '../../nodes/shared/pickers/newest.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';
import { walk } from '../../nodes/shared/reading/pageWalk.ts';
import type { Shop } from '../../nodes/shared/reading/shop.ts';

interface Row {
	id: number;
	code: string;
}

/** A condition: what the shop looks for, and what is checked here besides. */
interface Part {
	has: string;
	keep?(row: Row): boolean;
}

/** Rows of one answer. */
const ANSWER = 20;

const list: NewestList<Row, Part> = {
	listing: ([part], before) => {
		const below = (id: string): Call => ({
			method: 'GET',
			path: ['rows'],
			query: { before: id, has: part?.has ?? '' },
		});
		return {
			first: below(before ?? ''),
			next: (_, page) => (page.length < ANSWER ? undefined : below(`${page.at(-1)?.id}`)),
			keyOf: ({ id }) => `${id}`,
			...(part?.keep && { keep: part.keep }),
		};
	},
	is: (_field, value) => ({ has: value }),
	valueAt: ({ code }) => code,
	show: ({ id, code }) => ({ name: code, value: `${id}` }),
};

/** A shop with these rows that counts the requests it gets. */
function shopWith(rows: Row[]) {
	const calls: Call[] = [];
	const records = async (call: Call) => {
		calls.push(call);
		const { before = '', has = '' } = call.query ?? {};
		const found = rows.filter(
			({ id, code }) => code.includes(has) && id < Number(before || Infinity),
		);
		return await Promise.resolve(found.sort((a, b) => b.id - a.id).slice(0, ANSWER));
	};
	const shop: Partial<Shop<Row>> = { pages: (listing) => walk(records, listing) };
	return { shop: shop as Shop<Row>, calls };
}

/** The IDs on each page of a list, read to its end. */
async function pagesOf(shop: Shop<Row>, conditions: Part[], exact = {}) {
	const pages: string[][] = [];
	for (let from: string | undefined, more = true; more; more = from !== undefined) {
		const { results, next } = await newestOfAny(shop, list, conditions, from, exact);
		pages.push(results.map(({ value }) => String(value)));
		from = next;
		expect(pages.length).toBeLessThan(50);
	}
	return pages;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => count - at);
const rows = numbers(170).map((id) => ({ id, code: `${id % 2 ? 'odd' : 'even'}-${id}` }));

test('all records come by page, each once', async () => {
	const pages = await pagesOf(shopWith(rows).shop, []);
	expect(pages.map(({ length }) => length)).toEqual([PAGE, PAGE, PAGE, 20]);
	expect(pages.flat()).toEqual(numbers(170).map(String));
});

test('several searches come as one list, also when one ends before the others', async () => {
	const conditions = [{ has: 'odd' }, { has: '-16' }, { has: '7' }];
	const expected = rows.filter(({ code }) => conditions.some(({ has }) => code.includes(has)));
	const pages = await pagesOf(shopWith(rows).shop, conditions);
	expect(pages.flat()).toEqual(expected.map(({ id }) => `${id}`));
});

test('a search whose rows are dropped goes on below them', async () => {
	const rare = { has: '', keep: ({ id }: Row) => id % 60 === 1 };
	expect((await pagesOf(shopWith(rows).shop, [rare])).flat()).toEqual(['121', '61', '1']);
	const both = await pagesOf(shopWith(rows).shop, [rare, { has: '-16' }]);
	expect(both.flat()).toEqual([
		'169',
		...numbers(168).slice(0, 9).map(String),
		'121',
		'61',
		'16',
		'1',
	]);
});

test('a page costs a bounded number of requests, and tells where to go on', async () => {
	const many = numbers(1_000).map((id) => ({ id, code: 'x' }));
	const { shop, calls } = shopWith(many);
	const none = { has: '', keep: () => false };
	expect(await newestOfAny(shop, list, [none], undefined)).toEqual({ results: [], next: '801' });
	expect(calls).toHaveLength(10);
});

test('what was typed exactly comes first, and not again', async () => {
	const pages = await pagesOf(shopWith(rows).shop, [{ has: 'odd' }], { code: 'ODD-3' });
	expect(pages.flat()[0]).toBe('169');
	const named = await pagesOf(shopWith(rows).shop, [{ has: 'odd' }], { code: 'odd-3' });
	expect(named.flat().slice(0, 2)).toEqual(['3', '169']);
	expect(named.flat().filter((id) => id === '3')).toHaveLength(1);
	expect(await pagesOf(shopWith(rows).shop, [], { code: 'odd-3' })).toEqual([['3']]);
});
