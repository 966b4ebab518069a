/** Where a shop lives, how requests are made, and what answers tell of the limit. */
import { inSales } from '../../nodes/InSales/vendor.ts';
import type { Call } from '../../nodes/shared/protocol/call.ts';
import { InputError } from '../../nodes/shared/protocol/errors.ts';

const KEY = { identifier: '1'.repeat(32), password: '2'.repeat(32) };

const addressOf = (shopUrl: string, more = {}) => inSales.address({ shopUrl, ...KEY, ...more });

describe('the address', () => {
	test.each([
		['myshop-abc123', 'https://myshop-abc123.myinsales.ru'],
		['MyShop', 'https://myshop.myinsales.ru'],
		['https://myshop', 'https://myshop.myinsales.ru'],
		['myshop-abc123.myinsales.ru', 'https://myshop-abc123.myinsales.ru'],
		['https://myshop.myinsales.ru/', 'https://myshop.myinsales.ru'],
		['https://id:secret@myshop.myinsales.ru/admin/orders.json', 'https://myshop.myinsales.ru'],
		['https://myshop.myinsales.ru/admin2/orders/80001', 'https://myshop.myinsales.ru'],
		['shop.example.com/collection/all?page=2', 'https://shop.example.com'],
		['127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['localhost:8080', 'http://localhost:8080'],
	])('of %s is %s', (typed, url) => {
		expect(addressOf(typed).url).toBe(url);
	});

	test('over plain http is refused unless allowed', () => {
		expect(() => addressOf('http://myshop.myinsales.ru')).toThrow(/plain http/);
		expect(addressOf('http://myshop.myinsales.ru', { allowHttp: true }).url).toBe(
			'http://myshop.myinsales.ru',
		);
	});

	test.each(['identifier', 'password'])('without %s is refused by its name', (field) => {
		const attempt = () => addressOf('myshop', { [field]: ' ' });
		expect(attempt).toThrow(InputError);
		expect(attempt).toThrow(new RegExp(`The ${field} of the access key is empty`));
	});

	test('counts requests by the key, without giving the key away', () => {
		const { account = '' } = addressOf('myshop');
		expect(account).toMatch(/^[0-9a-f]{16}$/);
		expect(KEY.identifier).not.toContain(account);
		expect(addressOf('other').account).toBe(account);
		expect(addressOf('myshop', { identifier: '3'.repeat(32) }).account).not.toBe(account);
	});
});

describe('a request', () => {
	const at = addressOf('myshop');
	const urlOf = (call: Call) => inSales.locate(at, call).url;

	test('asks for JSON by the ending of its path', () => {
		expect(urlOf({ method: 'GET', path: ['products', '5', 'images'] })).toBe(
			'https://myshop.myinsales.ru/admin/products/5/images.json',
		);
	});

	test('encodes the plus of an offset, and writes lists with brackets', () => {
		const query = {
			updated_since: '2026-03-01T14:05:13.000+03:00',
			'fulfillment_status[]': 'new,accepted',
		};
		expect(urlOf({ method: 'GET', path: ['orders'], query })).toBe(
			'https://myshop.myinsales.ru/admin/orders.json?updated_since=2026-03-01T14%3A05%3A13.000%2B03%3A00&fulfillment_status%5B%5D=new&fulfillment_status%5B%5D=accepted',
		);
	});

	test('carries a Content-Type whenever it writes, even with nothing to say', () => {
		const headersOf = (method: Call['method']) =>
			inSales.locate(at, { method, path: ['products', '5', 'recover'] }).headers;
		expect(headersOf('POST')['Content-Type']).toBe('application/json');
		expect(headersOf('PUT')['Content-Type']).toBe('application/json');
		expect(headersOf('GET')).not.toHaveProperty('Content-Type');
		expect(headersOf('DELETE')).not.toHaveProperty('Content-Type');
	});

	test('carries the key as Basic and nowhere else', () => {
		const request = inSales.authenticate(
			{ ...KEY, identifier: ` ${KEY.identifier} ` },
			{ url: 'https://x.example.com', headers: { Accept: 'x' } },
		);
		const basic = Buffer.from(`${KEY.identifier}:${KEY.password}`).toString('base64');
		expect(request).toEqual({
			url: 'https://x.example.com',
			headers: { Accept: 'x', Authorization: `Basic ${basic}` },
		});
	});
});

test.each([
	['137/500', { used: 137, limit: 500 }],
	['501/500', { used: 501, limit: 500 }],
	['3/2000', { used: 3, limit: 2000 }],
	['nonsense', undefined],
	['', undefined],
])('API-Usage-Limit: %s is read', (value, usage) => {
	const headers: Record<string, string> = value === '' ? {} : { 'api-usage-limit': value };
	expect(inSales.usage?.({ status: 200, headers, text: '' })).toEqual(usage);
});
