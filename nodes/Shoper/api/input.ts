import { InputError } from '../../shared/protocol/errors';
import { recordId } from '../../shared/text/recordId';

/** Several IDs separated by commas, each once. */
export function recordIds(typed: string, label: string): string[] {
	return [...new Set(typed.split(',').map((id) => recordId(id.trim(), label)))];
}

/** An ID to go on behind; 0 is a good place to start from. */
export function idToStartFrom(typed: string): number {
	return typed.trim() === '0' ? 0 : Number(recordId(typed, 'ID After'));
}

/** An e-mail address as a user typed it. Throws `InputError`. */
export function emailAddress(typed: string): string {
	const email = typed.trim();
	if (/^[^\s@]+@[^\s@]+$/.test(email)) return email;
	throw new InputError(`"${typed}" is not an e-mail address.`, 'Enter one like name@example.com.');
}
