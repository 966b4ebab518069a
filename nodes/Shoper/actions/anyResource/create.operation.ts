import { dryRun, optionsField } from '../../../shared/actions/fields';
import { settled } from '../../../shared/protocol/settled';
import { single } from '../../../shared/reading/records';
import { jsonObject } from '../../../shared/text/userInput';
import { createdId, jsonBody } from '../../api/codec';
import type { ShoperRecord } from '../../api/codec';
import { refuseMasked } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { resourcePath } from '../../api/resourcePath';
import { record, resourcePathField, showProtected, shown } from './fields';

/** Sent once: what a record of an unknown resource can be recognised by is not known. */
export const createAny = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a record of any resource',
	description: 'Create a record of any resource of the API and return it as the shop has it',
	needs: [],
	items: 'oneByOne',
	fields: [resourcePathField, record, optionsField([dryRun, showProtected])],
	run: async (shop, { resourcePath: { value }, record: json, options }) => {
		const path = resourcePath(value);
		const fields = jsonObject('Record', json) as ShoperRecord;
		refuseMasked(fields, 'Give its real value, or leave it out.');
		const show = (each: ShoperRecord) => shown(each, options.showProtected);
		if (options.dryRun) return { ...show(fields), _created: false, _reason: 'dry run' };
		const reply = await shop.send({ method: 'POST', path, body: jsonBody(fields) });
		const id = createdId(reply, path[0] ?? '');
		if (id === undefined) return { ...show(fields), _created: true };
		// What cannot be shown is there all the same.
		const read = await settled(async () => await single(shop, path, id));
		const created = read.ok ? read.value : undefined;
		return { ...(created ? show(created) : { id }), _created: true, _id: id };
	},
});
