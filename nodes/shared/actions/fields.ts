import type { INodeProperties } from 'n8n-workflow';

import { field } from './operation';

/** Return All and Limit, for every Get Many. */
export const returnAll = field({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const limit = field({
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
});

/** On every read that has a simplified form. */
export const simplify = field({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** Keeps an answer inside the context window of an AI agent. */
export const maxOutputCharacters = field({
	displayName: 'Max Output Characters',
	name: 'maxOutputCharacters',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Cut the output after about this many characters of JSON and say how many results are left. 0 means no limit. Useful for AI agents.',
});

/** On reads of orders: the guard for answering customers. */
export const verifyEmail = field({
	displayName: 'Verify Email',
	name: 'verifyEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
	description: 'Return the order only if it belongs to this email address, for answering customers',
});

/** On every update. */
export const dryRun = field({
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to return what would change without changing it',
});

export const onlyIfChanged = field({
	displayName: 'Only If Changed',
	name: 'onlyIfChanged',
	type: 'boolean',
	default: true,
	description: 'Whether to send nothing when every field already has its new value',
});

/** The options of an operation. */
export function optionsField<const O extends INodeProperties[]>(options: O) {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	} as const satisfies INodeProperties;
}

/** Options of plain reads. */
export const readOptions = optionsField([maxOutputCharacters]);

/** Options of reads of what belongs to orders: the guard holds for the parts as for the whole. */
export const guardedOptions = optionsField([maxOutputCharacters, verifyEmail]);

/** Options of plain updates. */
export const updateOptions = optionsField([dryRun, onlyIfChanged]);

/** Options of other plain writes. */
export const writeOptions = optionsField([dryRun]);

/** The conditions of a Get Many; those the user adds must all be met. */
export function filtersField<const O extends INodeProperties[]>(options: O) {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options,
	} as const satisfies INodeProperties;
}

/** How many results a Get Many asks for. */
export function wanted(values: { returnAll: boolean; limit: number }): number {
	return values.returnAll ? Number.POSITIVE_INFINITY : Math.floor(values.limit);
}

/** On parcels that are on their way. */
export const trackingNumber = field({
	displayName: 'Tracking Number',
	name: 'trackingNumber',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 1Z999AA10123456784',
});
