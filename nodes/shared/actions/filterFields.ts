import { field } from './operation';

/** The order of a list by age. */
export const sort = field({
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	default: 'newest',
	options: [
		{ name: 'Newest First', value: 'newest' },
		{ name: 'Oldest First', value: 'oldest' },
	],
});

/** A time by the shop's own clock, as in the conditions below. */
export const createdAfter = field({
	displayName: 'Created After',
	name: 'createdAfter',
	type: 'dateTime',
	default: '',
	description: "On or after this time. A time without an offset is the shop's local time.",
});

export const createdBefore = field({
	displayName: 'Created Before',
	name: 'createdBefore',
	type: 'dateTime',
	default: '',
	description: "Before this time. A time without an offset is the shop's local time.",
});

export const updatedAfter = field({
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description: "Changed on or after this time. A time without an offset is the shop's local time.",
});

/** An email address, whole. */
export const email = field({
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
});

/** For reading on from where an earlier run ended. */
export function idAfter(records: string) {
	return field({
		displayName: 'ID After',
		name: 'idAfter',
		type: 'string',
		default: '',
		description: `Only ${records} with a higher ID`,
	});
}
