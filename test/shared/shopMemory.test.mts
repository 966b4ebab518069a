/** What runs share about a shop: read once a minute, never after a change, never by a stranger. */
import { shopOver } from '../../nodes/shared/reading/shop.ts';
import { anew, readsOf } from '../../nodes/shared/reading/records.ts';
import type { Transport } from '../../nodes/shared/http/transport.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';

interface Row {
	id: string;
	name: string;
}

const { allOf, byId, ifPermitted } = readsOf<Row>({
	byId: (resource) => ({
		id: resource,
		calls: (values) => [
			{ values, call: { method: 'GET', path: [resource], query: { ids: values.join() } } },
		],
		keyOf: ({ id }) => id,
		normalise: (value) => value,
	}),
	all: (resource) => ({
		first: { method: 'GET', path: [resource] },
		next: () => undefined,
		keyOf: ({ id }) => id,
	}),
	idOf: ({ id }) => id,
	reference: ['states', 'carriers'],
	rightName: (resource) => resource,
});

let owners = 0;

/** A shop with two states, as each run opens it anew. */
function shopWith(owner: string | false = `owner ${++owners}`) {
	const asked: string[] = [];
	const states = [
		{ id: '1', name: 'new' },
		{ id: '2', name: 'sent' },
	];
	const failures = new Map<string, 'permission' | 'server'>();
	const answer = async (call: Call) => {
		asked.push(
			`${call.method} ${call.path.join('/')}${call.query?.ids ? ` ${call.query.ids}` : ''}`,
		);
		const kind = failures.get(call.path[0] ?? '');
		if (kind) throw new ShopError({ kind, sent: true }, call, { reason: 'No.', fix: '' });
		return states.map((each) => ({ ...each }));
	};
	const transport: Transport<Row> = {
		address: { url: 'https://shop.example.com', host: 'shop.example.com', settings: {} },
		...(owner !== false && { owner }),
		errorIn: async () => undefined,
		foresee: () => {},
		send: async (call) => {
			await answer(call);
			return { status: 200, headers: {}, text: '' };
		},
		records: answer,
	};
	return { asked, states, failures, open: () => shopOver(transport) };
}

const write: Call = { method: 'POST', path: ['states'] };

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('reference data is read once a minute for all runs, other data in each', async () => {
	const { asked, open } = shopWith();
	await Promise.all([allOf(open(), 'states'), allOf(open(), 'states')]);
	await allOf(open(), 'states');
	expect(asked).toEqual(['GET states']);
	await allOf(open(), 'orders');
	await allOf(open(), 'orders');
	expect(asked).toHaveLength(3);
	jest.setSystemTime(60_000);
	await allOf(open(), 'states');
	expect(asked).toHaveLength(4);
});

test('another credential, or one that is to remember nothing, reads for itself', async () => {
	const first = shopWith();
	const second = shopWith();
	const none = shopWith(false);
	for (const { open } of [first, second, none]) await allOf(open(), 'states');
	expect([first.asked, second.asked, none.asked].map(({ length }) => length)).toEqual([1, 1, 1]);
	await allOf(none.open(), 'states');
	expect(none.asked).toHaveLength(2);
});

test('parts of a shop do not share, but a write in one concerns all', async () => {
	const { asked, open } = shopWith();
	const shop = open();
	const part = shop.confinedTo({ id_shop: '2' });
	await allOf(shop, 'states');
	await allOf(part, 'states');
	expect(asked).toHaveLength(2);
	await part.send(write);
	await allOf(open(), 'states');
	expect(asked).toHaveLength(4);
});

test.each(['server', undefined] as const)('a write makes it stale (failure: %s)', async (kind) => {
	const { asked, failures, open } = shopWith();
	await allOf(open(), 'states');
	await allOf(open(), 'carriers');
	if (kind) failures.set('states', kind);
	await open()
		.send(write)
		.catch(() => {});
	failures.clear();
	await allOf(open(), 'states');
	await allOf(open(), 'carriers');
	expect(asked).toEqual(['GET states', 'GET carriers', 'POST states', 'GET states']);
});

test('what is not found is looked for anew, once in a run', async () => {
	const { asked, states, open } = shopWith();
	const has = (id: string) => (all: ReadonlyMap<string, Row>) => all.has(id);
	await allOf(open(), 'states');
	states.push({ id: '3', name: 'returned' });
	const shop = open();
	const [found] = await Promise.all([
		allOf(shop, 'states', has('3')),
		allOf(shop, 'states', has('3')),
	]);
	expect(found.get('3')?.name).toBe('returned');
	await allOf(shop, 'states', has('4'));
	expect(asked).toEqual(['GET states', 'GET states']);
	await byId(open(), 'carriers', '9');
	await byId(open(), 'carriers', '9');
	await byId(open(), 'carriers', '1');
	await byId(open(), 'carriers', '1');
	expect(asked.slice(2)).toEqual(['GET carriers 9', 'GET carriers 9', 'GET carriers 1']);
});

test('who shows it reads it anew', async () => {
	const { asked, open } = shopWith();
	for (let run = 0; run < 2; run++) {
		const shop = open();
		await allOf(shop, 'states', anew);
		await allOf(shop, 'states', anew);
	}
	expect(asked).toHaveLength(2);
});

test('a failure is not remembered, a refused right is for ten minutes', async () => {
	const { asked, failures, open } = shopWith();
	failures.set('states', 'server');
	await expect(allOf(open(), 'states')).rejects.toThrow();
	failures.set('states', 'permission');
	const read = async () => {
		const shop = open();
		const missing: string[] = [];
		await ifPermitted(shop, 'status', 'states', missing, async () => await allOf(shop, 'states'));
		return missing;
	};
	expect(await read()).toEqual(['status: needs the right "states"']);
	expect(await read()).toEqual(['status: needs the right "states"']);
	expect(asked).toHaveLength(2);
	failures.clear();
	jest.setSystemTime(600_000);
	expect(await read()).toEqual([]);
	expect(asked).toHaveLength(3);
});
