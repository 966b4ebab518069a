import { numberedParts } from '../../shared/reading/listing';
import type { Parts } from '../../shared/reading/listing';
import { settled } from '../../shared/protocol/settled';
import type { Call, Page } from '../../shared/protocol/call';
import { parseJson } from '../../shared/text/userInput';
import type { ShoperRecord } from './codec';

type Pass = NonNullable<Parts<ShoperRecord>['pass']>;

/** How pages are asked for in parts. */
export const pageParts: Omit<Parts<ShoperRecord>, 'pass'> = {
	...numberedParts({ size: 'limit', page: 'page' }, 1),
	// What a list gives whose answers do not tell how many pages it has (Shoper REST reference 3.1).
	surelyGiven: 10,
	nameOf: ({ path }) => `a record of ${path.join('/')}`,
};

/** Records in a row that are looked behind for one that can be read. */
const MAX_ADJACENT = 5;

/** The page behind, of the same size. */
export function nextPage(call: Call): Call {
	const page = `${Number(call.query?.page ?? 1) + 1}`;
	return { ...call, query: { ...call.query, page } };
}

/** The first page of one record that can be read behind `call`, and how many cannot. */
async function behind(
	fetch: Parameters<Pass>[0],
	call: Call,
): Promise<{ page: Page<ShoperRecord>; sent: Call; unread: number } | undefined> {
	let sent = call;
	for (let unread = 1; unread <= MAX_ADJACENT; unread++) {
		sent = nextPage(sent);
		const asked = sent;
		const read = await settled(async () => await fetch(asked));
		if (read.ok) return { page: read.value, sent, unread };
	}
	return undefined;
}

/** Gets past records that cannot be read in a list that is read by page numbers. */
export const passingByNumber: Pass = async (fetch, call) => {
	const found = await behind(fetch, call);
	if (!found) return undefined;
	const { page, sent } = found;
	const name = `number ${call.query?.page ?? '1'} of the list of ${call.path.join('/')}`;
	return { name, page, sent };
};

/**
 * The same in a list that is read by IDs: a page number leads past what cannot be read, and its
 * neighbours tell its ID, unless IDs are missing there.
 *
 * @param idField field of the ID
 */
export function passingById(idField: string): Pass {
	return async (fetch, call) => {
		const found = await behind(fetch, call);
		if (!found) return undefined;
		const { page, sent, unread } = found;
		const before = boundOf(call, idField);
		const after = page.length === 0 ? undefined : Number(page[0]?.[idField]);
		const resource = call.path.join('/');
		const isOne = unread === 1 && after !== undefined && Math.abs(after - before) === 2;
		if (isOne) {
			const id = `${(before + after) / 2}`;
			return { name: `${resource} ${id}`, standIn: { [idField]: id }, page, sent };
		}
		const end = after === undefined ? '' : ` and before ${after}`;
		const name = `${unread === 1 ? 'a record' : `${unread} records`} of ${resource} after ID ${before}${end}`;
		return { name, page, sent };
	};
}

/** The ID that a call reads on from. */
function boundOf({ query }: Call, idField: string): number {
	const filters = parseJson(query?.filters ?? '') as Readonly<Record<string, unknown>> | undefined;
	const bound = (filters?.[idField] ?? {}) as Readonly<Record<string, unknown>>;
	const [id] = Object.values(bound);
	if (typeof id === 'number') return id;
	return query?.order?.endsWith('DESC') ? Number.POSITIVE_INFINITY : 0;
}
