import { commonWords, patienceWords, redirectWords, withCare } from '../../shared/http/commonTexts';
import type { Words } from '../../shared/http/commonTexts';
import { sentence } from '../../shared/http/errors';
import type { Explanation, Failure } from '../../shared/protocol/failure';
import type { Call } from '../../shared/protocol/call';
import { rightName, tickRight } from './rights';

const ADVICE = {
	certificate:
		'Use the technical address of the shop (….myinsales.ru) in the credential, or have the certificate of the domain renewed.',
	damaged: 'Try again; if it stays, ask the support of InSales.',
};

const KEY_PAGE = 'Расширения > Разработчикам';

const CHECK_PLAN =
	'Check the plan (тариф) in the back office of the shop: access by API has to be part of it, and the plan has to be paid for.';

/** Codes of the network and of this node, told to a shop owner. */
const BY_CODE: Readonly<Record<string, Words>> = {
	PLAN: {
		reason: 'The plan of the shop does not include the API, or not this part of it.',
		fix: CHECK_PLAN,
	},
	FIREWALL: {
		reason: 'Something in front of the shop refused the request with a web page.',
		fix: `${CHECK_PLAN} Otherwise ask the support of InSales to let this server through to /admin.`,
	},
	ENOTFOUND: {
		reason: 'There is no server with this name.',
		fix: 'Check the shop URL in the credential: the technical address looks like myshop-abc123.myinsales.ru.',
	},
};

/** Words a failure: why it happened, and what to do about it. */
export function errorTexts(failure: Failure, call: Call): Explanation {
	return withCare(explainCause(failure, call), failure, call);
}

function explainCause(failure: Failure, call: Call): Explanation {
	const { kind, code = '', shopMessage } = failure;
	const known = BY_CODE[code];
	const told = known ?? commonWords(failure, ADVICE);
	if (told) return told;
	switch (kind) {
		case 'credential':
			return {
				reason: 'The shop refused the access key: the identifier or the password is wrong.',
				fix: `Copy both again from ${KEY_PAGE} in the back office of this very shop; a key of another shop does not work, and a deleted one neither. If both are right: ${CHECK_PLAN}`,
			};
		case 'permission':
			return explainRight(call, shopMessage);
		case 'notFound':
			return explainNotFound(call.path);
		case 'notShop':
			return explainPage(failure);
		case 'redirect':
			return redirectWords(failure);
		case 'busy':
			return explainLimit(failure);
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

/** 500 requests in 5 minutes for each key and shop (InSales API reference, 2). */
function explainLimit(failure: Failure): Words {
	return {
		reason:
			failure.code === 'USED_UP'
				? 'The requests that the shop grants this key (500 in 5 minutes, unless it was raised) are used up; nothing was sent.'
				: 'The shop grants this key no more requests for now (500 in 5 minutes, unless it was raised).',
		fix:
			failure.retryAfterMs === undefined
				? 'Go on in a few minutes, or run the workflow less often.'
				: `${patienceWords(failure)}. If this happens often, run the workflow less often or give it an access key of its own.`,
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
