import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../../shared/errors';
import { dryRun, onlyIfChanged } from '../../../shared/fields';
import { recordId } from '../../../shared/recordId';
import { isRecord, jsonBody } from '../../codec';
import { operation } from '../../operation';
import { resourcePath } from '../../resourcePath';
import { MASK } from '../../secrets';
import { updateRecord, updateReport } from '../../update';
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
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [dryRun, onlyIfChanged, showProtected],
		},
	],
	run: async (shop, { resourcePath: { value }, recordId: key, record: json, options }) => {
		const path = resourcePath(value);
		const body = jsonBodyOf('Record', json);
		const masked = Object.entries(body).find(([, each]) => each === MASK);
		if (masked) {
			throw new InputError(
				`"${masked[0]}" is masked.`,
				'Leave it out: fields that are not named stay as they are.',
			);
		}
		if (Object.keys(body).length === 0) {
			throw new InputError('"Record" names nothing to change.', 'Add at least one field.');
		}
		if (key === '') {
			// Such as collections/5/products: what it holds cannot be read back as one record.
			const sent: IDataObject = { resource: path.join('/'), sent: body as IDataObject };
			if (options.dryRun) return { ...sent, written: false, reason: 'dry run' };
			await shop.send({ method: 'PUT', path, body: jsonBody(body) });
			return { ...sent, written: true };
		}
		const id = recordId(key, 'Record ID');
		if (!isRecord(body)) {
			throw new InputError('"Record" is a list.', 'Enter an object such as {"name": "…"}.');
		}
		const updated = await updateRecord(shop, path, id, body, options);
		const isHidden = (field: string) =>
			options.showProtected !== true && shown({ [field]: '-' })[field] === MASK;
		const report = updateReport(updated);
		const changed = Object.entries(updated.changed).map(([name, difference]) => [
			name,
			isHidden(name) ? { before: MASK, after: MASK } : difference,
		]);
		return {
			...shown(updated.record, options.showProtected),
			_update: { ...report, changed: Object.fromEntries(changed) as IDataObject },
		};
	},
});
