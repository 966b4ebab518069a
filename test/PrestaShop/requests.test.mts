/** What often asked questions cost in requests, when a shop was not asked before and when it was. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import { PrestaShopApi } from '../../credentials/PrestaShopApi.credentials.ts';
import { PrestaShop } from '../../nodes/PrestaShop/PrestaShop.node.ts';
import { executeNode } from '../support/engine.mts';
import { KEYS } from './conformance.mts';

let shop: PrestaShopSandbox;

beforeEach(async () => {
	shop = await startPrestaShopSandbox();
});
afterEach(async () => await shop.close());

async function ask(
	parameters: Record<string, unknown>,
	{
		key = 'full',
		rows = [{}],
	}: { key?: string; rows?: ReadonlyArray<Record<string, unknown>> } = {},
) {
	shop.control.clearRequests();
	const { items, error } = await executeNode(
		{
			node: new PrestaShop(),
			credentialType: new PrestaShopApi(),
			credentials: {
				shopUrl: shop.url,
				apiKey: KEYS[key] ?? key,
				rememberReferenceData: true,
			},
		},
		{ resource: 'order', ...parameters } as never,
		{ items: rows.map((json) => ({ json: json as never })) },
	);
	expect(error).toBeUndefined();
	return { items: items.map(({ json }) => json), requests: shop.control.requests().length };
}

const byEmail = (value: string) => ({
	operation: 'getLatest',
	customer: { __rl: true, mode: 'email', value },
});

test('the latest order of an e-mail address: two requests, and what the names need once', async () => {
	const cold = await ask(byEmail('demo.customer2@example.com'));
	// States, currency and time zone besides.
	expect(cold.requests).toBe(5);
	const warm = await ask(byEmail('demo.customer2@example.com'));
	expect(warm.requests).toBe(2);
	expect(warm.items).toEqual(cold.items);
	expect(warm.items[0]).toMatchObject({ customer: { email: 'demo.customer2@example.com' } });
});

test('what the key may not read is asked for once in ten minutes', async () => {
	const query = {
		operation: 'getAll',
		filters: { customerEmail: 'demo.customer2@example.com' },
	};
	const cold = await ask(query, { key: 'limited' });
	const warm = await ask(query, { key: 'limited' });
	expect([cold.requests, warm.requests]).toEqual([5, 2]);
	for (const { items } of [cold, warm]) {
		expect(items.map(({ _missing }) => (_missing as string[]).length)).toEqual(items.map(() => 2));
	}
});

test('the latest orders of a hundred e-mail addresses', async () => {
	shop.control.seed({ orders: 400, customers: 150 });
	const customers = shop.control.records({ resource: 'customers' }).slice(-100);
	const emails = customers.map(({ email }) => ({ email: String(email) }));
	const { items, requests } = await ask(byEmail('={{ $json.email }}'), { rows: emails });
	expect(items.map(({ customer }) => (customer as { email: string }).email)).toEqual(
		emails.map(({ email }) => email),
	);
	expect(requests).toBeLessThanOrEqual(8);
});
