import { InputError } from '../../shared/protocol/errors';
import { normalise } from '../../shared/text/sameText';

const SHORTEST_PHONE = 5;

/** A Russian number without its country code. */
const LOCAL_DIGITS = 10;

/**
 * A phone number as digits with the country code: the shop keeps what was typed, `8 (900)…` as well as
 * `+7900…` (InSales API reference, pitfall 25).
 */
export function plainPhone(phone: unknown): string {
	const digits = String(phone ?? '').replace(/\D/g, '');
	if (digits.length === LOCAL_DIGITS) return `7${digits}`;
	return digits.length === LOCAL_DIGITS + 1 && digits.startsWith('8')
		? `7${digits.slice(1)}`
		: digits;
}

/** What a record with this email is found by; nothing for none. */
export function emailKeys(email: unknown): string[] {
	const plain = normalise(String(email ?? ''));
	return plain === '' ? [] : [`email ${plain}`];
}

/** What a record with this phone number is found by, however it is written; nothing for none. */
export function phoneKeys(phone: unknown): string[] {
	const plain = plainPhone(phone);
	return plain.length < SHORTEST_PHONE ? [] : [`phone ${plain}`];
}

/** What to look for when a user names an email. Throws `InputError` for an empty one. */
export function emailKey(email: string, label: string): string {
	const [key] = emailKeys(email);
	if (key !== undefined) return key;
	throw new InputError(`"${label}" is "${email}".`, 'Enter an email address.');
}

/** What to look for when a user names a phone number. Throws `InputError` for one that is too short. */
export function phoneKey(phone: string, label: string): string {
	const [key] = phoneKeys(phone);
	if (key !== undefined) return key;
	throw new InputError(`"${label}" is "${phone}".`, 'Enter the whole phone number.');
}
