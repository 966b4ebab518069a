import type { Condition } from './conditions';
import { greater } from './conditions';
import { filterTime } from '../../shared/text/filterTime';
import { shiftLocal } from '../../shared/text/time';
import { zoneOf } from './reads';
import type { PrestaShopShop } from './reads';

const DATE = /^(\d{4})-(\d{2})-(\d{2})( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/;

/** Whether a text is a date as PrestaShop stores it, of a day that exists; zeros mean unset. */
export function isCalendarDate(text: string, withTime: boolean): boolean {
	const match = DATE.exec(text);
	if (!match || (match[4] !== undefined && !withTime)) return false;
	if (text.startsWith('0000-00-00')) return true;
	const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * A filter's time as the shop's wall clock; `undefined` when no time was given.
 *
 * @throws InputError for what is no time, or a time with an offset while the shop's zone is unknown.
 */
export async function localTime(
	shop: PrestaShopShop,
	label: string,
	date: string | undefined,
): Promise<string | undefined> {
	return await filterTime(
		label,
		date,
		async () => await zoneOf(shop),
		'Set "Time Zone" in the credential, or enter the shop\'s local time without an offset, such as 2026-01-31 08:00:00.',
	);
}

/** The filter "on or after this time"; nothing when no time was given. Throws as `localTime` does. */
export async function onOrAfter(
	shop: PrestaShopShop,
	field: string,
	label: string,
	date: string | undefined,
): Promise<Condition[]> {
	const local = await localTime(shop, label, date);
	// The shop compares strictly and stores whole seconds.
	return local === undefined ? [] : [greater(field, shiftLocal(local, -1))];
}
