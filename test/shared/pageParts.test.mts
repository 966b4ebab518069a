/** Lists of a shop that cannot give some pages, or some record: what comes all the same, and at what price. */
import { listing as prestaShopListing } from '../../nodes/PrestaShop/api/query.ts';
import { listing as shoperListing, pagedListing } from '../../nodes/Shoper/api/query.ts';
import { changes, pages } from '../../nodes/InSales/api/query.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Call, Page } from '../../nodes/shared/protocol/call.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import type { Listing } from '../../nodes/shared/reading/listing.ts';
import { collect } from '../../nodes/shared/reading/pageWalk.ts';
import type { WalkOptions } from '../../nodes/shared/reading/pageReader.ts';
import fc from '../support/seed.mts';

type Row = Readonly<Record<string, unknown>>;

/** How one shop is asked, on a table of rows with the IDs 1 to `count`. */
interface Dialect {
	listing: Listing<never>;
	/** IDs a call asks for, in order, and whether it asks for more than them. */
	asked(call: Call, ids: readonly number[], gives: number): { ids: number[]; whole: boolean };
	row(id: number): Row;
	/** The smallest page. */
	smallest: number;
}

const stampOf = (id: number) => new Date(Date.UTC(2027, 0, 1) + id * 60_000).toISOString();

const slice = (ids: readonly number[], page: number, size: number) =>
	ids.slice((page - 1) * size, page * size);

const prestaShop = (order: 'oldest' | 'newest'): Dialect => ({
	listing: prestaShopListing({ resource: 'products', order }) as Listing<never>,
	smallest: 1,
	row: (id) => ({ id: `${id}` }),
	asked: ({ query = {} }, ids, gives) => {
		const filter = query['filter[id]'] ?? '';
		const [, sign, bound] = /^([<>])\[(\d+)\]$/.exec(filter) ?? [];
		const [, low, high] = /^\[(\d+),(\d+)\]$/.exec(filter) ?? [];
		const above = sign === '>' ? Number(bound) : Number(low ?? 1) - 1;
		const below = sign === '<' ? Number(bound) : Number(high ?? Infinity) + 1;
		const left = ids.filter((id) => id > above && id < below);
		const sorted = query.sort === '[id_ASC]' ? left : left.reverse();
		return {
			ids: sorted.slice(0, Math.min(Number(query.limit), gives)),
			whole: query.display === 'full',
		};
	},
});

const shoper = (order: 'oldest' | 'newest', byNumber = false): Dialect => ({
	listing: (byNumber
		? pagedListing({ resource: 'orders', order })
		: shoperListing({ resource: 'orders', order })) as Listing<never>,
	smallest: 1,
	row: (id) => ({ order_id: `${id}` }),
	asked: ({ query = {} }, ids, gives) => {
		const { order_id: bound = {} } = JSON.parse(query.filters ?? '{}') as {
			order_id?: { '>'?: number; '<'?: number };
		};
		const { '>': above = 0, '<': below = Infinity } = bound;
		const left = ids.filter((id) => id > above && id < below);
		const sorted = query.order?.endsWith('ASC') ? left : left.reverse();
		return {
			ids: slice(sorted, Number(query.page ?? 1), Math.min(Number(query.limit), gives)),
			whole: true,
		};
	},
});

const inSales = (byNumber: boolean): Dialect => ({
	listing: (byNumber ? pages({ path: 'orders' }) : changes({ path: 'orders' })) as Listing<never>,
	smallest: 10,
	row: (id) => ({ id, updated_at: stampOf(id) }),
	asked: ({ query = {} }, ids, gives) => {
		const { updated_since: since = '', from_id: from = '0' } = query;
		const isCut = (id: number) => stampOf(id) === since && id <= Number(from);
		const left = ids.filter((id) => stampOf(id) >= since && !isCut(id));
		return {
			ids: slice(left, Number(query.page ?? 1), Math.min(Number(query.per_page), gives)),
			whole: true,
		};
	},
});

const DIALECTS: ReadonlyArray<[string, Dialect]> = [
	['PrestaShop, oldest first', prestaShop('oldest')],
	['PrestaShop, newest first', prestaShop('newest')],
	['Shoper, oldest first', shoper('oldest')],
	['Shoper, newest first', shoper('newest')],
	['Shoper, by page numbers', shoper('oldest', true)],
	['InSales, by changes', inSales(false)],
	['InSales, by page numbers', inSales(true)],
];

const FAILED: Failure = { kind: 'server', sent: true, status: 500 };

interface Fault {
	/** Records that no answer can hold whole. */
	broken?: readonly number[];
	/** Most records an answer can hold. */
	manages?: number;
	/** Most records the shop gives, whatever is asked for. */
	gives?: number;
	failure?: Failure;
	/** Requests at first that fail, whatever they ask for. */
	outage?: number;
}

/** A shop with the IDs given, and how it failed. */
function shopOf(dialect: Dialect, all: readonly number[], fault: Fault = {}) {
	const calls: Call[] = [];
	let failures = 0;
	const fetch = async (call: Call): Promise<Page<never>> => {
		calls.push(call);
		const { broken = [], manages = Infinity, gives = Infinity, failure = FAILED } = fault;
		const { ids, whole } = dialect.asked(call, all, gives);
		const isDown = calls.length <= (fault.outage ?? 0);
		if (isDown || (whole && (ids.length > manages || ids.some((id) => broken.includes(id))))) {
			failures++;
			throw new ShopError(failure, call, { reason: 'The shop broke.', fix: 'Look.' });
		}
		return ids.map((id) => dialect.row(id)) as Page<never>;
	};
	const warnings: string[] = [];
	const read = async (options: WalkOptions = { unreadable: 'leaveOut' }, limit?: number) => {
		const warn = (text: string) => void warnings.push(text);
		const records = await collect(fetch, dialect.listing, limit, { warn, ...options });
		return records.map((record: Row) => Number(record.id ?? record.order_id));
	};
	return { calls, warnings, read, failures: () => failures };
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);

describe.each(DIALECTS)('%s', (_, dialect) => {
	test.each([
		['500', FAILED],
		['a timeout', { kind: 'timeout', sent: true, code: 'ETIMEDOUT' }],
		['504', { kind: 'server', sent: true, status: 504 }],
		['a cut answer', { kind: 'malformed', sent: true, status: 200 }],
		['a broken connection', { kind: 'network', sent: true, code: 'ECONNRESET' }],
		["a firewall's page", { kind: 'rejected', sent: true, status: 403 }],
		['more than is read', { kind: 'tooLarge', sent: true, status: 200 }],
	] as const)(
		'a host that gives %s for large pages is read in small ones',
		async (_kind, failure) => {
			const { read, calls, failures, warnings } = shopOf(dialect, upTo(300), {
				manages: 20,
				failure,
			});
			expect(sorted(await read({}))).toEqual(upTo(300));
			// Down to a size that it manages, and one larger page later.
			expect(failures()).toBeLessThanOrEqual(8);
			expect(calls.length).toBeLessThanOrEqual(60);
			expect(warnings).toEqual([]);
		},
	);

	test.each([9, 10, 37, 111])(
		'a shop that gives %s records at once is read to its end',
		async (gives) => {
			if (gives < dialect.smallest) return;
			const largest = dialect.listing.parts?.surelyGiven ?? 0;
			if (gives < largest) return;
			const { read } = shopOf(dialect, upTo(250), { gives });
			expect(sorted(await read({}))).toEqual(upTo(250));
		},
	);

	test('a shop that gives nothing is left alone after a few requests, with its own failure', async () => {
		const { read, calls } = shopOf(dialect, upTo(300), { manages: -1 });
		await expect(read()).rejects.toMatchObject({ message: 'The shop broke. Look.' });
		expect(calls.length).toBeLessThanOrEqual(16);
	});

	test.each([
		['a wrong key', { kind: 'credential', sent: true, status: 401 }],
		['a missing right', { kind: 'permission', sent: true, status: 403 }],
		['a wrong filter', { kind: 'rejected', sent: true, status: 400 }],
		['a busy shop', { kind: 'busy', sent: true, status: 429 }],
		['the end of the time for a poll', { kind: 'timeout', sent: false, code: 'OUT_OF_TIME' }],
		['the end of the execution', { kind: 'timeout', sent: true, code: 'ERR_CANCELED' }],
	] as const)('%s is told after one request', async (_kind, failure) => {
		const { read, calls } = shopOf(dialect, upTo(300), { manages: -1, failure });
		await expect(read()).rejects.toMatchObject({ failure });
		expect(calls).toHaveLength(1);
	});
});

describe.each(DIALECTS.filter(([, { smallest }]) => smallest === 1))('%s', (_, dialect) => {
	const isNumbered = dialect.listing.first.query?.page !== undefined;

	test.each(upTo(8))('an outage of %d requests leaves nothing out', async (outage) => {
		const { read, warnings } = shopOf(dialect, upTo(20), { outage });
		const ids = await read().catch(() => upTo(20));
		expect(sorted(ids)).toEqual(upTo(20));
		expect(warnings).toEqual([]);
	});

	test('one broken record costs itself only, and is named', async () => {
		const { read, warnings, calls } = shopOf(dialect, upTo(20), { broken: [7] });
		expect(sorted(await read())).toEqual(upTo(20).filter((id) => id !== 7));
		expect(warnings).toEqual([
			expect.stringMatching(/(7|Number 7 of the list of orders) cannot be read and is left out/),
		]);
		expect(calls.length).toBeLessThanOrEqual(20);
	});

	test('a list that something is decided by fails instead, and names the record', async () => {
		const { read, warnings } = shopOf(dialect, upTo(20), { broken: [7] });
		await expect(read({})).rejects.toThrow(/The shop broke\. It happens with .*7/);
		expect(warnings).toEqual([]);
	});

	test('what stands for it comes in its place, where that is known', async () => {
		const { read } = shopOf(dialect, upTo(20), { broken: [7] });
		if (isNumbered) await expect(read({ unreadable: 'standIn' })).rejects.toThrow('number 7');
		else expect(sorted(await read({ unreadable: 'standIn' }))).toEqual(upTo(20));
	});

	test('pages are large again behind it', async () => {
		const { read, calls } = shopOf(dialect, upTo(2_000), { broken: [7] });
		expect(await read()).toHaveLength(1_999);
		expect(calls.length).toBeLessThanOrEqual(isNumbered ? 90 : 60);
	});

	test('whatever is broken, every other record comes once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }),
				fc.integer({ min: 1, max: 400 }),
				fc.integer({ min: 3, max: 400 }),
				fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
				async (broken, count, manages, limit) => {
					const { read, warnings } = shopOf(dialect, upTo(count), { broken, manages });
					const whole = upTo(count).filter((id) => !broken.includes(id));
					const found = await read({ unreadable: 'leaveOut' }, limit);
					expect(new Set(found).size).toBe(found.length);
					expect(found).toHaveLength(Math.min(whole.length, limit ?? Infinity));
					for (const id of found) expect(whole).toContain(id);
					if (found.length < (limit ?? Infinity)) {
						expect(warnings.length > 0).toBe(whole.length < count);
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	test('very many broken ones are no accident', async () => {
		const { read } = shopOf(dialect, upTo(200), {
			broken: upTo(200).filter((id) => id % 3 === 0),
		});
		await expect(read()).rejects.toThrow(/The shop broke\. It happens with/);
	});
});

describe.each(DIALECTS.filter(([, { smallest }]) => smallest > 1))('%s', (_, dialect) => {
	test('where the broken record lies is told, and nothing is left out', async () => {
		const { read } = shopOf(dialect, upTo(300), { broken: [207] });
		await expect(read()).rejects.toThrow(
			/It happens with one of 10 records of orders(, on page 21| behind ID \d+, which was changed at 2027-01-01T03:\d\d)/,
		);
	});
});

test('a broken record among missing ones is told by its neighbours', async () => {
	const ids = [1, 2, 5, 9, 12];
	const { read, warnings } = shopOf(shoper('oldest'), ids, { broken: [9] });
	expect(await read()).toEqual([1, 2, 5, 12]);
	expect(warnings[0]).toMatch(/^A record of orders after ID 5 and before 12 cannot be read/);
});

test('the size that a shop managed is remembered for the next walk', async () => {
	const fault = { manages: 100 };
	const shop = `https://size.example.com ${Math.random()}`;
	const first = shopOf(prestaShop('oldest'), upTo(600), fault);
	await first.read({ shop });
	expect(first.failures()).toBeGreaterThan(1);
	const second = shopOf(prestaShop('oldest'), upTo(200), fault);
	await second.read({ shop });
	// One larger page is tried after a while, in case the shop has recovered.
	expect(second.failures()).toBeLessThanOrEqual(1);
});
