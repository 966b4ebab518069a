import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import { recordId } from '../text/recordId';
import { isBlank, jsonObject } from '../text/userInput';

/** What stands in place of a value that is not shown. */
export const MASK = '***';

/** Refuses what was copied from a masked record, at any depth: `***` would become the secret. */
export function refuseMasked(value: unknown, fix: string, name = 'Record'): void {
	if (value === MASK) throw new InputError(`"${name}" is masked.`, fix);
	if (typeof value !== 'object' || value === null) return;
	for (const [field, each] of Object.entries(value)) refuseMasked(each, fix, field);
}

/** Where the fields of a write come from. */
export interface NamedIn {
	/** The collection of single fields, as users see it. */
	label?: string;
	/** JSON of further fields; absent where there is no such field. */
	otherFields?: string;
	/** Fields that were put together before, such as texts by language. */
	texts?: Readonly<Record<string, unknown>>;
}

/** As shops name fields for the ID of another record; 0 stands for none. A transaction's is a text of its provider. */
const HOLDS_ID = /^id_|(?<!transaction)_id$/;

/**
 * Puts together what the fields of a write name: single fields, and JSON. A field that came out empty is
 * refused rather than emptied, because an expression that found nothing must not wipe a record; an empty
 * text in JSON says what it means, `null` does not.
 *
 * @throws InputError for empty fields, loose IDs in single fields, JSON that is no object, masked values, and names given twice
 */
export function namedValues(
	fields: Readonly<Record<string, unknown>>,
	{ label = 'Update Fields', otherFields, texts = {} }: NamedIn = {},
): IDataObject {
	const onPurpose =
		otherFields === undefined ? 'the resource "Other API Resource"' : '"Other Fields"';
	for (const [name, value] of Object.entries(fields)) {
		if (typeof value === 'string' && HOLDS_ID.test(name) && !['', '0'].includes(value.trim())) {
			recordId(value, name);
		}
		if (value !== null && (typeof value !== 'string' || !isBlank(value))) continue;
		throw new InputError(
			`"${name}" in "${label}" is empty.`,
			`Enter a value or remove the field. To empty it on purpose, use ${onPurpose}: {"${name}": ""}.`,
		);
	}
	const named: IDataObject = { ...(texts as IDataObject) };
	const others = jsonObject('Other Fields', otherFields ?? '', false);
	for (const [name, value] of [
		...Object.entries(fields as IDataObject),
		...Object.entries(others),
	]) {
		if (Object.hasOwn(named, name)) {
			throw new InputError(`"${name}" is named in two places.`, 'Keep one of them.');
		}
		named[name] = value;
	}
	refuseMasked(named, 'Give its real value, or leave it out.');
	return named;
}

/** Refuses a write that names nothing. */
export function somethingNamed<T extends object>(named: T): T {
	if (Object.keys(named).length > 0) return named;
	throw new InputError('Nothing was named to change.', 'Add at least one field.');
}
