/** Look-ups of many items share requests; every item gets its own records or its own failure. */
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { FailureKind } from '../../nodes/shared/protocol/failure.ts';
import { Coalescer } from '../../nodes/shared/reading/lookup.ts';
import type { Lookup } from '../../nodes/shared/reading/lookup.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

interface Row {
	id: number;
	email: string;
}

const CHUNK = 100;

const callFor = (values: readonly string[]): Call => ({
	method: 'GET',
	path: ['rows'],
	query: { emails: values.join('|') },
});

/** By e-mail, whatever the case, up to a hundred at once; `<` cannot be searched for. */
const byEmail: Lookup<Row> = {
	id: 'rows.email',
	calls: (values) => {
		if (values.includes('<')) throw new InputError('The shop cannot search for "<".');
		const chunks: Array<{ values: readonly string[]; call: Call }> = [];
		for (let start = 0; start < values.length; start += CHUNK) {
			const part = values.slice(start, start + CHUNK);
			chunks.push({ values: part, call: callFor(part) });
		}
		return chunks;
	},
	keyOf: ({ email }) => email,
	normalise: (value) => value.toLowerCase(),
};

/** A shop with these rows, which counts its requests. */
function shopOf(rows: Row[], lookup = byEmail) {
	const asked: string[][] = [];
	const coalescer = new Coalescer(lookup, async ({ query }) => {
		const values = (query?.emails ?? '').split('|');
		asked.push(values);
		const wanted = new Set(values.map((value) => value.toLowerCase()));
		if (wanted.has('broken@example.com')) throw new Error('This request failed.');
		return rows.filter(({ email }) => wanted.has(email.toLowerCase()));
	});
	return { asked, coalescer };
}

const emails = Array.from({ length: 500 }, (_, index) => `c${index}@example.com`);
const rows = emails.map((email, id) => ({ id, email }));

test('500 items are served with as few requests as the addresses allow, each with its own', async () => {
	const { asked, coalescer } = shopOf(rows);
	const found = await Promise.all(emails.map(async (email) => await coalescer.get(email)));
	expect(asked.map(({ length }) => length)).toEqual([100, 100, 100, 100, 100]);
	expect(found).toEqual(rows.map((row) => [row]));
});

test('items that ask a little later in the same moment still share the request', async () => {
	const { asked, coalescer } = shopOf(rows);
	const late = async (email: string) => {
		for (let turns = 0; turns < 50; turns++) await Promise.resolve();
		return await coalescer.get(email);
	};
	await Promise.all([coalescer.get('c1@example.com'), late('c2@example.com')]);
	expect(asked).toEqual([['c1@example.com', 'c2@example.com']]);
});

test('the same value is asked for once, now and later', async () => {
	const { asked, coalescer } = shopOf(rows);
	const [one, two] = await Promise.all([
		coalescer.get('c7@example.com'),
		coalescer.get('c7@example.com'),
	]);
	expect(one).toBe(two);
	expect(await coalescer.get('c7@example.com')).toBe(one);
	expect(asked).toEqual([['c7@example.com']]);
});

test('upper and lower case are the same value, whoever writes it how', async () => {
	const { asked, coalescer } = shopOf([{ id: 1, email: 'Anna@Example.com' }]);
	const found = await Promise.all(
		['ANNA@example.com', 'anna@EXAMPLE.com'].map(async (email) => await coalescer.get(email)),
	);
	expect(found.flat().map(({ id }) => id)).toEqual([1, 1]);
	expect(asked).toEqual([['ANNA@example.com']]);
});

test('several records of one value arrive together, none is an empty list', async () => {
	const { coalescer } = shopOf([
		{ id: 1, email: 'a@example.com' },
		{ id: 2, email: 'b@example.com' },
		{ id: 3, email: 'A@example.com' },
	]);
	const [a, none] = await Promise.all([
		coalescer.get('a@example.com'),
		coalescer.get('nobody@example.com'),
	]);
	expect(a.map(({ id }) => id)).toEqual([1, 3]);
	expect(none).toEqual([]);
});

test('records nobody asked for are left out', async () => {
	const coalescer = new Coalescer(byEmail, async () => rows);
	expect((await coalescer.get('c3@example.com')).map(({ id }) => id)).toEqual([3]);
});

test('a value that comes after the first moment makes a new request', async () => {
	const { asked, coalescer } = shopOf(rows);
	await coalescer.get('c1@example.com');
	await coalescer.get('c2@example.com');
	expect(asked).toEqual([['c1@example.com'], ['c2@example.com']]);
});

describe('a failure', () => {
	test('of one request fails only the values it was to serve', async () => {
		const { coalescer } = shopOf(rows);
		const values = emails.with(250, 'broken@example.com');
		const found = await Promise.allSettled(values.map(async (email) => await coalescer.get(email)));
		const failed = found.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
		expect(failed).toEqual(Array.from({ length: 100 }, (_, index) => 200 + index));
		expect(found[250]).toMatchObject({ reason: new Error('This request failed.') });
	});

	test('of a value that cannot be searched for is its own', async () => {
		const { asked, coalescer } = shopOf(rows);
		const [good, bad] = await Promise.allSettled([
			coalescer.get('c1@example.com'),
			coalescer.get('<'),
		]);
		expect(good).toMatchObject({ status: 'fulfilled', value: [{ id: 1 }] });
		expect(bad).toMatchObject({ reason: new InputError('The shop cannot search for "<".') });
		expect(asked).toEqual([['c1@example.com']]);
	});

	test('to build the requests reaches everybody who waits', async () => {
		const calls: typeof byEmail.calls = (values) => {
			if (values.length > 1) throw new Error('Too many values.');
			return byEmail.calls(values);
		};
		const { coalescer } = shopOf(rows, { ...byEmail, calls });
		const found = await Promise.allSettled([coalescer.get('a'), coalescer.get('b')]);
		expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	});

	test('to sort the records reaches everybody who waits', async () => {
		const keyOf = () => {
			throw new Error('No e-mail.');
		};
		const { coalescer } = shopOf(rows, { ...byEmail, keyOf });
		await expect(coalescer.get('c1@example.com')).rejects.toThrow('No e-mail.');
	});
});

test('a value that no request serves is answered, not left waiting', async () => {
	const { coalescer } = shopOf(rows, { ...byEmail, calls: () => [] });
	expect(await coalescer.get('c1@example.com')).toEqual([]);
});

describe('a request that fails for a reason that may lie in one value', () => {
	/** Answers a failure of this kind to whatever request names one of `bad`. */
	function spoiledBy(bad: readonly string[], kind: FailureKind, sent = true) {
		const asked: Array<{ values: string[]; once: boolean }> = [];
		const coalescer = new Coalescer(byEmail, async (call) => {
			const values = (call.query?.emails ?? '').split('|');
			asked.push({ values, once: call.once === true });
			if (values.some((value) => bad.includes(value))) {
				throw new ShopError({ kind, sent }, call, { reason: 'No.', fix: '' });
			}
			return rows.filter(({ email }) => values.includes(email));
		});
		return { asked, coalescer };
	}
	const first = emails.slice(0, CHUNK);
	const outcomes = async (coalescer: Coalescer<Row>) =>
		await Promise.allSettled(first.map(async (email) => await coalescer.get(email)));
	const failedOf = (found: Array<PromiseSettledResult<Row[]>>) =>
		found.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));

	test.each(['server', 'malformed', 'rejected', 'notShop', 'tooLarge'] as const)(
		'is split until only the culprit fails, and is named (%s)',
		async (kind) => {
			const { asked, coalescer } = spoiledBy(['c37@example.com'], kind);
			const found = await outcomes(coalescer);
			expect(failedOf(found)).toEqual([37]);
			expect(found[36]).toMatchObject({ value: [rows[36]] });
			expect((found[37] as PromiseRejectedResult).reason).toMatchObject({
				failure: { kind },
				message: 'No. It happens with "c37@example.com" in rows.',
			});
			expect(asked.length).toBeLessThan(16);
			// Waits must not add up: of the parts, only single values are worth repeats.
			expect(asked.filter(({ once }) => once)).toEqual(
				asked.slice(1).filter(({ values }) => values.length > 1),
			);
		},
	);

	test('spoils several, each on its own', async () => {
		const { coalescer } = spoiledBy(['c3@example.com', 'c90@example.com'], 'server');
		expect(failedOf(await outcomes(coalescer))).toEqual([3, 90]);
	});

	test('is given up soon when the shop answers nothing at all', async () => {
		const { asked, coalescer } = spoiledBy(first, 'server');
		expect(failedOf(await outcomes(coalescer))).toHaveLength(CHUNK);
		expect(asked.length).toBeLessThan(20);
	});

	test.each(['credential', 'disabled', 'permission', 'network', 'busy', 'timeout'] as const)(
		'but one that concerns the whole shop is not (%s)',
		async (kind) => {
			const { asked, coalescer } = spoiledBy(['c37@example.com'], kind);
			expect(failedOf(await outcomes(coalescer))).toHaveLength(CHUNK);
			expect(asked).toHaveLength(1);
		},
	);

	test('and one that was never sent is not', async () => {
		const { asked, coalescer } = spoiledBy(['c37@example.com'], 'notShop', false);
		await outcomes(coalescer);
		expect(asked).toHaveLength(1);
	});
});
