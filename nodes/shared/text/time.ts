/**
 * Time of shops that write their local wall clock without an offset.
 * The only source of zone rules is the JavaScript engine (`Intl`), which ships the IANA database.
 */

/** A zone as the engine knows it, and what was found out about its days. */
interface Zone {
	format: Intl.DateTimeFormat;
	/** Offsets of UTC days (epoch days); `NaN` for a day on which the clocks change. */
	offsets: Map<number, number>;
}

const DAY_MS = 86_400_000;

/** Days remembered per zone, about ten years; asking the engine takes 10 µs, and a date asks thrice. */
const MAX_DAYS = 4_000;

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
	let zone = zones.get(name);
	if (!zone) {
		const format = new Intl.DateTimeFormat('en-US', {
			timeZone: name,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		});
		zone = { format, offsets: new Map() };
		zones.set(name, zone);
	}
	return zone;
}

/** Whether the engine knows an IANA zone name such as `Europe/Warsaw`. */
export function isTimeZone(zone: string): boolean {
	try {
		zoneOf(zone);
		return true;
	} catch {
		return false;
	}
}

/** Offset of `zone` from UTC at an instant, in milliseconds (positive east of Greenwich). */
function offsetAt(epochMs: number, zone: string): number {
	const { format, offsets } = zoneOf(zone);
	const day = Math.floor(epochMs / DAY_MS);
	let offset = offsets.get(day);
	if (offset === undefined) {
		offset = askOffset(day * DAY_MS, format);
		if (askOffset((day + 1) * DAY_MS - 1, format) !== offset) offset = NaN;
		if (offsets.size >= MAX_DAYS) offsets.clear();
		offsets.set(day, offset);
	}
	return Number.isNaN(offset) ? askOffset(epochMs, format) : offset;
}

function askOffset(epochMs: number, format: Intl.DateTimeFormat): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of format.formatToParts(epochMs)) parts[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
	const local = Date.UTC(year, month - 1, day, hour, minute, second);
	return local - Math.floor(epochMs / 1000) * 1000;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?/;

/**
 * Instant of a local wall-clock text `YYYY-MM-DD[ HH:MM[:SS]]` in `zone`, in epoch milliseconds.
 * In the hour that the end of daylight saving repeats, the first of the two instants; a time in the
 * hour that its start skips counts from the offset before. `undefined` for no date (`0000-00-00`).
 */
export function localToEpoch(text: string, zone: string): number | undefined {
	const wall = wallClock(text);
	if (wall === undefined) return undefined;
	// The offsets a day before and after bracket any single change of the clock.
	const before = offsetAt(wall - DAY_MS, zone);
	const after = offsetAt(wall + DAY_MS, zone);
	for (const offset of [before, after]) {
		if (offsetAt(wall - offset, zone) === offset) return wall - offset;
	}
	return wall - before;
}

/** A local text read as if it were UTC: good for ordering and for shifting by seconds. */
function wallClock(text: string): number | undefined {
	const match = LOCAL.exec(text);
	if (!match || match[1] === '0000') return undefined;
	const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
	const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
	// Date.UTC carries over: 31 February and 0001-01-01 would become other days.
	return wallText(wall).startsWith(match[0].replace('T', ' ')) ? wall : undefined;
}

function wallText(wall: number): string {
	return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}

/** `YYYY-MM-DD HH:MM:SS` of an instant in `zone`. */
export function epochToLocal(epochMs: number, zone: string): string {
	return wallText(epochMs + offsetAt(epochMs, zone));
}

/** Shifts a local text by whole seconds, as plain calendar arithmetic. */
export function shiftLocal(text: string, seconds: number): string {
	const wall = wallClock(text);
	if (wall === undefined) return text;
	return wallText(wall + seconds * 1000);
}

/**
 * A shop's local text as ISO 8601: with the offset of `zone`, or without any when the zone is not
 * known. `null` for an unset date.
 */
export function localToIso(text: string, zone: string | undefined): string | null {
	const wall = wallClock(text);
	if (wall === undefined) return null;
	const local = new Date(wall).toISOString().slice(0, 19);
	if (zone === undefined) return local;
	const epoch = localToEpoch(text, zone);
	return epoch === undefined ? local : `${local}${offsetText(wall - epoch)}`;
}

function offsetText(offsetMs: number): string {
	const minutes = Math.round(Math.abs(offsetMs) / 60_000);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A text that ends in an offset behind a time of day, or in `Z`. */
const INSTANT = /(?:Z|:\d{2}(?:\.\d+)?\s*[+-]\d{2}(?::?\d{2})?)$/i;

/** {@link LOCAL} and nothing behind it: what follows might change the meaning, such as "pm". */
const WHOLE_LOCAL = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * What a user gave as a date, in the shop's local form `YYYY-MM-DD HH:MM:SS`: a text with an offset
 * or `Z` is an instant and is converted; one without is the shop's own wall clock.
 * `undefined` when it is no date, or an instant and the zone is unknown.
 */
export function userDateToLocal(text: string, zone: string | undefined): string | undefined {
	const typed = text.trim();
	if (INSTANT.test(typed)) {
		if (LOCAL.test(typed) && wallClock(typed) === undefined) return undefined;
		// An offset of whole hours, such as `+01`, is good ISO 8601 but unknown to `Date`.
		const instant = Date.parse(typed.replace(/[+-]\d{2}$/, '$&:00'));
		return zone === undefined || Number.isNaN(instant) ? undefined : epochToLocal(instant, zone);
	}
	const wall = WHOLE_LOCAL.test(typed) ? wallClock(typed) : undefined;
	return wall === undefined ? undefined : wallText(wall);
}
