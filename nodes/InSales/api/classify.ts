import { parseJson } from '../../shared/text/userInput';
import { cleanShopWords } from '../../shared/http/errors';
import { parseRetryAfter } from '../../shared/http/retry';
import type { Failure } from '../../shared/protocol/failure';
import type { Call, Reply } from '../../shared/protocol/call';
import { isRecord } from './codec';

/** Without these nothing works; a plan that lacks anything else lacks just that (section 1.4). */
const CORE_RESOURCES = ['account', 'orders', 'products', 'clients'];

/**
 * Tells what is wrong with an answer. Refusals come in five shapes (InSales API reference, 4.3): a bare
 * map of fields, a wrapped one, a message, an HTML page and nothing at all.
 */
export function classify(reply: Reply, call: Call): Failure | undefined {
	const { status } = reply;
	const base = { sent: true, status };
	const isPage = /^\s*</.test(reply.text);
	if (status < 300) {
		// A page in answer to a change proves nothing: the shop may have acted before something failed.
		if (isPage) return { ...base, kind: call.method === 'GET' ? 'notShop' : 'server' };
		return reply.text.trim() === '' && call.method === 'GET'
			? { ...base, kind: 'malformed', shopMessage: 'it is empty' }
			: undefined;
	}
	const words = wordsOf(reply.text);
	const said = { ...base, ...(words !== undefined && { shopMessage: words }) };
	const [resource = ''] = call.path;
	switch (status) {
		case 401:
			// Short plain text whose wording is not documented (section 1.4), so it is not repeated.
			return { ...base, kind: 'credential' };
		case 402:
		case 423:
			// One developer saw 423 and blamed the plan; of 402 nothing is known (section 1.4, UNCONFIRMED).
			return {
				...said,
				kind: CORE_RESOURCES.includes(resource) ? 'disabled' : 'permission',
				code: 'PLAN',
			};
		case 403:
			return isPage
				? { ...base, kind: 'rejected', code: 'FIREWALL' }
				: { ...said, kind: 'permission' };
		case 404:
			return { ...base, kind: resource === 'account' ? 'notShop' : 'notFound' };
		case 413:
		case 414:
			return { ...base, kind: 'tooLarge' };
		case 503: {
			const retryAfterMs = parseRetryAfter(reply.headers['retry-after'], Date.now());
			// Until 2023 the limit was answered like this; without the header it is an outage (section 2).
			return retryAfterMs === undefined
				? { ...said, kind: 'server' }
				: { ...base, kind: 'busy', refused: true, retryAfterMs };
		}
		default:
			if (status >= 500) return { ...said, kind: 'server' };
			return status < 400 ? { ...base, kind: 'notShop' } : { ...said, kind: 'rejected' };
	}
}

/** The shop's own words in a refusal, `field: message; field: message`; `undefined` when it says nothing. */
export function wordsOf(text: string): string | undefined {
	if (text.trim() === '' || /^\s*</.test(text)) return undefined;
	const value = parseJson(text);
	const words = value === undefined ? text : told(value);
	const clean = cleanShopWords(words);
	return clean === '' ? undefined : clean;
}

/** What surrounds the words and says nothing by itself. */
const STATUS_FIELDS = ['status', 'code'];

function told(value: unknown): string {
	if (Array.isArray(value)) return value.map(told).filter(Boolean).join(', ');
	if (!isRecord(value)) return value === null ? '' : String(value);
	const { errors, message, error } = value;
	const main = [errors, message, error].find((part) => part !== undefined && part !== null);
	// A field of a record may be called like this too; then its messages are a list.
	if (main !== undefined && !(Array.isArray(main) && main !== errors)) return told(main);
	return Object.entries(value)
		.filter(([field]) => !STATUS_FIELDS.includes(field) || Array.isArray(value[field]))
		.map(([field, messages]) => `${field}: ${told(messages)}`)
		.join('; ');
}
