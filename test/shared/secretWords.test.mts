/** Secrets in what a shop says: found however they are written. */
import { secretCutter } from '../../nodes/shared/http/secretWords.ts';
import fc from '../support/seed.mts';

const KEY = 'k&y"<1>/2+3 ż';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

test.each<[string, string]>([
	['as it is', `The key ${KEY} is not valid`],
	['in a dump', `[PHP_AUTH_USER] => ${KEY}\n`],
	['for an address', `https://x/?k=${encodeURIComponent(KEY)}&y`],
	['for an address, in small letters', encodeURIComponent(KEY).toLowerCase()],
	['for an address, twice', encodeURIComponent(encodeURIComponent(KEY))],
	['in a form', encodeURIComponent(KEY).replace(/%20/g, '+')],
	['for HTML', 'k&amp;y&quot;&lt;1&gt;/2+3 ż'],
	['for JSON', JSON.stringify({ key: KEY })],
	['in quotes of PHP', KEY.replace(/"/g, '\\"')],
	['as base64', base64(KEY)],
	['as base64 of user and password', `Basic ${base64(`somebody:${KEY}`)}`],
	['as base64 of a key that stands for the user', base64(`${KEY}:`)],
	['as base64 for addresses', Buffer.from(KEY).toString('base64url')],
])('is cut out: %s', (_, text) => {
	const left = secretCutter([KEY])(text);
	expect(left).toContain('***');
	expect(left).not.toContain('2+3');
	// Nothing of the middle of the base64 is left.
	expect(left).not.toContain(base64(KEY).slice(4, 12));
});

test('whatever stands around it', () => {
	fc.assert(
		fc.property(
			fc.string({ minLength: 8, maxLength: 40 }).filter((key) => key.trim().length >= 8),
			fc.string({ maxLength: 8 }),
			fc.string({ maxLength: 8 }),
			(key, before, after) => {
				const cut = secretCutter([key]);
				expect(cut(`${before}${key}${after}`)).not.toContain(key);
				const packed = cut(base64(`${before}${key}${after}`)).replace(/\*\*\*/g, 'AAAA');
				expect(Buffer.from(packed, 'base64').toString('utf8')).not.toContain(key);
			},
		),
	);
});

test('nothing else is touched, and a secret of three letters is no secret', () => {
	expect(secretCutter(['', 'abc'])('abc abcd')).toBe('abc abcd');
	expect(secretCutter([KEY])('The order 5 is not there.')).toBe('The order 5 is not there.');
});
