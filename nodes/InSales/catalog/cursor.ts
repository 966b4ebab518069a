import { createHash } from 'crypto';

import { InputError } from '../../shared/protocol/errors';
import { parseJson } from '../../shared/text/userInput';
import { userDateToLocal } from '../../shared/text/time';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { BEGINNING } from '../api/query';

/** How far a catalogue was read. Opaque to users, who keep it as a text between two runs. */
export interface CatalogCursor {
	/** `updated_at` of the last settled product, as the shop wrote it. */
	since: string;
	/** Its ID; absent when the position is a bare time. */
	fromId?: string;
	/** Products after the position that were told already: fingerprint by ID. */
	seen: Readonly<Record<string, string>>;
	/** Products with pictures that the shop was still processing: fingerprint by ID. */
	pending?: Readonly<Record<string, string>>;
	/** When the whole catalogue was read last, epoch ms by n8n's clock. */
	full?: number;
}

/**
 * How long after a second the shop's records of it can still change, in milliseconds. `updated_at`
 * has whole seconds: a second change in the same second leaves it as it was (InSales API reference,
 * section 3.3, precision trap). The rest is for changes that become visible late.
 */
export const SETTLE_MS = 120_000;

/** Products a cursor remembers. More are told once more, which does a copy no harm. */
const MAX_SEEN = 2_000;

/** The position of somebody who knows nothing. */
export const START: CatalogCursor = { since: BEGINNING, seen: {} };

const VERSION = 1;

/** The cursor as a text for the workflow to keep. */
export function cursorText(cursor: CatalogCursor, shop: string): string {
	return JSON.stringify({ v: VERSION, shop, ...cursor });
}

/**
 * Reads what a workflow kept: a cursor, a time with an offset, or nothing for the whole catalogue.
 *
 * @param shop host of the shop, for a cursor of another one is worthless
 * @throws InputError when it is something else
 */
export function parseCursor(text: string, shop: string): CatalogCursor {
	const typed = text.trim();
	if (typed === '') return START;
	if (!typed.startsWith('{')) return { since: dateOf(typed), seen: {} };
	const value = (parseJson(typed) ?? {}) as Record<string, unknown>;
	const { v, since, fromId, seen, pending, full } = value;
	if (v !== VERSION || typeof since !== 'string' || Number.isNaN(Date.parse(since))) {
		throw notACursor();
	}
	if (value.shop !== shop) {
		throw new InputError(
			`The cursor belongs to another shop (${String(value.shop)}).`,
			'Keep one cursor per shop. Empty the field to read the whole catalogue.',
		);
	}
	return {
		since,
		...(typeof fromId === 'string' && { fromId }),
		seen: isTexts(seen) ? seen : {},
		...(isTexts(pending) && { pending }),
		...(typeof full === 'number' && { full }),
	};
}

function dateOf(typed: string): string {
	const instant = userDateToLocal(typed, 'UTC');
	// Without an offset it would be the time of whatever clock n8n has; `localTimeIn` gives it the shop's.
	if (instant === undefined || localTimeIn(typed)) throw notACursor();
	// `Z` is not known to be understood (section 7).
	return `${instant.replace(' ', 'T')}+00:00`;
}

/** Whether a text is a day or a time without an offset, which is the shop's local time. */
export function localTimeIn(text: string): boolean {
	return userDateToLocal(text, undefined) !== undefined;
}

function isTexts(value: unknown): value is Record<string, string> {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.values(value).every((each) => typeof each === 'string')
	);
}

function notACursor(): InputError {
	return new InputError(
		'"Cursor" is not a cursor of this operation.',
		'Give the "nextCursor" of the run before, a date such as 2026-03-01T00:00:00+03:00, or leave it empty to read the whole catalogue.',
	);
}

/** Records are never changed after they were read, so that each is hashed once. */
const hashes = new WeakMap<InSalesRecord, string>();

/** Short text that changes with any part of a record. Cursors hold it: it must stay as it is. */
export function contentHash(record: InSalesRecord): string {
	const known = hashes.get(record);
	if (known !== undefined) return known;
	const hash = hashOf(record);
	hashes.set(record, hash);
	return hash;
}

function hashOf(record: InSalesRecord): string {
	return createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 12);
}

/** What one run found, and where the next one starts. */
export interface Progress {
	/** Changed products in the order of their last change, each once. */
	changed: InSalesRecord[];
	next: CatalogCursor;
	/** Rows that were gone through; the others are for the next time. */
	read: number;
	/** Nothing is left to read. */
	complete: boolean;
}

/**
 * Sorts out what was read after a position: what was told before, what is new, and which position
 * is settled.
 *
 * @param rows in the order of the walk: by `updated_at`, then ID; a product that was edited during
 * the walk shows up twice
 * @param now the shop's time when the walk began, epoch ms
 * @param limits `most`: how many changed products may be told; `cut`: there is more to read behind
 * `rows`
 */
export function progress(
	cursor: CatalogCursor,
	rows: readonly InSalesRecord[],
	now: number,
	{ most, cut }: { most: number; cut: boolean },
): Progress {
	const changed = new Map<string, InSalesRecord>();
	const open: Record<string, string> = {};
	let { since, fromId } = cursor;
	let settled = true;
	let read = 0;
	for (const row of rows) {
		const id = idOf(row);
		const print = contentHash(row);
		const isKnown = cursor.seen[id] === print;
		if (!isKnown && changed.size >= most && !changed.has(id)) break;
		read++;
		// The newest state counts, in the place of the newest change.
		changed.delete(id);
		if (!isKnown) changed.set(id, row);
		const stamp = String(row.updated_at);
		// From the first open second on, nothing is settled, whatever later stamps look like.
		settled &&= Date.parse(stamp) < now - SETTLE_MS;
		if (settled) [since, fromId] = [stamp, id];
		else open[id] = print;
	}
	const complete = read === rows.length && !cut;
	// What was told before and not met yet may still lie ahead.
	const seen = complete ? open : { ...cursor.seen, ...open };
	return {
		changed: [...changed.values()],
		next: {
			since,
			...(fromId !== undefined && { fromId }),
			seen: Object.fromEntries(Object.entries(seen).slice(-MAX_SEEN)),
			...(cursor.full !== undefined && { full: cursor.full }),
		},
		read,
		complete,
	};
}
