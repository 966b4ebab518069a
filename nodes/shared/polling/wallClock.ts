/** What feeds need whose rows carry the shop's wall clock without an offset. */
import { epochToLocal, localToEpoch } from '../text/time';

export const MINUTE = 60_000;

/** Changes within one second share a stamp, and a clock may be set right a little. */
const CHANGE_OVERLAP_MS = 2 * MINUTE;

/** The end of daylight saving time repeats an hour. */
const REPEATED_HOUR_MS = 60 * MINUTE;

/** How far before and after the change of the clock the longer overlap is kept. */
const AROUND_MS = 180 * MINUTE;

/**
 * How far back a feed by change dates is read again, in milliseconds. Local times go back by an hour
 * when daylight saving ends; rows of the repeated hour lie before what was read already.
 *
 * @param zone IANA name of the shop's zone; the longer overlap when it is not known
 */
export function overlapOf(zone: string | undefined, now = Date.now()): number {
	const long = CHANGE_OVERLAP_MS + REPEATED_HOUR_MS;
	if (zone === undefined) return long;
	const wall = (at: number) => wallCursor(epochToLocal(at, zone));
	const passes = wall(now + AROUND_MS) - wall(now - AROUND_MS);
	return passes < 2 * AROUND_MS ? long : CHANGE_OVERLAP_MS;
}

/** The digits of a time, for keys and IDs. */
export function digits(stamp: string): string {
	return stamp.replace(/\D/g, '');
}

/** The shop's wall clock in milliseconds, read as if it were UTC: an order, not an instant. */
export function wallCursor(stamp: string): number {
	return localToEpoch(stamp, 'UTC') ?? 0;
}

/** The time of a `Date` header (epoch ms); `undefined` when there is none that can be read. */
export function instantOfHeader(date: string | undefined): number | undefined {
	const instant = Date.parse(date ?? '');
	return Number.isNaN(instant) ? undefined : instant;
}
