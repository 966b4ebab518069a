import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../../shared/protocol/errors';
import { jsonObject } from '../../../shared/text/userInput';
import { recordId } from '../../../shared/text/recordId';
import { dryRun, onlyIfChanged, optionsField } from '../../../shared/actions/fields';

import { operation } from '../operation';

import { resourceNamed } from '../../api/resourceSchema';
import { MASK } from '../../../shared/writing/namedValues';
import { updateRecords } from '../../writing/updateMany';
import { updateReport } from '../../../shared/writing/update';
import { anyRecordId, record, showProtected, shown, webserviceResource } from './fields';

export const updateAny = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a record of any resource',
	description:
		'Change the named fields of a record of any webservice resource; everything else stays as it is',
	needs: [],
	items: 'together',
	fields: [
		webserviceResource,
		anyRecordId,
		record,
		optionsField([dryRun, onlyIfChanged, showProtected]),
	],
	run: async (_, { webserviceResource: locator, recordId: key, record: json, options }, item) => {
		const resource = resourceNamed(locator);
		const id = recordId(key, 'Record ID');
		const named = jsonObject('Record', json, false);
		const masked = Object.keys(named).find((name) => named[name] === MASK);
		if (masked !== undefined) {
			throw new InputError(
				`"${masked}" is masked.`,
				'Leave it out: fields that are not named stay as they are.',
			);
		}
		if (Object.keys(named).length === 0) {
			throw new InputError('"Record" names nothing to change.', 'Add at least one field.');
		}
		const updated = await item.together(updateRecords, { resource, id, named, options });
		const after = shown(resource, updated.record, options.showProtected === true);
		const report = updateReport(updated);
		const hidden = shown(resource, { value: '-' }, options.showProtected === true).value === MASK;
		return {
			...(after as IDataObject),
			_update: hidden ? { ...report, changed: Object.keys(updated.changed) } : report,
		};
	},
});
