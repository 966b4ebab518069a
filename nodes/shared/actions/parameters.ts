import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import type { Locator } from '../protocol/locator';
import { GUARDS, refuseUnfit, refuseUnknown } from './refusals';
import { isBlank, isDate } from '../text/userInput';

/** Reads one parameter by name, resolved: `undefined` when it is hidden, `null` when it came out empty. */
export type ReadParameter = (name: string) => unknown;

/**
 * Reads exactly the declared fields and brings each value to its declared type. Expressions and AI
 * agents may yield anything, so nothing is trusted.
 * Throws `InputError` naming the field by its label.
 *
 * @param isTool whether an AI model fills the fields: it cannot remove an entry, only leave it empty
 */
export function readValues(
	fields: readonly INodeProperties[],
	read: ReadParameter,
	isTool = false,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const property of fields) {
		const given = read(property.name);
		refuseUnfit(property, given);
		const raw = isTool && !property.required && isEmpty(given) ? null : given;
		// A hidden field has its default. So has an optional one whose expression came out empty, but
		// a required one has not: 0 is no answer to a missing stock quantity.
		const empty = raw !== undefined && property.required && isEmpty(raw ?? '');
		const value = empty ? '' : coerce(property, raw ?? property.default, isTool);
		if (raw !== undefined && property.required && isEmpty(value)) {
			throw new InputError(`"${property.displayName}" is empty.`, 'Enter a value.');
		}
		values[property.name] = value;
	}
	return values;
}

function isEmpty(value: unknown): boolean {
	if (typeof value === 'object' && value !== null && 'mode' in value) {
		return toText((value as Locator).value) === '';
	}
	return value === '' || (Array.isArray(value) && value.length === 0);
}

function coerce(property: INodeProperties, raw: unknown, isTool: boolean): unknown {
	switch (property.type) {
		case 'resourceLocator':
			return toLocator(raw);
		case 'number':
			return toNumber(property, raw);
		case 'boolean':
			return toBoolean(property, raw);
		case 'options':
			return checked(property, [toText(raw)])[0];
		case 'multiOptions':
			return checked(property, toList(property, raw));
		case 'collection':
			return toCollection(property, raw, isTool);
		case 'fixedCollection':
			return CONDITIONS.includes(property.name)
				? toRows(property, toObject(property, raw))
				: toObject(property, raw);
		case 'json':
			// A text stays as it was typed; an expression may have yielded the value itself.
			if (typeof raw === 'object' && raw !== null) return JSON.stringify(raw);
			parsed(property, toText(raw));
			return toText(raw);
		default:
			return toText(raw);
	}
}

/**
 * A collection holds only what the user added. A condition that was added but came out empty is
 * refused: leaving it away would answer with all records instead of the wanted ones. So is an entry
 * this node does not know. A model that leaves a condition empty means none; a guard stays a guard.
 */
function toCollection(
	property: INodeProperties,
	raw: unknown,
	isTool: boolean,
): Record<string, unknown> {
	const given = toObject(property, raw);
	const options = (property.options ?? []) as INodeProperties[];
	refuseUnknown(property, Object.keys(given), options);
	const values: Record<string, unknown> = {};
	for (const option of options) {
		if (!Object.hasOwn(given, option.name)) continue;
		const part = given[option.name] ?? '';
		const isGuard = GUARDS.includes(option.name);
		if (isTool && !isGuard && isEmpty(part)) continue;
		const isFilter = property.name === 'filters';
		const value = isFilter && isEmpty(part) ? '' : coerce(option, part, isTool);
		if (isFilter && isEmpty(value)) {
			throw new InputError(
				`The filter "${option.displayName}" is empty, which would match everything.`,
				'Enter a value or remove the filter.',
			);
		}
		if (isGuard && isEmpty(value)) {
			throw new InputError(
				`"${option.displayName}" in "${property.displayName}" is empty.`,
				'Enter a value or remove the entry.',
			);
		}
		// Empty means false elsewhere; here it would turn a dry run into a write, or hide a product.
		if (option.type === 'boolean' && toText(part) === '') {
			throw new InputError(
				`"${option.displayName}" in "${property.displayName}" is empty.`,
				'Enter true or false, or remove the entry.',
			);
		}
		values[option.name] = value;
	}
	return values;
}

/** Rows of conditions; what is written has checks of its own. */
const CONDITIONS = ['filters', 'queryParameters'];

/** Rows, in which an object in a text field becomes its text, as in any other field. */
function toRows(
	property: INodeProperties,
	given: Record<string, unknown>,
): Record<string, unknown> {
	const groups = (property.options ?? []) as INodePropertyCollection[];
	const fields = groups.flatMap(({ values }) => values);
	const texts = fields.filter(({ type }) => type === 'string').map(({ name }) => name);
	const toRow = (row: unknown) => {
		if (typeof row !== 'object' || row === null) return row;
		const isText = (name: string, value: unknown) =>
			texts.includes(name) && typeof value === 'object' && value !== null;
		const entries = Object.entries(row);
		return Object.fromEntries(entries.map(([k, v]) => [k, isText(k, v) ? toText(v) : v]));
	};
	const groupsGiven = Object.entries(given);
	return Object.fromEntries(
		groupsGiven.map(([name, rows]) => [name, Array.isArray(rows) ? rows.map(toRow) : toRow(rows)]),
	);
}

/** A group set by one expression or by an agent may come as JSON text. */
function toObject(property: INodeProperties, raw: unknown): Record<string, unknown> {
	const value = typeof raw === 'string' ? parsed(property, raw) : raw;
	if (value === undefined || value === null || value === '') return {};
	if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
	throw new InputError(
		`"${property.displayName}" is "${toText(raw)}".`,
		'Add its fields one by one, or give an object.',
	);
}

/** What a text says as JSON, or the text. */
function parsed(property: INodeProperties, text: string): unknown {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return text.trim();
	}
	refuseUnfit(property, value);
	return value;
}

/**
 * Refuses what is not among the choices of a list, which only an expression or an agent can give:
 * taken for the default, "add" would set a stock. Choices that the shop gives are not known here.
 */
function checked(property: INodeProperties, chosen: string[]): string[] {
	const options = (property.options ?? []) as INodePropertyOptions[];
	if (options.length === 0) return chosen;
	const choices = options.map(({ value }) => String(value));
	const isKnown = (each: string) =>
		each === '' || each === property.default || choices.includes(each);
	const strange = chosen.find((each) => !isKnown(each));
	if (strange === undefined) return chosen;
	throw new InputError(
		`"${property.displayName}" is "${strange}".`,
		`Choose from ${choices.join(', ')}.`,
	);
}

const YES = ['true', '1', 'yes', 'on'];

const NO = ['false', '0', 'no', 'off', ''];

function toBoolean(property: INodeProperties, raw: unknown): boolean {
	const text = toText(raw).toLowerCase();
	if (YES.includes(text)) return true;
	if (NO.includes(text)) return false;
	throw new InputError(`"${property.displayName}" is "${toText(raw)}".`, 'Enter true or false.');
}

function toLocator(raw: unknown): Locator {
	if (typeof raw === 'object' && raw !== null) {
		const { mode, value } = raw as { mode?: unknown; value?: unknown };
		return { mode: typeof mode === 'string' ? mode : 'id', value: toText(value) };
	}
	// A whole parameter set by an expression is a bare ID.
	return { mode: 'id', value: toText(raw) };
}

function toNumber(property: INodeProperties, raw: unknown): number {
	const value = typeof raw === 'number' ? raw : Number(toText(raw) || Number.NaN);
	const { minValue } = property.typeOptions ?? {};
	if (!Number.isFinite(value) || (minValue !== undefined && value < minValue)) {
		const bound = minValue === undefined ? '' : ` of at least ${minValue}`;
		throw new InputError(
			`"${property.displayName}" is "${toText(raw)}".`,
			`Enter a number${bound}.`,
		);
	}
	return value;
}

function toList(property: INodeProperties, raw: unknown): string[] {
	// Agents write lists as JSON text.
	const value = typeof raw === 'string' && raw.trim().startsWith('[') ? parsed(property, raw) : raw;
	const list = Array.isArray(value) ? value : toText(value).split(',');
	return list.map(toText).filter((text) => text !== '');
}

function toText(raw: unknown): string {
	if (raw === undefined || raw === null) return '';
	if (isDate(raw)) return Number.isNaN(raw.getTime()) ? '' : raw.toISOString();
	if (Array.isArray(raw)) return raw.map(toText).join(',');
	// Dates of n8n's expressions know their text; a bare object would only say "[object Object]".
	const text = typeof raw === 'object' && !('toString' in raw) ? '[object ' : String(raw).trim();
	if (text.startsWith('[object ')) return JSON.stringify(raw);
	// What shows nothing is as good as nothing, above all for a condition or a required field.
	return isBlank(text) ? '' : text;
}
