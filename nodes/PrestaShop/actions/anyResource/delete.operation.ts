import type { IDataObject } from 'n8n-workflow';

import { ShopError } from '../../../shared/http/errors';
import { settled } from '../../../shared/protocol/settled';
import { recordId } from '../../../shared/text/recordId';
import { dryRun } from '../../../shared/actions/fields';
import { notFound, single } from '../../../shared/reading/records';

import { operation } from '../operation';
import { resourceNamed } from '../../api/resourceSchema';
import { didNotAnswerClearly } from '../../writing/update';
import { anyRecordId, showProtected, shown, webserviceResource } from './fields';

export const deleteAny = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a record of any resource',
	description: 'Delete a record of any webservice resource for good. Returns it as it was.',
	needs: [],
	items: 'oneByOne',
	fields: [
		webserviceResource,
		anyRecordId,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [dryRun, showProtected],
		},
	],
	run: async (shop, { webserviceResource: locator, recordId: key, options }) => {
		const resource = resourceNamed(locator);
		const id = recordId(key, 'Record ID');
		const before = await single(shop, resource, id);
		if (!before) throw notFound(`record in ${resource} with the ID`, id);
		const result = {
			id,
			resource,
			record: shown(resource, before, options.showProtected === true) as IDataObject,
		};
		if (options.dryRun) return { ...result, deleted: false, reason: 'dry run' };
		const sent = await settled(
			async () => await shop.send({ method: 'DELETE', path: [resource, id] }),
		);
		if (sent.ok) return { ...result, deleted: true };
		const { error } = sent;
		if (!didNotAnswerClearly(error)) throw error;
		const looked = await settled(async () => await single(shop, resource, id));
		if (looked.ok && looked.value === undefined) {
			const warning = `The shop answered with an error (${error.explanation.reason}) but did delete the record.`;
			return { ...result, deleted: true, warning };
		}
		const fix = looked.ok
			? 'The record still exists.'
			: 'It is not known whether the record was deleted: looking at it failed as well.';
		throw new ShopError(error.failure, error.call, { ...error.explanation, fix });
	},
});
