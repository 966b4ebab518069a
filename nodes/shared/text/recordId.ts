import { InputError } from '../protocol/errors';

/**
 * A record's ID as shops write it: a whole number without signs, leading zeros or words; a # in
 * front and spaces around are dropped. Up to 15 digits, which JavaScript holds exactly.
 *
 * @throws InputError for anything else
 */
export function recordId(value: string, label: string): string {
	const text = value.trim().replace(/^#/, '');
	if (/^[1-9]\d{0,14}$/.test(text)) return text;
	throw new InputError(`"${label}" is "${value}".`, 'Enter the number the shop shows as ID.');
}
