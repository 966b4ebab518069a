/** One shop during one run: lists, look-ups and what is remembered, over a transport. */
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import { singleOnce } from '../../nodes/shared/reading/records.ts';
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import type { Lookup } from '../../nodes/shared/reading/lookup.ts';
import type { Transport } from '../../nodes/shared/http/transport.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

interface Row {
	id: string;
	name: string;
}

const lookupBy = (id: string): Lookup<Row> => ({
	id,
	calls: (values) => [
		{ values, call: { method: 'GET', path: [id], query: { names: values.join('|') } } },
	],
	keyOf: ({ name }) => name,
	normalise: (value) => value,
});

/** A shop whose rows count how often they were asked for. */
function shopWith() {
	const calls: Call[] = [];
	const transport: Transport<Row> = {
		address: { url: 'https://shop.example.com', host: 'shop.example.com', settings: {} },
		errorIn: async () => undefined,
		foresee: () => {},
		send: async (call) => {
			calls.push(call);
			return { status: 200, headers: {}, text: 'fine' };
		},
		records: async (call) => {
			calls.push(call);
			return (call.query?.names ?? 'x').split('|').map((name) => ({ id: `${calls.length}`, name }));
		},
	};
	return { calls, shop: shopOver(transport) };
}

test('it knows its address and sends calls as they are', async () => {
	const { calls, shop } = shopWith();
	const call: Call = { method: 'DELETE', path: ['orders', '1'] };
	expect(shop.address.host).toBe('shop.example.com');
	expect((await shop.send(call)).text).toBe('fine');
	expect(calls).toEqual([call]);
});

test('lists are walked up to the limit', async () => {
	const { calls, shop } = shopWith();
	const listing = {
		first: { method: 'GET', path: ['rows'], query: { names: 'a|b' } } as const,
		next: (call: Call): Call => ({ ...call, query: { names: `${call.query?.names ?? ''}x` } }),
		keyOf: ({ id, name }: Row) => `${id}${name}`,
	};
	expect((await shop.list(listing, 3)).map(({ name }) => name)).toEqual(['a', 'b', 'a']);
	expect(calls).toHaveLength(2);
});

describe('look-ups', () => {
	test('of the same kind share a request, of different kinds do not', async () => {
		const { calls, shop } = shopWith();
		const found = await Promise.all([
			shop.find(lookupBy('names'), 'a'),
			// Another object of the same kind, as operations may make one for each item.
			shop.find(lookupBy('names'), 'b'),
			shop.find(lookupBy('mails'), 'a'),
		]);
		expect(found.map(([row]) => row?.name)).toEqual(['a', 'b', 'a']);
		expect(calls.map(({ path, query }) => [path[0], query?.names])).toEqual([
			['names', 'a|b'],
			['mails', 'a'],
		]);
	});

	test('are remembered until told to forget', async () => {
		const { calls, shop } = shopWith();
		const [before] = await shop.find(lookupBy('names'), 'a');
		expect((await shop.find(lookupBy('names'), 'a'))[0]).toBe(before);
		expect(calls).toHaveLength(1);
		shop.forget();
		expect((await shop.find(lookupBy('names'), 'a'))[0]).not.toBe(before);
		expect(calls).toHaveLength(2);
	});
});

test('what was found otherwise is not asked for again, until told to forget', async () => {
	const { calls, shop } = shopWith();
	shop.learn(lookupBy('names'), [{ id: '7', name: 'a' }]);
	expect(await shop.find(lookupBy('names'), 'a')).toEqual([{ id: '7', name: 'a' }]);
	expect(calls).toHaveLength(0);
	shop.forget();
	await shop.find(lookupBy('names'), 'a');
	expect(calls).toHaveLength(1);
});

test('a record by its own address is asked for once, also when it is gone', async () => {
	const { calls, shop } = shopWith();
	const [one, two] = await Promise.all([
		singleOnce(shop, 'rows', '5'),
		singleOnce(shop, 'rows', '5'),
	]);
	expect(one).toBe(two);
	expect(calls).toHaveLength(1);
	let asked = 0;
	const gone = shopOver<Row>({
		...shop,
		records: async (call) => {
			asked++;
			const failure = { kind: 'notFound', sent: true, status: 404 } as const;
			throw new ShopError(failure, call, { reason: 'Gone.', fix: '' });
		},
	});
	expect(await singleOnce(gone, 'rows', '6')).toBeUndefined();
	expect(await singleOnce(gone, 'rows', '6')).toBeUndefined();
	expect(asked).toBe(1);
});

describe('what is loaded once', () => {
	test('is shared by all who ask, also at the same time, and also when forgetting look-ups', async () => {
		const { shop } = shopWith();
		const load = jest.fn(async () => ({}));
		const [one, two] = await Promise.all([shop.once('a', load), shop.once('a', load)]);
		shop.forget();
		expect(one).toBe(two);
		expect(await shop.once('a', load)).toBe(one);
		expect(load).toHaveBeenCalledTimes(1);
	});

	test('is kept by its key, even when it is nothing', async () => {
		const { shop } = shopWith();
		const load = jest.fn(async () => undefined);
		await shop.once('a', load);
		await shop.once('a', load);
		await shop.once('b', load);
		expect(load).toHaveBeenCalledTimes(2);
	});

	test('is loaded again after a failure, so that one lost connection does not fail all items', async () => {
		const { shop } = shopWith();
		const load = jest
			.fn<Promise<string>, []>()
			.mockRejectedValueOnce(new Error('lost'))
			.mockResolvedValue('there');
		const both = await Promise.allSettled([shop.once('a', load), shop.once('a', load)]);
		expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await shop.once('a', load)).toBe('there');
		expect(load).toHaveBeenCalledTimes(2);
	});
});

describe('a part of the shop', () => {
	test('adds its parameters to every call, and to those of parts within it', async () => {
		const { calls, shop } = shopWith();
		const part = shop.confinedTo({ shop: '2' });
		await part.send({ method: 'POST', path: ['a'] });
		await part.records({ method: 'GET', path: ['b'], query: { names: 'x' } });
		await part.find(lookupBy('names'), 'a');
		await part.confinedTo({ lang: '3' }).records({ method: 'GET', path: ['c'] });
		expect(calls.map(({ query }) => query)).toEqual([
			{ shop: '2' },
			{ names: 'x', shop: '2' },
			{ names: 'a', shop: '2' },
			{ lang: '3', shop: '2' },
		]);
		expect(part.scope).toEqual({ shop: '2' });
		expect(shop.scope).toEqual({});
	});

	test('has a memory of its own, and equal parameters give the same part', async () => {
		const { calls, shop } = shopWith();
		const load = jest.fn(async () => 1);
		await shop.once('a', load);
		await shop.confinedTo({ shop: '2' }).once('a', load);
		await shop.confinedTo({ shop: '2' }).once('a', load);
		expect(load).toHaveBeenCalledTimes(2);
		await shop.find(lookupBy('names'), 'a');
		await shop.confinedTo({ shop: '2' }).find(lookupBy('names'), 'a');
		await shop.confinedTo({ shop: '2' }).find(lookupBy('names'), 'a');
		expect(calls).toHaveLength(2);
	});

	test('forgets when the whole shop does', async () => {
		const { calls, shop } = shopWith();
		await shop.confinedTo({ shop: '2' }).find(lookupBy('names'), 'a');
		shop.forget();
		await shop.confinedTo({ shop: '2' }).find(lookupBy('names'), 'a');
		expect(calls).toHaveLength(2);
	});
});
