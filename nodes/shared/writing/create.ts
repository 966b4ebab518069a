import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../protocol/call';

import { ShopError } from '../protocol/errors';
import { settled } from '../protocol/settled';
import type { Settled } from '../protocol/settled';
import { lookUntil } from '../reading/lookUntil';
import { doneAnyway, mayStillAct, notDone, notKnown, sendOnce, withAdvice } from './outcome';

/** How a new record is sent, and how it is found when the answer does not tell. */
export interface Creation<T> {
	/** The request, for messages. */
	call: Call;
	/** Sends it; the new record, or `undefined` when the answer does not name it. */
	send(): Promise<T | undefined>;
	/** Records that nothing but this request can have made; absent where nothing can be recognised. */
	find?(): Promise<readonly T[]>;
	/** What stands for a record that the shop accepted without naming it; a failure when absent. */
	unnamed?: T;
}

/** A record that was created. */
export interface Created<T> {
	record: T;
	warning?: string;
}

/** How long a shop that may still be at work is looked at, in milliseconds: four looks. */
const PATIENCE_MS = 7_000;

/**
 * Creates one record, once: the shops have no key against repeats. After an unclear answer the node
 * looks, for a while where the shop may still be at work, as a gateway answers seconds before it is done.
 *
 * @throws ShopError when nothing was created or nothing can be said; its fix says which
 */
export async function createOnce<T>(creation: Creation<T>): Promise<Created<T>> {
	const { call, find, unnamed } = creation;
	const { answer, unclear } = await sendOnce(async () => await creation.send());
	if (answer !== undefined) return { record: answer };
	const error = unclear ?? namesNothing(call);
	if (find) {
		const looked = await lookAgain(error, find);
		const [first, ...others] = looked.ok ? looked.value : [];
		if (first !== undefined && others.length === 0) {
			return unclear
				? { record: first, warning: doneAnyway(unclear, 'did create the record') }
				: { record: first };
		}
		if (unclear && !looked.ok) throw notKnown(unclear, 'the record was created');
		if (unclear && first === undefined) {
			const advice = 'Wait a minute and look for it before you repeat this.';
			throw notDone(unclear, 'No new record was found', advice);
		}
	}
	if (!unclear && unnamed !== undefined) {
		const warning =
			'The shop accepted it, but did not say what it created. Look for it before you repeat this.';
		return { record: unnamed, warning };
	}
	throw withAdvice(
		error,
		'It is not known whether the record was created. Look for it before you repeat this.',
	);
}

/** Looks for what came of a write, for a while where the shop may still be at work. */
export async function lookAgain<T>(
	error: ShopError,
	find: () => Promise<readonly T[]>,
): Promise<Settled<readonly T[]>> {
	return await lookUntil(
		async () => await settled(find),
		(seen) => seen.ok && seen.value.length > 0,
		mayStillAct(error) ? PATIENCE_MS : 0,
	);
}

/**
 * What is told when records that are meant to be one are several: runs in other processes cannot be kept
 * from passing each other, so that the node looks again after it created one.
 *
 * @param find the IDs of all records that carry the external ID
 */
export async function madeTwice(
	noun: string,
	{ externalId, id }: { externalId: string; id: string },
	find: () => Promise<readonly string[]>,
): Promise<string | undefined> {
	const found = await settled(find);
	if (!found.ok) {
		return `Whether another run created the ${noun} as well could not be looked at: ${(found.error as Error).message}`;
	}
	const all = [...new Set([id, ...found.value])].sort((a, b) => Number(a) - Number(b));
	if (all.length === 1) return undefined;
	return `Another run created the ${noun} with the External ID "${externalId}" at the same time: there are ${all.join(' and ')} now. Keep one, and cancel the rest.`;
}

function namesNothing(call: Call): ShopError {
	return new ShopError({ kind: 'malformed', sent: true }, call, {
		reason: 'The answer named no ID.',
		fix: '',
	});
}

/**
 * What is told of a new record. That it cannot be shown must not look as if there were none: whoever
 * repeats the run would make another.
 */
export async function showCreated(
	{ id, warning }: { id: string; warning?: string },
	show: () => Promise<IDataObject | undefined>,
): Promise<IDataObject> {
	const shown = await settled(show);
	const notRead = shown.ok
		? undefined
		: `The record was created, but could not be read back: ${(shown.error as Error).message} Do not repeat this.`;
	const notes = [warning, notRead].filter((note) => note !== undefined);
	return {
		...((shown.ok && shown.value) || { id }),
		created: true,
		...(notes.length > 0 && { warning: notes.join(' ') }),
	};
}
