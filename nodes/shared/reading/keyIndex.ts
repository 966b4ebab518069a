import { createHash, randomBytes } from 'crypto';

import type { Call } from '../protocol/call';

/** Bytes of a hash that tell keys apart: 48 bits fit into a number. What a key leads to is read and checked. */
const HASH_BYTES = 6;

/** Hashes of one process are of no use to another: emails and phone numbers must not be guessed from them. */
const salted = createHash('sha256').update(randomBytes(32));

/** After this long beyond the overlap, no clock of a shop is so far off that a change may still be to come. */
const SETTLED_AFTER_MS = 10 * 60_000;

/** What the place of a record among the changes is known by. */
export interface Place {
	id: string;
	/** Time of change, epoch milliseconds. */
	at: number;
}

/**
 * Which records of a list have which keys (a number, an email, a SKU), as hashes and IDs alone: nothing
 * of a record itself is kept. Filled by reading what changed, the oldest change first.
 */
export class KeyIndex {
	private readonly idsOf = new Map<number, number | number[]>();

	/** Records changed last, which the next reading must meet again. */
	private latest: readonly Place[] = [];

	/** Where the first reading goes on; `undefined` before it began. */
	next: Call | undefined;

	/** Whether the list was read to its end once, so that only what changed since is missing. */
	complete = false;

	/** Pages of the whole list. */
	pages = 0;

	/** When the reading began that last came to the end of the list, epoch milliseconds. */
	readAt = 0;

	/** @param overlapMs how long a change may still become visible after others of its time */
	constructor(private readonly overlapMs: number) {}

	/** Hashes held, which is what the index weighs. */
	get size(): number {
		return this.idsOf.size;
	}

	/** Epoch milliseconds from which changes may not be known yet. */
	get since(): number | undefined {
		const newest = this.latest.at(-1)?.at;
		return newest === undefined ? undefined : newest - this.overlapMs;
	}

	/**
	 * The record changed last, once nothing can come to its time any more: reading on from it spares what an
	 * import changed in that moment. The record itself comes again, as a sign that the shop is the same.
	 */
	get settled(): Place | undefined {
		const newest = this.latest.at(-1);
		const isSettled =
			newest !== undefined && newest.at + this.overlapMs + SETTLED_AFTER_MS < this.readAt;
		return isSettled ? newest : undefined;
	}

	/** IDs that {@link since} must bring again; a shop that has none of them is another than before. */
	get known(): ReadonlySet<string> {
		return new Set(this.latest.map(({ id }) => id));
	}

	has(key: string): boolean {
		return this.idsOf.has(hashOf(key));
	}

	/** IDs of records that had the key when they were read. */
	ids(key: string): string[] {
		return [this.idsOf.get(hashOf(key)) ?? []].flat().map(String);
	}

	/** Notes the keys of a record. */
	add(id: string, keys: readonly string[]): void {
		const number = Number(id);
		for (const key of keys) {
			const hash = hashOf(key);
			const known = this.idsOf.get(hash);
			if (known === undefined) this.idsOf.set(hash, number);
			else if (typeof known !== 'number') {
				if (!known.includes(number)) known.push(number);
			} else if (known !== number) this.idsOf.set(hash, [known, number]);
		}
	}

	/** Notes where a page of changes ended. */
	reached(places: readonly Place[]): void {
		const newest = Math.max(this.latest.at(-1)?.at ?? 0, ...places.map(({ at }) => at));
		const all = new Map([...this.latest, ...places].map((place) => [place.id, place]));
		this.latest = [...all.values()]
			.filter(({ at }) => at >= newest - this.overlapMs)
			.sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id));
	}
}

function hashOf(key: string): number {
	return salted.copy().update(key).digest().readUIntBE(0, HASH_BYTES);
}

/** Hashes that all indexes of the process may hold: about 50 MB. */
const MOST_HASHES = 1_000_000;

/** An index is made anew after this long, so that no error in it lives for ever. */
const LONGEST_LIFE_MS = 24 * 60 * 60_000;

interface Kept {
	index: KeyIndex;
	born: number;
}

const kept = new Map<string, Kept>();

/** The index of the process with this name, or a new one; the ones used least give way when all get too large. */
export function keptIndex(name: string, overlapMs: number): KeyIndex {
	const known = kept.get(name);
	const isFresh = known !== undefined && Date.now() - known.born < LONGEST_LIFE_MS;
	return keep(name, isFresh ? known : { index: new KeyIndex(overlapMs), born: Date.now() });
}

/** Puts a new index in the place of one that turned out wrong. */
export function renewedIndex(name: string, overlapMs: number): KeyIndex {
	return keep(name, { index: new KeyIndex(overlapMs), born: Date.now() });
}

function keep(name: string, entry: Kept): KeyIndex {
	kept.delete(name);
	kept.set(name, entry);
	dropTooMany();
	return entry.index;
}

/** Lets the indexes go that are too old, and those used least when all hold too much. */
export function dropTooMany(): void {
	let held = 0;
	for (const [each, { index, born }] of [...kept].reverse()) {
		held += index.size;
		if (held > MOST_HASHES || Date.now() - born >= LONGEST_LIFE_MS) kept.delete(each);
	}
}
