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
