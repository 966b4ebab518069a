/**
 * Places in feeds by change: the second of `updated_at`, and within it the ID, because that is how
 * InSales sorts and cuts (InSales API reference, 3.3). One number holds both, so that the thousands
 * of records that a bulk change gives one second can be read in several polls.
 */
import type { InSalesRecord } from '../api/codec';
import { idOf } from '../api/codec';
import { isoTime, wireInstant } from '../api/dates';
import type { Cursor } from '../api/query';

/** IDs that share a place; with fewer, the places of this century would not fit a number exactly. */
const IDS_PER_PLACE = 500;

/** Places of a second; the last one takes all larger IDs. */
const PLACES = 2_000_000;

const MS = 1_000;

/** Where a record stands that was last changed at `stamp` (as the shop writes times). */
export function positionOf({ id, stamp }: { id: string; stamp: unknown }): number {
	const text = String(stamp ?? '');
	const second = Math.floor(Date.parse(isoTime(stamp) ?? '') / MS);
	if (Number.isNaN(second)) {
		throw new Error(
			`The shop sent record ${id} without a time that can be read ("${text}"), so its changes cannot be followed.`,
		);
	}
	// Seen are whole seconds only (section 3.3); finer ones would not be sorted by ID within theirs.
	const isWhole = !/\.\d*[1-9]/.test(text);
	const place = isWhole ? Math.floor(Number(id) / IDS_PER_PLACE) : PLACES;
	return second * PLACES + Math.min(place, PLACES - 1);
}

/** Where a record stands by its last change. */
export function placeOf(record: InSalesRecord): number {
	return positionOf({ id: idOf(record), stamp: record.updated_at });
}

/** The last position before an instant (epoch ms). */
export function positionBefore(instant: number): number {
	return Math.floor(instant / MS) * PLACES - 1;
}

/** The second of a position (epoch ms). */
export function instantOf(position: number): number {
	return Math.floor(position / PLACES) * MS;
}

/** How everything after a position is asked for. */
export function cursorAfter(position: number): Cursor {
	const place = position - Math.floor(position / PLACES) * PLACES;
	const second = instantOf(position);
	if (place === PLACES - 1) return { since: wireInstant(second + MS) };
	return { since: wireInstant(second), fromId: `${(place + 1) * IDS_PER_PLACE - 1}` };
}
