import { settled } from '../protocol/settled';
import { mayStillAct, notKnown, sendOnce, withAdvice } from './outcome';

/** How a record is deleted. */
export interface Deletion {
	/** What it is called in messages, such as `order`. */
	noun: string;
	send(): Promise<unknown>;
	/** Looks afresh whether it is gone. */
	isGone(): Promise<boolean>;
}

/** Deletes a record; after an unclear answer the node looks. Deleting again does no harm. */
export async function deleteOnce({
	noun,
	send,
	isGone,
}: Deletion): Promise<{ deleted: true; warning?: string }> {
	const { unclear } = await sendOnce(send);
	if (!unclear) return { deleted: true };
	const gone = await settled(isGone);
	if (!gone.ok) throw notKnown(unclear, `the ${noun} was deleted`);
	if (gone.value) {
		const warning = `The shop answered with an error (${unclear.explanation.reason}) but did delete the ${noun}.`;
		return { deleted: true, warning };
	}
	throw withAdvice(
		unclear,
		mayStillAct(unclear)
			? `The ${noun} still exists so far, but the shop may still be at work. Deleting it again does no harm.`
			: `The ${noun} still exists; deleting it again does no harm.`,
	);
}
