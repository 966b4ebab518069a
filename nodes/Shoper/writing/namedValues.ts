import { InputError } from '../../shared/http/errors';
import { jsonObject } from '../../shared/text/jsonObject';
import type { ShoperRecord } from '../api/codec';
import { MASK } from '../api/secrets';

/**
 * Puts together what the fields of a write name: single fields, and JSON. A field that came out
 * empty is refused rather than emptied, because an expression that found nothing must not wipe a
 * record; JSON says what it means.
 *
 * @param otherFields absent where there is no such field
 * @param label of the collection that `fields` come from
 * @throws InputError for empty fields, JSON that is no object, masked values, and names given twice
 */
export function namedValues(
	fields: Readonly<Record<string, unknown>>,
	otherFields?: string,
	label = 'Update Fields',
): ShoperRecord {
	const onPurpose = otherFields === undefined ? 'the resource Any Resource' : '"Other Fields"';
	for (const [name, value] of Object.entries(fields)) {
		if (value !== '') continue;
		throw new InputError(
			`"${name}" in "${label}" is empty.`,
			`Enter a value or remove the field. To empty it on purpose, use ${onPurpose}: {"${name}": ""}.`,
		);
	}
	const others =
		(otherFields ?? '').trim() === '' ? {} : jsonObject('Other Fields', String(otherFields));
	const twice = Object.keys(others).find((name) => Object.hasOwn(fields, name));
	if (twice !== undefined) {
		throw new InputError(`"${twice}" is named in two places.`, 'Keep one of them.');
	}
	const named = { ...fields, ...others };
	const masked = Object.keys(named).find((name) => named[name] === MASK);
	if (masked !== undefined) {
		throw new InputError(`"${masked}" is masked.`, 'Give its real value, or leave it out.');
	}
	return named as ShoperRecord;
}

/**
 * Refuses names the record does not have: the shop ignores misspelt fields without a word.
 *
 * @param what such as "An order"
 * @param record as the shop shows it
 * @param writeOnly fields that can be written but are never shown
 * @throws InputError naming the field
 */
export function checkNames(
	what: string,
	named: ShoperRecord,
	record: ShoperRecord,
	{ writeOnly = [], refused = {} }: NameRules,
): void {
	for (const name of Object.keys(named)) {
		const why = refused[name];
		if (why !== undefined) throw new InputError(`"${name}" cannot be changed.`, why);
		if (Object.hasOwn(record, name) || writeOnly.includes(name)) continue;
		const known = [...Object.keys(record), ...writeOnly].filter(
			(field) => refused[field] === undefined,
		);
		throw new InputError(
			`${what} of this shop has no field "${name}".`,
			`Its fields are ${known.sort().join(', ')}.`,
		);
	}
}

/** Names of a resource that cannot be written like the others. */
export interface NameRules {
	writeOnly?: readonly string[];
	/** Why a field cannot be changed, by name. */
	refused?: Readonly<Record<string, string>>;
}

/** Refuses a write that names nothing. */
export function somethingNamed(named: ShoperRecord): ShoperRecord {
	if (Object.keys(named).length > 0) return named;
	throw new InputError('Nothing was named to change.', 'Add at least one field.');
}
