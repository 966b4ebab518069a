import { InputError } from '../../shared/protocol/errors';
import type { Condition, Operator } from './conditions';

/** The operators users choose from, by the values of the field. */
const OPERATORS: Readonly<Record<string, Operator>> = {
	anyOf: 'IN',
	contains: 'LIKE',
	equals: '=',
	greaterOrEqual: '>=',
	greaterThan: '>',
	lessOrEqual: '<=',
	lessThan: '<',
	notEquals: '!=',
};

/**
 * Conditions that a user typed as rows of field, operator and value. Throws `InputError` for empty
 * ones, and for a second condition on a field, which the shop may not obey.
 */
export function rowConditions(rows: ReadonlyArray<Record<string, unknown>>): Condition[] {
	const conditions = rows.map((row) => condition(row));
	const fields = conditions.map(({ field }) => field);
	const twice = fields.find((field, index) => fields.indexOf(field) !== index);
	if (twice === undefined) return conditions;
	throw new InputError(
		`There are two filters on "${twice}".`,
		'Keep one of them, and sort out the rest in the workflow.',
	);
}

function condition(row: Record<string, unknown>): Condition {
	const field = String(row.field ?? '').trim();
	const value = String(row.value ?? '').trim();
	const operator = OPERATORS[String(row.operator ?? 'equals')];
	if (!/^\w+(\.\w+)*$/.test(field)) {
		throw new InputError(
			`A filter names the field "${field}".`,
			'Enter a field of the records, such as status_id or translations.name.',
		);
	}
	if (operator === undefined) {
		throw new InputError(
			`The filter on "${field}" has the operator "${String(row.operator)}".`,
			`The operators are ${Object.keys(OPERATORS).join(', ')}.`,
		);
	}
	if (value === '') {
		throw new InputError(
			`The filter on "${field}" has no value, which would match everything.`,
			'Enter a value or remove the filter.',
		);
	}
	if (operator === 'LIKE') return { field, operator, value: `%${value}%` };
	if (operator !== 'IN') return { field, operator, value };
	return { field, operator, value: value.split(',').map((each) => each.trim()) };
}
