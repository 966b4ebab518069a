import { InputError } from '../../shared/protocol/errors';
import type { ShoperRecord } from '../api/codec';

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
