import type { IDataObject } from 'n8n-workflow';

import { deleteOnce } from '../../../shared/writing/delete';
import { refuseAnother } from '../../../shared/writing/outcome';
import { recordId } from '../../../shared/text/recordId';
import { dryRun, optionsField } from '../../../shared/actions/fields';
import { notFound, single } from '../../../shared/reading/records';

import { operation } from '../operation';
import { resourceNamed } from '../../api/resourceSchema';
import { anyRecordId, showProtected, shown, webserviceResource } from './fields';

export const deleteAny = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a record of any resource',
	description: 'Delete a record of any webservice resource for good. Returns it as it was.',
	needs: [],
	items: 'oneByOne',
	fields: [webserviceResource, anyRecordId, optionsField([dryRun, showProtected])],
	run: async (shop, { webserviceResource: locator, recordId: key, options }) => {
		const resource = resourceNamed(locator);
		const id = recordId(key, 'Record ID');
		const before = await single(shop, resource, id);
		if (!before) throw notFound(`record in ${resource} with the ID`, id);
		refuseAnother(before.id ?? '', id);
		const result = {
			id,
			resource,
			record: shown(resource, before, options.showProtected === true) as IDataObject,
		};
		if (options.dryRun) return { ...result, deleted: false, reason: 'dry run' };
		const deletion = {
			noun: 'record',
			send: async () => await shop.send({ method: 'DELETE', path: [resource, id] }),
			isGone: async () => (await single(shop, resource, id)) === undefined,
		};
		return { ...result, ...(await deleteOnce(deletion)) };
	},
});
