import { commonWords, patienceWords, redirectWords, withCare } from '../../shared/http/commonTexts';
import type { Words } from '../../shared/http/commonTexts';
import { sentence } from '../../shared/http/errors';
import type { Explanation, Failure } from '../../shared/protocol/failure';
import type { Call } from '../../shared/protocol/call';
import { CODES } from './classify';
import { areaOf, rightName, tickRight } from './rights';

const ADMINS =
	'"Ustawienia > Ogólne > Administratorzy sklepu" (settings > general > shop administrators)';

const INTEGRATIONS = '"Dodatki i integracje" (add-ons and integrations)';

const ADVICE = {
	certificate:
		'Check the shop URL in the credential; the certificate belongs to another name or has run out.',
	damaged: 'Try again; if it stays, ask the support of Shoper.',
};

/** Codes of the shop (Shoper REST reference 1.5 and 5.2), of the network and of this node. */
const BY_CODE: Readonly<Record<string, Words>> = {
	unauthorized_client: {
		reason: 'The shop does not accept the API token: it is wrong, has expired or was revoked.',
		fix: `Copy the token again from the integration under ${INTEGRATIONS} in the shop's panel, or issue a new one there.`,
	},
	auth_failure: {
		reason: 'The shop does not accept this login and password.',
		fix: `Check both in the credential. The account must be listed under ${ADMINS} in the shop's panel.`,
	},
	auth_ip_not_allowed: {
		reason: 'The administrator may not log in from the address of this server.',
		fix: `In the shop's panel, open ${ADMINS}, edit the administrator and allow the IP address of this server.`,
	},
	auth_webapi_access_denied: {
		reason: "The administrator's group has no access to the web API.",
		fix: `In the shop's panel, open ${ADMINS}, edit the group and set "Typ dostępu" (type of access) to "dostęp do webapi" or "dostęp do panelu administracyjnego i webapi".`,
	},
	auth_admin_access_denied: {
		reason: "The administrator's group has no access to the panel, which the shop asks for here.",
		fix: `In the shop's panel, open ${ADMINS}, edit the group and set "Typ dostępu" (type of access) to "dostęp do panelu administracyjnego i webapi".`,
	},
	[CODES.unknownField]: {
		reason:
			'The shop does not know one of the fields in the filter or in the sort order (it answers 404).',
		fix: 'Use fields the records of this resource show, such as those in the output with Simplify off.',
	},
	[CODES.noResource]: {
		reason: 'This shop has no such resource.',
		fix: 'Check the name; some resources belong to modules or plans that the shop does not have.',
	},
	[CODES.notDone]: {
		reason: 'The shop answered that it changed nothing.',
		fix: 'Look at the record in the panel, then try again.',
	},
	[CODES.firewall]: {
		reason: 'Something in front of the shop refused the request.',
		fix: 'Ask the support of Shoper to let this server through to /webapi/rest.',
	},
	order_combined: {
		reason: 'The order was combined with another one.',
		fix: 'Work with the order it was combined into.',
	},
	parcel_already_sent: {
		reason: 'The parcel was sent already.',
		fix: 'Only its tracking number can be changed now.',
	},
	parcel_cannot_modify: {
		reason: 'The shop does not let this parcel be changed.',
		fix: 'After a parcel was sent, only its tracking number can be changed.',
	},
	object_readonly: {
		reason: 'The shop lets nobody change this record.',
		fix: 'Choose another record.',
	},
	cannot_delete_internal_object: {
		reason: 'The record belongs to the shop itself and cannot be deleted.',
		fix: 'Switch it off instead, if it can be.',
	},
};

/** Resources that only selected applications may use, whatever the rights (section 6.1, LIVE). */
const SELECTED_APPS = ['order-refunds', 'order-transactions'];

/** Words a failure for a shop owner: why it happened, and what to do about it. */
export function errorTexts(failure: Failure, call: Call): Explanation {
	const explanation = explainCause(failure, call);
	// A login changes nothing.
	return call.path[0] === 'auth' ? explanation : withCare(explanation, failure, call);
}

function explainCause(failure: Failure, call: Call): Explanation {
	const { kind, code = '', status, shopMessage } = failure;
	if (kind === 'permission') return explainPermission(call);
	if (kind === 'busy') return explainBusy(failure);
	if (code === CODES.noResource) {
		const name = call.path.join('/');
		return { reason: `This shop has no resource "${name}".`, fix: BY_CODE[code]?.fix ?? '' };
	}
	const known = BY_CODE[code];
	const told = known ?? commonWords(failure, ADVICE);
	if (told) return told;
	switch (kind) {
		case 'credential':
			return {
				reason: `The shop refused the login${said(shopMessage)}`,
				fix: 'Check the credential.',
			};
		case 'disabled':
			return {
				reason: `The shop does not serve its API${status === 402 ? ' because a payment is due' : ''}${said(shopMessage)}`,
				fix: 'Ask the owner of the shop.',
			};
		case 'notFound':
			return { reason: `The shop has no ${recordName(call)}.`, fix: 'Check the ID.' };
		case 'notShop':
			return {
				reason: `There is no Shoper shop at this address: a web page or something else came back${status === undefined ? '' : ` (HTTP ${status})`}.`,
				fix: 'Check the shop URL in the credential: it is the address customers see, such as https://shop.example.com. A domain that is parked or has moved answers like this.',
			};
		case 'redirect':
			return redirectWords(failure);
		case 'rejected':
			return {
				reason: `The shop refused the request${said(shopMessage)}`,
				fix: 'Change what the shop names, then try again.',
			};
		default:
			return explainBreakdown(failure);
	}
}

function explainPermission({ method, path }: Call): Explanation {
	const [resource = '', , part] = path;
	if (SELECTED_APPS.includes(resource) || part === 'channels') {
		return {
			reason: `Shoper opens "${path.join('/')}" only to applications it has selected.`,
			fix: 'There is no right that would change this.',
		};
	}
	const area = areaOf(resource);
	const right = rightName(area, method);
	return {
		reason: `The token or login may not do this: the right "${right}" is missing.`,
		fix: tickRight(area, method),
		right,
	};
}

function explainBusy(failure: Failure): Words {
	const { code, status } = failure;
	if (status === 409) {
		return {
			reason: 'Another administrator is editing this record, so the shop did not change it.',
			fix: 'Try again when the record is closed in the panel.',
		};
	}
	return {
		reason:
			code === 'USED_UP'
				? 'The requests that the shop grants are used up.'
				: 'The shop is getting too many requests.',
		fix: `${patienceWords(failure)}, or run the workflow less often.`,
	};
}

/** Failures inside the shop or in front of it. */
function explainBreakdown({ status, code, shopMessage }: Failure): Words {
	if (status === 503 && code !== undefined) {
		return {
			reason: `The shop is locked or overloaded at the moment (HTTP 503)${said(shopMessage)}`,
			fix: 'An administrator may have locked it for maintenance: try again later.',
		};
	}
	if (status === 502 || status === 503 || status === 504) {
		return {
			reason: `The shop does not answer at the moment (HTTP ${status}).`,
			fix: 'Try again later, or ask for fewer records at once.',
		};
	}
	return {
		reason: `The shop failed with an internal error (HTTP ${status ?? '?'})${said(shopMessage)}`,
		fix: 'Try again; if it stays, ask the support of Shoper.',
	};
}

function recordName({ path }: Call): string {
	const [id, ...rest] = [...path].reverse();
	return rest.length === 0 ? `${id ?? 'record'}` : `record ${id} in ${rest.reverse().join('/')}`;
}

/** The shop's own words behind a colon, or the end of the sentence. */
function said(words: string | undefined): string {
	return words ? `: ${sentence(words)}` : '.';
}
