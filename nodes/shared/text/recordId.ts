import { InputError } from '../protocol/errors';

const ID = /^[1-9]\d{0,14}$/;

/**
 * A record's ID as shops write it: a whole number without signs, leading zeros or words; a # in
 * front and spaces around are dropped. Up to 15 digits, which JavaScript holds exactly.
 *
 * @throws InputError for anything else
 */
export function recordId(value: string, label: string): string {
	const text = value.trim().replace(/^#/, '');
	if (ID.test(text)) return text;
	throw new InputError(`"${label}" is "${value}".`, 'Enter the number the shop shows as ID.');
}

/**
 * Whether every part of a path that begins like a number is an ID, and the first one is none: shops read
 * `5abc` as 5, and would show or change what belongs to another record.
 */
export function hasStrictIds([first = '', ...rest]: readonly string[]): boolean {
	const looksLikeId = (segment: string) => /^[-\d]/.test(segment);
	return !looksLikeId(first) && rest.every((segment) => !looksLikeId(segment) || ID.test(segment));
}
