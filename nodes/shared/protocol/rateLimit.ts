/**
 * How many requests a shop grants: so many at once that drain by `perSecond` (a leaky bucket), or so
 * many in a window of `windowMs` milliseconds that opens with its first request.
 */
export type RateLimit = { limit: number; perSecond: number } | { limit: number; windowMs: number };

/** What an answer tells of the requests counted so far, this one included. */
export interface RateLimitUsage {
	used: number;
	limit?: number;
	perSecond?: number;
}
