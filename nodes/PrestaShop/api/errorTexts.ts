import { commonWords, patienceWords, redirectWords, withCare } from '../../shared/http/commonTexts';
import type { Words } from '../../shared/http/commonTexts';
import { sentence } from '../../shared/http/errors';
import type { Explanation, Failure } from '../../shared/protocol/failure';
import type { Call, Method } from '../../shared/protocol/call';
import { rightName, tickRight } from './rights';

const KEY_PAGE = 'Advanced Parameters > Webservice';

const ADVICE = {
	certificate:
		'Have the host of the shop renew the certificate, and check the shop URL in the credential.',
	damaged: "A module of the shop may print text into it; ask the shop's developer.",
};

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
	57: { reason: 'The shop has no such image.', fix: 'Check the image ID.' },
	59: { reason: 'The shop has no such image.', fix: 'Check the ID and the size.' },
	61: { reason: 'The shop has no such image.', fix: 'Check the ID and the size.' },
	65: { reason: 'The record already has an image.', fix: 'Use the operation Replace.' },
	66: { reason: 'The record already has an image.', fix: 'Use the operation Replace.' },
	72: {
		reason: 'The image is larger than the shop allows.',
		fix: 'Make the file smaller, or raise the limit in the shop: Design > Image Settings, or Advanced Parameters > Administration > Upload quota (2 MB unless changed).',
	},
	73: {
		reason: 'The shop does not take images of this format.',
		fix: 'Use JPEG or PNG; WebP only works from PrestaShop 8.1 on.',
	},
	76: {
		reason: 'The shop did not recognise the file as an image.',
		fix: 'Use JPEG or PNG; WebP only works from PrestaShop 8.1 on.',
	},
	87: { reason: 'The shop has no such record.', fix: 'Check the ID.' },
	92: { reason: 'The shop has no such record.', fix: 'Check the ID.' },
	101: {
		reason: 'PrestaShop does not allow this for this resource, whatever the key.',
		fix: 'Use another operation.',
	},
	131: {
		reason: 'The record belongs to another shop of this multistore.',
		fix: 'Choose the shop with the option "Shop Context", or use a key of that shop.',
	},
	132: {
		reason: 'The API key is not allowed for this shop of the multistore.',
		fix: `In the shop, open ${KEY_PAGE}, edit the key and tick the shop.`,
	},
	999: {
		reason: 'The multistore has no such group of shops, or no shop in it.',
		fix: 'Check "Shop Context".',
	},
	133: {
		reason:
			'The stock comes from the warehouses of advanced stock management, so PrestaShop refuses to set it.',
		fix: 'Change it in the warehouse, or switch advanced stock management off for the product.',
	},
};

/** Words a failure: why it happened, and what to do about it. */
export function errorTexts(failure: Failure, call: Call): Explanation {
	return withCare(explainCause(failure, call), failure, call);
}

function explainCause(failure: Failure, call: Call): Explanation {
	const { kind, code = '', shopMessage } = failure;
	const { path } = call;
	// A verb in `ps_method` counts instead of the real one (section 1.3).
	const method = (call.query?.ps_method as Method | undefined) ?? call.method;
	const known = BY_CODE[code];
	if (kind === 'permission' && (code === '25' || code === '26')) {
		const resource = path[0] ?? '';
		return {
			reason: `The API key may not do this: the right "${rightName(resource, method)}" is missing.`,
			fix: tickRight(resource, method),
			right: rightName(resource, method),
		};
	}
	const told = known ?? commonWords(failure, ADVICE);
	if (told) return told;
	switch (kind) {
		case 'notFound':
			return { reason: `The shop has no ${recordName(path)}.`, fix: 'Check the ID.' };
		case 'notShop':
			return explainPage(failure);
		case 'redirect':
			return explainRedirect(failure, call);
		case 'busy':
			return {
				reason: 'The shop is getting too many requests.',
				fix: `${patienceWords(failure)}, or run the workflow less often.`,
			};
		case 'rejected':
			return {
				reason: `The shop refused the request${shopMessage ? `: ${sentence(shopMessage)}` : '.'}`,
				fix: 'Change what the shop names, then try again.',
			};
		default:
			return explainBreakdown(failure);
	}
}

/** An answer that does not come from the webservice. */
function explainPage({ status, code, shopMessage }: Failure): Words {
	const address =
		'Check the shop URL in the credential: it is the address customers see, with the folder if the shop lies in one.';
	if (code === 'OTHER_ROOT') {
		return { reason: `The server answers as "${shopMessage}", not as PrestaShop.`, fix: address };
	}
	return status === 404
		? {
				reason: 'There is no PrestaShop webservice at this address.',
				fix: `${address} If it is right, URL rewriting does not work: switch on "Friendly URL" in the shop, or "Use Dispatcher" in the credential.`,
			}
		: {
				reason: 'A web page came back instead of data of the shop.',
				fix: `${address} If it is right, a cache or a protection against robots answers in place of the shop: exclude /api from it.`,
			};
}

/** An unknown shop of a multistore leads to the home page of the default shop (section 1.4). */
function explainRedirect(failure: Failure, { query }: Call): Words {
	const { location = failure.elsewhere ?? 'another address' } = failure;
	const { id_shop: shop } = query ?? {};
	if (shop === 'all') {
		return {
			reason: `The shop does not answer for all shops at once and sends the request on to ${location}.`,
			fix: 'PrestaShop can do that from version 8.2 on. Set "Shop Context" to one shop, or to a group such as group:1.',
		};
	}
	if (shop !== undefined) {
		return {
			reason: `The multistore has no shop with the ID ${shop}, or it is switched off: the request is sent on to ${location}.`,
			fix: 'Check "Shop Context", and that the shop URL in the credential is the main address of the shop.',
		};
	}
	return redirectWords(failure);
}

/** Failures inside the shop or of the web server in front of it. */
function explainBreakdown({ status, shopMessage }: Failure): Words {
	switch (status) {
		case 503:
			return {
				reason: 'The web server does not serve the shop at the moment (HTTP 503).',
				fix: 'The host may be maintaining it, or it has too much to do: try again later.',
			};
		case 502:
		case 504:
			return {
				reason: `The web server gave up waiting for the shop (HTTP ${status}).`,
				fix: 'Try again, or ask for fewer records at once.',
			};
		default: {
			const words = shopMessage ? `: ${sentence(shopMessage)}` : ' and gives no reason.';
			return {
				reason: `The shop failed with an internal error (HTTP ${status ?? '?'})${words}`,
				fix: 'Try again, or ask for fewer records at once; if it stays, the log files of the shop show the cause.',
			};
		}
	}
}

function recordName(path: readonly string[]): string {
	const [resource = 'record', id] = path;
	return id === undefined ? resource : `record ${id} in ${resource}`;
}
