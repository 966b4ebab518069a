import { isFields, textOf } from './definitions.mts';
import type { Fields, Json, ResourceDefinition, Row } from './definitions.mts';
import { badRequest, notFound } from './errors.mts';
import { computedField } from './recordView.mts';
import type { ShopState } from './shopState.mts';
import { baseStock, stocksOf } from './stocks.mts';

/** A row of a result: products come once per matching stock row when a filter asks for `stock.*`. */
export interface Found {
	row: Row;
	stock?: Row;
}

/** The values of a field in one row: several for `translations.name`, which looks at every language. */
export type FieldReader = (found: Found) => Json[];

function translationReader(resource: ResourceDefinition, path: string[]): FieldReader | undefined {
	const [locale, field] = path.length === 2 ? path : [undefined, path[0]];
	if (field === undefined || resource.translation?.[field] === undefined) return undefined;
	return ({ row }) => {
		const { translations } = row.values;
		if (!isFields(translations)) return [];
		const languages =
			locale === undefined ? Object.values(translations) : [translations[locale] ?? null];
		return languages.flatMap((language) => (isFields(language) ? [language[field] ?? null] : []));
	};
}

/** Ids of a category and everything below it. */
function subtree(shop: ShopState, categoryId: string): Set<string> {
	const found = new Set([categoryId]);
	const rows = shop.database.table('categories').rows();
	for (let size = 0; size !== found.size; ) {
		size = found.size;
		for (const row of rows) if (found.has(textOf(row.values._parent))) found.add(String(row.id));
	}
	return found;
}

function specialReader(
	shop: ShopState,
	resource: ResourceDefinition,
	field: string,
): FieldReader | undefined {
	if (!resource.alsoFilterable?.includes(field)) return undefined;
	switch (field) {
		case 'tags':
		case 'tag_id':
			return ({ row }) => {
				const { tags } = row.values;
				return (Array.isArray(tags) ? tags : []).map((tag) =>
					isFields(tag) ? (tag[field === 'tags' ? 'name' : 'tag_id'] ?? null) : tag,
				);
			};
		case 'category_tree_id':
			return ({ row }) => {
				// Every category whose subtree the product is in.
				const own = row.values.categories;
				const ids = (Array.isArray(own) ? own : []).map(textOf);
				const all = shop.database.table('categories').rows();
				return all
					.map((category) => String(category.id))
					.filter((id) => ids.some((mine) => subtree(shop, id).has(mine)));
			};
		default:
			return undefined;
	}
}

/** How to read a field for filters and sorting; undefined for a field that the resource does not know. */
export function fieldReader(
	shop: ShopState,
	resource: ResourceDefinition,
	name: string,
): FieldReader | undefined {
	const [head = '', ...path] = name.split('.');
	// The singular was used by mistake on a real shop and worked (LIVE).
	if (path.length > 0 && (head === 'translations' || head === 'translation'))
		return translationReader(resource, path);
	if (resource.name === 'products' && head === 'stock' && path.length === 1) {
		const field = path[0] ?? '';
		return ({ row, stock }) => {
			const joined = stock ?? baseStock(shop, row.id);
			if (!joined) return [];
			return [computedField(shop, 'product-stocks', joined, field) ?? joined.values[field] ?? null];
		};
	}
	if (path.length > 0) return undefined;
	const special = specialReader(shop, resource, name);
	if (special) return special;
	const blank = resource.blank[name];
	if (blank === undefined || (typeof blank === 'object' && blank !== null)) return undefined;
	if (resource.notFilterable?.includes(name)) return undefined;
	return ({ row }) => [computedField(shop, resource.name, row, name) ?? row.values[name] ?? null];
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/;

/** Below 0, 0 or above 0; undefined where the two cannot be compared at all. */
export function compareValues(a: Json, b: Json, caseSensitive = false): number | undefined {
	if (a === null || b === null) return undefined;
	const left = textOf(a);
	let right = textOf(b);
	if (typeof a === 'boolean' && /^(true|false)$/i.test(right))
		right = right.toLowerCase() === 'true' ? '1' : '0';
	if (NUMBER.test(left) && NUMBER.test(right)) return Number(left) - Number(right);
	if (DATE_TIME.test(left)) {
		// ISO with `T` or an offset is not understood (Shoper REST reference 3.2).
		if (!DATE_TIME.test(right)) return undefined;
		if (left.length > right.length) right += ' 00:00:00';
	}
	const [x, y] = caseSensitive ? [left, right] : [left.toLowerCase(), right.toLowerCase()];
	return x < y ? -1 : x > y ? 1 : 0;
}

function likePattern(value: Json, caseSensitive: boolean): RegExp {
	const escaped = textOf(value)
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replaceAll('%', '.*')
		.replaceAll('_', '.');
	return new RegExp(`^${escaped}$`, caseSensitive ? 's' : 'is');
}

type Test = (value: Json) => boolean;

function listOf(operand: Json): Json[] {
	if (Array.isArray(operand)) return operand;
	return isFields(operand) ? Object.values(operand) : [operand];
}

/** The operators that clients are known to use; the names of the OpenAPI (`gte`, `in_not` …) are not among them. */
function testOf(operator: string, operand: Json, caseSensitive: boolean): Test {
	const compare = (value: Json): number | undefined => compareValues(value, operand, caseSensitive);
	const isOneOf = (value: Json): boolean =>
		listOf(operand).some((one) => compareValues(value, one, caseSensitive) === 0);
	switch (operator.toUpperCase()) {
		case '=':
			return (value) => (operand === null ? value === null : compare(value) === 0);
		case '!=':
			return (value) =>
				operand === null ? value !== null : value !== null && compare(value) !== 0;
		case '>':
			return (value) => (compare(value) ?? 0) > 0;
		case '>=':
			return (value) => (compare(value) ?? -1) >= 0;
		case '<':
			return (value) => (compare(value) ?? 0) < 0;
		case '<=':
			return (value) => (compare(value) ?? 1) <= 0;
		case 'IN':
			return isOneOf;
		case 'NOT IN':
			return (value) => !isOneOf(value);
		case 'LIKE':
		case '~':
			return (value) => value !== null && likePattern(operand, caseSensitive).test(textOf(value));
		case '!~':
			return (value) => value !== null && !likePattern(operand, caseSensitive).test(textOf(value));
		default:
			throw badRequest(`Nieznany operator '${operator}'`);
	}
}

/** `{"=":{"5":"test"}}`: additional field 5 holds “test”. */
function additionalFieldTest(condition: Json): (found: Found) => boolean {
	const wanted = isFields(condition) && isFields(condition['=']) ? condition['='] : condition;
	const pairs = isFields(wanted) ? Object.entries(wanted) : [];
	return ({ row }) => {
		const held = row.values.additional_fields;
		const fields = (Array.isArray(held) ? held : []).filter(isFields);
		return pairs.every(([id, value]) =>
			fields.some(
				(field) => textOf(field.field_id) === id && compareValues(field.value ?? '', value) === 0,
			),
		);
	};
}

/** Is this one of the filters of which nobody knows whether they work? Then the shop's switch decides. */
function doubtful(
	shop: ShopState,
	resource: string,
	field: string,
): 'works' | 'unknown' | 'ignored' {
	if (resource === 'products' && field === 'edit_date') return shop.settings.productDateFilter;
	if (resource === 'orders' && field === 'is_paid') return shop.settings.isPaidFilter;
	return 'works';
}

/** `filters` in either spelling: a JSON string, or the tree of the bracket spelling. */
export function readFilters(given: Json | undefined): Fields {
	if (given === undefined || given === '') return {};
	if (typeof given !== 'string') return isFields(given) ? given : {};
	try {
		const parsed = JSON.parse(given) as Json;
		return isFields(parsed) ? parsed : {};
	} catch {
		throw badRequest('Decoding failed: Syntax error');
	}
}

/** The rows that satisfy all conditions, by ascending id. Throws 404 for an unknown field. */
export function selectRows(
	shop: ShopState,
	resource: ResourceDefinition,
	filters: Fields,
): Found[] {
	const { caseSensitive } = shop.settings;
	const checks: Array<(found: Found) => boolean> = [];
	for (const [field, condition] of Object.entries(filters)) {
		const doubt = doubtful(shop, resource.name, field);
		if (doubt === 'ignored') continue;
		if (doubt === 'unknown') throw notFound();
		if (field === 'additional_fields' && resource.alsoFilterable?.includes(field)) {
			checks.push(additionalFieldTest(condition));
			continue;
		}
		const reader = fieldReader(shop, resource, field);
		if (!reader) throw notFound();
		const conditions: Array<[string, Json]> = isFields(condition)
			? Object.entries(condition)
			: [[Array.isArray(condition) ? 'IN' : '=', condition]];
		for (const [operator, operand] of conditions) {
			const test = testOf(operator, operand, caseSensitive);
			checks.push((found) => reader(found).some(test));
		}
	}
	const joins =
		resource.name === 'products' && Object.keys(filters).some((name) => name.startsWith('stock.'));
	const rows = shop.database.table(resource.name).rows();
	const found: Found[] = joins
		? rows.flatMap((row) => stocksOf(shop, row.id).map((stock) => ({ row, stock })))
		: rows.map((row) => ({ row }));
	return checks.length === 0 ? found : found.filter((one) => checks.every((check) => check(one)));
}
