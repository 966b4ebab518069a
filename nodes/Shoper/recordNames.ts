import { InputError } from '../shared/errors';
import { recordId } from '../shared/recordId';

/** A failure for a record that was named in a way the shop does not know. */
export function notFound(what: string, value: string): InputError {
	return new InputError(`The shop has no ${what} "${value}".`, "Check it in the shop's panel.");
}

/** Several IDs separated by commas. */
export function recordIds(typed: string, label: string): string[] {
	return typed.split(',').map((id) => recordId(id.trim(), label));
}

/** An e-mail address as a user typed it. Throws `InputError`. */
export function emailAddress(typed: string): string {
	const email = typed.trim();
	if (/^[^\s@]+@[^\s@]+$/.test(email)) return email;
	throw new InputError(`"${typed}" is not an e-mail address.`, 'Enter one like name@example.com.');
}
