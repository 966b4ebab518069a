const OFFSET_MS = 3 * 3_600_000;
const OFFSET = '+03:00';

const DATE =
	/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/;

/** `2026-03-01T14:05:13.000+03:00`: records are stamped to the second (reference, 3.3 and 7). */
export function stampOf(ms: number): string {
	return `${new Date(ms + OFFSET_MS).toISOString().slice(0, 19)}.000${OFFSET}`;
}

/** The same with real milliseconds, as the entries of `order_changes` have them. */
export function preciseStampOf(ms: number): string {
	return `${new Date(ms + OFFSET_MS).toISOString().slice(0, 23)}${OFFSET}`;
}

/** Epoch milliseconds of a date that a client sent; undefined when it cannot be read. Without an offset it is shop time. */
export function momentOf(text: string): number | undefined {
	const match = DATE.exec(text.trim());
	if (!match) return undefined;
	const [, day, time = '00:00:00', zone = OFFSET] = match;
	const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
	const ms = Date.parse(`${day}T${time}${offset}`);
	return Number.isNaN(ms) ? undefined : ms;
}
