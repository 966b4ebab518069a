import { dryRun, optionsField } from '../../../shared/actions/fields';
import { createRecord } from '../../writing/create';

import { operation } from '../operation';
import { adminPath, rootOf } from '../../api/resourcePath';
import {
	chosenRoot,
	record,
	recordFields,
	resourcePath,
	root,
	showProtected,
	shown,
} from './fields';

export const createAny = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a record of any resource',
	description:
		'Create a record of any resource of the API. After an unclear answer nothing is repeated: running it again may create a second one.',
	needs: [],
	items: 'oneByOne',
	fields: [resourcePath, record, optionsField([dryRun, root, showProtected])],
	run: async (shop, { path: typed, record: json, options }) => {
		const path = adminPath(typed);
		const name = chosenRoot(options.root, rootOf(path));
		const fields = recordFields(json, name);
		if (options.dryRun) {
			const sent = name === undefined ? fields : { [name]: fields };
			return { ...shown(sent, options.showProtected), _created: false, _reason: 'dry run' };
		}
		const created = await createRecord(shop, path, name, fields);
		return {
			...shown(created.record, options.showProtected),
			...(created.warning !== undefined && { _warning: created.warning }),
		};
	},
});
