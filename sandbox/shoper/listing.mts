import { isFields, textOf } from './definitions.mts';
import type { Fields, Json, ResourceDefinition } from './definitions.mts';
import { notFound } from './errors.mts';
import { compareValues, fieldReader, readFilters, selectRows } from './filters.mts';
import type { FieldReader, Found } from './filters.mts';
import { recordView } from './recordView.mts';
import type { ShopState } from './shopState.mts';

const DEFAULT_LIMIT = 10;
const LARGEST_LIMIT = 50;

/** Anything that is not 1 to 50 becomes 10 without a word (LIVE: 51 and 500). */
function limitOf(given: Json | undefined): number {
	const limit = Number(textOf(given));
	return Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_LIMIT ? limit : DEFAULT_LIMIT;
}

interface SortKey {
	read: FieldReader;
	descending: boolean;
}

/** `order=a ASC` or `order[]=a ASC&order[]=b DESC`; a bare field sorts descending (LIVE). */
function sortKeys(
	shop: ShopState,
	resource: ResourceDefinition,
	given: Json | undefined,
): SortKey[] {
	const list = Array.isArray(given)
		? given
		: isFields(given)
			? Object.values(given)
			: [given ?? ''];
	return list.flatMap((entry) => {
		const text = textOf(entry).trim();
		if (text === '') return [];
		const match = /^(\S+)(?:\s+(ASC|DESC))?$/i.exec(text);
		const read = fieldReader(shop, resource, match?.[1] ?? '');
		// What a real shop says about an unknown sort field is not known.
		if (!read) throw notFound();
		return [{ read, descending: match?.[2]?.toUpperCase() !== 'ASC' }];
	});
}

function sorted(rows: Found[], keys: SortKey[]): Found[] {
	if (keys.length === 0) return rows;
	const decorated = rows.map((found) => ({
		found,
		values: keys.map((key) => key.read(found)[0] ?? null),
	}));
	decorated.sort((a, b) => {
		for (const [index, key] of keys.entries()) {
			const left = a.values[index] ?? null;
			const right = b.values[index] ?? null;
			const order =
				left === null || right === null
					? Number(left !== null) - Number(right !== null)
					: (compareValues(left, right) ?? 0);
			if (order !== 0) return key.descending ? -order : order;
		}
		return a.found.row.id - b.found.row.id;
	});
	return decorated.map(({ found }) => found);
}

/** A page of a list with the headers that repeat its figures. */
export interface Page {
	body: Fields;
	headers: Record<string, string>;
}

/** Answers `GET /{resource}`; `show` may trim rows further. */
export function listRecords(
	shop: ShopState,
	resource: ResourceDefinition,
	query: Fields,
	show: (row: Found['row']) => Fields = (row) => recordView(shop, resource.name, row),
): Page {
	const rows = sorted(
		selectRows(shop, resource, readFilters(query.filters)),
		sortKeys(shop, resource, query.order),
	);
	const limit = limitOf(query.limit);
	const pages = Math.ceil(rows.length / limit);
	const asked = Math.max(1, Math.trunc(Number(textOf(query.page))) || 1);
	const offset = textOf(query.offset);
	const from = /^\d+$/.test(offset) ? Number(offset) : (asked - 1) * limit;
	// A page past the end calls itself page 1 (LIVE).
	const page = from < rows.length ? Math.floor(from / limit) + 1 : 1;
	const list = rows.slice(from, from + limit).map(({ row }) => show(row));
	return {
		body: { count: String(rows.length), pages, page, list },
		headers: {
			'X-Shop-Result-Count': String(rows.length),
			'X-Shop-Result-Pages': String(pages),
			'X-Shop-Result-Page': String(page),
		},
	};
}
