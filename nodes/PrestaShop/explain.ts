import type { Call, Explanation, Failure } from '../shared/vendor';
import { rightName, tickRight } from './rights';

const KEY_PAGE = 'Advanced Parameters > Webservice';

type Words = Pick<Explanation, 'reason' | 'fix'>;

/** Codes of the webservice (section 7.2) and of this node, told to a shop owner. */
const BY_CODE: Readonly<Record<string, Words>> = {
	NO_KEY: {
		reason: 'The shop did not receive the API key: the web server removes it from the request.',
		fix: `In the shop, switch on "Enable CGI mode for PHP" under ${KEY_PAGE}, or set "Send Key As" to "Query Parameter" in the credential.`,
	},
	SITE_PASSWORD: {
		reason:
			'The whole site is protected by a password of the web server, which takes the place of the API key.',
		fix: 'Exclude /api from that protection.',
	},
	FIREWALL: {
		reason: 'The web server or a firewall in front of the shop refused the request.',
		fix: 'Ask the host to let this server through to /api.',
	},
	OUT_OF_TIME: {
		reason: 'The time for this poll was used up.',
		fix: 'The next poll goes on where this one stopped.',
	},
	16: { reason: 'The API key is missing.', fix: 'Enter the key in the credential.' },
	17: { reason: 'The API key is empty.', fix: 'Enter the key in the credential.' },
	18: {
		reason: 'The shop received a key that does not have 32 characters.',
		fix: 'Copy the key again. If it is right, a password of the web server may stand in its place.',
	},
	20: {
		reason: 'The shop does not know this API key, or the key is switched off.',
		fix: `Check the key under ${KEY_PAGE} in the shop: it must be listed there and active.`,
	},
	21: {
		reason: 'The API key has no rights at all.',
		fix: `In the shop, open ${KEY_PAGE}, edit the key and tick what the workflow needs.`,
	},
	22: {
		reason: 'The webservice of the shop is switched off.',
		fix: `In the shop, open ${KEY_PAGE} and set "Enable PrestaShop's webservice" to Yes.`,
	},
	23: {
		reason: 'This version of PrestaShop does not know this kind of request.',
		fix: 'Use an operation that works on this version.',
	},
	87: { reason: 'The shop has no such record.', fix: 'Check the ID.' },
	92: { reason: 'The shop has no such record.', fix: 'Check the ID.' },
	101: {
		reason: 'PrestaShop does not allow this for this resource, whatever the key.',
		fix: 'Use another operation.',
	},
	131: {
		reason: 'The record belongs to another shop of this multistore.',
		fix: 'Use a key of that shop, or choose the shop.',
	},
	132: {
		reason: 'The API key is not allowed for this shop of the multistore.',
		fix: `In the shop, open ${KEY_PAGE}, edit the key and tick the shop.`,
	},
	ENOTFOUND: {
		reason: 'There is no server with this name.',
		fix: 'Check the shop URL in the credential for typing errors.',
	},
	ECONNREFUSED: {
		reason: 'The server does not accept connections at this address.',
		fix: 'Check the shop URL in the credential, and whether the shop is online.',
	},
};

/** Words a failure: why it happened, and what to do about it. */
export function explain(failure: Failure, { path, method }: Call): Explanation {
	const { kind, code = '', shopMessage, status, location } = failure;
	const known = BY_CODE[code];
	if (kind === 'permission' && (code === '25' || code === '26')) {
		const resource = path[0] ?? '';
		return {
			reason: `The API key may not do this: the right "${rightName(resource, method)}" is missing.`,
			fix: tickRight(resource, method),
			right: rightName(resource, method),
		};
	}
	if (known) return known;
	switch (kind) {
		case 'notFound':
			return { reason: `The shop has no ${recordName(path)}.`, fix: 'Check the ID.' };
		case 'notShop':
			return {
				reason: 'There is no PrestaShop webservice at this address.',
				fix: 'Check the shop URL in the credential: it is the address customers see, with the folder if the shop lies in one.',
			};
		case 'redirect':
			return {
				reason: `The shop sends this address on to ${location ?? 'another one'}.`,
				fix: 'Enter that address as the shop URL in the credential: redirects are not followed, because they would carry the key along.',
			};
		case 'network':
			return {
				reason: `The shop could not be reached (${code}).`,
				fix: 'Check that the shop is online, and try again.',
			};
		case 'timeout':
			return {
				reason: 'The shop did not answer in time.',
				fix: 'Try again, or ask for fewer records at once.',
			};
		case 'busy':
			return {
				reason: 'The shop is getting too many requests.',
				fix: 'Wait a little, or run the workflow less often.',
			};
		case 'tooLarge':
			return {
				reason: 'The answer or the address became too large.',
				fix: 'Ask for fewer records at once.',
			};
		case 'malformed':
			return {
				reason: `The shop's answer cannot be read: ${shopMessage ?? 'it is damaged'}.`,
				fix: "A module of the shop may print text into it; ask the shop's developer.",
			};
		case 'rejected':
			return {
				reason: `The shop refused the request${shopMessage ? `: ${sentence(shopMessage)}` : '.'}`,
				fix: '',
			};
		default:
			return {
				reason: `The shop failed with an internal error (HTTP ${status ?? '?'})${shopMessage ? `: ${sentence(shopMessage)}` : '.'}`,
				fix: 'Try again; if it stays, the log files of the shop show the cause.',
			};
	}
}

function recordName(path: readonly string[]): string {
	const [resource = 'record', id] = path;
	return id === undefined ? resource : `record ${id} in ${resource}`;
}

function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
