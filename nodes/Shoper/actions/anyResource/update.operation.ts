import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../../shared/protocol/errors';
import { dryRun, onlyIfChanged, optionsField } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { isRecord, jsonBody } from '../../api/codec';
import { operation } from '../operation';
import { resourcePath } from '../../api/resourcePath';
import { MASK, refuseMasked } from '../../../shared/writing/namedValues';
import { isSecret } from '../../api/secrets';
import { updateReport } from '../../../shared/writing/update';
import type { Difference } from '../../../shared/writing/update';
import { updateRecord } from '../../writing/update';
import {
	jsonBodyOf,
	optionalRecordId,
	record,
	resourcePathField,
	showProtected,
	shown,
} from './fields';

export const updateAny = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a record of any resource',
	description:
		'Change the named fields of a record of any resource of the API; the others stay as they are. Of a nested object, name all parts: whether the shop keeps the others is not known.',
	needs: [],
	items: 'oneByOne',
	fields: [
		resourcePathField,
		optionalRecordId,
		record,
		optionsField([dryRun, onlyIfChanged, showProtected]),
	],
	run: async (shop, { resourcePath: { value }, recordId: key, record: json, options }) => {
		const { path, id } = recordAt(value, key);
		const body = jsonBodyOf('Record', json);
		refuseMasked(body, 'Leave it out: fields that are not named stay as they are.');
		if (Object.keys(body).length === 0) {
			throw new InputError('"Record" names nothing to change.', 'Add at least one field.');
		}
		if (id === undefined) {
			// Such as collections/5/products: what it holds cannot be read back as one record.
			const sent: IDataObject = { resource: path.join('/'), sent: body as IDataObject };
			if (options.dryRun) return { ...sent, written: false, reason: 'dry run' };
			await shop.send({ method: 'PUT', path, body: jsonBody(body) });
			return { ...sent, written: true };
		}
		if (!isRecord(body)) {
			throw new InputError('"Record" is a list.', 'Enter an object such as {"name": "…"}.');
		}
		const updated = await updateRecord(shop, path, id, body, options);
		const hide = (changes: Record<string, Difference>): Record<string, Difference> =>
			options.showProtected === true ? changes : withoutSecretChanges(changes);
		const { changed, alsoChanged = {} } = updated;
		return {
			...shown(updated.record, options.showProtected),
			_update: updateReport({
				...updated,
				changed: hide(changed),
				alsoChanged: hide(alsoChanged),
			}),
		};
	},
});

/**
 * The record that is meant. A path such as collections/5/products holds no single one; a bare
 * resource without an ID would be all of its records.
 *
 * @throws InputError for a bare resource without an ID
 */
function recordAt(typed: string, key: string): { path: string[]; id?: string } {
	const path = resourcePath(typed);
	const last = path.at(-1) ?? '';
	if (key !== '') return { path, id: recordId(key, 'Record ID') };
	if (path.length > 1 && /^\d+$/.test(last)) {
		return { path: path.slice(0, -1), id: recordId(last, 'Resource Path') };
	}
	if (path.length > 1) return { path };
	throw new InputError('"Record ID" is empty.', `Name the record of "${last}" to change.`);
}

function withoutSecretChanges(changes: Record<string, Difference>): Record<string, Difference> {
	const hidden = { before: MASK, after: MASK };
	return Object.fromEntries(
		Object.entries(changes).map(([name, each]) => [name, isSecret(name) ? hidden : each]),
	);
}
