import { InputError } from '../protocol/errors';
import { epochToLocal, localToEpoch, localToIso, shiftLocal, userDateToLocal } from './time';

/** A stretch of time: from the first moment to the one after the last, as ISO 8601 with offset. */
export interface Period {
	from?: string;
	before?: string;
}

const DAY_S = 86_400;

/** Words for days, as models pass them on. */
const LAST_DAYS = /^last (\d{1,3}) days?$/;

/**
 * A period from what a model gave: ISO dates and times, or `today`, `yesterday`, `last 7 days`, `this
 * month`, `last month`. A word that names a whole period also ends it, unless an end is given; a date as
 * the end means before that day.
 *
 * @param zone IANA zone in which days begin
 * @throws InputError naming the parameter
 */
export function periodOf(
	after: string | undefined,
	before: string | undefined,
	zone: string,
	nowMs: number,
): Period {
	const today = epochToLocal(nowMs, zone).slice(0, 10);
	const begin = after === undefined ? undefined : spanOf('created_after', after, today, zone);
	const end = before === undefined ? undefined : spanOf('created_before', before, today, zone);
	const until = end ? end.from : begin?.before;
	if (begin && until !== undefined && until <= begin.from) {
		throw new InputError(
			'"created_after" is not before "created_before".',
			'Swap them, or leave one out.',
		);
	}
	const instant = (local: string) => localToIso(local, zone) ?? local;
	return {
		...(begin && { from: instant(begin.from) }),
		...(until !== undefined && { before: instant(until) }),
	};
}

/** Begin and end of a word or date, as local texts. */
function spanOf(
	name: string,
	text: string,
	today: string,
	zone: string,
): { from: string; before?: string } {
	const day = (shift: number) =>
		`${shiftLocal(`${today} 00:00:00`, shift * DAY_S).slice(0, 10)} 00:00:00`;
	const word = text.trim().toLowerCase().replace(/_/g, ' ');
	const month = `${today.slice(0, 7)}-01 00:00:00`;
	if (word === 'now') return { from: day(1) };
	if (word === 'today') return { from: day(0) };
	if (word === 'yesterday') return { from: day(-1), before: day(0) };
	if (word === 'this month') return { from: month };
	if (word === 'last month')
		return { from: `${shiftLocal(month, -DAY_S).slice(0, 7)}-01 00:00:00`, before: month };
	const days = LAST_DAYS.exec(word)?.[1];
	// Whole days, today among them.
	if (days !== undefined && Number(days) > 0) return { from: day(1 - Number(days)) };
	const local = userDateToLocal(text, zone);
	if (local !== undefined) return { from: local };
	throw new InputError(
		`"${name}" is "${text.slice(0, 50)}".`,
		'Give a date such as 2026-01-31, or today, yesterday, last 7 days.',
	);
}

/** Whether an ISO time lies within a period; one without an offset counts as the zone's wall clock. */
export function isWithin(iso: string | null, { from, before }: Period, zone: string): boolean {
	if (from === undefined && before === undefined) return true;
	const at = iso === null ? undefined : epochOf(iso, zone);
	if (at === undefined) return false;
	if (from !== undefined && at < Date.parse(from)) return false;
	return before === undefined || at < Date.parse(before);
}

/** The day an ISO time falls on in a zone, as `YYYY-MM-DD`. */
export function dayOf(iso: string | null, zone: string): string | undefined {
	const at = iso === null ? undefined : epochOf(iso, zone);
	return at === undefined ? undefined : epochToLocal(at, zone).slice(0, 10);
}

function epochOf(iso: string, zone: string): number | undefined {
	return /(Z|[+-]\d{2}:\d{2})$/.test(iso) ? Date.parse(iso) : localToEpoch(iso, zone);
}
