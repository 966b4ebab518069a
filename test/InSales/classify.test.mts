/** What refusals mean: the five shapes of bodies, and the codes that are told apart. */
import { errorTexts } from '../../nodes/InSales/api/errorTexts.ts';
import { classify, wordsOf } from '../../nodes/InSales/api/classify.ts';
import type { Failure } from '../../nodes/shared/protocol/failure.ts';
import type { Call, Reply } from '../../nodes/shared/protocol/call.ts';

const GET: Call = { method: 'GET', path: ['orders', '5'] };
const PUT: Call = { method: 'PUT', path: ['orders', '5'] };
const ACCOUNT: Call = { method: 'GET', path: ['account'] };
const PAGE = '<!DOCTYPE html>\n<html><body><h1>Страница не найдена</h1></body></html>';

const reply = (status: number, text = '', headers: Reply['headers'] = {}): Reply => ({
	status,
	headers,
	text,
});

describe("the shop's own words", () => {
	test.each([
		[
			'a bare map',
			'{"title":["Указано не число","слишком длинное"],"base":["Нельзя"]}',
			'title: Указано не число, слишком длинное; base: Нельзя',
		],
		['a wrapped map', '{"status":"error","errors":{"options":["нет"]}}', 'options: нет'],
		['a message', '{"status":"error","message":"Недостаточно прав"}', 'Недостаточно прав'],
		['a bare message', '{"message":"incorrect Content-Type"}', 'incorrect Content-Type'],
		['a list of errors', '{"errors":["первая","вторая"]}', 'первая, вторая'],
		[
			'a field that is called message',
			'{"message":["не может быть пустым"]}',
			'message: не может быть пустым',
		],
		['a map inside a map', '{"client":{"phone":["занят"]}}', 'client: phone: занят'],
		["Rails' own", '{"status":400,"error":"Bad Request"}', 'Bad Request'],
		['plain text', 'Bad credentials', 'Bad credentials'],
	])('of %s', (_, text, words) => {
		expect(wordsOf(text)).toBe(words);
	});

	test.each([
		['a page', PAGE],
		['nothing', ''],
	])('are none in %s', (_, text) => {
		expect(wordsOf(text)).toBeUndefined();
	});
});

describe('an answer', () => {
	test.each<[string, Reply, Call, Partial<Failure>]>([
		['401 in plain text', reply(401, 'Access denied'), GET, { kind: 'credential' }],
		['402', reply(402), ACCOUNT, { kind: 'disabled', code: 'PLAN' }],
		['423', reply(423, '{"message":"x"}'), GET, { kind: 'disabled', code: 'PLAN' }],
		[
			'423 of a part',
			reply(423),
			{ method: 'GET', path: ['custom_statuses'] },
			{ kind: 'permission', code: 'PLAN' },
		],
		[
			'403 with words',
			reply(403, '{"status":"error","message":"Нет"}'),
			GET,
			{ kind: 'permission', shopMessage: 'Нет' },
		],
		['403 page', reply(403, PAGE), GET, { kind: 'rejected', code: 'FIREWALL' }],
		['404 of a record', reply(404, PAGE), GET, { kind: 'notFound' }],
		['404 of the account', reply(404, PAGE), ACCOUNT, { kind: 'notShop' }],
		[
			'422',
			reply(422, '{"title":["пусто"]}'),
			PUT,
			{ kind: 'rejected', shopMessage: 'title: пусто' },
		],
		[
			'503 with Retry-After',
			reply(503, '', { 'retry-after': '7' }),
			PUT,
			{ kind: 'busy', refused: true, retryAfterMs: 7_000 },
		],
		['503 without', reply(503, PAGE), GET, { kind: 'server', status: 503 }],
		['504', reply(504), GET, { kind: 'server', status: 504 }],
		['a page in place of data', reply(200, PAGE), GET, { kind: 'notShop' }],
		['a page in answer to a change', reply(200, PAGE), PUT, { kind: 'server' }],
		['nothing in place of data', reply(200, ' '), GET, { kind: 'malformed' }],
	])('%s', (_, answer, call, failure) => {
		expect(classify(answer, call)).toMatchObject({ sent: true, ...failure });
	});

	test.each([
		['data', reply(200, '[]'), GET],
		['201', reply(201, '{"id":1}'), PUT],
		['nothing in answer to a change', reply(200), PUT],
	])('%s is fine', (_, answer, call) => {
		expect(classify(answer, call)).toBeUndefined();
	});
});

describe('a failure is told', () => {
	const told = (failure: Partial<Failure>, call: Call = GET) => {
		const { reason, fix } = errorTexts({ kind: 'rejected', sent: true, ...failure }, call);
		return `${reason} ${fix}`;
	};

	test('a missing right: the key is fine, and where to tick it', () => {
		const text = told({ kind: 'permission', shopMessage: 'Недостаточно прав' });
		expect(text).toContain('Identifier and password are right');
		expect(text).toContain('orders (заказы) – view');
		expect(text).toContain('The shop says: Недостаточно прав.');
		expect(text).toContain('Расширения > Разработчикам');
	});

	test('the right to contents, when lines were to be changed', () => {
		const body = {
			contentType: 'application/json',
			text: '{"order":{"order_lines_attributes":[]}}',
		};
		expect(told({ kind: 'permission' }, { ...PUT, body })).toContain('edit the contents of orders');
		expect(told({ kind: 'permission' }, PUT)).toContain('fields, status, payment and delivery');
	});

	test('a used-up limit: nothing was sent, and when to go on', () => {
		const text = told({ kind: 'busy', code: 'USED_UP', sent: false, retryAfterMs: 212_300 });
		expect(text).toContain('nothing was sent');
		expect(text).toContain('Go on in 213 s.');
	});

	test('a redirect: the host it leads to', () => {
		const text = told({ kind: 'redirect', location: 'https://www.example.com/admin/account.json' });
		expect(text).toContain('on to https://www.example.com/admin/account.json.');
		expect(text).toContain('Enter that address as the shop URL');
	});

	test('an unclear answer to a change: look first', () => {
		expect(told({ kind: 'timeout' }, PUT)).toContain('look at the record before you repeat this');
		expect(told({ kind: 'timeout' }, GET)).toContain('Try again');
	});
});

describe('a refusal that may lie in the plan', () => {
	test.each<[string, string]>([
		['a web page that forbids', '<html>Forbidden</html>'],
		['no key known', 'HTTP Basic: Access denied.'],
	])('says so: %s', (_, text) => {
		const failure = classify(reply(text.startsWith('<') ? 403 : 401, text), GET);
		expect(failure && errorTexts(failure, GET).fix).toContain('plan (тариф)');
	});
});
