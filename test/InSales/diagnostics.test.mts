/** What a shop owner reads when something stands between n8n and the shop: cause, cure, no secrets. */
import { INSALES_KEYS, startInSalesSandbox } from '../../sandbox/insales/shop.mts';
import type { InSalesSandbox } from '../../sandbox/insales/shop.mts';
import { executeNode } from '../support/engine.mts';
import { actionBench, locator, testCredentials } from './fixtures.mts';

let shop: InSalesSandbox;

beforeEach(async () => {
	// A port of its own for each test: the limiter of the process knows shops by their address.
	shop = await startInSalesSandbox();
});

afterEach(async () => {
	await shop.close();
});

const getOrder = { resource: 'order', operation: 'get', orderId: locator('id', 80001) };

describe('the credential dialog', () => {
	test('names the shop when all is well', async () => {
		expect(await testCredentials(shop, 'full')).toMatchObject({
			status: 'OK',
			message: expect.stringMatching(/^Connected to "Демо-магазин"; .*: 1\/500$/),
		});
	});

	test.each([
		['a wrong password', { password: 'f'.repeat(32) }],
		['an unknown identifier', { identifier: 'f'.repeat(32) }],
	])('tells %s', async (_, wrong) => {
		const { status, message } = await testCredentials(shop, 'full', wrong);
		expect(status).toBe('Error');
		expect(message).toContain('the identifier or the password is wrong');
	});

	test('tells a missing right from a wrong key', async () => {
		const { status, message } = await testCredentials(shop, 'productsOnly');
		expect(status).toBe('OK');
		expect(message).toContain('Identifier and password are right');
		expect(message).toContain('Check Permissions');
		expect(message).not.toContain('is wrong');
	});

	test.each([402, 423] as const)('tells by %p that the plan has no API', async (status) => {
		shop.control.setPlan({ api: false, status });
		const { message } = await testCredentials(shop, 'full');
		expect(message).toContain('The plan of the shop does not include the API');
	});

	test('names the host that an address leads on to', async () => {
		shop.control.setWrongShop({
			kind: 'redirect',
			location: 'https://id:x@www.example.com/a?key=1',
		});
		const { message } = await testCredentials(shop, 'full');
		expect(message).toContain('another host, www.example.com');
		expect(message).not.toMatch(/id:x|key=1/);
	});

	test('tells an address where there is no shop', async () => {
		shop.control.setWrongShop({ kind: 'notFound' });
		const { message } = await testCredentials(shop, 'full');
		expect(message).toContain('There is no InSales shop at this address');
	});

	test('tells a page in place of data', async () => {
		shop.control.addFault({ kind: 'html' });
		const { message } = await testCredentials(shop, 'full');
		expect(message).toContain('A web page came back');
	});

	test('tells an answer that is JSON but no shop', async () => {
		const body = '{"hello":"world"}';
		const headers = { 'Content-Type': 'application/json' };
		shop.control.addFault({ kind: 'status', status: 200, headers, body });
		const { status, message } = await testCredentials(shop, 'full');
		expect(status).toBe('Error');
		expect(message).toContain('not the description of a shop');
	});

	test('tells a used-up limit with the seconds left', async () => {
		shop.control.setLimit({ requests: 1 });
		await testCredentials(shop, 'full');
		const { message } = await testCredentials(shop, 'full');
		expect(message).toMatch(/no more requests for now .* Go on in \d+ s\./);
	});

	test('names an empty field', async () => {
		const { message } = await testCredentials(shop, 'full', { identifier: '' });
		expect(message).toContain('The identifier of the access key is empty');
	});
});

describe('a run', () => {
	test('asks once when the key is wrong, however many items there are', async () => {
		const bench = actionBench(shop, 'full', { password: 'f'.repeat(32) });
		const items = Array.from({ length: 5 }, (_, index) => ({ json: { id: 80001 + index } }));
		const parameters = { ...getOrder, orderId: locator('id', '={{ $json.id }}') };
		const { error } = await executeNode(bench, parameters, { items });
		expect(error?.message).toContain('the identifier or the password is wrong');
		// Two may be under way at once; refused calls count against the limit too.
		expect(shop.control.requests().length).toBeLessThanOrEqual(2);
	});

	test('never shows the key', async () => {
		const { identifier, password } = INSALES_KEYS.full;
		shop.control.addFault({
			kind: 'status',
			status: 500,
			body: `at https://${identifier}:${password}@shop.example.com Authorization: Basic ${Buffer.from(`${identifier}:${password}`).toString('base64')}`,
		});
		const { error } = await executeNode(actionBench(shop), getOrder);
		const told = JSON.stringify([error?.message, error?.description]);
		expect(told).toContain('HTTP 500');
		expect(told).not.toContain(password);
		expect(told).not.toContain(Buffer.from(`${identifier}:`).toString('base64').slice(0, 20));
	});

	test('stops before the limit and says when to go on', async () => {
		shop.control.setLimit({ requests: 2 });
		const items = [80001, 80002, 80003, 80004].map((id) => ({ json: { id } }));
		const parameters = { ...getOrder, orderId: locator('id', '={{ $json.id }}') };
		const { items: output } = await executeNode(actionBench(shop), parameters, {
			items,
			onError: 'continueRegularOutput',
		});
		const errors = output.filter(({ json }) => json.error !== undefined);
		expect(output).toHaveLength(4);
		expect(errors).toHaveLength(2);
		expect(String(errors[0]?.json.error)).toMatch(/Go on in \d+ s/);
		expect(shop.control.ignoredRetryAfters()).toEqual([]);
	});

	test('that surely runs into the limit says so before it writes anything', async () => {
		shop.control.setLimit({ requests: 6 });
		await executeNode(actionBench(shop), getOrder);
		shop.control.clearRequests();
		const items = [1, 2, 3, 4, 5, 6].map((nth) => ({ json: { nth } }));
		const change = {
			resource: 'order',
			operation: 'update',
			orderId: locator('id', 80001),
			updateFields: { manager_comment: '={{ $json.nth }}' },
		};
		const { error } = await executeNode(actionBench(shop), change, { items });
		expect(error?.message).toMatch(
			/InSales grants this key 5 more requests in the next \d+ s, and this run needs 6 at least. Nothing was done./,
		);
		expect(shop.control.requests()).toEqual([]);
	});

	test('repeats after an old-style 503 with Retry-After, even a write', async () => {
		shop.control.addFault({
			kind: 'status',
			status: 503,
			headers: { 'Retry-After': '0' },
			match: { method: 'PUT' },
		});
		const { items, error } = await executeNode(actionBench(shop), {
			resource: 'order',
			operation: 'update',
			orderId: locator('id', 80001),
			updateFields: { comment: 'Новый' },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ note: 'Новый', _update: { written: true } });
		expect(shop.control.requests().filter(({ method }) => method === 'PUT')).toHaveLength(2);
	});

	test('says that the plan lacks the API', async () => {
		shop.control.setPlan({ api: false, status: 423 });
		const { error } = await executeNode(actionBench(shop), getOrder);
		expect(error?.message).toContain('The plan of the shop does not include the API');
	});

	test('does not follow a redirect with the key', async () => {
		shop.control.setWrongShop({ kind: 'redirect', location: 'https://www.example.com/admin' });
		const { error } = await executeNode(actionBench(shop), getOrder);
		expect(error?.message).toContain('another host, www.example.com');
	});
});
