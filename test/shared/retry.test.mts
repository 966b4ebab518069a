/** Which failed request is sent again, and after how long. */
import {
	MAX_BUSY_TRIES,
	MAX_TRIES,
	parseRetryAfter,
	retryDelay,
	wasNeverSent,
} from '../../nodes/shared/http/retry.ts';
import type { Method } from '../../nodes/shared/protocol/call.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';

const WRITES: Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

const refused: Failure = { kind: 'network', sent: false, code: 'ECONNREFUSED' };
const reset: Failure = { kind: 'network', sent: true, code: 'ECONNRESET' };
const timeout: Failure = { kind: 'timeout', sent: true, code: 'ECONNABORTED' };
const limited: Failure = { kind: 'busy', sent: true, status: 429 };
const status = (code: number): Failure => ({ kind: 'server', sent: true, status: code });

describe('a read', () => {
	test.each<[string, Failure]>([
		['a connection that was refused', refused],
		['a connection that broke', reset],
		['no answer in time', timeout],
		['a rate limit', limited],
		['a bad gateway', status(502)],
		['an overloaded server', status(503)],
		['a gateway that waited too long', status(504)],
	])('is repeated after %s', (_, failure) => {
		expect(retryDelay(failure, 'GET', 1, 0)).toBe(250);
	});

	test.each<[string, Failure]>([
		['an internal error', status(500)],
		['a status nobody knows', { kind: 'server', sent: true }],
		['a wrong key', { kind: 'credential', sent: true, status: 401 }],
		['a missing right', { kind: 'permission', sent: true, status: 403 }],
		['a webservice that is off', { kind: 'disabled', sent: true, status: 503 }],
		['a page that is no shop', { kind: 'notShop', sent: true, status: 200 }],
		['a redirect', { kind: 'redirect', sent: true, status: 301 }],
		['an answer that is too large', { kind: 'tooLarge', sent: true, status: 200 }],
		['a record that is not there', { kind: 'notFound', sent: true, status: 404 }],
		['a request that is wrong', { kind: 'rejected', sent: false }],
		['a certificate that ran out', { kind: 'network', sent: false, code: 'CERT_HAS_EXPIRED' }],
		[
			'a certificate for another name',
			{ kind: 'network', sent: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
		],
		['a stop by the user', { kind: 'timeout', sent: true, code: 'ERR_CANCELED' }],
	])('is not repeated after %s', (_, failure) => {
		expect(retryDelay(failure, 'GET', 1, 0)).toBeUndefined();
	});
});

test('a read whose answer is damaged is repeated once, a write never', () => {
	const damaged: Failure = { kind: 'malformed', sent: true, status: 200 };
	expect(retryDelay(damaged, 'GET', 1, 0)).toBe(250);
	expect(retryDelay(damaged, 'GET', 2, 0)).toBeUndefined();
	expect(retryDelay(damaged, 'POST', 1, 0)).toBeUndefined();
});

describe.each(WRITES)('a write (%s)', (method) => {
	test.each<[string, Failure]>([
		['the connection was never made', refused],
		['the shop refused it for its rate limit', limited],
	])('is repeated when %s', (_, failure) => {
		expect(retryDelay(failure, method, 1, 0)).toBe(250);
	});

	test.each<[string, Failure]>([
		['the connection broke', reset],
		['no answer came in time', timeout],
		['a gateway answered 502', status(502)],
		['the server was overloaded', status(503)],
		['a gateway answered 504', status(504)],
		['an overloaded server named a time', { ...status(503), retryAfterMs: 0 }],
		['the shop is busy in a way that says nothing about the request', { kind: 'busy', sent: true }],
	])('is never repeated when it may have been carried out: %s', (_, failure) => {
		expect(retryDelay(failure, method, 1, 0)).toBeUndefined();
	});
});

describe('the wait', () => {
	test.each([
		[1, 0, 250],
		[1, 0.999, 499.75],
		[2, 0, 500],
		[2, 0.5, 750],
	])('before try %d + 1 grows and is spread (random %d)', (tries, random, delay) => {
		expect(retryDelay(reset, 'GET', tries, random)).toBeCloseTo(delay, 5);
	});

	test('ends after three tries', () => {
		expect(MAX_TRIES).toBe(3);
		expect(retryDelay(reset, 'GET', 2, 0)).toBe(500);
		expect(retryDelay(reset, 'GET', 3, 0)).toBeUndefined();
	});

	test('ends after six tries when the shop puts the request off', () => {
		expect(MAX_BUSY_TRIES).toBe(6);
		expect(retryDelay({ ...limited, retryAfterMs: 0 }, 'GET', 5, 0)).toBe(0);
		expect(retryDelay({ ...limited, retryAfterMs: 0 }, 'GET', 6, 0)).toBeUndefined();
	});

	test.each([
		['nothing', 0, 0],
		['a few seconds', 7_000, 7_000],
		['as long as allowed', 30_000, 30_000],
		['longer than anybody waits', 30_001, undefined],
	])('is at least what the shop asked for: %s', (_, retryAfterMs, delay) => {
		expect(retryDelay({ ...limited, retryAfterMs }, 'GET', 1, 0)).toBe(delay);
		expect(retryDelay({ ...limited, retryAfterMs }, 'POST', 1, 0)).toBe(delay);
	});

	test('is spread beyond what the shop asked for, so that not all come back at once', () => {
		expect(retryDelay({ ...limited, retryAfterMs: 7_000 }, 'GET', 1, 0.8)).toBe(7_200);
	});
});

describe('Retry-After', () => {
	const now = Date.parse('2026-03-01T12:00:00Z');

	test.each([
		['seconds', '120', 120_000],
		['seconds with spaces around', ' 5 ', 5_000],
		['a fraction of a second', '0.5', 500],
		['nothing to wait for', '0', 0],
		['a negative number, which means now', '-3', 0],
		['a date to come', 'Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
		['a date that has passed', 'Sun, 01 Mar 2026 11:00:00 GMT', 0],
	])('may be %s', (_, value, delay) => {
		expect(parseRetryAfter(value, now)).toBe(delay);
	});

	test.each([
		['absent', undefined],
		['empty', ''],
		['blank', '  '],
		['a word', 'soon'],
		['endless', 'Infinity'],
	])('says nothing when it is %s', (_, value) => {
		expect(parseRetryAfter(value, now)).toBeUndefined();
	});
});

test.each([
	['ECONNREFUSED', true],
	['ENOTFOUND', true],
	['EAI_AGAIN', true],
	['EHOSTUNREACH', true],
	['ENETUNREACH', true],
	['ECONNRESET', false],
	['EPIPE', false],
	['ETIMEDOUT', false],
	['ECONNABORTED', false],
	['', false],
	[undefined, false],
])('with the network code %s, that the request was never sent is %s', (code, never) => {
	expect(wasNeverSent(code)).toBe(never);
});

test('a time that no shop means is read as a day', () => {
	expect(parseRetryAfter('1000000000', 0)).toBe(24 * 60 * 60_000);
});
