/** Logins that become tokens: how often a shop sees one, and what becomes of a token that expired. */
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialType,
	IHttpRequestHelper,
	INodeType,
} from 'n8n-workflow';

import { testCredential } from '../../nodes/shared/http/credentialTest.ts';
import {
	renewToken,
	sessionToken,
	tokenOf,
	withToken,
} from '../../nodes/shared/http/loginSession.ts';
import { openTransport } from '../../nodes/shared/http/transport.ts';
import type { Transport } from '../../nodes/shared/http/transport.ts';
import type { Login, Vendor } from '../../nodes/shared/protocol/vendor.ts';
import { demoVendor, failureOf } from '../support/demoVendor.mts';
import type { Row } from '../support/demoVendor.mts';
import { executeNode } from '../support/engine.mts';
import { ScriptedServer } from '../support/scriptedServer.mts';
import type { Answer, Received } from '../support/scriptedServer.mts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A shop with one account; tokens are `token-1`, `token-2` and so on. */
class LoginShop {
	password = 'right';

	logins = 0;

	valid = '';

	answer = ({ url, headers }: Received): Answer => {
		if (url === '/api/auth') {
			this.logins++;
			const expected = `Basic ${Buffer.from(`me:${this.password}`).toString('base64')}`;
			if (headers.authorization !== expected) return { status: 401, body: 'auth_failure' };
			this.valid = `token-${this.logins}`;
			return { headers: JSON_TYPE, body: JSON.stringify({ token: this.valid }) };
		}
		if (this.valid === '' || headers.authorization !== `Bearer ${this.valid}`) {
			return { status: 401, body: 'token refused' };
		}
		return { headers: JSON_TYPE, body: url === '/api/probe' ? '{"shop":"Demo"}' : '[{"id":"1"}]' };
	};
}

const login: Login = {
	call: { method: 'POST', path: ['auth'] },
	request: ({ user, password, apiToken }, { url }) =>
		apiToken
			? undefined
			: {
					method: 'POST',
					url: `${url}/api/auth`,
					auth: { username: String(user), password: String(password) },
				},
	token: ({ text }) => (JSON.parse(text) as { token?: string }).token,
	identity: ({ shopUrl, user, password, apiToken }) =>
		[shopUrl, user, password, apiToken].map((part) => String(part ?? '')),
};

const vendor: Vendor<Row> & { login: Login } = {
	...demoVendor,
	login,
	authenticate: (credentials, request) => {
		const token = credentials.apiToken ?? tokenOf(login, credentials);
		return token === undefined
			? request
			: { ...request, headers: { ...request.headers, Authorization: `Bearer ${String(token)}` } };
	},
};

const credentialType: ICredentialType = {
	name: 'demoApi',
	displayName: 'Demo API',
	properties: [sessionToken],
	async preAuthentication(this: IHttpRequestHelper, credentials) {
		return await renewToken(this, vendor, credentials);
	},
	authenticate: async (credentials, request) => vendor.authenticate(credentials, request),
};

let shop: LoginShop;
let server: ScriptedServer;

beforeEach(async () => {
	shop = new LoginShop();
	server = await new ScriptedServer(shop.answer).start();
});
afterEach(async () => {
	await server.stop();
});

/** Runs `use` in a node; `credentials` is what n8n has stored, and is brought up to date. */
async function run<T>(
	credentials: ICredentialDataDecryptedObject,
	use: (shop: Transport<Row>) => Promise<T>,
): Promise<T> {
	let outcome: Promise<T> | undefined;
	const node: INodeType = {
		description: {
			displayName: 'Demo',
			name: 'demo',
			group: ['transform'],
			version: 1,
			description: 'Asks',
			defaults: { name: 'Demo' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'demoApi', required: true }],
			properties: [],
		},
		async execute() {
			outcome = openTransport(this, vendor).then(use);
			await outcome.catch(() => {});
			return [[]];
		},
	};
	await executeNode({ node, credentialType, credentials }, {});
	if (!outcome) throw new Error('The node was not executed.');
	return await outcome;
}

const stored = (more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	shopUrl: server.url,
	user: 'me',
	password: 'right',
	...more,
});

const list = async ({ records }: Transport<Row>) =>
	await records({ method: 'GET', path: ['orders'] });

test('one login serves all runs', async () => {
	const credentials = stored();
	expect([...(await run(credentials, list))]).toEqual([{ id: '1' }]);
	expect([...(await run(credentials, list))]).toEqual([{ id: '1' }]);
	expect(shop.logins).toBe(1);
	expect(credentials.sessionToken).toMatch(/^[0-9a-f]{16}\.token-1$/);
});

test('requests side by side log in once, at first and when the token has expired', async () => {
	const credentials = stored();
	const many = async (transport: Transport<Row>) =>
		await Promise.all(Array.from({ length: 6 }, async () => await list(transport)));
	expect(await run(credentials, many)).toHaveLength(6);
	expect(shop.logins).toBe(1);
	shop.valid = 'another';
	expect(await run(credentials, many)).toHaveLength(6);
	expect(shop.logins).toBe(2);
	expect(credentials.sessionToken).toMatch(/token-2$/);
});

test('a wrong password is tried once, however many requests wait, and told as such', async () => {
	const credentials = stored({ password: 'wrong' });
	const failures = await run(
		credentials,
		async (transport) =>
			await Promise.all(
				Array.from({ length: 5 }, async () => await failureOf(async () => await list(transport))),
			),
	);
	expect(shop.logins).toBe(1);
	for (const failure of failures) {
		expect(failure).toMatchObject({ kind: 'credential', status: 401, shopMessage: 'auth_failure' });
	}
});

test('a password that was changed in the shop fails with one login, and the edited credential works', async () => {
	const credentials = stored();
	await run(credentials, list);
	shop.password = 'newer';
	shop.valid = '';
	const failure = await run(
		credentials,
		async (transport) => await failureOf(async () => await list(transport)),
	);
	expect(failure).toMatchObject({ kind: 'credential', shopMessage: 'auth_failure' });
	expect(shop.logins).toBe(2);
	// n8n keeps the old token when the credential is edited.
	credentials.password = 'newer';
	expect([...(await run(credentials, list))]).toEqual([{ id: '1' }]);
	expect(shop.logins).toBe(3);
});

test('a token is not used for another shop, account or password', () => {
	const credentials = { ...stored(), sessionToken: '' };
	const edits: ICredentialDataDecryptedObject[] = [
		{ shopUrl: 'https://other.example.com' },
		{ user: 'you' },
		{ password: 'x' },
	];
	const mark = String(withToken(login, credentials, 'token').sessionToken).split('.')[0];
	const kept = `${mark}.token`;
	expect(tokenOf(login, { ...credentials, sessionToken: kept })).toBe('token');
	for (const edit of edits)
		expect(tokenOf(login, { ...credentials, ...edit, sessionToken: kept })).toBeUndefined();
});

test('a lasting token needs no login, and is not sent again and again when it is refused', async () => {
	shop.valid = 'lasting';
	expect([...(await run(stored({ apiToken: 'lasting' }), list))]).toEqual([{ id: '1' }]);
	const failure = await run(
		stored({ apiToken: 'revoked' }),
		async (transport) => await failureOf(async () => await list(transport)),
	);
	expect(failure).toMatchObject({ kind: 'credential', status: 401, shopMessage: 'token refused' });
	expect(shop.logins).toBe(0);
	expect(server.received.length).toBeLessThanOrEqual(3);
});

test('a login page that is no shop is told as such', async () => {
	server.script({ headers: { 'content-type': 'text/html' }, body: '<html>' });
	const failure = await run(
		stored(),
		async (transport) => await failureOf(async () => await list(transport)),
	);
	expect(failure.kind).toBe('notShop');
});

describe('the test of a credential', () => {
	const tested = async (data: ICredentialDataDecryptedObject) => {
		const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
		return await testCredential(context, vendor, { id: '1', name: 'Test', type: 'demoApi', data });
	};

	test('logs in with what the dialog holds, whatever token is stored', async () => {
		expect(await tested(stored({ sessionToken: 'abc.token' }))).toEqual({
			status: 'OK',
			message: 'Connected to Demo',
		});
		expect(shop.logins).toBe(1);
	});

	test('tells a wrong password after one login', async () => {
		const result = await tested(stored({ password: 'wrong' }));
		expect(result.status).toBe('Error');
		expect(result.message).toContain('auth_failure');
		expect(result.message).not.toContain('wrong');
		expect(shop.logins).toBe(1);
	});
});
