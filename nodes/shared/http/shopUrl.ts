import { InputError } from '../protocol/errors';

/** Hosts that never leave the machine; plain http is fine there. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Turns what people paste into a base URL without a trailing slash: a missing scheme is added,
 * user names, passwords, query, fragment and the parts of the path matched by `notPath` (such as
 * `/api` and all behind it) are dropped.
 * Throws `InputError` when it is no address, or plain http without permission.
 */
export function normaliseShopUrl(
	typed: string,
	{ allowHttp, notPath }: { allowHttp: boolean; notPath: RegExp },
): URL {
	// Copied text carries invisible characters; a slash is easily lost behind the scheme.
	const text = typed
		.replace(/\p{Cf}+/gu, '')
		.trim()
		.replace(/^(https?):\/*/i, '$1://');
	if (text === '') {
		throw new InputError('The shop URL is empty.', 'Enter the address of the shop.');
	}
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
	let url = parse(hasScheme ? text : `https://${text}`);
	if (!/^https?:$/.test(url.protocol)) {
		throw new InputError(
			`The shop URL begins with "${url.protocol}//".`,
			'Enter an address that begins with https://.',
		);
	}
	const loopback = LOOPBACK.test(url.hostname);
	if (loopback && !hasScheme) url = parse(`http://${text}`);
	if (url.protocol === 'http:' && !allowHttp && !loopback) {
		throw new InputError(
			'The shop URL uses plain http, which would send the key readably over the network.',
			'Use https://, or switch on "Allow Plain HTTP" if you accept that.',
		);
	}
	url.username = '';
	url.password = '';
	url.search = '';
	url.hash = '';
	url.pathname = url.pathname.replace(notPath, '').replace(/\/+$/, '');
	return url;
}

/** Whether two hosts may be the same shop: with or without `www.` or another name in front. */
export function isSameShop(there: URL, here: URL): boolean {
	const [a, b] = [there, here].map(({ hostname }) => hostname.replace(/^www\./, ''));
	return a === b || a?.endsWith(`.${b}`) === true || b?.endsWith(`.${a}`) === true;
}

function parse(text: string): URL {
	let url: URL | undefined;
	try {
		url = new URL(text);
	} catch {
		url = undefined;
	}
	if (url === undefined || !/^(\[[0-9a-f:]+\]|[^\s/]+)$/i.test(url.hostname)) {
		throw new InputError(
			'The shop URL is not an address.',
			'Enter something like https://shop.example.com.',
		);
	}
	return url;
}
