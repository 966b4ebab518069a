/** The credential: what its test says, that tokens stay with their login, and that nothing is tried twice. */
import { SHOPER_ADMINS, SHOPER_TOKENS, startShoperSandbox } from '../../sandbox/shoper/shop.mts';
import type { ShoperSandbox } from '../../sandbox/shoper/shop.mts';
import { executeNode } from '../support/engine.mts';
import { ScriptedServer } from '../support/scriptedServer.mts';
import { actionBench, loginCredentials, testCredentials, tokenCredentials } from './fixtures.mts';

let shop: ShoperSandbox;

beforeAll(async () => {
	shop = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
});

afterAll(async () => {
	await shop.close();
});

beforeEach(() => {
	shop.control.reset();
	shop.control.clearRequests();
});

const READ = { resource: 'order', operation: 'get', orderId: { mode: 'id', value: '1' } };

describe('the test of the credential', () => {
	test('a good token: names the shop and its version', async () => {
		expect(await testCredentials(tokenCredentials(shop, SHOPER_TOKENS.full))).toEqual({
			status: 'OK',
			message: 'Connected to "Demo shop" (Shoper 5.26.54)',
		});
	});

	test('a good login logs in once', async () => {
		const result = await testCredentials(loginCredentials(shop, SHOPER_ADMINS.helpdesk));
		expect(result).toMatchObject({ status: 'OK', message: expect.stringContaining('5.26.54') });
		expect(shop.control.logins()).toHaveLength(1);
	});

	test('a token without the right to orders is good, and the right is named', async () => {
		const { status, message } = await testCredentials(
			tokenCredentials(shop, SHOPER_TOKENS.readonly),
		);
		expect(status).toBe('OK');
		expect(message).toContain('the right "Zamówienia (orders) – odczyt (read)" is missing');
	});

	const wrongPassword = { ...SHOPER_ADMINS.helpdesk, password: 'wrong' };
	test.each([
		['a wrong password', wrongPassword, 'does not accept this login and password'],
		['a group without the web API', SHOPER_ADMINS.nowebapi, 'group has no access to the web API'],
		['an address that is not allowed', SHOPER_ADMINS.iplocked, 'may not log in from the address'],
	])('%s is told, after one attempt', async (_name, admin, words) => {
		const result = await testCredentials(loginCredentials(shop, admin));
		expect(result.status).toBe('Error');
		expect(result.message).toContain(words);
		expect(result.message).not.toContain(admin.password);
		expect(shop.control.logins()).toHaveLength(1);
	});

	test('a wrong token', async () => {
		const result = await testCredentials(tokenCredentials(shop, 'ab'.repeat(32)));
		expect(result).toMatchObject({ status: 'Error' });
		expect(result.message).toContain('does not accept the API token');
	});

	test.each([
		['token', () => tokenCredentials(shop, SHOPER_TOKENS.full)],
		['login', () => loginCredentials(shop, SHOPER_ADMINS.helpdesk)],
	])('a parked page that answers 200 is no shop (%s)', async (_name, credentials) => {
		shop.control.setParked({ on: true });
		const result = await testCredentials(credentials());
		expect(result.status).toBe('Error');
		expect(result.message).toContain('no Shoper shop at this address');
	});

	test('other JSON at the address is no shop either', async () => {
		const server = await new ScriptedServer(() => ({ body: '{"hello":"world"}' })).start();
		try {
			const result = await testCredentials(tokenCredentials(server, SHOPER_TOKENS.full));
			expect(result.message).toContain('no Shoper shop at this address');
		} finally {
			await server.stop();
		}
	});

	test('a locked shop', async () => {
		shop.control.setLocked({ on: true });
		const result = await testCredentials(tokenCredentials(shop, SHOPER_TOKENS.full));
		expect(result.status).toBe('Error');
		expect(result.message).toContain('locked or overloaded');
	});

	test('a payment that is due', async () => {
		shop.control.setPaymentRequired({ on: true });
		const result = await testCredentials(tokenCredentials(shop, SHOPER_TOKENS.full));
		expect(result.message).toContain('a payment is due');
	});

	test('a redirect is named and not followed', async () => {
		const location = 'https://other.example.com/webapi/rest/application-config?x=1';
		const server = await new ScriptedServer(() => ({ status: 301, headers: { location } })).start();
		try {
			for (const credentials of [
				tokenCredentials(server, SHOPER_TOKENS.full),
				loginCredentials(server, SHOPER_ADMINS.helpdesk),
			]) {
				const result = await testCredentials(credentials);
				expect(result.message).toContain('another host, other.example.com');
			}
			expect(server.received).toHaveLength(2);
		} finally {
			await server.stop();
		}
	});

	test('plain http is refused before anything is sent', async () => {
		const credentials = tokenCredentials({ url: 'http://shop.example.com' }, SHOPER_TOKENS.full);
		const result = await testCredentials(credentials);
		expect(result.message).toContain('plain http');
	});

	test.each(['', '/', '/admin', '/webapi/rest/orders?limit=1', '/pl/p/Kubek/36'])(
		'an address with "%s" behind it is understood',
		async (rest) => {
			const credentials = tokenCredentials({ url: `${shop.url}${rest}` }, SHOPER_TOKENS.full);
			expect(await testCredentials(credentials)).toMatchObject({ status: 'OK' });
		},
	);

	test('an empty token is refused before anything is sent', async () => {
		const result = await testCredentials(tokenCredentials(shop, ' '));
		expect(result.message).toContain('"API Token" in the credential is empty');
		expect(shop.control.requests()).toHaveLength(0);
	});
});

describe('the token of a login', () => {
	test('serves many runs with one login', async () => {
		const bench = actionBench(loginCredentials(shop, SHOPER_ADMINS.helpdesk));
		for (let run = 0; run < 3; run++)
			expect((await executeNode(bench, READ)).error).toBeUndefined();
		expect(shop.control.logins()).toHaveLength(1);
	});

	test('a password that changed: one refused login, and editing the credential is the cure', async () => {
		const bench = actionBench(loginCredentials(shop, SHOPER_ADMINS.helpdesk));
		await executeNode(bench, READ);
		shop.control.setPassword({ login: 'helpdesk', password: 'New-Pass-2026' });
		const { error } = await executeNode(bench, READ, { items: [{ json: {} }, { json: {} }] });
		expect(error?.message).toContain('does not accept this login and password');
		expect(shop.control.logins()).toHaveLength(2);
		bench.credentials.password = 'New-Pass-2026';
		expect((await executeNode(bench, READ)).error).toBeUndefined();
		expect(shop.control.logins().map(({ ok }) => ok)).toEqual([true, false, true]);
	});

	test('a token that is still good is not used after the password in the credential was edited', async () => {
		const bench = actionBench(loginCredentials(shop, SHOPER_ADMINS.helpdesk));
		await executeNode(bench, READ);
		bench.credentials.password = 'mistyped';
		const { error } = await executeNode(bench, READ);
		expect(error?.message).toContain('does not accept this login and password');
	});

	test('an expired token is renewed in the same run', async () => {
		const bench = actionBench(loginCredentials(shop, SHOPER_ADMINS.helpdesk));
		await executeNode(bench, READ);
		shop.control.advance({ ms: 31 * 86_400_000 });
		expect((await executeNode(bench, READ)).error).toBeUndefined();
		expect(shop.control.logins()).toHaveLength(2);
	});

	test('two shops with two credentials never mix', async () => {
		const other = await startShoperSandbox({ bucket: { limit: 1000, perSecond: 1000 } });
		try {
			other.control.setPassword({ login: 'helpdesk', password: 'Other-Pass-2026' });
			const id = other.control.placeOrder({ email: 'only.there@example.com' }).id;
			const here = actionBench(loginCredentials(shop, SHOPER_ADMINS.helpdesk));
			const there = actionBench(
				loginCredentials(other, { login: 'helpdesk', password: 'Other-Pass-2026' }),
			);
			const parameters = { ...READ, orderId: { mode: 'id', value: `${id}` } };
			const [missing, found] = await Promise.all([
				executeNode(here, parameters),
				executeNode(there, parameters),
			]);
			expect(missing.error?.message).toContain('no order with the ID');
			expect(found.items[0]?.json).toMatchObject({
				shop: other.url.replace('http://', ''),
				customer: { email: 'only.there@example.com' },
			});
			for (const each of [shop, other]) {
				expect(each.control.logins().map(({ ok }) => ok)).toEqual([true]);
			}
			expect(here.credentials.sessionToken).not.toBe(there.credentials.sessionToken);
		} finally {
			await other.close();
		}
	});
});
