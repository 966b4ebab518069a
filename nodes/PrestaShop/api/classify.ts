import { cleanShopWords } from '../../shared/http/errors';
import { parseRetryAfter } from '../../shared/http/retry';
import type { Failure, FailureKind } from '../../shared/protocol/failure';
import type { Call, Reply } from '../../shared/protocol/call';
import { decode } from './codec';
import type { WebserviceFault } from './documents';

/** Codes 2–15 are PHP diagnostics that trail (or precede) the error that matters (section 7.1). */
const FIRST_REAL_CODE = 16;

/** What each webservice code means for the reader (section 7.2); the rest follows the HTTP status. */
const KIND_OF_CODE: Readonly<Record<number, FailureKind>> = {
	16: 'credential',
	17: 'credential',
	18: 'credential',
	20: 'credential',
	21: 'credential',
	22: 'disabled',
	25: 'permission',
	26: 'permission',
	57: 'notFound',
	59: 'notFound',
	61: 'notFound',
	63: 'notFound',
	64: 'notFound',
	87: 'notFound',
	92: 'notFound',
	131: 'notFound',
	132: 'permission',
};

/** Codes from here to {@link LAST_REQUEST_CODE} (with few exceptions) say that the request was wrong. */
const FIRST_REQUEST_CODE = 23;

/** Validation codes of the shop's own rules, whatever status they came with. */
const REQUEST_CODES = [
	46, 84, 85, 86, 89, 90, 91, 93, 100, 101, 123, 128, 133, 134, 135, 140, 141, 999,
];

/** Setters of associations, mails and the like fail after the record itself was saved (section 7.2). */
const CODES_AFTER_SAVING = [46, 85, 86];

const LAST_REQUEST_CODE = 41;

/** Elements that a web page, or a text of PHP with markup, begins with. */
const HTML_ROOTS =
	/^(html|head|body|br|b|p|div|pre|table|script|style|title|h\d|center|meta|link)$/i;

/** What PHP prints when it dies and messages are displayed (developer mode). */
const PHP_FAILURE = /\b(?:fatal|parse) error\b.*?:|\buncaught \w*(?:exception|error)\b/i;

/**
 * Tells what is wrong with an answer. Facts: the HTTP status is that of the last error and may be
 * 500 for a wrong filter; 200 may be an HTML page; a missing record is an empty 404.
 */
export function classify(reply: Reply, call: Call): Failure | undefined {
	const base = { sent: true, status: reply.status };
	if (reply.text.includes('<prestashop')) {
		if (reply.status < 400 && !reply.text.includes('<errors')) return undefined;
		const fault = mainFault(reply.text);
		if (fault) {
			const shopMessage = cleanShopWords(fault.message);
			return {
				...base,
				kind: kindOf(fault.code, reply.status),
				code: `${fault.code}`,
				...(CODES_AFTER_SAVING.includes(fault.code) && { begun: true }),
				shopMessage,
			};
		}
		if (reply.status < 400) return undefined;
	}
	if (reply.bytes && reply.status < 300) return undefined;
	const root = foreignRoot(reply.text);
	if (reply.status < 400 && root !== undefined) {
		return { ...base, kind: 'notShop', code: 'OTHER_ROOT', shopMessage: root };
	}
	const fromWebservice =
		reply.headers['psws-version'] !== undefined ||
		(reply.headers['x-powered-by'] ?? '').includes('PrestaShop');
	const shopMessage = cleanShopWords(reply.text);
	switch (true) {
		case reply.status === 200 && call.method === 'DELETE' && reply.text.trim() === '':
			return undefined;
		case reply.status === 200 && reply.text.trim() === '':
			return {
				...base,
				kind: call.method === 'GET' ? 'malformed' : 'server',
				shopMessage: 'it is empty',
			};
		case reply.status === 401:
			// Without a key PHP answers in plain text; another realm is a site-wide password (section 1.2).
			return (reply.headers['www-authenticate'] ?? 'PrestaShop').includes('PrestaShop')
				? { ...base, kind: 'credential', code: 'NO_KEY' }
				: { ...base, kind: 'credential', code: 'SITE_PASSWORD' };
		case reply.status < 300 && call.method === 'GET' && reply.text.trim() === '':
			return { ...base, kind: 'malformed', shopMessage: 'it is empty' };
		case reply.status === 404 && fromWebservice:
			return { ...base, kind: 'notFound' };
		case reply.status === 503:
			return {
				...base,
				kind: 'server',
				retryAfterMs: parseRetryAfter(reply.headers['retry-after'], Date.now()),
			};
		case reply.status >= 500:
			return { ...base, kind: 'server', shopMessage };
		case reply.status === 413 || reply.status === 414:
			return { ...base, kind: 'tooLarge' };
		case reply.status === 404:
			return { ...base, kind: 'notShop' };
		case reply.status >= 400:
			return { ...base, kind: 'rejected', code: 'FIREWALL' };
		case fromWebservice || call.method !== 'GET' || PHP_FAILURE.test(reply.text):
			// Developer mode and version 1.6 report fatal errors as a 200 page of text.
			return { ...base, kind: 'server', shopMessage };
		default:
			return { ...base, kind: 'notShop' };
	}
}

/** Name of the root element of XML that is neither the webservice's nor a web page. */
function foreignRoot(text: string): string | undefined {
	const name = /^\uFEFF?\s*(?:<\?xml\s[^<>]*\?>\s*)?<([A-Za-z_][\w.-]{0,40})[\s/>]/.exec(text)?.[1];
	const isKnown = name === undefined || name === 'prestashop' || HTML_ROOTS.test(name);
	return isKnown ? undefined : name;
}

function mainFault(text: string): WebserviceFault | undefined {
	try {
		const decoded = decode(text);
		if (decoded.kind !== 'errors') return undefined;
		return decoded.errors.find(({ code }) => code >= FIRST_REAL_CODE) ?? decoded.errors[0];
	} catch {
		return undefined;
	}
}

function kindOf(code: number, status: number): FailureKind {
	const known = KIND_OF_CODE[code];
	if (known !== undefined) return known;
	if (code >= FIRST_REQUEST_CODE && code <= LAST_REQUEST_CODE) return 'rejected';
	if (REQUEST_CODES.includes(code)) return 'rejected';
	return status < 500 ? 'rejected' : 'server';
}
