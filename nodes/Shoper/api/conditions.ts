import { folded, normalise } from '../../shared/text/sameText';
import { isRecord } from './codec';
import type { ShoperRecord } from './codec';

/** The operators that are known to work, as keys of the JSON of `filters` (Shoper REST reference 3.2). */
export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'IN' | 'NOT IN' | 'LIKE';

/** A value that a condition compares with. */
export type Scalar = string | number | boolean;

/** One condition of a list. */
export interface Condition {
	field: string;
	operator: Operator;
	value: Scalar | readonly Scalar[];
	/** Only checked here: for fields whose filter the shop does not know. */
	local?: boolean;
}

/** Equality; the shop compares texts without regard to case. */
export function is(field: string, value: Scalar): Condition {
	return { field, operator: '=', value };
}

/** Equality with any of several values. */
export function anyOf(field: string, values: readonly Scalar[]): Condition {
	return { field, operator: 'IN', value: values };
}

/** Strictly greater. */
export function greater(field: string, value: Scalar): Condition {
	return { field, operator: '>', value };
}

/** Greater or equal. */
export function atLeast(field: string, value: Scalar): Condition {
	return { field, operator: '>=', value };
}

/** Strictly less. */
export function less(field: string, value: Scalar): Condition {
	return { field, operator: '<', value };
}

/** A text that contains `value`. */
export function contains(field: string, value: string): Condition {
	return { field, operator: 'LIKE', value: `%${value}%` };
}

/**
 * Conditions as the text of the `filters` parameter. There is one operator for each field: whether
 * the shop obeys two is not known, so a second condition on a field is checked here only (`keepOf`).
 */
export function filtersText(where: readonly Condition[]): string | undefined {
	const filters: Record<string, unknown> = {};
	for (const { field, operator, value, local } of where) {
		if (local || Object.hasOwn(filters, field)) continue;
		filters[field] = operator === '=' ? value : { [operator]: value };
	}
	return Object.keys(filters).length === 0 ? undefined : JSON.stringify(filters);
}

/**
 * Checks every row against the conditions, because a shop that ignores a filter answers with all
 * rows. Fields a row does not show, such as joined ones, cannot be checked.
 */
export function meets(where: readonly Condition[]): (record: ShoperRecord) => boolean {
	return (record) =>
		where.every((condition) => {
			const value = record[condition.field];
			if (value !== undefined) return fits(value, condition);
			const texts = condition.operator === 'LIKE' ? textsIn(record, condition.field) : [];
			return texts.length === 0 || texts.some((text) => fits(text, condition));
		});
}

const TRANSLATIONS = 'translations.';

/** What a record shows in a field that exists once per language, such as `translations.name`. */
function textsIn({ translations }: ShoperRecord, field: string): unknown[] {
	if (!isRecord(translations) || !field.startsWith(TRANSLATIONS)) return [];
	const name = field.slice(TRANSLATIONS.length);
	return Object.values(translations).flatMap((texts) =>
		isRecord(texts) && texts[name] !== undefined ? [texts[name]] : [],
	);
}

function fits(actual: unknown, { operator, value }: Condition): boolean {
	const values = Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
	const against = (wanted: Scalar) => compare(actual, wanted);
	switch (operator) {
		case '=':
		case 'IN':
			return values.some((wanted) => against(wanted) === 0);
		case '!=':
		case 'NOT IN':
			return values.every((wanted) => against(wanted) !== 0);
		case '>':
			return values.every((wanted) => against(wanted) > 0);
		case '>=':
			return values.every((wanted) => against(wanted) >= 0);
		case '<':
			return values.every((wanted) => against(wanted) < 0);
		case '<=':
			return values.every((wanted) => against(wanted) <= 0);
		case 'LIKE':
			return values.every((wanted) => holds(actual, String(wanted).slice(1, -1)));
	}
}

/**
 * Whether a text holds the part asked for. For the database `_` is any character and `%` any text, so that
 * it answers with more; how it compares letters otherwise is its own business.
 */
function holds(actual: unknown, part: string): boolean {
	return !/[_%]/.test(part) || folded(String(actual ?? '')).includes(folded(part));
}

/** Numbers by value, flags in any of their forms, everything else as text without regard to case. */
function compare(actual: unknown, wanted: Scalar): number {
	const [a, b] = [canonical(actual), canonical(wanted)];
	if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
	return a < b ? -1 : a > b ? 1 : 0;
}

function canonical(value: unknown): string {
	if (typeof value === 'boolean') return value ? '1' : '0';
	return value === null || value === undefined ? '' : normalise(String(value));
}

function isNumber(text: string): boolean {
	return /^-?\d+(\.\d+)?$/.test(text);
}
