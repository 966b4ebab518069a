import type { Method } from '../../shared/protocol/call';

/** The columns of the rights table in the back office (Advanced Parameters > Webservice > key). */
const COLUMN: Readonly<Record<Method, string>> = {
	GET: 'View (GET)',
	PUT: 'Modify (PUT)',
	POST: 'Add (POST)',
	PATCH: 'PATCH',
	DELETE: 'Delete (DELETE)',
};

/** A right as the back office names it: `orders – View (GET)`. */
export function rightName(resource: string, method: Method): string {
	return `${resource} – ${COLUMN[method]}`;
}

/** Where to tick it. */
export function tickRight(resource: string, method: Method): string {
	return `In the shop, open Advanced Parameters > Webservice, edit the key and tick "${COLUMN[method]}" in the row "${resource}".`;
}
