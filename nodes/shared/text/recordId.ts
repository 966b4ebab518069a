import { InputError } from '../protocol/errors';

/** A record's ID as shops write it, a leading # aside. Throws `InputError` for anything but a whole number. */
export function recordId(value: string, label: string): string {
	const text = value.replace(/^#/, '');
	if (/^[1-9]\d{0,9}$/.test(text)) return text;
	throw new InputError(`"${label}" is "${value}".`, 'Enter the number the shop shows as ID.');
}
