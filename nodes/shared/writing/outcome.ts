import { isUnclear } from '../http/errors';
import { InputError, ShopError } from '../protocol/errors';
import { settled } from '../protocol/settled';

/**
 * What is said about a write that had no clear answer. One rule for every shop and operation: after
 * such an answer the node looks, sends nothing again, and tells what it saw; that nothing was done is
 * believed only of a shop that is surely done with the request.
 */

/** Whether the shop may have acted although it failed: a refusal is certain. */
export function mayHaveActed(error: unknown): error is ShopError {
	return error instanceof ShopError && isUnclear(error.failure);
}

/**
 * Whether the shop may act even now: behind a gateway that stopped waiting, after a lost connection, or
 * after an error of its own that came before its work was done.
 */
export function mayStillAct({ failure: { kind, sent, status = 0 } }: ShopError): boolean {
	if (kind === 'server') return sent && status >= 500;
	return sent && ['timeout', 'network'].includes(kind);
}

/** The same failure with what is known about the record in place of the general advice. */
export function withAdvice({ failure, call, explanation }: ShopError, fix: string): ShopError {
	return new ShopError(failure, call, { ...explanation, fix });
}

/** Sends a write, once: its answer, or the failure that leaves open what came of it. Throws any other. */
export async function sendOnce<T>(
	send: () => Promise<T>,
): Promise<{ answer: T; unclear?: undefined } | { unclear: ShopError; answer?: undefined }> {
	const sent = await settled(send);
	if (sent.ok) return { answer: sent.value };
	if (mayHaveActed(sent.error)) return { unclear: sent.error };
	throw sent.error;
}

/**
 * The warning of a write that was carried out in spite of its answer.
 *
 * @param did as in "did save the record"
 * @param note a sentence about what is not known all the same
 */
export function doneAnyway({ explanation }: ShopError, did: string, note = ''): string {
	const { reason } = explanation;
	return `The shop answered with an error (${reason}) but ${did}.${note} Do not repeat this.`;
}

/**
 * The failure of a write that was not carried out when the node looked.
 *
 * @param state as in "The status was not changed"
 * @param advice for the case that the shop may still be at work
 */
export function notDone(error: ShopError, state: string, advice: string): ShopError {
	return withAdvice(
		error,
		mayStillAct(error)
			? `${state} so far, but the shop may still be at work. ${advice}`
			: `${state}; it is safe to repeat this.`,
	);
}

/**
 * The failure of a write of which nothing is known, because looking failed as well.
 *
 * @param whether as in "the status was changed"
 */
export function notKnown(error: ShopError, whether: string): ShopError {
	return withAdvice(
		error,
		`It is not known whether ${whether}: looking failed as well. Check it before you repeat this.`,
	);
}

/**
 * Stops a write to a record that is not the one asked for: some shops read an ID loosely.
 *
 * @param found ID of the record as it was read; empty when it shows none
 * @throws InputError when it is another one
 */
export function refuseAnother(found: string, id: string): void {
	if (found === '' || found === id || !/^\d+$/.test(id)) return;
	throw new InputError(
		`The shop answered with the record ${found} in place of ${id}; nothing was written.`,
		'Check the ID.',
	);
}
