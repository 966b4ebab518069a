import type { Condition } from './conditions';
import {
	anyOf,
	between,
	contains,
	endsWith,
	greater,
	is,
	isNot,
	less,
	startsWith,
} from './conditions';
import { InputError } from '../../shared/protocol/errors';
import { languageText } from './codec';
import type { FieldValue, PrestaShopRecord } from './records';
import { fieldNamed } from './resourceSchema';
import type { ResourceField, ResourceSchema } from './resourceSchema';

/** A condition as users enter it. */
export interface FilterRow {
	field?: unknown;
	operator?: unknown;
	value?: unknown;
}

/** Conditions for the shop, and those that have to be checked here. */
export interface RowConditions {
	where: Condition[];
	/** Whether `matches` leaves anything out. */
	checkedHere: boolean;
	matches(record: PrestaShopRecord): boolean;
}

/**
 * Here a condition on a multilingual field fails together with sorting by ID, with an empty list on
 * some versions (section 3.4). They are small, so the condition is checked here.
 */
const CHECKED_HERE = [
	'attachments',
	'cart_rules',
	'order_states',
	'product_feature_values',
	'stock_movement_reasons',
	'taxes',
];

/** The operators the webservice honours; it answers all others with the whole table (section 3.3). */
const OPERATORS: Readonly<Record<string, (field: string, value: string) => Condition>> = {
	equals: is,
	anyOf: (field, value) => anyOf(field, parts(field, value)),
	contains,
	startsWith,
	endsWith,
	greaterThan: greater,
	lessThan: less,
	between: (field, value) => {
		const [low, high, ...more] = parts(field, value);
		if (low !== undefined && high !== undefined && more.length === 0 && isRange(low, high)) {
			return between(field, low, high);
		}
		throw new InputError(
			`The filter for "${field}" is "${value}".`,
			'Enter two numbers or dates, separated by a comma.',
		);
	},
	notEquals: isNot,
};

type TextCheck = (text: string, value: string) => boolean;

const TEXT_CHECKS: Readonly<Record<string, TextCheck>> = {
	equals: (text, value) => text === value,
	anyOf: (text, value) => parts('', value).includes(text),
	contains: (text, value) => text.includes(value),
	startsWith: (text, value) => text.startsWith(value),
	endsWith: (text, value) => text.endsWith(value),
	notEquals: (text, value) => text !== value,
};

/**
 * Turns rows of field, operator and value into conditions.
 *
 * @throws InputError for unknown fields and operators, empty values, and what the shop cannot combine
 */
export function rowConditions(
	resource: string,
	schema: ResourceSchema,
	rows: readonly FilterRow[],
): RowConditions {
	const where: Condition[] = [];
	const checks: Array<(record: PrestaShopRecord) => boolean> = [];
	const fields: ResourceField[] = [];
	for (const row of rows) {
		const { field, operator, value } = complete(row);
		const known: ResourceField =
			field === 'id'
				? { name: 'id', required: false, multilingual: false, readOnly: false, filterable: true }
				: fieldNamed(schema, resource, field, ({ filterable }) => filterable);
		guardCombination(known, fields);
		fields.push(known);
		const make = OPERATORS[operator];
		if (!make) {
			throw new InputError(
				`The filter for "${field}" has the operator "${operator}".`,
				`PrestaShop knows ${Object.keys(OPERATORS).join(', ')}.`,
			);
		}
		if (known.multilingual && CHECKED_HERE.includes(resource)) {
			checks.push(checkHere(field, operator, value));
		} else {
			const condition = make(field, value);
			where.push(field === 'id' ? { ...condition, matches: idCheck(operator, value) } : condition);
		}
	}
	return {
		where,
		checkedHere: checks.length > 0,
		matches: (record) => checks.every((check) => check(record)),
	};
}

function complete({ field, operator, value }: FilterRow) {
	const text = (part: unknown) => String(part ?? '').trim();
	const row = { field: text(field), operator: text(operator) || 'equals', value: text(value) };
	if (row.field === '' || row.value === '') {
		throw new InputError(
			`The filter for "${row.field}" has no ${row.field === '' ? 'field' : 'value'}, which would match everything.`,
			'Complete it or remove it.',
		);
	}
	return row;
}

function guardCombination(next: ResourceField, others: readonly ResourceField[]): void {
	if (others.some(({ name }) => name === next.name)) {
		throw new InputError(
			`There are several filters for "${next.name}".`,
			'PrestaShop takes one condition per field: use "between" or "anyOf".',
		);
	}
	if (next.multilingual && others.some(({ multilingual }) => multilingual)) {
		throw new InputError(
			`"${next.name}" is the second filter for a text that exists once per language.`,
			'PrestaShop takes one such condition: keep one of them.',
		);
	}
}

function checkHere(field: string, operator: string, value: string) {
	const check = TEXT_CHECKS[operator];
	if (!check) {
		throw new InputError(
			`The filter for "${field}" has the operator "${operator}".`,
			'Texts can be compared with equals, anyOf, contains, startsWith, endsWith and notEquals.',
		);
	}
	return (record: PrestaShopRecord) => {
		const stored = record[field] as FieldValue | undefined;
		const texts = Array.isArray(stored) ? stored.map((each) => each.value) : [languageText(stored)];
		return texts.some((text) => check(text.toLowerCase(), value.toLowerCase()));
	};
}

/** Walking a list takes the filter for the ID, so that a condition on it is checked here as well. */
function idCheck(operator: string, value: string): (record: PrestaShopRecord) => boolean {
	const numbers = parts('id', value).map((part) => {
		if (/^\d+$/.test(part)) return Number(part);
		throw new InputError(`The filter for "id" is "${value}".`, 'IDs are whole numbers.');
	});
	const [low = 0, high = low] = [...numbers].sort((a, b) => a - b);
	const compare: Readonly<Record<string, (id: number) => boolean>> = {
		equals: (id) => id === low,
		anyOf: (id) => numbers.includes(id),
		greaterThan: (id) => id > low,
		lessThan: (id) => id < low,
		between: (id) => id >= low && id <= high,
		notEquals: (id) => id !== low,
	};
	const check = compare[operator];
	if (check) return ({ id }) => check(Number(id));
	throw new InputError(
		`The filter for "id" has the operator "${operator}".`,
		`IDs can be compared with ${Object.keys(compare).join(', ')}.`,
	);
}

function isRange(low: string, high: string): boolean {
	return [low, high].every((bound) => /^[\d.:\- ]+$/.test(bound));
}

/** Values of a list; none may hold what has a meaning of its own in one. */
function parts(field: string, value: string): string[] {
	const list = value.split(',').map((part) => part.trim());
	if (list.every((part) => part !== '' && !/[[\]|<>]/.test(part))) return list;
	throw new InputError(
		`The filter for "${field}" is "${value}".`,
		'Enter values separated by commas, without brackets, bars or angle brackets.',
	);
}
