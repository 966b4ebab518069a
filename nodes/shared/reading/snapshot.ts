import { createHash } from 'crypto';

import { InputError } from '../protocol/errors';
import { parseJson } from '../text/userInput';

/**
 * What a workflow keeps of a list between two runs: a fingerprint of each record. The next run compares
 * the whole list with it, so that nothing depends on clocks, and what is gone is seen. Opaque to users.
 */
export interface Snapshot {
	/** Fingerprints by record ID; `undefined` for somebody who knows nothing. */
	known: ReadonlyMap<string, string> | undefined;
	/** What the fingerprints were made of: those of something else say nothing. */
	of: string;
	/** What a shop keeps besides, such as the time of its last look at everything. */
	more: Readonly<Record<string, string>>;
}

const VERSION = 1;

/** Characters of a fingerprint, of 6 bits each: a change goes unseen once in 69 billion times. */
const LENGTH = 6;

/** A short text that changes with any of its parts. */
export function fingerprint(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, LENGTH);
}

/** The snapshot as a text for the workflow to keep. */
export function snapshotText(
	known: ReadonlyMap<string, string>,
	shop: string,
	of: string,
	more: Snapshot['more'] = {},
): string {
	const rows = [...known].map(([id, print]) => `${id}:${print}`).join(' ');
	return JSON.stringify({
		v: VERSION,
		shop,
		of,
		...(Object.keys(more).length > 0 && { more }),
		rows,
	});
}

/**
 * Reads what a workflow kept; nothing at all means the whole list.
 *
 * @param shop host of the shop: a snapshot of another one is worthless
 * @param of what fingerprints are made of now
 * @throws InputError when it is something else
 */
export function parseSnapshot(text: string, shop: string, of: string): Snapshot {
	const typed = text.trim();
	if (typed === '') return { known: undefined, of, more: {} };
	const value = (parseJson(typed) ?? {}) as Record<string, unknown>;
	if (value.v !== VERSION || typeof value.rows !== 'string' || typeof value.of !== 'string') {
		throw new InputError(
			'"Cursor" is not a cursor of this operation.',
			'Give the "nextCursor" of the run before, or leave it empty to read the whole catalogue.',
		);
	}
	if (value.shop !== shop) {
		throw new InputError(
			`The cursor belongs to another shop (${String(value.shop)}).`,
			'Keep one cursor per shop. Empty the field to read the whole catalogue.',
		);
	}
	const rows = value.rows === '' ? [] : value.rows.split(' ');
	const known = new Map(rows.map((row) => row.split(':') as [string, string]));
	// Fingerprints of something else: everything is told again, but what is gone is still seen.
	if (value.of !== of) for (const id of known.keys()) known.set(id, '');
	return { known, of, more: textsIn(value.more) };
}

function textsIn(value: unknown): Record<string, string> {
	const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
	return Object.fromEntries(entries.map(([name, each]) => [name, String(each)]));
}

/** What a list has become. */
export interface Comparison {
	/** IDs of new and changed records, in the order of the list. */
	changed: string[];
	/** IDs of records that are gone. */
	gone: string[];
	/** What to keep for the next run. */
	next: Map<string, string>;
	/** Nothing is left for the next run. */
	complete: boolean;
}

/**
 * Compares a list with what was kept of it.
 *
 * @param now fingerprints by ID
 * @param most how many changed records may be told; the rest is for the next run
 * @throws InputError when the list came out empty although it was not: some shops answer so when they fail
 */
export function compareSnapshot(
	{ known = new Map() }: Snapshot,
	now: ReadonlyMap<string, string>,
	most: number,
): Comparison {
	if (now.size === 0 && known.size > 0) {
		throw new InputError(
			`The shop listed no product at all, and ${known.size} the last time. Nothing is told as deleted.`,
			'Check the shop and the rights. If the catalogue really is empty, empty the cursor.',
		);
	}
	const all = [...now].filter(([id, print]) => known.get(id) !== print).map(([id]) => id);
	const changed = all.slice(0, most);
	const left = new Set(all.slice(most));
	const next = new Map<string, string>();
	for (const [id, print] of now) {
		const kept = left.has(id) ? known.get(id) : print;
		if (kept !== undefined) next.set(id, kept);
	}
	return {
		changed,
		gone: [...known.keys()].filter((id) => !now.has(id)),
		next,
		complete: left.size === 0,
	};
}
