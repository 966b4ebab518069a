/**
 * Cursors of feeds by change: the second of `updated_at`, and within it the ID, because that is how
 * InSales sorts and cuts (InSales API reference, 3.3). One number holds both, so that the thousands
 * of records that a bulk change gives one second can be read in several polls.
 */
import type { InSalesRecord } from '../api/codec';
import { idOf } from '../api/codec';
import { isoTime, wireInstant } from '../api/dates';
import type { Cursor } from '../api/query';

/** IDs that share a cursor; with fewer, the cursors of this century would not fit a number exactly. */
const IDS_PER_CURSOR = 500;

/** Cursors of a second; the last one takes all larger IDs. */
const CURSORS_PER_SECOND = 2_000_000;

const MS = 1_000;

/** Where a record stands that was last changed at `stamp` (as the shop writes times). */
export function cursorAtStamp({ id, stamp }: { id: string; stamp: unknown }): number {
	const text = String(stamp ?? '');
	const second = Math.floor(Date.parse(isoTime(stamp) ?? '') / MS);
	if (Number.isNaN(second)) {
		throw new Error(
			`The shop sent record ${id} without a time that can be read ("${text}"), so its changes cannot be followed.`,
		);
	}
	// Seen are whole seconds only (section 3.3); finer ones would not be sorted by ID within theirs.
	const isWhole = !/\.\d*[1-9]/.test(text);
	const part = isWhole ? Math.floor(Number(id) / IDS_PER_CURSOR) : CURSORS_PER_SECOND;
	return second * CURSORS_PER_SECOND + Math.min(part, CURSORS_PER_SECOND - 1);
}

/** Where a record stands by its last change. */
export function cursorOf(record: InSalesRecord): number {
	return cursorAtStamp({ id: idOf(record), stamp: record.updated_at });
}

/** The last cursor before an instant (epoch ms). */
export function cursorBefore(instant: number): number {
	return Math.floor(instant / MS) * CURSORS_PER_SECOND - 1;
}

/** The second of a cursor (epoch ms). */
export function instantOf(cursor: number): number {
	return Math.floor(cursor / CURSORS_PER_SECOND) * MS;
}

/** How everything after a cursor is asked for. */
export function listAfter(cursor: number): Cursor {
	const part = cursor - Math.floor(cursor / CURSORS_PER_SECOND) * CURSORS_PER_SECOND;
	const second = instantOf(cursor);
	if (part === CURSORS_PER_SECOND - 1) return { since: wireInstant(second + MS) };
	return { since: wireInstant(second), fromId: `${(part + 1) * IDS_PER_CURSOR - 1}` };
}
