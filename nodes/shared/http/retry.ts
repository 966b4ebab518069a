import type { Method } from '../protocol/call';
import type { Failure } from '../protocol/failure';

/** Tries in all: the first one and two repeats. */
export const MAX_TRIES = 3;

/** Tries in all of a request that the shop put off: it did nothing yet, and says that it will. */
export const MAX_BUSY_TRIES = 6;

/** Tries in all of a read whose answer is damaged. */
const MAX_MALFORMED_TRIES = 2;

/** First wait in milliseconds; each further one doubles. */
const BASE_DELAY_MS = 500;

/** Longest wait in milliseconds, `Retry-After` included: longer than this, the user hears about it. */
export const MAX_DELAY_MS = 30_000;

/** Answers of gateways and overloaded servers: a repeated read may succeed. */
const PASSING_STATUSES = [429, 502, 503, 504];

/** Network failures that happen before a byte of the request is sent. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** The server's certificate was refused, before a byte of the request was sent. */
const CERTIFICATE =
	/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_)/;

/** The execution was stopped by the user. */
const CANCELLED = 'ERR_CANCELED';

/** Whether a network error code means that the request cannot have reached the server. */
export function wasNeverSent(code: string | undefined): boolean {
	return code !== undefined && (NEVER_SENT.includes(code) || isCertificateProblem(code));
}

/** Whether a network error code says that the server's certificate cannot be trusted. */
export function isCertificateProblem(code: string): boolean {
	return CERTIFICATE.test(code);
}

/** Whether a request that was sent `tries` times will not be sent again. */
export function isLastTry({ kind }: Failure, tries: number): boolean {
	return tries >= (kind === 'busy' ? MAX_BUSY_TRIES : MAX_TRIES);
}

/**
 * How long to wait before the same request is sent again, in milliseconds; `undefined` means do
 * not repeat. Reads are repeated when time may help. Writes are repeated only when the server
 * surely did not act: the connection was never made, or it refused for its rate limit.
 *
 * @param tries how often the request was sent so far
 * @param random 0 ≤ random < 1, spreads simultaneous repeats
 */
export function retryDelay(
	failure: Failure,
	method: Method,
	tries: number,
	random: number,
): number | undefined {
	if (isLastTry(failure, tries)) return undefined;
	const { code = '' } = failure;
	if (code === CANCELLED || isCertificateProblem(code)) return undefined;
	const passing =
		failure.kind === 'network' ||
		failure.kind === 'timeout' ||
		failure.kind === 'busy' ||
		// Cut short or dirtied on its way; a shop that always answers so is not asked for long.
		(failure.kind === 'malformed' && tries < MAX_MALFORMED_TRIES) ||
		(failure.kind === 'server' &&
			failure.status !== undefined &&
			PASSING_STATUSES.includes(failure.status));
	if (!passing) return undefined;
	const surelyNotDone = !failure.sent || failure.status === 429 || failure.refused === true;
	if (method !== 'GET' && !surelyNotDone) return undefined;
	if ((failure.retryAfterMs ?? 0) > MAX_DELAY_MS) return undefined;
	const backoff = Math.min(BASE_DELAY_MS * 2 ** (tries - 1), MAX_DELAY_MS);
	const spread = (backoff / 2) * random;
	// A wish of the shop is met in full, and spread like the rest.
	return (failure.retryAfterMs ?? backoff / 2) + spread;
}

/** No shop keeps anybody out for longer; more is a mistake of its web server. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60_000;

/**
 * Reads a `Retry-After` header: seconds or an HTTP date.
 *
 * @returns milliseconds from `now` (epoch ms), from none to a day; `undefined` when it cannot be read
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined || value.trim() === '') return undefined;
	const seconds = Number(value);
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
	return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}
