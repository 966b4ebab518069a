/**
 * What went wrong, sorted by what the reader should do about it:
 * - `network`, `timeout`, `server`, `busy`: the shop did not manage; time may help.
 * - `credential`, `permission`, `disabled`: somebody has to change the key or a setting.
 * - `notShop`, `redirect`, `malformed`, `tooLarge`: the answer is not what this API gives.
 * - `notFound`, `rejected`: the request itself names something wrong.
 */
export type FailureKind =
	| 'network'
	| 'timeout'
	| 'server'
	| 'busy'
	| 'credential'
	| 'permission'
	| 'disabled'
	| 'notShop'
	| 'redirect'
	| 'malformed'
	| 'tooLarge'
	| 'notFound'
	| 'rejected';

/** A failed request as plain data. Built by the transport, refined and worded by the vendor. */
export interface Failure {
	kind: FailureKind;
	/** Whether the request may have reached the shop, so that a write may have been carried out. */
	sent: boolean;
	status?: number;
	/** Error code of the shop (a number) or of the network layer (such as `ECONNREFUSED`). */
	code?: string;
	/** The shop's own words, already cleaned. */
	shopMessage?: string;
	/** `Retry-After` in milliseconds. */
	retryAfterMs?: number;
	/** The shop says that it did not act, so that even a write may be sent again. */
	refused?: boolean;
	/** The shop says that it failed in the middle of its work, so that a write may have been carried out. */
	begun?: boolean;
	/** Where a redirect points to, without query, when that may be the same shop. */
	location?: string;
	/** The host a redirect points to, when it is another one. */
	elsewhere?: string;
	/** How long was waited for an answer, or for a turn, in milliseconds. */
	waitedMs?: number;
	/** No further request of the run can fare better, whatever the shop answered before. */
	isFinal?: boolean;
}

/** How a failure is told to the user: why it happened, and what to do. Whole sentences. */
export interface Explanation {
	reason: string;
	fix: string;
	/** The missing right in the words of the shop's back office. */
	right?: string;
}
