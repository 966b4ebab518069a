/** What is wrong with an answer, and how a shop owner is told. */
import { errorTexts } from '../../nodes/Shoper/api/errorTexts.ts';
import { classify } from '../../nodes/Shoper/api/classify.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import type { Call, Reply } from '../../nodes/shared/protocol/call.ts';

const GET: Call = { method: 'GET', path: ['orders', '5'] };
const LIST: Call = { method: 'GET', path: ['orders'], query: { filters: '{"date_add":1}' } };
const PUT: Call = { method: 'PUT', path: ['orders', '5'] };
const POST: Call = { method: 'POST', path: ['orders'] };
const AUTH: Call = { method: 'POST', path: ['auth'] };
const CONFIG: Call = { method: 'GET', path: ['application-config'] };

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
	status,
	headers,
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

const error = (code: string, text = 'Słowa sklepu') => ({ error: code, error_description: text });

const PAGE = '<!doctype html><title>Parked</title>';

describe('fine answers', () => {
	test.each<[string, Reply, Call]>([
		['a record', answer(200, { order_id: '5' }), GET],
		['a new ID', answer(200, '93'), POST],
		['1 for a change', answer(200, '1'), PUT],
		['nothing for a change', answer(200, ''), PUT],
		['settings', answer(200, { shop_name: 'x' }), CONFIG],
		['a token', answer(200, { access_token: 'x' }), AUTH],
	])('%s', (_name, reply, call) => {
		expect(classify(reply, call)).toBeUndefined();
	});
});

describe('a host that replaces the words of the shop by a page of its own', () => {
	test.each([
		[401, 'credential'],
		[402, 'disabled'],
		[423, 'disabled'],
		[403, 'rejected'],
	])('%d is %s', (status, kind) => {
		for (const text of ['', PAGE]) {
			expect(classify({ status, headers: {}, text }, GET)).toMatchObject({ kind });
		}
	});
});

describe('failures', () => {
	test.each<[string, Reply, Call, Partial<Failure>, string]>([
		[
			'a missing record',
			answer(404, error('invalid_request')),
			GET,
			{ kind: 'notFound' },
			'no record 5 in orders',
		],
		[
			'the same with the old code',
			answer(404, error('server_error')),
			GET,
			{ kind: 'notFound' },
			'no record 5 in orders',
		],
		[
			'a filter the resource does not know',
			answer(404, error('invalid_request')),
			LIST,
			{ kind: 'rejected', code: 'UNKNOWN_FIELD' },
			'does not know one of the fields',
		],
		[
			'a change of a missing record',
			answer(404, error('invalid_request')),
			PUT,
			{ kind: 'notFound' },
			'no record 5',
		],
		[
			'a resource that is not there',
			answer(400, error('invalid_request', "Missing MODULE 'x'")),
			LIST,
			{ kind: 'rejected', code: 'NO_RESOURCE' },
			'no resource "orders"',
		],
		[
			'a validation',
			answer(400, error('invalid_request', "Wartość pola 'email' jest niepoprawna: Pole wymagane")),
			POST,
			{ kind: 'rejected' },
			"Wartość pola 'email'",
		],
		[
			'a wrong token',
			answer(401, error('unauthorized_client')),
			GET,
			{ kind: 'credential' },
			'API token',
		],
		[
			'a wrong login',
			answer(401, error('auth_failure')),
			AUTH,
			{ kind: 'credential' },
			'login and password',
		],
		[
			'an address that may not log in',
			answer(401, error('auth_ip_not_allowed')),
			AUTH,
			{ kind: 'credential' },
			'IP address',
		],
		[
			'a group without the web API',
			answer(401, error('auth_webapi_access_denied')),
			AUTH,
			{ kind: 'disabled' },
			'dostęp do webapi',
		],
		[
			'a group without the panel',
			answer(401, error('auth_admin_access_denied')),
			AUTH,
			{ kind: 'disabled' },
			'no access to the panel',
		],
		[
			'a payment that is due',
			answer(402, error('access_denied')),
			GET,
			{ kind: 'disabled' },
			'payment is due',
		],
		[
			'a missing right',
			answer(403, error('insufficient_scope')),
			PUT,
			{ kind: 'permission' },
			'Zamówienia (orders) – edycja (edit)',
		],
		[
			'a method that is not offered',
			answer(405, error('invalid_request')),
			PUT,
			{ kind: 'rejected' },
			'Słowa sklepu',
		],
		[
			'a record somebody edits',
			answer(409, error('server_error')),
			PUT,
			{ kind: 'busy', refused: true },
			'editing this record',
		],
		[
			'the same with the other code',
			answer(409, error('temporarily_unavailable')),
			PUT,
			{ kind: 'busy', refused: true },
			'editing this record',
		],
		[
			'an internal error',
			answer(500, error('server_error')),
			GET,
			{ kind: 'server' },
			'internal error (HTTP 500)',
		],
		[
			'something not implemented',
			answer(501, error('server_error')),
			GET,
			{ kind: 'rejected' },
			'refused',
		],
		[
			'a locked shop',
			answer(503, error('temporarily_unavailable'), { 'retry-after': '5' }),
			GET,
			{ kind: 'server', retryAfterMs: 5000 },
			'locked or overloaded',
		],
		[
			'an error that comes with 200',
			answer(200, error('server_error', 'Decoding failed: Syntax error')),
			PUT,
			{ kind: 'rejected' },
			'Decoding failed',
		],
		['a parked page', answer(200, PAGE), GET, { kind: 'notShop' }, 'no Shoper shop'],
		[
			'a parked page in answer to a login',
			answer(200, PAGE),
			AUTH,
			{ kind: 'notShop' },
			'no Shoper shop',
		],
		[
			'other JSON as settings',
			answer(200, { hello: 1 }),
			CONFIG,
			{ kind: 'notShop' },
			'no Shoper shop',
		],
		[
			'a page in answer to a change, which says nothing',
			answer(200, PAGE),
			PUT,
			{ kind: 'server' },
			'look at the record',
		],
		[
			'0 for a change',
			answer(200, '0'),
			PUT,
			{ kind: 'rejected', code: 'NOT_DONE' },
			'changed nothing',
		],
		[
			'a firewall',
			answer(403, PAGE),
			GET,
			{ kind: 'rejected', code: 'FIREWALL' },
			'in front of the shop',
		],
		['a page that is not there', answer(404, PAGE), GET, { kind: 'notShop' }, 'no Shoper shop'],
		['a gateway', answer(502, PAGE), GET, { kind: 'server' }, 'does not answer'],
		['an address that is too long', answer(414, PAGE), LIST, { kind: 'tooLarge' }, 'too large'],
	])('%s', (_name, reply, call, expected, words) => {
		const failure = classify(reply, call);
		expect(failure).toMatchObject({ ...expected, sent: true, status: reply.status });
		const { reason, fix } = errorTexts(failure as Failure, call);
		expect(`${reason} ${fix}`).toContain(words);
		expect(reason).toMatch(/[.!?…]$/);
		expect(fix).toMatch(/[.!?…]$/);
	});
});

test('an unclear answer to a change never advises to try again', () => {
	for (const kind of ['network', 'timeout', 'server', 'malformed', 'tooLarge'] as const) {
		const { fix } = errorTexts({ kind, sent: true, status: 500 }, PUT);
		expect(fix).toContain('look at the record before you repeat this');
	}
	expect(errorTexts({ kind: 'network', sent: false }, PUT).fix).toMatch(/try again/i);
	expect(errorTexts({ kind: 'timeout', sent: true }, AUTH).fix).toContain('Try again');
});

test('an allowance that is used up says when to go on', () => {
	const failure: Failure = { kind: 'busy', sent: false, code: 'USED_UP', retryAfterMs: 41_200 };
	expect(errorTexts(failure, GET)).toMatchObject({
		reason: 'The requests that the shop grants are used up.',
		fix: expect.stringContaining('Go on in 42 s'),
	});
});

test('what only selected applications may use is not blamed on a right', () => {
	const failure: Failure = { kind: 'permission', sent: true, status: 403 };
	for (const path of [['order-refunds'], ['payments', '2', 'channels']]) {
		const told = errorTexts(failure, { method: 'GET', path });
		expect(told.reason).toContain('only to applications it has selected');
		expect(told.right).toBeUndefined();
	}
});

describe('an answer that was cut or dirtied', () => {
	test.each([
		['JSON that breaks off', '{"order_id":"5","date'],
		['a number that is none', '{"order_id":NaN}'],
		['nothing at all', ''],
	])('is damaged, and the shop is still a shop: %s', (_, text) => {
		expect(classify(answer(200, text), GET)).toMatchObject({ kind: 'malformed', sent: true });
	});
});
