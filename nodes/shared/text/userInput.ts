import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../protocol/errors';

/** What a text says as JSON; `undefined`, which JSON does not know, for what is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A JSON object that a user typed; nothing at all is an empty one. Throws `InputError` that names the field.
 *
 * @param nulls whether `null` is a value the shop understands
 */
export function jsonObject(label: string, text: string, nulls = true): IDataObject {
	const value = text.trim() === '' ? {} : parseJson(text);
	if (!isObject(value)) {
		throw new InputError(`"${label}" is not a JSON object.`, 'Enter something like {"name": "…"}.');
	}
	const empty = nulls ? undefined : Object.keys(value).find((name) => value[name] === null);
	if (empty === undefined) return value;
	throw new InputError(
		`"${empty}" in "${label}" is null.`,
		'Leave it out to keep it, or give an empty text to empty it.',
	);
}

/** A list of objects that came as JSON text; a single one may stand alone. Throws `InputError`. */
export function jsonRows(label: string, text: string, fix: string): IDataObject[] {
	if (text.trim() === '') return [];
	const value = parseJson(text);
	const list = Array.isArray(value) ? value : [value];
	if (list.every(isObject)) return list;
	throw new InputError(`"${label}" is not a list of objects.`, fix);
}

/**
 * Rows of a fixed collection; a single one may come as an object, and none at all as nothing. Throws
 * `InputError` for what is no row: leaving it away would do less than was asked.
 */
export function rowsOf(collection: unknown, label = 'The list'): IDataObject[] {
	const { row } = (collection ?? {}) as { row?: unknown };
	if (row === undefined || row === null || row === '') return [];
	const rows: unknown[] = Array.isArray(row) ? row : [row];
	if (rows.every(isObject)) return rows;
	throw new InputError(
		`"${label}" is not a list of rows.`,
		'Each row is an object with named fields.',
	);
}

/** Whether a value is a date of JavaScript, also of another realm, such as that of n8n's expressions. */
export function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

/** Whether a text shows nothing: blanks, control characters and characters without a width. */
export function isBlank(text: string): boolean {
	return !/[^\s\p{C}]/u.test(text);
}

/** Refuses a text that shows nothing, which would empty what it is for. Throws `InputError`. */
export function refuseBlank(what: string, text: string): void {
	if (!isBlank(text)) return;
	throw new InputError(`"${what}" holds nothing but blanks.`, 'Enter a text, or leave it out.');
}

/** Choices a message lists. */
const MAX_LISTED = 50;

/**
 * Refuses a condition on what the shop does not have: it would look as if nothing matched.
 *
 * @param label of the filter
 * @param choices what the shop has: how it is named in the filter, and its name
 */
export function refuseStrange(
	label: string,
	wanted: readonly string[],
	choices: ReadonlyArray<readonly [id: string, name: string | null]>,
): void {
	const strange = wanted.find((each) => !choices.some(([id]) => id === each));
	if (strange === undefined) return;
	const listed = choices.slice(0, MAX_LISTED).map(([id, name]) => (name ? `${id} (${name})` : id));
	throw new InputError(
		`The filter "${label}" names "${strange}", which the shop does not have.`,
		`Choose from ${listed.join(', ')}${choices.length > MAX_LISTED ? ', …' : ''}.`,
	);
}
