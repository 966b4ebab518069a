import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

/** A field that names one record: chosen from a list, or typed in one of several ways. */
export interface LocatorField<N extends string> {
	displayName: string;
	name: N;
	/** Absent where the name says all. */
	description?: string;
	/** Whether there must be a value; yes when absent. */
	required?: boolean;
	/** The picker that fills the list; absent where there is none to choose from. */
	list?: string;
	/** The ways to type it, the most common first. */
	modes: Mode[];
}

/** A way to type which record is meant. */
type Mode = Omit<INodePropertyMode, 'type'>;

/** Declares a resource locator; it begins with the list, or else with the first way to type it. */
export function locator<const N extends string>({
	displayName,
	name,
	description,
	required = true,
	list,
	modes,
}: LocatorField<N>) {
	const all: INodePropertyMode[] = [
		...(list === undefined ? [] : [{ ...fromList(list), type: 'list' as const }]),
		...modes.map((mode) => ({ ...mode, type: 'string' as const })),
	];
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: all[0]?.name ?? 'id', value: '' },
		...(required && { required }),
		...(description !== undefined && { description }),
		modes: all,
	} as const satisfies INodeProperties;
}

function fromList(searchListMethod: string): Mode {
	return {
		displayName: 'From List',
		name: 'list',
		typeOptions: { searchListMethod, searchable: true },
	};
}

/**
 * A way to type which record is meant.
 *
 * @param name what `run` gets as the locator's mode
 * @param more a hint, or a check that the editor makes at once
 */
export function by(
	name: string,
	displayName: string,
	placeholder: string,
	more: Pick<INodePropertyMode, 'hint' | 'validation'> = {},
): Mode {
	return { displayName, name, placeholder, ...more };
}

/** The editor's check of a typed value. */
export function matches(
	regex: string,
	errorMessage: string,
): Pick<INodePropertyMode, 'validation'> {
	return { validation: [{ type: 'regex', properties: { regex, errorMessage } }] };
}
