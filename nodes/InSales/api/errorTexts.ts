import { LOOK_FIRST, isUnclear, sentence } from '../../shared/http/errors';
import { isCertificateProblem } from '../../shared/http/retry';
import type { Call, Explanation, Failure } from '../../shared/protocol/vendor';
import { rightName, tickRight } from './rights';

type Words = Pick<Explanation, 'reason' | 'fix'>;

const KEY_PAGE = 'Расширения > Разработчикам';

/** Codes of the network and of this node, told to a shop owner. */
const BY_CODE: Readonly<Record<string, Words>> = {
	PLAN: {
		reason: 'The plan of the shop does not include the API, or not this part of it.',
		fix: 'Check the plan (тариф) in the back office of the shop: access by API has to be part of it, and the plan has to be paid for.',
	},
	FIREWALL: {
		reason: 'Something in front of the shop refused the request with a web page.',
		fix: 'Ask the support of InSales to let this server through to /admin.',
	},
	OUT_OF_TIME: {
		reason: 'The time for this poll was used up.',
		fix: 'The next poll goes on where this one stopped.',
	},
	ENOTFOUND: {
		reason: 'There is no server with this name.',
		fix: 'Check the shop URL in the credential: the technical address looks like myshop-abc123.myinsales.ru.',
	},
	ECONNREFUSED: {
		reason: 'The server does not accept connections at this address.',
		fix: 'Check the shop URL in the credential, and whether the shop is online.',
	},
};

/** Words a failure: why it happened, and what to do about it. */
export function explain(failure: Failure, call: Call): Explanation {
	const explanation = explainCause(failure, call);
	// After an unclear answer to a change, "try again" would be bad advice.
	const mayHaveActed = call.method !== 'GET' && isUnclear(failure);
	return mayHaveActed
		? {
				...explanation,
				fix: LOOK_FIRST,
			}
		: explanation;
}

function explainCause(failure: Failure, call: Call): Explanation {
	const { kind, code = '', shopMessage } = failure;
	const known = BY_CODE[code];
	if (known) return known;
	switch (kind) {
		case 'credential':
			return {
				reason: 'The shop refused the access key: the identifier or the password is wrong.',
				fix: `Copy both again from ${KEY_PAGE} in the back office of this very shop; a key of another shop does not work, and a deleted one neither.`,
			};
		case 'permission':
			return explainRight(call, shopMessage);
		case 'notFound':
			return explainNotFound(call.path);
		case 'notShop':
			return explainPage(failure);
		case 'redirect':
			return explainRedirect(failure);
		case 'network':
			if (isCertificateProblem(code)) {
				return {
					reason: `The security certificate of the shop cannot be trusted (${code}).`,
					fix: 'Use the technical address of the shop (….myinsales.ru) in the credential, or have the certificate of the domain renewed.',
				};
			}
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
			return explainLimit(failure);
		case 'tooLarge':
			return {
				reason: 'The answer or the address became too large.',
				fix: 'Ask for fewer records at once.',
			};
		case 'malformed':
			return {
				reason: `The shop's answer cannot be read: ${sentence(shopMessage ?? 'it is damaged')}`,
				fix: 'Try again; if it stays, ask the support of InSales.',
			};
		case 'rejected':
			return {
				reason: `The shop refused the request${shopMessage ? `: ${sentence(shopMessage)}` : ` (HTTP ${failure.status ?? '?'}).`}`,
				fix: 'Change what the shop names, then try again.',
			};
		default:
			return explainBreakdown(failure);
	}
}

/** 403: the key is fine, a right is missing (InSales API reference, 1.4). */
function explainRight({ path, method, body }: Call, shopMessage: string | undefined): Explanation {
	const [first = ''] = path;
	const text = body && 'text' in body ? body.text : '';
	const resource =
		first === 'orders' && text.includes('"order_lines_attributes"') ? 'order contents' : first;
	const right = rightName(resource, method);
	const said = shopMessage === undefined ? '' : ` The shop says: ${sentence(shopMessage)}`;
	const account =
		' The node itself may work without it: try the operation you need, or run Check Permissions.';
	return {
		reason: `Identifier and password are right, but the access key may not do this: the right "${right}" is missing.${said}`,
		fix: `${tickRight(resource, method)}${first === 'account' ? account : ''}`,
		right,
	};
}

function explainNotFound([resource = '', id, ...deeper]: readonly string[]): Words {
	if (id === undefined) {
		return {
			reason: `The shop knows no address /admin/${resource}.json.`,
			fix: 'Check that the shop URL in the credential is that of an InSales shop, and the spelling of the path.',
		};
	}
	const inside = deeper.length === 0 ? '' : ` (${deeper.join('/')})`;
	return {
		reason: `The shop has no record ${id} in ${resource}${inside}.`,
		fix: 'Check the ID in the back office.',
	};
}

/** An answer that does not come from the API. */
function explainPage({ status }: Failure): Words {
	const fix =
		'Check the shop URL in the credential: the technical address of the shop, such as myshop-abc123.myinsales.ru, always works.';
	return status === 404
		? { reason: 'There is no InSales shop at this address.', fix }
		: { reason: 'A web page came back instead of data of the shop.', fix };
}

function explainRedirect({ location = 'another address' }: Failure): Words {
	const host = /^https?:\/\/([^/]+)/i.exec(location)?.[1];
	const target = host === undefined ? location : `${host} (${location})`;
	return {
		reason: `This address leads on to ${target}.`,
		fix: `Enter ${host ?? 'that address'} as the shop URL in the credential, with https://: redirects are not followed, because they would carry the key along.`,
	};
}

/** 500 requests in 5 minutes for each key and shop (InSales API reference, 2). */
function explainLimit({ code, retryAfterMs }: Failure): Words {
	const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
	return {
		reason:
			code === 'USED_UP'
				? 'The requests that the shop grants this key (500 in 5 minutes, unless it was raised) are used up; nothing was sent.'
				: 'The shop grants this key no more requests for now (500 in 5 minutes, unless it was raised).',
		fix:
			seconds === undefined
				? 'Go on in a few minutes, or run the workflow less often.'
				: `Go on in ${seconds} s. If this happens often, run the workflow less often or give it an access key of its own.`,
	};
}

/** Failures inside the shop. */
function explainBreakdown({ status, shopMessage }: Failure): Words {
	if (status === 502 || status === 504) {
		return {
			reason: `The shop took too long for its answer (HTTP ${status}).`,
			fix: 'Try again, or ask for fewer records at once.',
		};
	}
	if (status === 503) {
		return {
			reason: 'InSales does not serve the shop at the moment (HTTP 503).',
			fix: 'Try again later.',
		};
	}
	const words = shopMessage ? `: ${sentence(shopMessage)}` : ' and gives no reason.';
	return {
		reason: `The shop failed with an internal error (HTTP ${status ?? '?'})${words}`,
		fix: 'Try again; if it stays, ask the support of InSales.',
	};
}
