import { dryRun, optionsField } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { deleteRecord } from '../../writing/delete';
import { operation } from '../operation';
import { resourcePath } from '../../api/resourcePath';
import { anyRecordId, resourcePathField, showProtected, shown } from './fields';

export const deleteAny = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a record of any resource',
	description: 'Delete a record of any resource of the API for good. Returns it as it was.',
	needs: [],
	items: 'oneByOne',
	fields: [resourcePathField, anyRecordId, optionsField([dryRun, showProtected])],
	run: async (shop, { resourcePath: { value }, recordId: key, options }) =>
		await deleteRecord(shop, resourcePath(value), recordId(key, 'Record ID'), {
			dryRun: options.dryRun ?? false,
			show: (each) => shown(each, options.showProtected),
		}),
});
