import { InputError } from '../../shared/protocol/errors';
import type { Lookup } from '../../shared/reading/lookup';
import type { Listing } from '../../shared/reading/listing';
import { normalise } from '../../shared/text/sameText';
import type { Call } from '../../shared/protocol/call';
import type { ShoperRecord } from './codec';
import { anyOf, filtersText, greater, is, less, meets } from './conditions';
import type { Condition } from './conditions';
import { nextPage, pageParts, passingById, passingByNumber } from './pageParts';
import { idFieldOf, idOf } from './resources';

/** A list in the shop's terms. */
export interface ListQuery {
	/** Segments of the path: one for most resources, more for nested ones. */
	resource: string | readonly string[];
	where?: readonly Condition[];
	/** By ID. Every walk goes by ID, because only IDs keep their place while records come in. */
	order?: 'oldest' | 'newest';
	/** Only records with a higher ID. */
	afterId?: number;
	/** Only records with a lower ID. */
	belowId?: number;
	/** Wanted records, to ask for no more than needed. */
	limit?: number;
}

/** Largest page; a larger limit silently gives 10 rows (LIVE). */
export const PAGE_SIZE = 50;

/** Characters of one encoded list of values. The address must stay under 8192 in all (BUNDLE). */
const MAX_VALUES_LENGTH = 6_000;

/** Path of a list, and the name its records go by. */
function pathOf({ resource }: ListQuery): { path: readonly string[]; name: string } {
	const path = typeof resource === 'string' ? [resource] : resource;
	// metafields/product, but collections/5/products.
	return { path, name: (path.length > 2 ? path.at(-1) : path[0]) ?? '' };
}

/**
 * Walks a list by ID, so that rows that come and go meanwhile move nothing (filters on IDs: LIVE for
 * orders). The direction is always named: without it the shop sorts descending (LIVE).
 */
export function listing(list: ListQuery): Listing<ShoperRecord> {
	const { path, name } = pathOf(list);
	const { where = [], order = 'oldest', afterId, belowId, limit = PAGE_SIZE } = list;
	const id = idFieldOf(name);
	const oldest = order === 'oldest';
	const size = pageSize(limit, where);
	const bounds = [
		...(afterId === undefined ? [] : [greater(id, afterId)]),
		...(belowId === undefined ? [] : [less(id, belowId)]),
	];
	const page = (from: Condition | undefined, rows = PAGE_SIZE): Call => {
		// The moving bound comes first: a field has one operator.
		const filters = filtersText([...(from ? [from] : []), ...bounds, ...where]);
		return {
			method: 'GET',
			path,
			query: {
				...(filters !== undefined && { filters }),
				order: `${id} ${oldest ? 'ASC' : 'DESC'}`,
				limit: `${rows}`,
			},
		};
	};
	const start = oldest ? bounds[0] : bounds.at(-1);
	return {
		first: page(start, size),
		// Who wants more after a small page had rows sorted out: whole pages from there on.
		next: (_call, records) => {
			const last = Number(records.at(-1)?.[id]);
			if (!Number.isSafeInteger(last)) return undefined;
			// Only the moving bound is told to the shop; here is where the other one ends the walk.
			if (oldest ? last + 1 >= (belowId ?? Infinity) : last - 1 <= (afterId ?? -1))
				return undefined;
			return page(oldest ? greater(id, last) : less(id, last));
		},
		keyOf: (record) => idOf(name, record),
		keep: meets([...bounds, ...where]),
		parts: {
			...pageParts,
			pass: passingById(id),
		},
	};
}

/** Walks a list page by page: for short lists, and for those whose IDs are not known. */
export function pagedListing(list: Omit<ListQuery, 'afterId' | 'belowId'>): Listing<ShoperRecord> {
	const { path, name } = pathOf(list);
	const { where = [], order, limit = PAGE_SIZE } = list;
	const size = pageSize(limit, where);
	const filters = filtersText(where);
	const first: Call = {
		method: 'GET',
		path,
		query: {
			...(filters !== undefined && { filters }),
			...(order && { order: `${idFieldOf(name)} ${order === 'oldest' ? 'ASC' : 'DESC'}` }),
			limit: `${size}`,
			page: '1',
		},
	};
	return {
		first,
		next: nextPage,
		keyOf: (record) => idOf(name, record) || JSON.stringify(record),
		keep: meets(where),
		parts: { ...pageParts, pass: passingByNumber },
		mayLackPages: true,
	};
}

/** No more than wanted, unless rows have to be sorted out here. */
function pageSize(limit: number, where: readonly Condition[]): number {
	if (where.some(({ local }) => local)) return PAGE_SIZE;
	return Math.max(1, Math.min(PAGE_SIZE, limit));
}

/**
 * A short page is the last one only where the answer does not say how many there are; one that is
 * longer than asked for comes from a list without pages.
 */
export function isEnd(records: { isLast?: boolean; length: number }, size: number): boolean {
	return records.length === 0 || (records.isLast ?? records.length !== size);
}

/**
 * Finds records of `resource` by the exact value of `field`, many values in one request. `field` may
 * belong to many records each: the pages of a request are read to their end.
 */
export function lookup(resource: string, field: string): Lookup<ShoperRecord> {
	const isId = /(^|_)id$/.test(field);
	const ofValues = (values: readonly string[]): Listing<ShoperRecord> => {
		const sent = isId
			? values.map((value) => idNumber(value, field))
			: values.flatMap((value) => spellings(field, value));
		const [only] = sent;
		const where = [sent.length === 1 && only !== undefined ? is(field, only) : anyOf(field, sent)];
		// By its own ID, at most one record belongs to each value; a walk by ID would be a second condition on it.
		const query = { resource, where, order: 'oldest' as const };
		return field === idFieldOf(resource) ? pagedListing(query) : listing(query);
	};
	return {
		id: `${resource}.${field}`,
		calls: (values) =>
			chunk(values, (value) => spellings(field, value)).map((part) => {
				const pages = ofValues(part);
				return { values: part, call: pages.first, pages };
			}),
		keyOf: (record) => String(record[field] ?? ''),
		normalise,
	};
}

/** People write their address in several ways, and whether the shop regards case is not known. */
export function spellings(field: string, value: string): string[] {
	return field === 'email' ? [...new Set([value, value.toLowerCase()])] : [value];
}

/** IDs go over the wire as numbers (LIVE). Throws `InputError` for what is no ID. */
function idNumber(value: string, field: string): number {
	const id = Number(value);
	if (/^\d+$/.test(value) && Number.isSafeInteger(id)) return id;
	throw new InputError(`"${value}" is not an ID (${field}).`, 'An ID is a whole number.');
}

/** Splits values of one list so that no address gets too long and its records may fit one page. */
export function chunk(
	values: readonly string[],
	sentFor: (value: string) => readonly string[] = (value) => [value],
): string[][] {
	const chunks: string[][] = [];
	let length = Number.POSITIVE_INFINITY;
	for (const value of values) {
		const own = encodeURIComponent(JSON.stringify(sentFor(value))).length;
		length += own;
		if (length > MAX_VALUES_LENGTH || (chunks.at(-1)?.length ?? 0) >= PAGE_SIZE) {
			chunks.push([]);
			length = own;
		}
		chunks.at(-1)?.push(value);
	}
	return chunks;
}
