import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../../shared/protocol/errors';
import { field } from '../../../shared/actions/operation';
import { jsonObject } from '../../../shared/text/userInput';
import { isRecord } from '../../api/codec';
import type { InSalesRecord, Json } from '../../api/codec';
import { refuseMasked } from '../../../shared/writing/namedValues';
import { withoutSecrets } from '../../api/secrets';

export const resourcePath = field({
	displayName: 'Path',
	name: 'path',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. product_fields',
	description:
		'Path of the resource below /admin as the API documentation of InSales names it, such as product_fields, client_groups or products/501/images',
});

export const anyRecordId = field({
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12',
	description: 'The ID of the record; for custom statuses, the permalink',
});

export const record = field({
	displayName: 'Record',
	name: 'record',
	type: 'json',
	default: '{}',
	required: true,
	description:
		'Fields by the names the shop uses, as JSON, such as {"title": "Size"}. The singular name around them is added.',
});

export const root = field({
	displayName: 'Root',
	name: 'root',
	type: 'string',
	default: '',
	placeholder: 'e.g. order',
	description:
		'The singular name around the fields, when it cannot be told from the path. A hyphen sends the fields without one.',
});

export const showProtected = field({
	displayName: 'Show Protected Values',
	name: 'showProtected',
	type: 'boolean',
	default: false,
	description: 'Whether to show what is masked otherwise, such as passwords of payment gateways',
});

export const queryParameters = field({
	displayName: 'Query Parameters',
	name: 'queryParameters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add parameter',
	default: {},
	description:
		'Further parameters of the API, such as category_id. InSales ignores those it does not know without a word.',
	options: [
		{
			displayName: 'Parameter',
			name: 'row',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
});

/** A record as it may be shown. */
export function shown(original: InSalesRecord, showAll: boolean | undefined): IDataObject {
	return (showAll === true ? original : withoutSecrets(original)) as IDataObject;
}

/**
 * The fields that a user gave, with or without their root. Throws `InputError` for none, and for a masked
 * value, which would take the place of the real one.
 */
export function recordFields(text: string, name: string | undefined): Record<string, Json> {
	const given = jsonObject('Record', text) as Record<string, Json>;
	const names = Object.keys(given);
	const inner = name === undefined || names.length !== 1 ? undefined : given[name];
	const fields = isRecord(inner) ? (inner as Record<string, Json>) : given;
	if (Object.keys(fields).length === 0) {
		throw new InputError(
			'"Record" names no field.',
			'Add at least one, such as {"title": "Size"}.',
		);
	}
	refuseMasked(fields, 'Leave it out: fields that are not named stay as they are.');
	return fields;
}

/** The root to use; `undefined` for none. */
export function chosenRoot(typed: string | undefined, guess: string): string | undefined {
	if (typed === '-') return undefined;
	return typed === undefined || typed === '' ? guess : typed;
}
