import { InputError } from '../../shared/protocol/errors';
import { folded, sameText } from '../../shared/text/sameText';
import type { PrestaShopRecord } from './records';

/**
 * Lists and conditions in the few forms the webservice honours. It silently ignores every other
 * operator, and values with brackets, and then answers with the whole table (section 3.3).
 */
export interface Condition {
	field: string;
	/** The value of `filter[field]`, operator and brackets included. */
	wire: string;
	/** Checks a returned row when the server can only narrow the condition down. */
	matches?(record: PrestaShopRecord): boolean;
}

/** Exact equality with one value; the shop compares without regard to case. */
export function is(field: string, value: string): Condition {
	if (/[[\]<]/.test(value)) return narrowed(field, value);
	// Bare, because in brackets `|` is a list and `1,2` a range.
	if (/[|]|^[\d.:\- ]+,[\d.:\- ]+$/.test(value)) return { field, wire: value };
	return { field, wire: `[${value}]` };
}

/** Equality with any of several values that hold no special characters (IDs, above all). */
export function anyOf(field: string, values: readonly string[]): Condition {
	return { field, wire: `[${values.join('|')}]` };
}

/** Strictly greater, as the shop compares. */
export function greater(field: string, value: string): Condition {
	return { field, wire: `>[${value}]` };
}

/** Strictly less. */
export function less(field: string, value: string): Condition {
	return { field, wire: `<[${value}]` };
}

/** From `low` to `high`, both included. */
export function between(field: string, low: string, high: string): Condition {
	return { field, wire: `[${low},${high}]` };
}

/** A text that contains `value`; the shop has no way to escape brackets. */
export function contains(field: string, value: string): Condition {
	const wire = `%[${plainPart(field, value)}]%`;
	return { field, wire, ...checkedAfter(field, value, (text, part) => text.includes(part)) };
}

/** A text that begins with `value`. */
export function startsWith(field: string, value: string): Condition {
	const wire = `[${wholePart(field, value)}]%`;
	return { field, wire, ...checkedAfter(field, value, (text, part) => text.startsWith(part)) };
}

/** A text that ends with `value`. */
export function endsWith(field: string, value: string): Condition {
	const wire = `%[${wholePart(field, value)}]`;
	return { field, wire, ...checkedAfter(field, value, (text, part) => text.endsWith(part)) };
}

/**
 * For the shop an underscore stands for any character, and other special characters cannot be sent, so
 * that it answers with more than was asked for: such rows are dropped. Like the shop's, the comparison
 * disregards case and accents; a field that was not read cannot be checked.
 */
function checkedAfter(
	field: string,
	value: string,
	fits: (text: string, part: string) => boolean,
): Pick<Condition, 'matches'> {
	if (!/[_[\]<>|%]/.test(value)) return {};
	const wanted = folded(value);
	return {
		matches: (record) => {
			const stored = record[field];
			if (typeof stored === 'string') return fits(folded(stored), wanted);
			if (!Array.isArray(stored)) return true;
			return stored.some((each) => fits(folded(each.value), wanted));
		},
	};
}

/** Anything but `value`; rows without a value never match (section 3.3). */
export function isNot(field: string, value: string): Condition {
	return { field, wire: `![${wholePart(field, value)}]` };
}

/** The value itself, where no part of it may be left out. */
function wholePart(field: string, value: string): string {
	if (plainPart(field, value) === value.trim()) return value;
	throw new InputError(
		`PrestaShop cannot search for "${value}" in ${field}: it holds special characters.`,
		'Use "contains" with a part that has none.',
	);
}

/** Brackets and markup cannot be sent: asks for the longest plain part and checks the rest here. */
function narrowed(field: string, value: string): Condition {
	return {
		field,
		wire: `%[${plainPart(field, value)}]%`,
		matches: (record) => sameText(record[field], value),
	};
}

function plainPart(field: string, value: string): string {
	const parts = value.split(/[[\]<>|%]/).map((part) => part.trim());
	const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
	if (longest === '') {
		throw new InputError(
			`PrestaShop cannot search for "${value}" in ${field}: it holds only special characters.`,
			'Use the ID instead.',
		);
	}
	return longest;
}
