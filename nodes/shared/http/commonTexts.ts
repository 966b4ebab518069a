/** What is told in the same words whatever the shop: failures of the network, of time and of size. */
import { LOOK_FIRST, isUnclear, sentence } from './errors';
import { isCertificateProblem, wasNeverSent } from './retry';
import type { Call } from '../protocol/call';
import type { Explanation, Failure } from '../protocol/failure';

export type Words = Pick<Explanation, 'reason' | 'fix'>;

/** What to do about a common failure, where that depends on the shop system. */
export interface Advice {
	certificate: string;
	/** An answer that cannot be read. */
	damaged: string;
}

/** Codes of the network and of the node itself. */
const BY_CODE: Readonly<Record<string, Words>> = {
	ENOTFOUND: {
		reason: 'There is no server with this name.',
		fix: 'Check the shop URL in the credential for typing errors.',
	},
	ECONNREFUSED: {
		reason: 'The server does not accept connections at this address.',
		fix: 'Check the shop URL in the credential, and whether the shop is online.',
	},
	OWN_PAGE: {
		reason:
			'Something in front of the shop answered this request with a page of its own, although the shop answered others.',
		fix: 'Look whether the record exists; if it does, ask the host of the shop what its page stands for.',
	},
};

/** Words for a failure that is the same on every shop, or `undefined`. */
export function commonWords(failure: Failure, advice: Advice): Words | undefined {
	const { kind, code = '', shopMessage, waitedMs } = failure;
	const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
	if (known) return known;
	switch (kind) {
		case 'network':
			return networkWords(code, advice);
		case 'timeout':
			if (code === 'OUT_OF_TIME') {
				return {
					reason:
						waitedMs === undefined
							? 'The time for this poll was used up before this could be asked for.'
							: `The time for this poll was used up: the shop had not answered after ${seconds(waitedMs)}.`,
					fix: 'The next poll goes on where this one stopped.',
				};
			}
			if (code === 'QUEUED') {
				return {
					reason: `The request waited ${seconds(waitedMs)} for its turn behind others to this shop and was not sent.`,
					fix: 'Try again; if it stays, run the workflows that use this shop less often.',
				};
			}
			return {
				reason:
					waitedMs === undefined
						? 'The shop did not answer in time.'
						: `The shop did not answer in time: ${seconds(waitedMs)} were waited.`,
				fix: 'Try again, or ask for fewer records at once.',
			};
		case 'tooLarge':
			return {
				reason: 'The answer or the address became too large.',
				fix: 'Ask for fewer records at once.',
			};
		case 'malformed':
			return {
				reason: `The shop's answer cannot be read: ${sentence(shopMessage ?? 'it is damaged')}`,
				fix: advice.damaged,
			};
		default:
			return undefined;
	}
}

function networkWords(code: string, { certificate }: Advice): Words {
	if (isCertificateProblem(code)) {
		return {
			reason: `The security certificate of the shop cannot be trusted (${code}).`,
			fix: certificate,
		};
	}
	return wasNeverSent(code)
		? {
				reason: `The shop could not be reached (${code}).`,
				fix: 'Check that the shop is online, and try again.',
			}
		: {
				reason: `The connection to the shop broke off (${code === '' ? 'no reason given' : code}).`,
				fix: 'Check that the shop is online, and try again.',
			};
}

/** Words for a redirect. Only what may be the same shop is offered as its address. */
export function redirectWords({ location, elsewhere }: Failure): Words {
	const because = 'redirects are not followed, because they would carry the key along.';
	return location === undefined
		? {
				reason: `The shop sends this request on to ${elsewhere === undefined ? 'an address that is none of a shop' : `another host, ${elsewhere}`}.`,
				fix: `Check the shop URL in the credential; if the shop has moved there, enter its new address: ${because}`,
			}
		: {
				reason: `The shop sends this address on to ${location}.`,
				fix: `Enter that address as the shop URL in the credential: ${because}`,
			};
}

/** After an unclear answer to a change, "try again" would be bad advice. */
export function withCare(explanation: Explanation, failure: Failure, call: Call): Explanation {
	return call.method !== 'GET' && isUnclear(failure)
		? { ...explanation, fix: LOOK_FIRST }
		: explanation;
}

/** When a shop that asked for patience may be asked again, as a clause. */
export function patienceWords({ retryAfterMs }: Failure): string {
	if (retryAfterMs === undefined || retryAfterMs <= 0) return 'Wait a little';
	const hours = Math.ceil(retryAfterMs / 3_600_000);
	return hours > 2 ? `Go on in ${hours} hours` : `Go on in ${seconds(retryAfterMs)}`;
}

function seconds(ms = 0): string {
	return `${Math.ceil(ms / 1000)} s`;
}
