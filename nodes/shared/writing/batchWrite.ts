import { sleep } from 'n8n-workflow';

import { settled } from '../protocol/settled';

/** What a record holds after an unclear answer: what was sent, what it held before, or neither. */
export type Holding = 'new' | 'old' | 'other';

/**
 * What a failed request tells about the records in it: that none was touched, that one was refused
 * (the ones before it are saved), or nothing.
 */
export type Extent = 'none' | 'untilRefusal' | 'unknown';

/**
 * How several records are written by one request: to a shop that works through them in order and
 * stops at the first one it refuses, with the ones before it saved, or to one that serves each
 * record for itself.
 */
export interface BatchTarget<T> {
	/** Most records in one request, or how many of those that are left go into the next one. */
	size: number | ((left: readonly T[]) => number);
	/**
	 * Writes the records. Throws when the shop refuses or its answer is unclear; a shop that serves
	 * each record for itself may tell what became of each.
	 */
	send(records: readonly T[]): Promise<readonly Written[] | undefined>;
	/** Each record is served for itself, in no known order: a saved one says nothing about others. */
	independent?: boolean;
	extentOf(error: unknown): Extent;
	/** Reads afresh what the records hold now. */
	look(records: readonly T[]): Promise<readonly Holding[]>;
	/** How long to wait between two looks at a shop that may still be working, in milliseconds. */
	pauseMs: number;
}

/** How the writing of one record ended. */
export type Written =
	| { state: 'saved' }
	/** Surely not saved. */
	| { state: 'refused'; error: unknown }
	/** It cannot be told whether it was saved. */
	| { state: 'unclear'; error: unknown };

/** Looks at a shop that may still be working before its state is believed. */
const MAX_LOOKS = 5;

/**
 * Writes records in as few requests as `size` allows and tells the truth about each of them: after
 * a failure it looks which ones were saved, reports the one that was refused and sends the rest
 * again. No record is sent again unless it was seen to hold its old value.
 *
 * @param records each for another record of the shop, and each changing something: an unchanged one
 * could not be told from a saved one
 * @returns an entry for each record, in order
 */
export async function writeInBatches<T>(
	records: readonly T[],
	target: BatchTarget<T>,
): Promise<Written[]> {
	const results = new Map<T, Written>();
	const { size } = target;
	const left = [...records];
	const queue: T[][] = [];
	const next = () =>
		queue.shift() ?? left.splice(0, Math.max(1, typeof size === 'number' ? size : size(left)));
	for (let batch = next(); batch.length > 0; batch = next()) {
		const sent = batch;
		const result = await settled(async () => await target.send(sent));
		if (result.ok) {
			for (const [at, record] of batch.entries()) {
				results.set(record, result.value?.[at] ?? { state: 'saved' });
			}
			continue;
		}
		const { error } = result;
		const extent = target.extentOf(error);
		const looked =
			extent === 'none'
				? undefined
				: await settled(async () => await lookAfter(extent, sent, target));
		if (looked?.ok) {
			const { independent = false } = target;
			queue.unshift(...sortOut(batch, looked.value, { extent, error, independent }, results));
			continue;
		}
		// The shop cannot be worked with: what was not sent yet stays unsent.
		const state = looked === undefined ? 'refused' : 'unclear';
		for (const record of batch) results.set(record, { state, error });
		for (const record of [...queue.flat(), ...left])
			results.set(record, { state: 'refused', error });
		break;
	}
	return records.map((record) => results.get(record) ?? { state: 'saved' });
}

/** Looks until two looks agree when the shop may still be writing. */
async function lookAfter<T>(
	extent: Extent,
	batch: readonly T[],
	{ look, pauseMs }: BatchTarget<T>,
): Promise<readonly Holding[]> {
	let seen = await look(batch);
	const mayGoOn = extent === 'unknown';
	for (let looks = 1; looks < MAX_LOOKS && mayGoOn && seen.includes('old'); looks++) {
		await sleep(pauseMs);
		const again = await look(batch);
		if (again.join() === seen.join()) break;
		seen = again;
	}
	return seen;
}

/** Notes what is known about a failed batch; returns the batches to send again. */
function sortOut<T>(
	batch: readonly T[],
	seen: readonly Holding[],
	{ extent, error, independent }: { extent: Extent; error: unknown; independent: boolean },
	results: Map<T, Written>,
): T[][] {
	// In order: everything before a saved record was saved as well, even if it changed since. Somebody else may
	// have brought a record to the very value that was sent, though: what still holds its old value, or what is
	// not as sent when the shop refused one and all look saved, cannot be told.
	const saved = independent ? 0 : seen.lastIndexOf('new') + 1;
	const isDoubtful = extent === 'untilRefusal' && saved === batch.length;
	for (const [at, record] of batch.slice(0, saved).entries()) {
		const isSure = seen[at] === 'new' || (seen[at] === 'other' && !isDoubtful);
		results.set(record, isSure ? { state: 'saved' } : { state: 'unclear', error });
	}
	const rest = batch.slice(saved).map((record, at) => ({ record, holds: seen[saved + at] }));
	const [first] = rest;
	if (!first) return [];
	const culprit = extent === 'untilRefusal' || batch.length === 1 ? first : undefined;
	for (const { record, holds } of rest) {
		if (holds === 'new') results.set(record, { state: 'saved' });
		if (holds === 'other') results.set(record, { state: 'unclear', error });
	}
	if (culprit?.holds === 'old') results.set(culprit.record, { state: 'refused', error });
	const again = rest
		.filter((each) => each !== culprit && each.holds === 'old')
		.map(({ record }) => record);
	// A refused record is out of the way; otherwise the batch may have been too much at once.
	return chunks(again, culprit ? again.length : Math.ceil(batch.length / 2));
}

function chunks<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
	return parts;
}
