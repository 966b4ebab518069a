import { InputError } from '../protocol/errors';
import { userDateToLocal } from './time';

/**
 * A filter's time as the shop's wall clock `YYYY-MM-DD HH:MM:SS`; `undefined` when no time was given.
 *
 * @param zone IANA name of the shop's zone, when it is known
 * @param unknownZone what to do about an unknown zone
 * @throws InputError for what is no time, or a time with an offset while the zone is unknown
 */
export async function filterTime(
	label: string,
	date: string | undefined,
	zone: () => Promise<string | undefined>,
	unknownZone: string,
): Promise<string | undefined> {
	if (date === undefined) return undefined;
	const known = await zone();
	const local = userDateToLocal(date, known);
	if (local !== undefined) return local;
	throw new InputError(
		`The filter "${label}" is "${date}".`,
		known === undefined ? unknownZone : 'Enter a time such as 2026-01-31T08:00:00+01:00.',
	);
}
