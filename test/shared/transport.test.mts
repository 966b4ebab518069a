/** Requests over real HTTP through n8n's helpers: what arrives, what is repeated, what is told. */
import { gzipSync } from 'node:zlib';

import type { IExecuteFunctions } from 'n8n-workflow';

import { toNodeError } from '../../nodes/shared/http/errors.ts';
import { unreadableJson } from '../../nodes/shared/http/jsonBounds.ts';
import { networkFailure } from '../../nodes/shared/http/reply.ts';
import { openTransport } from '../../nodes/shared/http/transport.ts';
import type { Transport } from '../../nodes/shared/http/transport.ts';
import { decoded } from '../../nodes/shared/http/verdict.ts';
import type { Call, Method } from '../../nodes/shared/protocol/call.ts';
import { ShopError } from '../../nodes/shared/protocol/errors.ts';
import type { Vendor } from '../../nodes/shared/protocol/vendor.ts';
import { XmlError } from '../../nodes/shared/text/xmlError.ts';
import {
	SECRET,
	TIMEOUT_MS,
	demoVendor,
	errorOf,
	failureOf,
	inExecution,
} from '../support/demoVendor.mts';
import type { Row } from '../support/demoVendor.mts';
import { ScriptedServer } from '../support/scriptedServer.mts';
import type { Answer } from '../support/scriptedServer.mts';

/** Waits asked for, in milliseconds; none is waited, the clock is put forward instead. */
const mockWaits: number[] = [];
let mockClock = 0;

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => {
		mockWaits.push(ms);
		const until = Date.now() + ms;
		await new Promise<void>((resolve) => setImmediate(resolve));
		mockClock += Math.max(0, until - Date.now());
	},
}));

const realNow = Date.now.bind(Date);
jest.spyOn(Date, 'now').mockImplementation(() => realNow() + mockClock);

const WRITES: Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

const list: Call = { method: 'GET', path: ['orders'], query: { page: '1' } };
const write = (method: Method): Call => ({
	method,
	path: ['orders', '1'],
	...(method !== 'DELETE' && { body: { contentType: 'application/xml', text: '<a>ż</a>' } }),
});

const rows: Answer = { headers: { 'content-type': 'application/json' }, body: '[{"id":"1"}]' };

let server: ScriptedServer;
let other: ScriptedServer;

beforeAll(async () => {
	server = await new ScriptedServer().start();
	other = await new ScriptedServer(() => rows).start();
});
afterAll(async () => {
	await server.stop();
	await other.stop();
	jest.restoreAllMocks();
});
beforeEach(() => {
	mockWaits.length = 0;
	// Pauses that a shop asked for in an earlier test are over.
	mockClock += 60_000;
	other.script();
});

/** Talks to the scripted shop for the length of one run. */
async function talk<T>(
	use: (transport: Transport<Row>, context: IExecuteFunctions) => Promise<T>,
	credentials: { shopUrl?: string; sendKeyAs?: string } = {},
	deadline?: number,
): Promise<T> {
	return await inExecution({ shopUrl: server.url, ...credentials }, async (context) =>
		use(await openTransport(context, demoVendor, deadline), context),
	);
}

const send = async (call: Call) => await talk(async (shop) => await shop.send(call));

describe('a request', () => {
	test('carries method, address, headers and body as the vendor says, and the key', async () => {
		server.script(rows);
		await send({ ...write('PUT'), path: ['orders', 'a/b ż?'], query: { 'filter[x]': '[1|2]' } });
		expect(server.received).toEqual([
			expect.objectContaining({
				method: 'PUT',
				url: '/api/orders/a%2Fb%20%C5%BC%3F?filter%5Bx%5D=%5B1%7C2%5D',
				body: '<a>ż</a>',
				headers: expect.objectContaining({
					accept: 'application/json',
					authorization: `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}`,
					'content-type': 'application/xml',
				}),
			}),
		]);
	});

	test('can carry the key in the query', async () => {
		server.script(rows);
		await talk(async (shop) => await shop.send(list), { sendKeyAs: 'query' });
		expect(server.received[0]?.url).toBe(`/api/orders?page=1&ws_key=${SECRET}`);
		expect(server.received[0]?.headers.authorization).toBeUndefined();
	});

	test('of a read has no body', async () => {
		server.script(rows);
		await send(list);
		expect(server.received[0]).toMatchObject({ method: 'GET', body: '' });
	});

	test('can carry bytes', async () => {
		server.script(rows);
		const bytes = new Uint8Array([65, 66, 67]);
		await send({ method: 'POST', path: ['images'], body: { contentType: 'image/png', bytes } });
		expect(server.received[0]).toMatchObject({
			body: 'ABC',
			headers: expect.objectContaining({ 'content-type': 'image/png' }),
		});
	});
});

describe('an answer', () => {
	test('arrives with status, headers in lower case, and its text', async () => {
		server.script({
			status: 201,
			headers: { 'X-Version': '8', 'content-type': 'text/xml' },
			body: '<a>ż</a>',
		});
		expect(await send(list)).toMatchObject({
			status: 201,
			headers: { 'x-version': '8' },
			text: '<a>ż</a>',
		});
	});

	test.each([
		['JSON', 'application/json', '{"a":[1]}'],
		['a number, which is JSON too', 'text/plain', '42'],
		['empty', 'text/plain', ''],
	])('that is %s is a text as well', async (_, type, body) => {
		server.script({ headers: { 'content-type': type }, body });
		expect((await send(list)).text).toBe(body);
	});

	test('that is packed is unpacked', async () => {
		const headers = { 'content-encoding': 'gzip', 'content-type': 'text/xml' };
		server.script({ headers, body: gzipSync('<a>packed</a>') });
		expect((await send(list)).text).toBe('<a>packed</a>');
	});

	test('can be a file', async () => {
		const bytes = Buffer.from([0x89, 0x50, 0xff, 0x00]);
		server.script({ headers: { 'content-type': 'image/png' }, body: bytes });
		const reply = await send({ ...list, answer: 'file' });
		expect(Buffer.from(reply.bytes ?? [])).toEqual(bytes);
		expect(reply.text).toBe('');
	});

	test('in words where a file was expected is judged as words', async () => {
		server.script({ status: 403, headers: { 'content-type': 'text/xml' }, body: 'no right' });
		const failure = await failureOf(async () => await send({ ...list, answer: 'file' }));
		expect(failure).toMatchObject({ kind: 'permission', shopMessage: 'no right' });
	});

	test('is decoded to records', async () => {
		server.script(rows);
		expect([...(await talk(async (shop) => await shop.records(list)))]).toEqual([{ id: '1' }]);
	});

	test('that cannot be decoded is told as such after a second try, without what it holds of secrets', async () => {
		const broken = { body: `ws_key=${SECRET} oops` };
		server.script(broken, broken);
		const error = await errorOf(async () => await talk(async (shop) => await shop.records(list)));
		expect(error).toMatchObject({ failure: { kind: 'malformed', sent: true, status: 200 } });
		expect(error.message).not.toContain(SECRET);
		expect(server.received).toHaveLength(2);
	});

	test('that is damaged is asked for again', async () => {
		server.script({ body: '[{"id":"1"},{"id' }, rows);
		expect([...(await talk(async (shop) => await shop.records(list)))]).toEqual([{ id: '1' }]);
	});

	test('that is nested so deeply that reading it would end the process is refused', async () => {
		const nested = { body: '['.repeat(600) + ']'.repeat(600) };
		server.script(nested, nested);
		expect(await failureOf(async () => await send(list))).toMatchObject({
			kind: 'malformed',
			shopMessage: 'its values are nested too deeply',
		});
	});

	test('that is too much to be understood is not asked for again', () => {
		const decode = () => {
			throw new XmlError('too-large', 'The XML has more elements than allowed.');
		};
		const reply = { status: 200, headers: {}, text: '<a/>' };
		const call: Call = { method: 'GET', path: ['rows'] };
		const failure = decoded({ ...demoVendor, decode }, reply, call);
		expect(failure).toEqual({ kind: 'tooLarge', sent: true, status: 200 });
	});

	test('that holds more values than fit in memory is refused unread, and not asked for again', () => {
		const json = `[${'{},'.repeat(600_000)}{}]`;
		const reply = { status: 200, headers: {}, text: json };
		expect(unreadableJson(reply)).toEqual({ kind: 'tooLarge', sent: true, status: 200 });
		const fine = { ...reply, text: `["${'{},'.repeat(600_000)}"]` };
		expect(unreadableJson(fine)).toBeUndefined();
	});

	test('that unpacks to more than allowed is cut off, and not asked for again', async () => {
		const headers = { 'content-encoding': 'gzip', 'content-type': 'text/xml' };
		const before = process.memoryUsage().rss;
		server.script({ headers, body: gzipSync(Buffer.alloc(200 * 1024 * 1024)) }, rows);
		expect(await failureOf(async () => await send(list))).toEqual({
			kind: 'tooLarge',
			sent: true,
			status: 200,
		});
		expect(server.received).toHaveLength(1);
		expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
	});

	test('that announces more than allowed is not read at all', async () => {
		server.script({ headers: { 'content-length': '1000000000' }, body: '' }, rows);
		expect(await failureOf(async () => await send(list))).toMatchObject({ kind: 'tooLarge' });
	});

	test('that is a file has a bound of its own', async () => {
		const headers = { 'content-type': 'image/png' };
		const file = { ...list, answer: 'file' as const };
		server.script({ headers, body: Buffer.alloc(3_000) }, { headers, body: Buffer.alloc(4_001) });
		expect((await send(file)).bytes).toHaveLength(3_000);
		expect(await failureOf(async () => await send(file))).toMatchObject({ kind: 'tooLarge' });
	});

	test.each([
		['of the allowed size is accepted', 2_000, true],
		['that is larger is refused', 2_001, false],
	])('%s', async (_, size, fine) => {
		server.script({ body: 'x'.repeat(size) });
		const attempt = async () => (await send(list)).text.length;
		if (fine) expect(await attempt()).toBe(size);
		else expect(await failureOf(attempt)).toMatchObject({ kind: 'tooLarge', sent: true });
		expect(server.received).toHaveLength(1);
	});

	test('is measured in bytes, not in letters', async () => {
		server.script({ body: 'ż'.repeat(1_001) });
		expect(await failureOf(async () => await send(list))).toMatchObject({ kind: 'tooLarge' });
	});
});

describe('a redirect', () => {
	test.each([301, 302, 303, 307, 308])(
		'(%d) is not followed, so the key goes nowhere else',
		async (status) => {
			const location = `${other.url}/api/orders?ws_key=${SECRET}#top`;
			for (const call of [list, write('POST')]) {
				server.script({ status, headers: { location } });
				const error = await errorOf(async () => await send(call));
				expect(error).toMatchObject({
					failure: { kind: 'redirect', sent: true, status, location: `${other.url}/api/orders` },
				});
				expect(error.message).not.toContain(SECRET);
				expect(server.received).toHaveLength(1);
			}
			expect(other.received).toEqual([]);
		},
	);

	test.each([
		[
			'shows no user name of the address',
			(url: string) => url.replace('//', '//me:x@') + '/a',
			'/a',
		],
		['shows no key in its path', (url: string) => `${url}/a/${SECRET}/b`, '/a/***/b'],
		['to a place on the same host is named in full', () => '/fr/', '/fr/'],
	])('%s', async (_, target, path) => {
		server.script({ status: 301, headers: { location: target(server.url) } });
		expect(await failureOf(async () => await send(list))).toMatchObject({
			location: `${server.url}${path}`,
		});
	});

	test.each([
		['another host', 'https://shop.example.com/a', 'shop.example.com'],
		['a file', 'file:///etc/passwd', undefined],
		['nonsense', 'http://', undefined],
	])('to %s is no address to enter', async (_, location, elsewhere) => {
		server.script({ status: 301, headers: { location } });
		const failure = await failureOf(async () => await send(list));
		expect(failure.location).toBeUndefined();
		expect(failure.elsewhere).toBe(elsewhere);
	});

	test('without an address is left to the vendor', async () => {
		server.script({ status: 304, headers: { 'content-type': 'text/html' } });
		expect(await failureOf(async () => await send(list))).toMatchObject({ kind: 'notShop' });
	});
});

describe('a read is repeated', () => {
	test.each<[string, Answer, number]>([
		['a connection that broke', 'reset', 250],
		['an answer that broke off', 'break', 250],
		['a bad gateway', { status: 502 }, 250],
		['an overloaded server', { status: 503 }, 250],
		['a gateway that waited too long', { status: 504 }, 250],
	])('after %s', async (_, answer, least) => {
		server.script(answer, rows);
		expect((await send(list)).status).toBe(200);
		expect(server.received).toHaveLength(2);
		expect(mockWaits).toHaveLength(1);
		expect(mockWaits[0]).toBeGreaterThanOrEqual(least);
		expect(mockWaits[0]).toBeLessThan(least * 2);
	});

	test('after no answer in time', async () => {
		server.script('hang', rows);
		expect((await send(list)).status).toBe(200);
		expect(server.received).toHaveLength(2);
	});

	test('three times in all, then the failure is told', async () => {
		server.script('reset', 'reset', 'reset', rows);
		expect(await failureOf(async () => await send(list))).toEqual({
			kind: 'network',
			sent: true,
			code: 'ECONNRESET',
		});
		expect(server.received).toHaveLength(3);
	});

	test('not after an internal error', async () => {
		server.script({ status: 500, body: 'Out of memory' }, rows);
		expect(await failureOf(async () => await send(list))).toMatchObject({
			kind: 'server',
			status: 500,
			shopMessage: 'Out of memory',
		});
		expect(server.received).toHaveLength(1);
	});
});

describe.each(WRITES)('a write (%s)', (method) => {
	test.each<[string, Answer]>([
		['the connection broke', 'reset'],
		['the answer broke off', 'break'],
		['a gateway answered 502', { status: 502 }],
		['the server was overloaded', { status: 503, headers: { 'retry-after': '0' } }],
		['a gateway answered 504', { status: 504 }],
	])('is not repeated when it may have been carried out: %s', async (_, answer) => {
		server.script(answer, rows);
		const failure = await failureOf(async () => await send(write(method)));
		expect(failure.sent).toBe(true);
		expect(server.received).toHaveLength(1);
	});

	test('is repeated after a rate limit', async () => {
		server.script({ status: 429, headers: { 'retry-after': '0' } }, rows);
		expect((await send(write(method))).status).toBe(200);
		expect(server.received).toHaveLength(2);
	});
});

test('a write that got no answer in time is not repeated', async () => {
	server.script('hang', rows);
	expect(await failureOf(async () => await send(write('POST')))).toMatchObject({
		kind: 'timeout',
		sent: true,
	});
	expect(server.received).toHaveLength(1);
});

describe('a rate limit', () => {
	test('is waited for as long as the shop says, then the request succeeds', async () => {
		server.script({ status: 429, headers: { 'retry-after': '7' } }, rows);
		expect((await send(list)).status).toBe(200);
		expect(mockWaits.filter((wait) => wait >= 7_000 && wait < 7_500)).toHaveLength(1);
		expect(server.received).toHaveLength(2);
	});

	test('that lasts too long is told, with its time', async () => {
		server.script({ status: 429, headers: { 'retry-after': '31' } });
		expect(await failureOf(async () => await send(list))).toEqual({
			kind: 'busy',
			sent: true,
			status: 429,
			retryAfterMs: 31_000,
		});
		expect(server.received).toHaveLength(1);
		expect(mockWaits).toEqual([]);
		// Others hear of it as well, until the time is up.
		expect(await failureOf(async () => await send(list))).toMatchObject({
			kind: 'busy',
			sent: false,
			code: 'USED_UP',
		});
		expect(server.received).toHaveLength(1);
	});

	test('that stays is told after six tries', async () => {
		const again: Answer = { status: 429, headers: { 'retry-after': '0' } };
		server.script(again, again, again, again, again, again, rows);
		expect(await failureOf(async () => await send(list))).toMatchObject({ kind: 'busy' });
		expect(server.received).toHaveLength(6);
	});
});

test('a connection that is refused is repeated, even for a write, and was surely not sent', async () => {
	const closed = await new ScriptedServer().start();
	const shopUrl = closed.url;
	await closed.stop();
	for (const call of [list, write('POST')]) {
		mockWaits.length = 0;
		const attempt = async () => await talk(async (shop) => await shop.send(call), { shopUrl });
		expect(await failureOf(attempt)).toEqual({
			kind: 'network',
			sent: false,
			code: 'ECONNREFUSED',
		});
		expect(mockWaits).toHaveLength(2);
	}
});

describe('a failure that will not pass', () => {
	const fatal: Array<[string, Answer]> = [
		['credential', { status: 401 }],
		['disabled', { status: 423 }],
		['notShop', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
		['busy', { status: 429, headers: { 'retry-after': '31' } }],
	];

	const page: Answer = { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' };
	const record: Call = { method: 'GET', path: ['orders', '9'] };
	const hostPage: Vendor<Row> = {
		...demoVendor,
		classify: (reply, call) =>
			reply.text === '<html>'
				? { kind: 'notShop', sent: true, status: reply.status }
				: demoVendor.classify(reply, call),
	};
	const inRun = async <T,>(use: (shop: Transport<Row>) => Promise<T>) =>
		await inExecution({ shopUrl: server.url }, async (context) =>
			use(await openTransport(context, hostPage)),
		);

	test('is not believed of the whole shop once the shop has answered: a page in place of a record is its absence', async () => {
		server.script(rows, page, page, rows);
		await inRun(async (shop) => {
			await shop.send(list);
			expect(await failureOf(async () => await shop.send(record))).toMatchObject({
				kind: 'notFound',
				status: 404,
			});
			// A list is never missing: what was not read must not look empty.
			expect(await failureOf(async () => await shop.send(list))).toMatchObject({
				kind: 'notShop',
				code: 'OWN_PAGE',
			});
			expect((await shop.send(list)).status).toBe(200);
		});
	});

	test('is believed when nothing else was answered', async () => {
		server.script(page, rows);
		await inRun(async (shop) => {
			for (const call of [record, list]) {
				expect(await failureOf(async () => await shop.send(call))).toMatchObject({
					kind: 'notShop',
				});
			}
		});
	});

	test('of the key is asked for a second time when the shop has answered, not for a third', async () => {
		server.script(rows, { status: 401 }, { status: 401 }, rows);
		await talk(async (shop) => {
			await shop.send(list);
			for (let item = 0; item < 4; item++) {
				expect(await failureOf(async () => await shop.send(record))).toMatchObject({
					kind: 'credential',
				});
			}
		});
		expect(server.received).toHaveLength(3);
	});

	test.each(fatal)('(%s) is not asked for twice in one run', async (kind, answer) => {
		server.script(answer, rows, rows);
		const failures = await talk(async (shop) => [
			await failureOf(async () => await shop.send(list)),
			await failureOf(async () => await shop.send(write('POST'))),
		]);
		expect(failures).toEqual([
			expect.objectContaining({ kind, sent: true }),
			expect.objectContaining({ kind, sent: false }),
		]);
		expect(server.received).toHaveLength(1);
	});

	test('reaches those who waited for a free place before they ask', async () => {
		server.script(...Array.from({ length: 10 }, (): Answer => ({ status: 401 })));
		const kinds = await talk(
			async (shop) =>
				await Promise.all(
					Array.from({ length: 10 }, async () => {
						const { kind } = await failureOf(async () => await shop.send(list));
						return kind;
					}),
				),
		);
		expect(kinds).toEqual(Array.from({ length: 10 }, () => 'credential'));
		expect(server.received.length).toBeLessThanOrEqual(demoVendor.limits.concurrency);
	});

	test('is asked for again in the next run', async () => {
		server.script({ status: 401 }, rows);
		await failureOf(async () => await send(list));
		expect((await send(list)).status).toBe(200);
	});

	test.each<[string, Answer]>([
		['a missing right', { status: 403 }],
		['a record that is not there', { status: 404 }],
		['an internal error', { status: 500 }],
		[
			'a redirect, which may concern one part of the shop',
			{ status: 301, headers: { location: '/x' } },
		],
	])('is not %s: other requests go on', async (_, answer) => {
		server.script(answer, rows);
		const status = await talk(async (shop) => {
			await failureOf(async () => await shop.send({ method: 'GET', path: ['orders', '9'] }));
			return (await shop.send(list)).status;
		});
		expect(status).toBe(200);
	});
});

describe('a deadline', () => {
	test('that is too near keeps a request from starting', async () => {
		server.script(rows);
		const attempt = async () =>
			await talk(async (shop) => await shop.send(list), {}, Date.now() + 900);
		expect(await failureOf(attempt)).toEqual({ kind: 'timeout', sent: false, code: 'OUT_OF_TIME' });
		expect(server.received).toEqual([]);
		expect(mockWaits).toEqual([]);
	});

	test('ends the repeats, and nothing is waited for in vain', async () => {
		server.script({ status: 429, headers: { 'retry-after': '20' } }, rows);
		const attempt = async () =>
			await talk(async (shop) => await shop.send(list), {}, Date.now() + 20_500);
		expect(await failureOf(attempt)).toMatchObject({ kind: 'busy' });
		expect(server.received).toHaveLength(1);
		expect(mockWaits).toEqual([]);
	});

	test('that is far enough changes nothing', async () => {
		server.script(rows);
		const reply = await talk(async (shop) => await shop.send(list), {}, Date.now() + 60_000);
		expect(reply.status).toBe(200);
	});
});

describe('an answer that never ends', () => {
	test('is given up after the whole time of a request, which is told, and its place is free', async () => {
		const answers: Answer[] = ['trickle', 'trickle', 'trickle', rows];
		server.script(...answers);
		const closed = server.closed;
		const failure = await failureOf(async () => await send(list));
		expect(failure).toMatchObject({ kind: 'timeout', sent: true });
		expect(failure.waitedMs).toBeGreaterThanOrEqual(2 * TIMEOUT_MS);
		expect((await send(list)).status).toBe(200);
		expect(server.closed - closed).toBe(3);
	});

	test('ends with the time of the poll', async () => {
		server.script('trickle', rows);
		const startedAt = realNow();
		const attempt = async () =>
			await talk(async (shop) => await shop.send(list), {}, Date.now() + 1_200);
		expect(await failureOf(attempt)).toMatchObject({ kind: 'timeout', sent: true });
		expect(realNow() - startedAt).toBeLessThan(2 * TIMEOUT_MS);
	});
});

describe('a stop of the execution', () => {
	test('ends a request under way at once', async () => {
		server.script('trickle', rows);
		const stop = new AbortController();
		const failure = await inExecution({ shopUrl: server.url }, async (context) => {
			context.getExecutionCancelSignal = () => stop.signal;
			const sent = openTransport(context, demoVendor).then(async (shop) => await shop.send(list));
			stop.abort();
			return await failureOf(async () => await sent);
		});
		expect(failure).toMatchObject({ code: 'ERR_CANCELED' });
		expect(server.received.length).toBeLessThanOrEqual(1);
	});
});

describe('the key', () => {
	test.each<[string, Answer]>([
		['a wrong key', { status: 401, body: `ws_key=${SECRET}` }],
		['a broken connection', 'reset'],
		['no answer', 'hang'],
		['an internal error', { status: 500 }],
		['a redirect', { status: 302, headers: { location: `/login?ws_key=${SECRET}` } }],
	])('is in no message and no error after %s, wherever it was sent', async (_, answer) => {
		for (const sendKeyAs of ['header', 'query']) {
			server.script(answer);
			const shown = await talk(
				async (shop, context) => {
					const error = await errorOf(async () => await shop.send(write('POST')));
					const told = toNodeError(context.getNode(), error, 'Change an order', 0);
					return JSON.stringify([{ ...told }, told.message, told.stack, { ...error }, error.stack]);
				},
				{ sendKeyAs },
			);
			expect(shown).toContain('Change an order');
			expect(shown).not.toContain(SECRET);
			expect(shown).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 20));
		}
	});
});

describe('what goes wrong on our side', () => {
	test('while classifying an answer is not taken for a request that was never sent', async () => {
		server.script({ body: 'classifier-breaks' });
		const error = await errorOf(async () => await send(write('POST')));
		expect(error).not.toBeInstanceOf(ShopError);
		expect(error.message).toBe('The classifier broke.');
	});

	test('with the credential is told before any request', async () => {
		server.script(rows);
		const attempt = async () => await talk(async (shop) => await shop.send(list), { shopUrl: '' });
		expect((await errorOf(attempt)).message).toBe('The shop URL is empty.');
		expect(server.received).toEqual([]);
	});
});

describe('a failure of the network layer', () => {
	test.each<[string, unknown, object]>([
		['a name that does not exist', { code: 'ENOTFOUND' }, { kind: 'network', sent: false }],
		['a broken connection', { cause: { code: 'ECONNRESET' } }, { kind: 'network', sent: true }],
		['an end of patience', { code: 'ECONNABORTED' }, { kind: 'timeout', sent: true }],
		['an end of patience below', { httpCode: 'ETIMEDOUT' }, { kind: 'timeout', sent: true }],
		['a cancelled run', { code: 'ERR_CANCELED' }, { kind: 'timeout', sent: true }],
		['a wrong certificate', { code: 'CERT_HAS_EXPIRED' }, { kind: 'network' }],
		[
			'a status where a code belongs',
			{ httpCode: '404', message: 'x' },
			{ kind: 'rejected', sent: false },
		],
		['nothing but words', new Error('no <b>way</b>'), { kind: 'rejected', shopMessage: 'no way' }],
		[
			'the inner code before the outer',
			{ code: 'ERR_X', cause: { code: 'EPIPE' } },
			{ code: 'EPIPE' },
		],
	])('is sorted: %s', (_, error, failure) => {
		expect(networkFailure(error)).toMatchObject(failure);
	});
});

describe('shops do not wait for each other', () => {
	/** A context whose requests end when the test says so. */
	function contextOf(shopUrl: string, credentialId: string, started: string[]) {
		return {
			getCredentials: async () => ({ shopUrl, key: SECRET }),
			getNode: () => ({ credentials: { demoApi: { id: credentialId, name: 'x' } } }),
			helpers: {
				httpRequestWithAuthentication: async () => {
					started.push(`${shopUrl} ${credentialId}`);
					return await new Promise(() => {});
				},
			},
		} as unknown as IExecuteFunctions;
	}

	const alone: Vendor<Row> = { ...demoVendor, limits: { ...demoVendor.limits, concurrency: 1 } };

	test('but a shop that asks for a pause is left alone by those who waited, too', async () => {
		const times: number[] = [];
		const context = contextOf('https://c.example', '1', []);
		context.helpers.httpRequestWithAuthentication = async () => {
			times.push(Date.now());
			return times.length === 1
				? { statusCode: 429, headers: { 'retry-after': '7' }, body: '' }
				: { statusCode: 200, headers: {}, body: '[]' };
		};
		const transport = await openTransport(context, alone);
		await Promise.all([transport.send(list), transport.send(list)]);
		const [first = 0, ...later] = times;
		expect(later).toHaveLength(2);
		for (const time of later) expect(time - first).toBeGreaterThanOrEqual(7_000);
	});

	test('two shops or two credentials never share a place; the same credential does', async () => {
		const started: string[] = [];
		for (const [shopUrl, id] of [
			['https://a.example', '1'],
			['https://a.example', '1'],
			['https://a.example', '2'],
			['https://b.example', '1'],
		] as const) {
			const transport = await openTransport(contextOf(shopUrl, id, started), alone);
			// None of them is ever answered.
			transport.send(list).catch(() => {});
		}
		await new Promise<void>((resolve) => setImmediate(resolve));
		expect(started).toEqual(['https://a.example 1', 'https://a.example 2', 'https://b.example 1']);
	});
});
