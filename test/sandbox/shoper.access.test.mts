/** Shoper REST reference 1 (address, authentication, rights), 2 (rate limit) and 5.2 (errors). */
import { SHOPER_ADMINS, SHOPER_TOKENS } from '../../sandbox/shoper/shop.mts';
import { rawRequest } from './rawRequest.mts';
import { ShoperClient } from './shoperClient.mts';
import type { Reply } from './shoperClient.mts';

let shop: ShoperClient;

beforeAll(async () => {
	shop = await ShoperClient.start();
});

beforeEach(() => {
	shop.sandbox.control.unfreeze();
	shop.sandbox.control.reset();
});

afterAll(async () => await shop.sandbox.close());

const basic = (login: string, password: string): Record<string, string> => ({
	Authorization: `Basic ${Buffer.from(`${login}:${password}`, 'utf8').toString('base64')}`,
});

const logIn = (admin: { login: string; password: string }): Promise<Reply> =>
	shop.call('POST', 'auth', { token: null, headers: basic(admin.login, admin.password) });

describe('logging in', () => {
	it('answers three keys and a token of 30 days', async () => {
		const { status, body } = await logIn(SHOPER_ADMINS.helpdesk);
		expect(status).toBe(200);
		expect(body).toEqual({
			access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
			expires_in: 2_592_000,
			token_type: 'bearer',
		});
		const token = String(body.access_token);
		expect((await shop.call('GET', 'orders', { token })).status).toBe(200);
		shop.sandbox.control.advance({ ms: 2_592_000_000 - 60_000 });
		expect((await shop.call('GET', 'orders', { token })).status).toBe(200);
		shop.sandbox.control.advance({ ms: 120_000 });
		expect((await shop.call('GET', 'orders', { token })).body).toEqual({
			error: 'unauthorized_client',
			error_description: 'Provided access token is invalid',
		});
	});

	it.each([
		['a wrong password', { login: 'helpdesk', password: 'no' }, 'auth_failure'],
		['an unknown login', { login: 'nobody', password: 'no' }, 'auth_failure'],
		['a group without web API access', SHOPER_ADMINS.nowebapi, 'auth_webapi_access_denied'],
		['an address that is not allowed', SHOPER_ADMINS.iplocked, 'auth_ip_not_allowed'],
	])('refuses %s', async (_what, admin, error) => {
		const { status, body } = await logIn(admin);
		expect([status, body.error]).toEqual([401, error]);
		expect(shop.sandbox.control.logins()).toMatchObject([{ login: admin.login, ok: false, error }]);
	});

	it('refuses an administrator without panel access where it is needed', async () => {
		const admin = { login: 'żółw', password: 'Zażółć-2026', rights: '*' as const, panel: false };
		shop.sandbox.control.addAdmin(admin);
		expect((await logIn(admin)).body.error).toBe('auth_admin_access_denied');
		shop.sandbox.control.addAdmin({ ...admin, panel: true });
		expect((await logIn(admin)).status).toBe(200);
	});

	it('keeps the secret of old clients out of the log', async () => {
		const { login, password } = SHOPER_ADMINS.owner;
		const query = `auth?client_id=${login}&client_secret=${password}`;
		expect((await shop.call('POST', query, { token: null })).status).toBe(200);
		const [entry] = shop.sandbox.control.requests();
		expect(entry?.path).toBe('/webapi/rest/auth?client_id=owner&client_secret=***');
	});

	it('keeps earlier tokens alive unless told, and ends them when the password changes', async () => {
		const { control } = shop.sandbox;
		const { login } = SHOPER_ADMINS.owner;
		const first = String((await logIn(SHOPER_ADMINS.owner)).body.access_token);
		const second = String((await logIn(SHOPER_ADMINS.owner)).body.access_token);
		const statuses = async (): Promise<number[]> => [
			(await shop.call('GET', 'orders', { token: first })).status,
			(await shop.call('GET', 'orders', { token: second })).status,
		];
		expect(await statuses()).toEqual([200, 200]);
		control.setNewLoginInvalidates({ on: true });
		await logIn(SHOPER_ADMINS.owner);
		expect(await statuses()).toEqual([401, 401]);
		control.setNewLoginInvalidates({ on: false });
		const third = String((await logIn(SHOPER_ADMINS.owner)).body.access_token);
		control.setPassword({ login, password: 'Another-Pass-2026' });
		expect((await shop.call('GET', 'orders', { token: third })).status).toBe(401);
		expect((await logIn(SHOPER_ADMINS.owner)).body.error).toBe('auth_failure');
		expect((await logIn({ login, password: 'Another-Pass-2026' })).status).toBe(200);
		expect(control.logins().map(({ ok }) => ok)).toEqual([true, true, true, true, false, true]);
	});
});

describe('rights', () => {
	it.each([
		['helpdesk', 'GET', 'orders', 200],
		['helpdesk', 'GET', 'order-products', 200],
		['helpdesk', 'GET', 'statuses', 200],
		['helpdesk', 'GET', 'users/1', 200],
		['helpdesk', 'PUT', 'orders/1', 200],
		['helpdesk', 'DELETE', 'orders/1', 403],
		['helpdesk', 'POST', 'orders', 403],
		['helpdesk', 'PUT', 'users/1', 403],
		['helpdesk', 'GET', 'products', 403],
		['helpdesk', 'GET', 'payments', 403],
		['helpdesk', 'GET', 'application-config', 200],
		['readonly', 'GET', 'products/1', 200],
		['readonly', 'PUT', 'products/1', 403],
		['readonly', 'GET', 'orders', 403],
		['readonly', 'GET', 'application-version', 200],
		['full', 'GET', 'order-refunds', 403],
		['full', 'GET', 'order-transactions', 403],
		['full', 'GET', 'payments/1/channels', 403],
	] as const)('%s %s %s → %i', async (name, method, path, status) => {
		const body = method === 'GET' ? undefined : {};
		const answer = await shop.call(method, path, { token: SHOPER_TOKENS[name], body });
		expect(answer.status).toBe(status);
		if (status === 403) expect(answer.body.error).toBe('insufficient_scope');
	});

	it('includes the lower levels in a level, but not in a list', async () => {
		const { control } = shop.sandbox;
		const token = 'ab'.repeat(32);
		control.addToken({ token, rights: { users: 'edit' } });
		expect((await shop.call('GET', 'users', { token })).status).toBe(200);
		expect((await shop.call('DELETE', 'users/1', { token })).status).toBe(403);
		control.addToken({ token, rights: { users: ['edit'] } });
		expect((await shop.call('GET', 'users', { token })).status).toBe(403);
		control.removeToken({ token });
		expect((await shop.call('GET', 'users', { token })).status).toBe(401);
		expect(() => control.addToken({ token, rights: { order: 'read' } as never })).toThrow(
			'There is no area "order"',
		);
	});
});

describe('errors', () => {
	it.each([
		['GET', 'special-offers', 400, "Missing MODULE 'special-offers'"],
		['GET', 'orders/1/history', 400, "Missing MODULE 'orders'"],
		['GET', 'additional-field-options', 400, "Missing MODULE 'additional-field-options'"],
		['GET', 'warehouses', 400, 'Warehouses module is disabled'],
		['GET', 'orders/99999', 404, 'Resource not found'],
		['DELETE', 'users/99999', 404, 'Resource not found'],
		['PUT', 'statuses/1', 405, 'Method PUT is not allowed'],
		['DELETE', 'orders', 405, 'Method DELETE is not allowed'],
		['PATCH', 'orders/1', 405, 'Method PATCH is not allowed'],
		['GET', 'auth', 405, 'Method GET is not allowed'],
		['POST', 'languages', 500, 'Internal server error'],
		['GET', 'object-mtime/orders/1', 500, 'Internal server error'],
		['GET', 'object-mtime/order', 500, 'Internal server error'],
		['GET', 'object-mtime?object=order', 501, 'Not implemented'],
	])('%s %s → %i', async (method, path, status, text) => {
		const answer = await shop.call(method, path, { body: method === 'GET' ? undefined : {} });
		expect([answer.status, answer.body.error_description]).toEqual([status, text]);
	});

	it('tells malformed JSON', async () => {
		const answer = await shop.raw('PUT', 'orders/1', { body: '{"status_id":' });
		expect(JSON.parse(answer.body.toString())).toEqual({
			error: 'server_error',
			error_description: 'Decoding failed: Syntax error',
		});
	});

	it.each([
		['no token', null],
		['an unknown token', 'cd'.repeat(32)],
	])('refuses %s', async (_what, token) => {
		const { status, body } = await shop.call('GET', 'application-config', { token });
		expect([status, body.error]).toEqual([401, 'unauthorized_client']);
	});

	it.each([
		['setLocked', { on: true }, 503, 'temporarily_unavailable'],
		['setPaymentRequired', { on: true }, 402, 'access_denied'],
	])('%s', async (verb, argument, status, error) => {
		await shop.verb(verb, argument);
		const answer = await shop.get('orders');
		expect([answer.status, answer.body.error]).toEqual([status, error]);
	});

	it('is locked and unlocked through application-lock, with real booleans', async () => {
		expect((await shop.call('POST', 'application-lock', { body: {} })).value).toBe(true);
		expect((await shop.get('orders')).status).toBe(503);
		expect((await shop.call('DELETE', 'application-lock')).value).toBe(true);
		expect((await shop.get('application-lock')).value).toBe(false);
		expect((await shop.get('orders')).status).toBe(200);
	});

	it('answers 200 with a page everywhere when the domain is parked', async () => {
		shop.sandbox.control.setParked({ on: true });
		for (const path of ['orders', 'auth', 'application-config']) {
			const answer = await shop.raw('GET', path);
			expect([answer.status, answer.headers['content-type']]).toEqual([
				200,
				'text/html; charset=utf-8',
			]);
		}
	});

	it('redirects to its own host', async () => {
		shop.sandbox.control.setCanonicalHost({ host: 'shop.example.com' });
		const answer = await shop.raw('GET', 'orders?limit=2');
		expect([answer.status, answer.headers.location]).toEqual([
			301,
			'http://shop.example.com/webapi/rest/orders?limit=2',
		]);
	});

	it('compresses when asked to, and tolerates a slash at the end', async () => {
		const answer = await rawRequest(shop.sandbox.url, {
			method: 'GET',
			path: '/webapi/rest/orders/',
			headers: { Authorization: `Bearer ${SHOPER_TOKENS.full}`, 'Accept-Encoding': 'gzip' },
		});
		expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'gzip']);
	});
});

describe('the bucket', () => {
	const level = ({ headers }: Reply): string =>
		['calls', 'limit', 'bandwidth'].map((name) => headers[`x-shop-api-${name}`]).join('/');
	const ask = (token: string = SHOPER_TOKENS.full): Promise<Reply> =>
		shop.call('GET', 'application-version', { token });

	beforeEach(() => {
		shop.sandbox.control.freeze();
		shop.sandbox.control.setBucket({ limit: 10, perSecond: 2 });
	});

	it('fills, refuses with Retry-After, and drains by the clock of the shop', async () => {
		const { control } = shop.sandbox;
		for (let i = 1; i <= 10; i++) expect(level(await ask())).toBe(`${i}/10/2`);
		const refused = await ask();
		expect([refused.status, refused.headers['retry-after'], level(refused)]).toEqual([
			429,
			'1',
			'10/10/2',
		]);
		expect(refused.body.error).toBe('temporarily_unavailable');
		control.advance({ ms: 1_000 });
		expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([
			200, 200, 429,
		]);
		control.advance({ ms: 60_000 });
		expect(level(await ask())).toBe('1/10/2');
		expect(control.requests().filter(({ status }) => status === 429)).toHaveLength(2);
	});

	it('is one per token, sends its headers with failures too, and leaves logging in free', async () => {
		for (let i = 0; i < 10; i++) await ask();
		expect((await ask()).status).toBe(429);
		const other = await shop.call('GET', 'products', { token: SHOPER_TOKENS.helpdesk });
		expect([other.status, level(other)]).toEqual([403, '1/10/2']);
		for (let i = 0; i < 12; i++) expect((await logIn(SHOPER_ADMINS.owner)).status).toBe(200);
		shop.sandbox.control.setAuthCosts({ on: true });
		for (let i = 0; i < 10; i++) await logIn(SHOPER_ADMINS.owner);
		expect((await logIn(SHOPER_ADMINS.owner)).status).toBe(429);
	});

	it('knows who did not wait', async () => {
		const { control } = shop.sandbox;
		control.setBucket({ limit: 1, perSecond: 0.5 });
		await ask();
		expect((await ask()).headers['retry-after']).toBe('2');
		expect(control.ignoredRetryAfters()).toEqual([]);
		control.advance({ ms: 1_500 });
		await ask();
		expect(control.ignoredRetryAfters()).toMatchObject([
			{ keyName: 'full', method: 'GET', retryAfter: 2, earlyMs: 500 },
		]);
		control.clearRequests();
		control.advance({ ms: 2_000 });
		expect((await ask()).status).toBe(200);
		expect(control.ignoredRetryAfters()).toEqual([]);
	});

	it('charges a bulk call once or for each operation', async () => {
		const operation = { id: 'a', path: '/webapi/rest/application-version', method: 'GET' };
		const bulk = (): Promise<Reply> =>
			shop.call('POST', 'bulk', { body: [operation, operation, operation] });
		expect(level(await bulk())).toBe('1/10/2');
		shop.sandbox.control.setBulkCostsEach({ on: true });
		expect(level(await bulk())).toBe('4/10/2');
	});
});
