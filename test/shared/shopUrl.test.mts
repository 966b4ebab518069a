/** What people paste as the address of their shop, and what is made of it. */
import { normaliseShopUrl } from '../../nodes/shared/http/shopUrl.ts';
import { InputError } from '../../nodes/shared/protocol/errors.ts';

const notPath = /\/(api|index\.php|admin[^/]*)(\/.*)?$/i;

const shopUrl = (typed: string, allowHttp = false) =>
	normaliseShopUrl(typed, { allowHttp, notPath }).href;

test.each([
	['the plain address', 'https://shop.example.com', 'https://shop.example.com/'],
	['a trailing slash', 'https://shop.example.com/', 'https://shop.example.com/'],
	['several slashes', 'https://shop.example.com///', 'https://shop.example.com/'],
	['no scheme', 'shop.example.com', 'https://shop.example.com/'],
	['no scheme, but slashes', '//shop.example.com', 'https://shop.example.com/'],
	['a bare name', 'myshop', 'https://myshop/'],
	['a scheme in capitals', 'HTTPS://Shop.Example.COM', 'https://shop.example.com/'],
	['a lost slash', 'https:/shop.example.com', 'https://shop.example.com/'],
	['blanks around it', '  https://shop.example.com\n', 'https://shop.example.com/'],
	['invisible characters', '\u200bhttps://shop.example.com\ufeff', 'https://shop.example.com/'],
	['the API', 'https://shop.example.com/api', 'https://shop.example.com/'],
	[
		'something in the API',
		'https://shop.example.com/api/orders/1?display=full',
		'https://shop.example.com/',
	],
	['the API in capitals', 'shop.example.com/API/', 'https://shop.example.com/'],
	['the back office', 'https://shop.example.com/admin', 'https://shop.example.com/'],
	[
		'a hidden back office',
		'https://shop.example.com/admin4f2k/index.php?token=1',
		'https://shop.example.com/',
	],
	[
		'a page of the shop',
		'https://shop.example.com/index.php?id=3#top',
		'https://shop.example.com/',
	],
	['user name and password', 'https://KEY:x@shop.example.com/', 'https://shop.example.com/'],
	[
		'user name and password without scheme',
		'KEY:x@shop.example.com/api',
		'https://shop.example.com/',
	],
	['a port', 'shop.example.com:8443', 'https://shop.example.com:8443/'],
	['the usual port', 'https://shop.example.com:443/', 'https://shop.example.com/'],
	['a folder', 'https://example.com/sklep/', 'https://example.com/sklep'],
	['a folder with port and API', 'example.com:8443/a/b/api/', 'https://example.com:8443/a/b'],
	[
		'a folder that only begins like the API',
		'https://example.com/apiary',
		'https://example.com/apiary',
	],
	['a host in Polish', 'https://sklep-żółć.pl/api', 'https://xn--sklep--gxa4n4uus.pl/'],
	['a host in Cyrillic', 'магазин.рф', 'https://xn--80aairftm.xn--p1ai/'],
	['an IPv4 address', '192.0.2.7/shop', 'https://192.0.2.7/shop'],
	['an IPv6 address', 'https://[2001:DB8::1]:8443/api', 'https://[2001:db8::1]:8443/'],
])('%s is understood', (_, typed, url) => {
	expect(shopUrl(typed)).toBe(url);
});

describe('this machine', () => {
	test.each([
		['localhost', 'http://localhost/'],
		['localhost:8080/shop', 'http://localhost:8080/shop'],
		['LOCALHOST:8080', 'http://localhost:8080/'],
		['localhost:443', 'http://localhost:443/'],
		['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
		['127.1.2.3', 'http://127.1.2.3/'],
		['[::1]:8080', 'http://[::1]:8080/'],
		['http://[::1]', 'http://[::1]/'],
		['http://localhost:8080/api', 'http://localhost:8080/'],
		['https://localhost:8443', 'https://localhost:8443/'],
	])('may be reached without https: %s', (typed, url) => {
		expect(shopUrl(typed)).toBe(url);
	});
});

describe('plain http', () => {
	test.each([
		'http://shop.example.com',
		'HTTP://shop.example.com/api',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://10.0.0.5',
		'http://[2001:db8::1]',
	])('is refused with the reason: %s', (typed) => {
		expect(() => shopUrl(typed)).toThrow(InputError);
		expect(() => shopUrl(typed)).toThrow('plain http, which would send the key readably');
	});

	test('is accepted when the user says so, and then stays http', () => {
		expect(shopUrl('http://shop.example.com/api', true)).toBe('http://shop.example.com/');
		expect(shopUrl('shop.example.com', true)).toBe('https://shop.example.com/');
	});
});

test.each([
	['nothing', '', 'is empty'],
	['blanks', ' \n ', 'is empty'],
	['two words', 'my shop', 'is not an address'],
	['a scheme alone', 'https://', 'is not an address'],
	['a port that is none', 'https://shop.example.com:99999', 'is not an address'],
	['an IPv6 address without brackets', '2001:db8::1', 'is not an address'],
	['a script', 'javascript:alert(1)', 'is not an address'],
	['a server of files', 'ftp://shop.example.com', 'begins with "ftp://"'],
	['a file', 'file:///etc/passwd', ''],
])('%s is refused', (_, typed, message) => {
	expect(() => shopUrl(typed)).toThrow(InputError);
	expect(() => shopUrl(typed)).toThrow(message);
});

test('a refusal shows no password that was pasted along', () => {
	expect(() => shopUrl('http://KEY:S3CRET@shop.example.com')).toThrow(
		expect.objectContaining({ message: expect.not.stringContaining('S3CRET') }),
	);
});
