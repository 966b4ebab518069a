/** Finding records by what the shop cannot search for: what it costs, cold and warm, and that it is true. */
import { recordsWithKey } from '../../nodes/shared/reading/keySearch.ts';
import type { KeyedList } from '../../nodes/shared/reading/keySearch.ts';
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import type { Shop } from '../../nodes/shared/reading/shop.ts';
import type { Transport } from '../../nodes/shared/http/transport.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

interface Row {
	id: number;
	code: string;
	at: number;
}

const PAGE = 10;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** A list that tells what changed, ten rows a page, like the ones shops have. */
const list: KeyedList<Row> = {
	name: 'rows',
	changes: (since = 0, fromId = '1') => {
		const page = (at: number, id: number): Call => ({
			method: 'GET',
			path: ['rows'],
			query: { since: `${at}`, after: `${id}` },
		});
		return {
			first: page(since, Number(fromId) - 1),
			next: (_call, rows) => {
				const last = rows.at(-1);
				return rows.length < PAGE || !last ? undefined : page(last.at, last.id);
			},
			keyOf: ({ id }) => `${id}`,
		};
	},
	newest: { method: 'GET', path: ['newest'] },
	overlapMs: 60 * SECOND,
	idOf: ({ id }) => `${id}`,
	changedAt: ({ at }) => at,
	keysOf: ({ code }) => [`code ${code}`],
	byId: async (shop, id) => (await shop.records({ method: 'GET', path: ['rows', id] }))[0],
};

let shops = 0;

/** A shop with rows `c1`, `c2`, … of which one changes every hour; each run is another execution on it. */
function shopWith(count: number, account = 'key') {
	const host = `shop${++shops}.example.com`;
	const rows = Array.from({ length: count }, (_, at): Row => {
		const id = at + 1;
		return { id, code: `c${id}`, at: id * HOUR };
	});
	const asked: string[] = [];
	const answer = ({ path, query = {} }: Call): Row[] => {
		const [name = '', id] = path;
		asked.push(id === undefined ? name : 'one');
		if (id !== undefined) return rows.filter((row) => `${row.id}` === id);
		const sorted = [...rows].sort((a, b) => a.at - b.at || a.id - b.id);
		if (name === 'newest') return sorted.reverse().slice(0, PAGE);
		const [since, after] = [Number(query.since), Number(query.after)];
		return sorted
			.filter(({ at, id: each }) => at > since || (at === since && each > after))
			.slice(0, PAGE);
	};
	const transport: Transport<Row> = {
		address: { url: `https://${host}`, host, settings: {}, ...(account !== '' && { account }) },
		errorIn: async () => undefined,
		foresee: () => {},
		send: async () => ({ status: 200, headers: {}, text: '' }),
		records: async (call) => answer(call),
	};
	const take = () => asked.splice(0);
	return { rows, asked, take, run: (): Shop<Row> => shopOver(transport) };
}

const idsOf = (found: readonly Row[]) => found.map(({ id }) => id);

test('what is unique is read for until it is found, and no further', async () => {
	const { run, take } = shopWith(200);
	expect(idsOf(await recordsWithKey(run(), list, 'code c25', true))).toEqual([25]);
	// The newest, then three pages from the beginning; the record itself was among them.
	expect(take()).toEqual(['newest', 'rows', 'rows', 'rows']);
	expect(idsOf(await recordsWithKey(run(), list, 'code c195', true))).toEqual([195]);
	expect(take()).toEqual(['one']);
	expect(idsOf(await recordsWithKey(run(), list, 'code c45', true))).toEqual([45]);
	expect(take()).toEqual(['newest', 'rows', 'rows']);
});

test('once the list was read, two requests tell of any key', async () => {
	const { rows, run, take } = shopWith(200);
	expect(await recordsWithKey(run(), list, 'code none')).toEqual([]);
	expect(take()).toHaveLength(21);
	expect(idsOf(await recordsWithKey(run(), list, 'code c77'))).toEqual([77]);
	expect(take()).toEqual(['rows', 'one']);
	rows.push({ id: 999, code: 'new', at: 201 * HOUR });
	expect(idsOf(await recordsWithKey(run(), list, 'code new'))).toEqual([999]);
	expect(take()).toEqual(['rows']);
	expect(await recordsWithKey(run(), list, 'code none', true)).toEqual([]);
	expect(take()).toEqual(['rows']);
});

test('a change that became visible late is found', async () => {
	const { rows, run } = shopWith(30);
	const now = Date.now();
	for (const row of rows) row.at += now - 30 * HOUR;
	await recordsWithKey(run(), list, 'code none');
	rows.push({ id: 31, code: 'late', at: now - 30 * SECOND });
	expect(idsOf(await recordsWithKey(run(), list, 'code late'))).toEqual([31]);
});

test('a record that lost its key is not given for it; the one that has it now is', async () => {
	const { rows, run } = shopWith(30);
	await recordsWithKey(run(), list, 'code none');
	const [first] = rows;
	if (first) Object.assign(first, { code: 'other', at: 31 * HOUR });
	rows.push({ id: 32, code: 'c1', at: 32 * HOUR });
	expect(idsOf(await recordsWithKey(run(), list, 'code c1', true))).toEqual([32]);
	expect(idsOf(await recordsWithKey(run(), list, 'code other', true))).toEqual([1]);
});

test('deleted records are not given', async () => {
	const { rows, run } = shopWith(30);
	await recordsWithKey(run(), list, 'code none');
	rows.splice(4, 1);
	expect(await recordsWithKey(run(), list, 'code c5', true)).toEqual([]);
});

test('all records of a key that is not unique are given', async () => {
	const { rows, run } = shopWith(30);
	for (const at of [3, 17, 29]) Object.assign(rows[at] as Row, { code: 'same' });
	const sameIds = [4, 18, 30];
	expect(idsOf(await recordsWithKey(run(), list, 'code same'))).toEqual(sameIds);
	expect(idsOf(await recordsWithKey(run(), list, 'code same'))).toEqual(sameIds);
});

test('a restored backup is noticed: the list is read anew', async () => {
	const { rows, run, take } = shopWith(30);
	await recordsWithKey(run(), list, 'code none');
	rows.splice(0);
	rows.push({ id: 7, code: 'restored', at: 2 * HOUR }, { id: 8, code: 'c1', at: 3 * HOUR });
	take();
	expect(idsOf(await recordsWithKey(run(), list, 'code restored'))).toEqual([7]);
	// Behind the record that is gone, around its time, and the whole list.
	expect(take()).toEqual(['rows', 'rows', 'rows']);
});

test('many that ask in the same moment share the reading, and never cost more than the whole list', async () => {
	const { run, take } = shopWith(100);
	const all = Array.from({ length: 100 }, (_, at) => `code c${at + 1}`);
	const search = async () => {
		const shop = run();
		return await Promise.all(all.map(async (key) => await recordsWithKey(shop, list, key)));
	};
	const right = all.map((_, at) => [at + 1]);
	expect((await search()).map(idsOf)).toEqual(right);
	const whole = take();
	expect(whole).toEqual(Array.from({ length: 11 }, () => 'rows'));
	expect((await search()).map(idsOf)).toEqual(right);
	expect(take()).toEqual(['rows', ...whole]);
});

test('one reading that fails is told to those who asked; the next one goes on behind it', async () => {
	const { run, take } = shopWith(100);
	const shop = run();
	const { records } = shop;
	let left = 4;
	const broken = shopOver<Row>({
		...shop,
		records: async (call) => {
			if (left-- === 0) throw new Error('This request failed.');
			return await records(call);
		},
	});
	await expect(recordsWithKey(broken, list, 'code c90')).rejects.toThrow('This request failed.');
	take();
	expect(idsOf(await recordsWithKey(broken, list, 'code c90'))).toEqual([90]);
	expect(take()).toHaveLength(11 - 4);
});

test('a run looks once at what changed', async () => {
	const { run, take } = shopWith(30);
	const shop = run();
	await recordsWithKey(shop, list, 'code c1');
	take();
	expect(idsOf(await recordsWithKey(shop, list, 'code c2'))).toEqual([2]);
	expect(take()).toEqual(['one']);
});

test('where nobody knows whose list it is, nothing is kept for the next run', async () => {
	const { run, take } = shopWith(30, '');
	await recordsWithKey(run(), list, 'code c1');
	take();
	await recordsWithKey(run(), list, 'code c1');
	expect(take()).toEqual(['rows', 'rows', 'rows', 'rows']);
});

test('a second in which very many records changed is not read again once it is long ago', async () => {
	const { rows, run, take } = shopWith(200);
	for (const row of rows) row.at = 500 * HOUR;
	expect(await recordsWithKey(run(), list, 'code none')).toEqual([]);
	expect(take()).toHaveLength(21);
	expect(idsOf(await recordsWithKey(run(), list, 'code c77'))).toEqual([77]);
	expect(take()).toEqual(['rows', 'one']);
	// What changes later is found, and so is one that changed in the same second with a higher ID.
	rows.push({ id: 201, code: 'same second', at: 500 * HOUR });
	Object.assign(rows[3] as Row, { code: 'moved', at: 501 * HOUR });
	expect(idsOf(await recordsWithKey(run(), list, 'code same second'))).toEqual([201]);
	expect(idsOf(await recordsWithKey(run(), list, 'code moved'))).toEqual([4]);
});

test('that the last record of it was deleted does not make the whole list be read anew', async () => {
	const { rows, run, take } = shopWith(200);
	for (const row of rows) row.at = row.id <= 190 ? row.id * HOUR : 500 * HOUR;
	await recordsWithKey(run(), list, 'code none');
	rows.pop();
	take();
	expect(idsOf(await recordsWithKey(run(), list, 'code c77'))).toEqual([77]);
	// Behind the deleted one is nothing; the others of its second are.
	expect(take()).toEqual(['rows', 'rows', 'one']);
});

test('a second that has just passed is read again', async () => {
	const { rows, run, take } = shopWith(30);
	const now = Date.now();
	for (const row of rows) row.at = now;
	await recordsWithKey(run(), list, 'code none');
	take();
	rows.unshift({ id: 31, code: 'late', at: now });
	expect(idsOf(await recordsWithKey(run(), list, 'code late'))).toEqual([31]);
	expect(take()).toHaveLength(4);
});
