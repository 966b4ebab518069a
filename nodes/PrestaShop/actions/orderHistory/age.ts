import { localToEpoch } from '../../../shared/text/time';

const MS_PER_HOUR = 3_600_000;

const MS_PER_DAY = 24 * MS_PER_HOUR;

/** Clocks on Earth are at most this far ahead of UTC. */
const EASTERNMOST_OFFSET_MS = 14 * MS_PER_HOUR;

/**
 * Whether something that happened at a local time of the shop is surely less than `days` ago. While
 * the zone of the shop is unknown, the time is taken for that of the place where it comes earliest,
 * up to 26 hours too early; no date counts as old.
 *
 * @param zone IANA zone of the shop's clock
 * @param now epoch ms
 */
export function isYounger(
	local: string,
	days: number,
	zone: string | undefined,
	now: number,
): boolean {
	const wall = localToEpoch(local, zone ?? 'UTC');
	if (wall === undefined) return false;
	const happened = zone === undefined ? wall - EASTERNMOST_OFFSET_MS : wall;
	return now - happened < days * MS_PER_DAY;
}
