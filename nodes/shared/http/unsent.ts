/** Why requests were not even sent. */
import { InputError } from '../protocol/errors';
import type { Failure } from '../protocol/failure';
import type { NoPlace } from './rateLimiter';

/** Nothing was sent: the shop grants it too late, or others were served for too long. */
export function unsent(reason: NoPlace): Failure {
	return 'leftMs' in reason
		? { kind: 'busy', sent: false, code: 'USED_UP', retryAfterMs: reason.leftMs }
		: { kind: 'timeout', sent: false, code: 'QUEUED', waitedMs: reason.waitedMs };
}

/** A run needs more requests than the shop still grants. */
export function tooMuch(
	shop: string,
	requests: number,
	{ granted, leftMs }: { granted: number; leftMs: number },
): InputError {
	const seconds = Math.ceil(leftMs / 1_000);
	return new InputError(
		`${shop} grants this key ${granted} more requests in the next ${seconds} s, and this run needs ${requests} at least. Nothing was done.`,
		`Start it again in ${seconds} s, with fewer items at once (Loop Over Items) if they are more than the shop grants in one go.`,
	);
}
