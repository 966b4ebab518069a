import { by, locator } from '../../../shared/pickers/locators';
import { InputError } from '../../../shared/protocol/errors';
import { field } from '../../../shared/actions/operation';
import { parseJson } from '../../../shared/text/userInput';
import type { ShoperRecord } from '../../api/codec';
import { withoutSecrets } from '../../api/secrets';

/** Any resource of the shop, by its path. */
export const resourcePathField = locator({
	displayName: 'Resource Path',
	name: 'resourcePath',
	description: 'The resource as the API calls it, such as user-addresses or metafields/product',
	list: 'searchResourcePaths',
	modes: [by('path', 'By Path', 'e.g. collections/5/products')],
});

export const anyRecordId = field({
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12',
});

export const optionalRecordId = field({
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 12',
	description: 'Empty for paths without records, such as application-config',
});

export const record = field({
	displayName: 'Record',
	name: 'record',
	type: 'json',
	default: '{}',
	required: true,
	description:
		'Fields by the names the shop uses, as JSON: {"name": "…"}. Texts that exist once per language stand in "translations": {"translations": {"pl_PL": {"name": "Kubek"}}}.',
});

export const showProtected = field({
	displayName: 'Show Protected Values',
	name: 'showProtected',
	type: 'boolean',
	default: false,
	description: 'Whether to show what is masked otherwise, such as the secret of a webhook',
});

/** A record as it may be shown. */
export function shown(record: ShoperRecord, showAll = false): ShoperRecord {
	return showAll ? record : withoutSecrets(record);
}

/** A JSON object or list that a user typed: a few paths take lists. Throws `InputError`. */
export function jsonBodyOf(label: string, text: string): ShoperRecord | unknown[] {
	const value = parseJson(text);
	if (typeof value === 'object' && value !== null) return value as ShoperRecord;
	throw new InputError(`"${label}" is not JSON.`, 'Enter something like {"name": "…"}.');
}
