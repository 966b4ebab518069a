import { deleteOnce } from '../../../shared/writing/delete';
import { refuseAnother } from '../../../shared/writing/outcome';
import { idOf } from '../../api/codec';
import { dryRun, optionsField } from '../../../shared/actions/fields';
import { notFound, single } from '../../../shared/reading/records';

import { operation } from '../operation';
import { adminPath, pathId } from '../../api/resourcePath';
import { isGone } from '../../api/reads';
import { anyRecordId, resourcePath, showProtected, shown } from './fields';

export const deleteAny = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a record of any resource',
	description:
		'Delete a record of any resource of the API; products and orders go to the archive. Returns it as it was.',
	needs: [],
	items: 'oneByOne',
	fields: [resourcePath, anyRecordId, optionsField([dryRun, showProtected])],
	run: async (shop, { path: typed, recordId: key, options }) => {
		const path = adminPath(typed);
		const id = pathId(key, path);
		// Deleting something that is not there answers "ok" (InSales API reference, 4.3), so it is looked at first.
		const before = await single(shop, path, id);
		if (!before) throw notFound(`record in ${path.join('/')} with the ID`, id);
		refuseAnother(idOf(before), id);
		const result = { id, path: path.join('/'), record: shown(before, options.showProtected) };
		if (options.dryRun) return { ...result, deleted: false, reason: 'dry run' };
		const deletion = {
			noun: 'record',
			send: async () => await shop.send({ method: 'DELETE', path: [...path, id] }),
			isGone: async () => isGone(await single(shop, path, id)),
		};
		return { ...result, ...(await deleteOnce(deletion)) };
	},
});
