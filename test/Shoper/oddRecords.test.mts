/** Records as shops hold them after years: dates that were never set, fields that are null. */
import { SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, tokenCredentials } from './fixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
});

beforeEach(() => {
	shop.control.reset();
});

afterAll(async () => {
	await shop.close();
});

const run = async (parameters: Record<string, unknown>) =>
	await executeNode(actionBench(tokenCredentials(shop, SHOPER_TOKENS.full)), {
		resource: 'order',
		...parameters,
	} as never);

test('dates that were never set are empty, and null fields hold nothing up', async () => {
	const { id } = shop.control.placeOrder();
	const record = {
		confirm_date: '0000-00-00 00:00:00',
		status_date: null,
		user_id: null,
		notes: null,
		shipping_tax_name: null,
	};
	shop.control.putRecord({ resource: 'orders', id, record });
	const one = await run({ operation: 'get', orderId: { mode: 'id', value: String(id) } });
	expect(one.error).toBeUndefined();
	expect(JSON.stringify(one.items[0]?.json)).not.toContain('0000-00-00');
	const all = await run({ operation: 'getAll', returnAll: true });
	expect(all.error).toBeUndefined();
	expect(all.items.map(({ json }) => String(json.id))).toContain(String(id));
});

test.each(['00012', 'A#1', 'A&B', 'say "x"', "l'eau", 'a b+c', '100%25', 'a\\b'])(
	'a product is found by the code %s',
	async (code) => {
		const [first] = shop.control.records({ resource: 'products' });
		const id = Number(first?.product_id);
		shop.control.putRecord({ resource: 'products', id, record: { code } });
		for (const { stock_id, product_id, extended } of shop.control.records({
			resource: 'product-stocks',
		})) {
			if (String(product_id) !== String(id) || String(extended) === '1') continue;
			shop.control.putRecord({
				resource: 'product-stocks',
				id: Number(stock_id),
				record: { code },
			});
		}
		const productId = { mode: 'code', value: code };
		const { items, error } = await run({ resource: 'product', operation: 'get', productId });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual([String(id)]);
	},
);

test.each([
	['a time with an offset', '2026-02-01T08:00:00+09:00', '2026-02-01 00:00:00'],
	['the end of a month in UTC', '2026-01-31T23:30:00Z', '2026-02-01 00:30:00'],
	['a date of JavaScript', "={{ new Date('2026-01-31T23:30:00Z') }}", '2026-02-01 00:30:00'],
	['a Luxon time', "={{ DateTime.fromISO('2026-03-31T22:30:00Z') }}", '2026-04-01 00:30:00'],
	["the shop's own clock", '2026-02-28T23:59:59', '2026-02-28 23:59:59'],
])('%s in a filter is the time of the shop', async (_, createdAfter, wall) => {
	shop.control.clearRequests();
	const { error } = await run({ operation: 'getAll', filters: { createdAfter } });
	expect(error).toBeUndefined();
	const asked = shop.control.requests().map(({ path }) => decodeURIComponent(path));
	expect(asked.some((path) => path.replaceAll('+', ' ').includes(wall))).toBe(true);
});
