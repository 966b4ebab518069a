/** One shape for all failures, which survives n8n's error classes and never shows a secret. */
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import {
	cleanShopWords,
	isTransient,
	report,
	toNodeError,
} from '../../nodes/shared/http/errors.ts';
import { InputError, ShopError } from '../../nodes/shared/protocol/errors.ts';
import { cpuMs } from '../support/cpuTime.mts';
import type { Explanation, Failure, FailureKind } from '../../nodes/shared/protocol/failure.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';

const node: INode = {
	id: '1',
	name: 'Shop',
	type: 'test.demo',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const call: Call = {
	method: 'GET',
	path: ['orders', '17'],
	query: { ws_key: 'S3CRET', password: 'S3CRET' },
	body: { contentType: 'text/plain', text: 'S3CRET' },
};

const explanation: Explanation = {
	reason: 'The key may not do this.',
	fix: 'Tick the right.',
	right: 'orders – View (GET)',
};

const shopError = (failure: Partial<Failure>, words = explanation) =>
	new ShopError({ kind: 'rejected', sent: true, ...failure }, call, words);

const DOING = 'Get an order (Order ID 17)';

describe('a report', () => {
	test('of a failed request says what failed, why, what to do, and the facts for a developer', () => {
		const failure = { kind: 'permission', status: 403, code: '26' } as const;
		expect(report(shopError(failure), DOING)).toEqual({
			message: 'Get an order (Order ID 17): The key may not do this. Tick the right.',
			description: 'GET orders/17 · HTTP 403 · shop code 26 · missing right: orders – View (GET)',
			code: '26',
			hint: 'Tick the right.',
		});
	});

	test.each<[string, Partial<Failure>, string, string]>([
		['the network code', { kind: 'network', code: 'ECONNREFUSED' }, 'ECONNREFUSED', 'ECONNREFUSED'],
		['the status when the shop gave no code', { status: 500 }, '500', 'HTTP 500'],
		['the kind when there was no answer', { kind: 'timeout' }, 'timeout', ''],
	])('names %s', (_, failure, code, fact) => {
		const words = { reason: 'It failed.', fix: '' };
		const description = ['GET orders/17', fact].filter(Boolean).join(' · ');
		const expected = { message: `${DOING}: It failed.`, description, code, hint: '' };
		expect(report(shopError(failure, words), DOING)).toEqual(expected);
	});

	test('of wrong input names the field and the fix', () => {
		expect(report(new InputError('"Order" is empty.', 'Enter a value.'), DOING)).toEqual({
			message: `${DOING}: "Order" is empty. Enter a value.`,
			description: '',
			code: 'input',
			hint: 'Enter a value.',
		});
		expect(report(new InputError('It is wrong.'), DOING).message).toBe(`${DOING}: It is wrong.`);
	});

	test.each([
		['an error nobody expected', new TypeError('x is not a function'), 'x is not a function'],
		['something that is no error', 'just text', 'just text'],
		['nothing', undefined, 'undefined'],
	])('of %s is one as well', (_, error, words) => {
		expect(report(error, DOING)).toEqual({
			message: `${DOING}: ${words}`,
			description: '',
			code: 'unknown',
			hint: '',
		});
	});
});

describe('the error for n8n', () => {
	test('carries message, description, status and item', () => {
		const error = toNodeError(node, shopError({ status: 403, code: '26' }), DOING, 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'Get an order (Order ID 17): The key may not do this. Tick the right.',
			description: expect.stringContaining('HTTP 403 · shop code 26'),
			httpCode: '403',
			context: { itemIndex: 3 },
			level: 'warning',
		});
	});

	test.each([
		'ECONNREFUSED',
		'ECONNRESET',
		'ENOTFOUND',
		'ETIMEDOUT',
		'ECONNABORTED',
		'EHOSTUNREACH',
		'EAI_AGAIN',
		'EADDRNOTAVAIL',
		'CERT_HAS_EXPIRED',
	])('keeps our words when the network says %s, of which n8n has an own opinion', (code) => {
		const words = { reason: `The shop could not be reached (${code}).`, fix: 'Try again.' };
		const error = toNodeError(node, shopError({ kind: 'network', code }, words), DOING, 0);
		expect(error.message).toBe(`${DOING}: The shop could not be reached (${code}). Try again.`);
		expect(error).toMatchObject({ httpCode: code, messages: [] });
	});

	test.each([400, 401, 403, 404, 429, 500, 502, 503, 504])(
		'keeps our words with the HTTP status %d',
		(status) => {
			expect(toNodeError(node, shopError({ status }), DOING).message).toContain('Tick the right.');
		},
	);

	test('keeps words that hold the name of a network error by accident', () => {
		const error = toNodeError(node, new InputError('The pre-order "PREEXISTING" is none.'), DOING);
		expect(error.message).toBe(`${DOING}: The pre-order "PREEXISTING" is none.`);
	});

	test('of wrong input is no API error, and names the item too', () => {
		const error = toNodeError(node, new InputError('"Order" is empty.', 'Enter it.'), DOING, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: `${DOING}: "Order" is empty. Enter it.`,
			context: { itemIndex: 2 },
		});
	});

	test('names no item when there is none', () => {
		expect(toNodeError(node, shopError({}), DOING).context.itemIndex).toBeUndefined();
	});

	test.each([
		['an API error', new NodeApiError(node, { message: 'as it is' })],
		['an operation error', new NodeOperationError(node, 'as it is')],
	])('is not wrapped a second time: %s', (_, error) => {
		expect(toNodeError(node, error, DOING, 1)).toBe(error);
	});

	test.each<[FailureKind, string | undefined]>([
		['network', 'temporarily-unavailable'],
		['timeout', 'temporarily-unavailable'],
		['server', 'temporarily-unavailable'],
		['busy', 'rate-limited'],
		['credential', 'credential-invalid'],
		['permission', 'credential-invalid'],
		['disabled', 'configuration-invalid'],
		['notShop', 'configuration-invalid'],
		['redirect', 'configuration-invalid'],
		['malformed', undefined],
		['tooLarge', undefined],
		['notFound', undefined],
		['rejected', undefined],
	])("tells n8n's scheduler what a failure of the kind %s means: %s", (kind, cause) => {
		const { failure } = toNodeError(node, shopError({ kind }), DOING);
		expect(failure).toEqual(cause === undefined ? undefined : { cause });
	});

	test("tells n8n's scheduler how long the shop wants to be left alone", () => {
		const { failure } = toNodeError(node, shopError({ kind: 'busy', retryAfterMs: 90_000 }), DOING);
		expect(failure).toEqual({ cause: 'rate-limited', retryAfterMs: 90_000 });
	});
});

test.each<[FailureKind, boolean]>([
	['network', true],
	['timeout', true],
	['server', true],
	['busy', true],
	['malformed', true],
	['credential', false],
	['permission', false],
	['disabled', false],
	['notShop', false],
	['redirect', false],
	['tooLarge', false],
	['notFound', false],
	['rejected', false],
])('that a failure of the kind %s may pass by itself is %s', (kind, passes) => {
	expect(isTransient(shopError({ kind }))).toBe(passes);
	expect(isTransient(new InputError('no'))).toBe(false);
});

describe('secrets', () => {
	/** Everything of an error that n8n stores, logs or shows. */
	const shown = (error: Error) =>
		JSON.stringify([{ ...error }, error.message, error.stack, String(error), error.cause ?? null]);

	test('of a call do not get into the error', () => {
		const error = toNodeError(node, shopError({ status: 500 }), DOING, 0);
		expect(shown(error)).toContain('orders/17');
		expect(shown(error)).not.toContain('S3CRET');
	});

	test.each([
		['a query parameter', 'GET https://shop.example.com/api?ws_key=S3CRET&x=1 failed'],
		['an address', 'connect to https://anna:S3CRET@shop.example.com/api'],
		[
			'a header',
			'Headers: Authorization: Basic UzNDUkVUS0VZOg== Accept: */*'.replace(
				'UzNDUkVUS0VZOg==',
				'S3CRET0==',
			),
		],
		['a bearer token', 'sent Bearer S3CRET0123456789abcdef'],
		['a JSON document', '{"password":"S3CRET","ws_key" : "S3CRET"}'],
		['a PHP dump', 'Array ( [passwd] => S3CRET [name] => x )'],
		['an encoded address', 'next=%2Fapi%3Fws_key%3DS3CRET'],
		['quotes', 'api_key="S3CRET S3CRET"'],
		['single quotes', "token='S3CRET'"],
		['a cookie', 'admin_token=S3CRET; path=/'],
	])('are cut from %s in errors nobody expected and in what shops say', (_, text) => {
		expect(cleanShopWords(text)).not.toContain('S3CRET');
		expect(cleanShopWords(text)).toContain('***');
		const error = toNodeError(node, new Error(text), DOING, 0);
		expect(error.message).toContain('***');
		expect(shown(error)).not.toContain('S3CRET');
	});

	test.each([
		'Invalid key: the key is missing.',
		'Basic authentication is required',
		'password: at least 8 characters',
		'Property Customer->passwd is not valid',
	])('are not seen where none is: %s', (text) => {
		expect(cleanShopWords(text)).toBe(text);
	});
});

describe("a shop's own words", () => {
	test.each([
		['lose markup', '<p>Not <b>found</b></p>', 'Not found'],
		['keep what CDATA holds', '<![CDATA[Invalid key]]>', 'Invalid key'],
		['are decoded', '1 &lt; 2 &amp;&amp; &quot;x&quot; &#39;y&#039;', '1 < 2 && "x" \'y\''],
		['are decoded once', '&amp;lt;', '&lt;'],
		['fit on one line', ' a\r\n\tb\u0000\u001bc  d ', 'a b c d'],
		[
			'show no path of the server',
			'in /var/www/shop/classes/Db.php on line 5',
			'in (server file) on line 5',
		],
		['show no path of a Windows server', 'in C:\\web\\shop\\index.php', 'in (server file)'],
		[
			'stay as they are otherwise',
			'Zamówienie nie istnieje – 404',
			'Zamówienie nie istnieje – 404',
		],
		['may be empty', '', ''],
	])('%s', (_, text, clean) => {
		expect(cleanShopWords(text)).toBe(clean);
	});

	test('are looked for at the beginning of a page only', () => {
		expect(cleanShopWords(`${'<i>'.repeat(100)}soon`)).toBe('soon');
		expect(cleanShopWords(`${'<i>'.repeat(10_000)}late`)).not.toContain('late');
	});

	test('are short', () => {
		expect(cleanShopWords('x'.repeat(300))).toBe('x'.repeat(300));
		expect(cleanShopWords('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
	});

	test.each([
		['"<"', '<'.repeat(2_000_000)],
		['"<a"', '<a'.repeat(1_000_000)],
		['a path', '/a'.repeat(1_000_000)],
		['spaces', ' '.repeat(2_000_000)],
		['"key="', 'key='.repeat(500_000)],
		['a scheme', 'a'.repeat(2_000_000)],
	])('take no long work when they are an endless page of %s', (_, text) => {
		const work = cpuMs(() => expect(cleanShopWords(text).length).toBeLessThanOrEqual(301));
		expect(work).toBeLessThan(1_000);
	});
});
