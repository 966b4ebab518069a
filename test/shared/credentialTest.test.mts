/** What the credential dialog says, through n8n's own test context and real HTTP. */
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { testCredential } from '../../nodes/shared/http/credentialTest.ts';
import type { Vendor } from '../../nodes/shared/protocol/vendor.ts';
import { SECRET, demoVendor } from '../support/demoVendor.mts';
import type { Row } from '../support/demoVendor.mts';
import { ScriptedServer } from '../support/scriptedServer.mts';
import type { Answer } from '../support/scriptedServer.mts';

const HTML: Answer = { headers: { 'content-type': 'text/html' }, body: '<html>' };
const FINE: Answer = { headers: { 'content-type': 'application/json' }, body: '{"shop":"Żaba"}' };
const OTHER = 'The shop is there, but its API is not switched on.';

let server: ScriptedServer;

beforeAll(async () => {
	server = await new ScriptedServer().start();
});
afterAll(async () => {
	await server.stop();
});

async function tested(
	data: Record<string, string> | undefined = { shopUrl: server.url },
	vendor: Vendor<Row> = demoVendor,
): Promise<INodeCredentialTestResult> {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	return await testCredential(context, vendor, {
		id: '1',
		name: 'Test',
		type: 'demoApi',
		data: data && { key: SECRET, ...data },
	});
}

test('a good credential is told in the words of the vendor, after one request with the key', async () => {
	server.script(FINE);
	expect(await tested()).toEqual({ status: 'OK', message: 'Connected to Żaba' });
	expect(server.received).toEqual([
		expect.objectContaining({
			method: 'GET',
			url: '/api/probe',
			headers: expect.objectContaining({
				authorization: `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}`,
			}),
		}),
	]);
});

test('the key may go in the query', async () => {
	server.script(FINE);
	expect(await tested({ shopUrl: server.url, sendKeyAs: 'query' })).toMatchObject({ status: 'OK' });
	expect(server.received[0]?.url).toBe(`/api/probe?ws_key=${SECRET}`);
});

test.each<[string, Answer, string]>([
	['a wrong key', { status: 401 }, 'Reason credential 401. Fix credential.'],
	['a missing right', { status: 403 }, 'Reason permission 403. Fix permission.'],
	['an API that is off', { status: 423 }, 'Reason disabled 423. Fix disabled.'],
	['a request that is refused', { status: 400 }, 'Reason rejected 400.'],
	['an internal error', { status: 500 }, 'Reason server 500. Fix server.'],
	['too many requests', { status: 429 }, 'Reason busy 429. Fix busy.'],
	['a broken connection', 'reset', 'Reason network ECONNRESET. Fix network.'],
])('%s is told apart', async (_, answer, message) => {
	server.script(answer);
	expect(await tested()).toEqual({ status: 'Error', message });
	expect(server.received).toHaveLength(1);
});

test('a server that is not there is told apart', async () => {
	const closed = await new ScriptedServer().start();
	const shopUrl = closed.url;
	await closed.stop();
	expect(await tested({ shopUrl })).toEqual({
		status: 'Error',
		message: 'Reason network ECONNREFUSED. Fix network.',
	});
});

test('a redirect is not followed and shows where it leads, without the key', async () => {
	server.script({ status: 301, headers: { location: `${server.url}/de/api?ws_key=${SECRET}` } });
	const { status, message } = await tested({ shopUrl: server.url, sendKeyAs: 'query' });
	expect([status, message]).toEqual([
		'Error',
		`Reason redirect 301 ${server.url}/de/api. Fix redirect.`,
	]);
	expect(server.received).toHaveLength(1);
});

describe('when the answer is none of the API, another address is tried', () => {
	test.each<[string, Answer]>([
		['works', FINE],
		['knows the key', { status: 401 }],
		['says that the API is off', { status: 423 }],
		['misses a right', { status: 403 }],
	])('and the shop is found where it %s', async (_, answer) => {
		server.script(HTML, answer);
		expect(await tested()).toEqual({ status: 'Error', message: OTHER });
		expect(server.received.map(({ url }) => url)).toEqual(['/api/probe', '/other/probe']);
	});

	test.each<[string, Answer]>([
		['is no API either', HTML],
		['leads elsewhere, as every site may', { status: 302, headers: { location: '/login' } }],
		['fails, as every site may', { status: 500 }],
		['breaks', 'reset'],
		['refuses the request', { status: 400 }],
	])('but is no proof of a shop when it %s', async (_, answer) => {
		server.script(HTML, answer);
		expect(await tested()).toEqual({
			status: 'Error',
			message: 'Reason notShop 200. Fix notShop.',
		});
		expect(server.received).toHaveLength(2);
	});

	test('unless the vendor knows none', async () => {
		server.script(HTML);
		const probe = { ...demoVendor.probe, alternative: () => undefined };
		expect(await tested(undefined, { ...demoVendor, probe })).toMatchObject({
			message: 'Reason notShop 200. Fix notShop.',
		});
		expect(server.received).toHaveLength(1);
	});
});

test.each<[string, Record<string, string>, string]>([
	['an empty address', { shopUrl: '' }, 'The shop URL is empty. Enter the address of the shop.'],
	[
		'plain http',
		{ shopUrl: 'http://shop.example.com' },
		'The shop URL uses plain http, which would send the key readably over the network. Use https://, or switch on "Allow Plain HTTP" if you accept that.',
	],
	['an empty key', { shopUrl: 'shop.example.com', key: '' }, 'The key is empty. Enter the key.'],
])('%s is told with what to do, before any request', async (_, data, message) => {
	server.script();
	expect(await tested(data)).toEqual({ status: 'Error', message });
	expect(server.received).toEqual([]);
});

test('an answer the vendor cannot read is a result, not a crash', async () => {
	server.script({ body: '{"shop"' });
	const { status, message } = await tested();
	expect(status).toBe('Error');
	expect(message).toContain('JSON');
});

test('a credential without data is a result, not a crash', async () => {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	const credential = { id: '1', name: 'Test', type: 'demoApi' };
	expect(await testCredential(context, demoVendor, credential)).toEqual({
		status: 'Error',
		message: 'The shop URL is empty. Enter the address of the shop.',
	});
});

test('further requests complete the message, and may fail without harm', async () => {
	const vendor: Vendor<Row> = {
		...demoVendor,
		probe: {
			...demoVendor.probe,
			also: [
				{ method: 'GET', path: ['version'] },
				{ method: 'GET', path: ['orders', '1'] },
			],
			success: (_, also = []) =>
				also.map((each) => ('kind' in each ? each.kind : each.text)).join(' and '),
		},
	};
	server.script(FINE, { headers: { 'content-type': 'text/plain' }, body: '5.26' }, { status: 403 });
	const result = await tested({ shopUrl: server.url }, vendor);
	expect(result).toEqual({ status: 'OK', message: '5.26 and permission' });
	expect(server.received.map(({ url }) => url)).toEqual([
		'/api/probe',
		'/api/version',
		'/api/orders/1',
	]);
});

test('a failure may prove the credential good', async () => {
	const vendor: Vendor<Row> = {
		...demoVendor,
		probe: {
			...demoVendor.probe,
			accepts: ({ kind }) => (kind === 'permission' ? 'The key is good.' : undefined),
		},
	};
	server.script({ status: 403 });
	const good = await tested({ shopUrl: server.url }, vendor);
	expect(good).toEqual({ status: 'OK', message: 'The key is good.' });
	server.script({ status: 401 });
	expect(await tested({ shopUrl: server.url }, vendor)).toMatchObject({ status: 'Error' });
});
