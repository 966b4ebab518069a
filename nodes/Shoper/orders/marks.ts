import { is } from '../api/conditions';
import type { ShoperRecord } from '../api/codec';
import { listing } from '../api/query';
import type { ShoperShop } from '../api/reads';

/** Marks in the private note: of a finished order, and of one whose lines are still being added. */
export interface Marks {
	/** The external ID itself. */
	id: string;
	done: string;
	open: string;
}

export function marksOf(externalId: string): Marks | undefined {
	const id = externalId.trim();
	return id === '' ? undefined : { id, done: `n8n:${id}`, open: `n8n:${id} (lines missing)` };
}

/** The order that an earlier run made: a finished one, else one whose lines are missing. */
export async function orderMarked(
	shop: ShoperShop,
	marks: Marks | undefined,
): Promise<ShoperRecord | undefined> {
	return marks && (await ordersMarked(shop, marks))[0];
}

/** All orders that carry one of the marks, finished ones first. */
export async function ordersMarked(
	shop: ShoperShop,
	{ done, open }: Marks,
): Promise<ShoperRecord[]> {
	// In this order, so that an order that is finished between the two is seen.
	const unfinished = await ordersNoted(shop, open);
	return [...(await ordersNoted(shop, done)), ...unfinished];
}

/** Orders with a private note, the oldest first: only equality is known to work on notes. */
async function ordersNoted(shop: ShoperShop, note: string): Promise<ShoperRecord[]> {
	const where = [is('notes_priv', note)];
	const found = await shop.list(listing({ resource: 'orders', where, order: 'oldest' }));
	return found.filter(({ notes_priv }) => notes_priv === note);
}
