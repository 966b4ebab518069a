import { InputError } from '../../shared/http/errors';
import { jsonObject } from '../api/codec';
import type { Json } from '../api/codec';
import type { NamedValues } from './recordChanges';

/**
 * Puts together what the fields of a change name: single fields and JSON. A field that came out empty is
 * refused rather than emptied, because an expression that found nothing must not wipe a record; JSON says
 * what it means.
 *
 * @throws InputError for empty fields, JSON that is no object, and a field that is named twice
 */
export function namedValues(
	updateFields: Readonly<Record<string, unknown>>,
	otherFields = '{}',
): Record<string, Json> {
	const named: Record<string, Json> = {};
	for (const [name, value] of Object.entries(updateFields)) {
		if (value === '') {
			throw new InputError(
				`"${name}" in "Update Fields" is empty.`,
				`Enter a value or remove the field. To empty it on purpose, use "Other Fields": {"${name}": ""}.`,
			);
		}
		named[name] = value as Json;
	}
	const others = otherFields.trim() === '' ? {} : jsonObject('Other Fields', otherFields);
	for (const [name, value] of Object.entries(others)) {
		if (Object.hasOwn(named, name)) {
			throw new InputError(`"${name}" is named in two places.`, 'Keep one of them.');
		}
		named[name] = value;
	}
	return named;
}

/** Refuses a change that names nothing. */
export function refuseNothing(named: NamedValues): void {
	if (Object.keys(named).length > 0) return;
	throw new InputError('Nothing was named to change.', 'Add at least one field.');
}
