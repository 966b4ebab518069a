import { gunzipSync } from 'node:zlib';

/** Body as text; compressed ones are opened. */
export function bodyText(body: Buffer): string {
	const open = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
	return open.toString('utf8');
}

function jsonShape(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(jsonShape).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const parts = Object.entries(value).map(([name, inner]) => `${name}:${jsonShape(inner)}`);
		return `{${parts.join(',')}}`;
	}
	return typeof value === 'number' ? '#' : '.';
}

function xmlShape(text: string): string {
	const withoutText = text.replace(/<!\[CDATA\[[^]*?\]\]>/g, '').replace(/>[^<]+</g, '><');
	return withoutText.replace(/="[^"]*"/g, '').trim();
}

/** Developer mode of 1.6 on PHP 7.4 prints dozens of deprecation notes first; how many is of no interest. */
export function withoutDeprecations(text: string): string {
	return text.replace(/(?:<br \/>\n<b>[\w ]+<\/b>:(?![^\n]*demo\.php)[^\n]*\n)+/g, '');
}

/** What a body looks like without its values: elements and attributes, or JSON keys with kinds of values. */
export function shapeOf(text: string): string {
	if (text === '') return '';
	const start = text.slice(0, 200).trimStart();
	if (start.startsWith('{') || start.startsWith('[')) {
		try {
			return jsonShape(JSON.parse(text));
		} catch {
			return text.replace(/"(?:[^"\\]|\\.)*"(?=[,}\]])/g, '.');
		}
	}
	// Developer mode prints PHP's stack trace, which names files and lines of the shop.
	if (/^Fatal error: Uncaught/.test(start)) return 'a fatal PHP error';
	if (/<!doctype html|<html/i.test(text)) return 'a web page';
	return xmlShape(text);
}

/** Error codes of an error document, in order; undefined values never occur in recorded ones. */
export function errorCodes(text: string): string {
	const xml = [...text.matchAll(/<code><!\[CDATA\[(\d+)\]\]><\/code>/g)].map(([, code]) => code);
	if (xml.length > 0) return xml.join(',');
	return [...text.matchAll(/"code":(\d+),"message"/g)].map(([, code]) => code).join(',');
}

/** Puts the parts of an association into one order: the database returned them in changing order (exchanges 397 and 473). */
function sortedItems(text: string): string {
	return text
		.replace(
			/(<(combinations|product_option_values) [^>]*>\n)([^]*?)(<\/\2>)/g,
			(_, open, __, inner, close) =>
				[
					open,
					...String(inner)
						.split(/(?=\t<\w+ xlink)/)
						.sort(),
					close,
				].join(''),
		)
		.replace(/("(?:combinations|product_option_values)":\[)([^\]]*)/g, (_, open, inner) =>
			[open, String(inner).split(',').sort().join(',')].join(''),
		);
}

/** Values that differ between two runs by nature: host and port, secrets drawn at random, the second of a write. */
export function comparable(text: string): string {
	return sortedItems(text)
		.replace(/(\d{4}-\d\d-\d\d \d\d:\d\d):\d\d/g, '$1')
		.replace(/127\.0\.0\.1(:|%3A)\d+/g, '127.0.0.1')
		.replace(/localhost:\d+/g, 'localhost')
		.replace(/\$2y\$10\$[./A-Za-z0-9]{20,}/g, '(hash)')
		.replace(/((?:secure_key|passwd)><!\[CDATA\[)[0-9a-f]{32}/g, '$1(key)')
		.replace(/\s*$/, '');
}
