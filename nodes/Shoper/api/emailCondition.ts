import { anyOf, is } from './conditions';
import { spellings } from './query';
import type { Condition } from './conditions';
import { emailAddress } from './input';

/** Records with an e-mail address, as people write it. Throws `InputError`. */
export function emailIs(typed: string): Condition {
	const address = emailAddress(typed);
	const written = spellings('email', address);
	return written.length > 1 ? anyOf('email', written) : is('email', address);
}
