import { InputError } from '../protocol/errors';

/**
 * A JSON object that a user typed. Throws `InputError` that names the field.
 *
 * @param nulls whether `null` is a value the shop understands
 */
export function jsonObject(label: string, text: string, nulls = true): Record<string, unknown> {
	const value = parsed(text);
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		const object = value as Record<string, unknown>;
		const empty = nulls ? undefined : Object.keys(object).find((name) => object[name] === null);
		if (empty === undefined) return object;
		throw new InputError(
			`"${empty}" in "${label}" is null.`,
			'Leave it out, or give an empty text to empty it.',
		);
	}
	throw new InputError(`"${label}" is not a JSON object.`, 'Enter something like {"name": "…"}.');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
