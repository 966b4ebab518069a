import { filterTime } from '../../shared/text/filterTime';
import { zoneOf } from './reads';
import type { ShoperShop } from './reads';

/**
 * A filter's time as the shop's wall clock `YYYY-MM-DD HH:MM:SS`, the only form its filters
 * understand (Shoper REST reference 3.2); `undefined` when no time was given.
 *
 * @throws InputError for what is no time, or a time with an offset while the shop's zone is unknown.
 */
export async function localTime(
	shop: ShoperShop,
	label: string,
	date: string | undefined,
): Promise<string | undefined> {
	return await filterTime(
		label,
		date,
		async () => await zoneOf(shop),
		"The shop does not tell its time zone: enter the shop's local time without an offset, such as 2026-01-31 08:00:00.",
	);
}
