/** What a shop owner reads when something stands between n8n and the shop: cause, cure, no secrets. */
import { startPrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { PrestaShopSandbox } from '../../sandbox/prestashop/shop.mts';
import type { Fault } from '../../sandbox/shared/faults.mts';
import { executeNode } from '../support/engine.mts';
import { FULL, LIMITED, actionBench, testCredentials } from './fixtures.mts';

let shop: PrestaShopSandbox;

// A shop of its own for each test: one that asked for a pause is left alone by the tests that follow.
beforeEach(async () => {
	shop = await startPrestaShopSandbox();
});

afterEach(async () => {
	await shop.close();
});

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

const page = (title: string, text = '') =>
	`<!doctype html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1>${text}</body></html>`;

interface Symptom {
	name: string;
	fault: Omit<Fault, 'times'>;
	/** What is wrong. */
	cause: string;
	/** What to do. */
	cure: string;
}

const SYMPTOMS: Symptom[] = [
	{
		name: '401 in plain text: the server drops the key',
		fault: {
			kind: 'status',
			status: 401,
			headers: {
				'WWW-Authenticate': 'Basic realm="Welcome to PrestaShop Webservice, please enter"',
			},
			body: '401 Unauthorized',
		},
		cause: 'did not receive the API key',
		cure: '"Enable CGI mode for PHP"',
	},
	{
		name: '401 of another realm: the whole site has a password',
		fault: {
			kind: 'status',
			status: 401,
			headers: { 'WWW-Authenticate': 'Basic realm="Staging"' },
			body: page('Unauthorized'),
		},
		cause: 'protected by a password of the web server',
		cure: 'Exclude /api',
	},
	{
		name: '404 page: no rewriting, or another folder',
		fault: { kind: 'status', status: 404, headers: HTML, body: page('Not Found') },
		cause: 'no PrestaShop webservice at this address',
		cure: 'Check the shop URL',
	},
	{
		name: '200 page: front office, or a protection against robots',
		fault: { kind: 'html' },
		cause: 'A web page came back',
		cure: 'exclude /api',
	},
	{
		name: '301 to https',
		fault: {
			kind: 'redirect',
			status: 301,
			location: 'https://shop.example.com/api/orders?ws_key=x',
		},
		cause: 'sends this request on to another host, shop.example.com.',
		cure: 'Check the shop URL in the credential',
	},
	{
		name: '302 to www',
		fault: { kind: 'redirect', status: 302, location: 'https://www.example.com/' },
		cause: 'sends this request on to another host, www.example.com.',
		cure: 'Check the shop URL in the credential',
	},
	{
		name: '403 page',
		fault: { kind: 'status', status: 403, headers: HTML, body: page('Forbidden') },
		cause: 'firewall in front of the shop refused',
		cure: 'Ask the host',
	},
	{
		name: '406 of mod_security',
		fault: { kind: 'status', status: 406, headers: HTML, body: page('Not Acceptable') },
		cause: 'firewall in front of the shop refused',
		cure: 'Ask the host',
	},
	{
		name: '413 page',
		fault: { kind: 'status', status: 413, headers: HTML, body: page('Too Large') },
		cause: 'too large',
		cure: 'fewer records',
	},
	{
		name: '414 page',
		fault: { kind: 'status', status: 414, headers: HTML, body: page('URI Too Long') },
		cause: 'too large',
		cure: 'fewer records',
	},
	{
		name: '429 with a wait longer than worth waiting for',
		fault: { kind: 'status', status: 429, headers: { 'Retry-After': '600' }, body: 'slow down' },
		cause: 'too many requests',
		cure: 'Go on in 600 s',
	},
	{
		name: '503 page of the host',
		fault: {
			kind: 'status',
			status: 503,
			headers: { ...HTML, 'Retry-After': '600' },
			body: page('Maintenance'),
		},
		cause: 'does not serve the shop at the moment (HTTP 503)',
		cure: 'try again later',
	},
	{
		name: '500 without a word',
		fault: { kind: 'status', status: 500, headers: HTML },
		cause: 'internal error (HTTP 500) and gives no reason',
		cure: 'log files of the shop',
	},
	{
		name: '500 of a developer mode page',
		fault: {
			kind: 'status',
			status: 500,
			headers: HTML,
			body: 'Fatal error: Uncaught PrestaShopException: Boom in /var/www/html/classes/Tools.php:1182',
		},
		cause: 'Boom in (server file)',
		cure: 'log files of the shop',
	},
	{
		name: '200 of a developer mode page (8.2 and later)',
		fault: {
			kind: 'status',
			status: 200,
			headers: HTML,
			body: '\nFatal error: Uncaught PDOException: SQLSTATE[42S22]: Column not found in /var/www/html/classes/db/DbPDO.php:151\nStack trace:\n#0 {main}',
		},
		cause: 'Uncaught PDOException: SQLSTATE[42S22]: Column not found in (server file)',
		cure: 'log files of the shop',
	},
	{
		name: 'an answer cut short',
		fault: {
			kind: 'status',
			status: 200,
			headers: { 'Content-Type': 'text/xml', 'PSWS-Version': '8.2.1' },
			body: '<?xml version="1.0"?><prestashop><orders><order><id>1</id>',
		},
		cause: 'answer cannot be read',
		cure: "shop's developer",
	},
	{
		name: 'connection cut',
		fault: { kind: 'reset' },
		cause: 'broke off (ECONNRESET)',
		cure: 'Check that the shop is online',
	},
];

const getOrder = { resource: 'order', operation: 'get', orderId: { mode: 'id', value: '1' } };

function basicOf(key: string): string {
	return Buffer.from(`${key}:`).toString('base64');
}

function expectNoSecrets(...texts: Array<string | null | undefined>): void {
	for (const text of texts) {
		expect(text ?? '').not.toContain(LIMITED);
		expect(text ?? '').not.toContain(basicOf(LIMITED));
		expect(text ?? '').not.toContain('ws_key');
		expect(text ?? '').not.toContain('/var/www');
	}
}

describe.each(SYMPTOMS)('$name', ({ fault, cause, cure }) => {
	beforeEach(() => {
		shop.control.addFault({ ...fault, times: 0 });
	});

	test.each(['header', 'query'])('is told by an operation (key as %s)', async (sendKeyAs) => {
		const { error } = await executeNode(actionBench(shop, LIMITED, { sendKeyAs }), getOrder);
		expect(error?.message).toMatch(/^Get an order \(Order ID 1\): /);
		expect(error?.message).toContain(cause);
		expect(error?.message).toContain(cure);
		expectNoSecrets(error?.message, error?.description, JSON.stringify(error));
	});

	test('is told by the credential test', async () => {
		const { status, message } = await testCredentials(shop, LIMITED);
		expect(status).toBe('Error');
		expect(message).toContain(cause);
		expect(message).toContain(cure);
		expectNoSecrets(message);
	});
});

describe('keys', () => {
	const CASES = [
		[
			'an unknown key',
			'UNKNOWNKEY0000000000000000000009',
			'does not know this API key',
			'must be listed there and active',
		],
		[
			'a disabled key',
			'DISABLEDKEY000000000000000000003',
			'does not know this API key',
			'must be listed there and active',
		],
		[
			'a key without rights',
			'NOPERMISSIONSKEY0000000000000005',
			'no rights at all',
			'tick what the workflow needs',
		],
	] as const;

	test.each(CASES)('%s', async (_, key, cause, cure) => {
		const { error } = await executeNode(actionBench(shop, key), getOrder);
		const { status, message } = await testCredentials(shop, key);
		expect(status).toBe('Error');
		for (const text of [error?.message, message]) {
			expect(text).toContain(cause);
			expect(text).toContain(cure);
			expect(text).not.toContain(key);
		}
	});

	test('a key that is too short is found before any request', async () => {
		shop.control.clearRequests();
		const { message } = await testCredentials(shop, 'ABC');
		expect(message).toContain('has 3 characters, but PrestaShop keys have 32');
		const { error } = await executeNode(actionBench(shop, 'ABC'), getOrder);
		expect(error?.message).toContain('has 3 characters');
		expect(shop.control.requests()).toEqual([]);
	});

	test('the server drops the header: the key as a parameter helps', async () => {
		shop.control.setStripAuthorization({ on: true });
		expect((await testCredentials(shop, LIMITED)).message).toContain('set "Send Key As"');
		expect(await testCredentials(shop, LIMITED, { sendKeyAs: 'query' })).toMatchObject({
			status: 'OK',
		});
	});

	test('a missing right is named as the back office names it', async () => {
		const { error } = await executeNode(
			actionBench(shop, 'PRODUCTSREADKEY00000000000000004'),
			getOrder,
		);
		expect(error?.message).toContain('the right "orders – View (GET)" is missing');
		expect(error?.message).toContain('tick "View (GET)" in the row "orders"');
		expect(error?.description).toContain('missing right: orders – View (GET)');
	});
});

test('the webservice is switched off', async () => {
	shop.control.setWebserviceEnabled({ enabled: false });
	const { error } = await executeNode(actionBench(shop, LIMITED), getOrder);
	for (const text of [error?.message, (await testCredentials(shop, LIMITED)).message]) {
		expect(text).toContain('webservice of the shop is switched off');
		expect(text).toContain('Advanced Parameters > Webservice');
	}
});

test('URL rewriting is off: the credential test says so, and the dispatcher works', async () => {
	shop.control.setUrlRewriting({ on: false });
	const { status, message } = await testCredentials(shop, LIMITED);
	expect(status).toBe('Error');
	expect(message).toContain('URL rewriting does not work');
	expect(message).toContain('"Use Dispatcher"');
	expect(await testCredentials(shop, LIMITED, { useDispatcher: true })).toMatchObject({
		status: 'OK',
	});
	const bench = actionBench(shop, LIMITED, { useDispatcher: true });
	expect((await executeNode(bench, getOrder)).items).toHaveLength(1);
});

test('a host that the shop does not call its own is named with the right one', async () => {
	shop.control.setCanonicalHost({ host: 'shop.example.com' });
	const { error } = await executeNode(actionBench(shop, LIMITED), getOrder);
	for (const text of [error?.message, (await testCredentials(shop, LIMITED)).message]) {
		expect(text).toContain('another host, shop.example.com.');
	}
});

test('nobody listens at the address', async () => {
	const nowhere = { url: 'http://127.0.0.1:9' };
	const { error } = await executeNode(actionBench(nowhere, FULL), getOrder);
	for (const text of [error?.message, (await testCredentials(nowhere, FULL)).message]) {
		expect(text).toContain('does not accept connections');
		expect(text).toContain('Check the shop URL');
	}
});

const JUNK = [
	'\n',
	'\uFEFF',
	'<br />\n<b>Notice</b>: Undefined index: foo in <b>/var/www/html/x.php</b><br />\n',
];

test.each(JUNK)('what a module prints before the answer does no harm: %j', async (body) => {
	shop.control.addFault({ kind: 'strayOutput', body, times: 0 });
	const { items, error } = await executeNode(actionBench(shop, LIMITED), getOrder);
	expect(error).toBeUndefined();
	expect(items[0]?.json.id).toBe('1');
	expect(await testCredentials(shop, LIMITED)).toMatchObject({ status: 'OK' });
});

test('developer mode of an old version does no harm', async () => {
	const old = await startPrestaShopSandbox({ version: '1.6.1.24' });
	try {
		old.control.setDisplayErrors({ on: true });
		const { items, error } = await executeNode(actionBench(old, LIMITED), getOrder);
		expect(error).toBeUndefined();
		expect(items[0]?.json.id).toBe('1');
	} finally {
		await old.close();
	}
});
