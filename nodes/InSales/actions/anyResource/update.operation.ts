import { dryRun, onlyIfChanged, optionsField } from '../../../shared/actions/fields';

import { operation } from '../operation';
import { withoutSecrets } from '../../api/secrets';
import { adminPath, pathId, rootOf } from '../../api/resourcePath';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';
import {
	anyRecordId,
	chosenRoot,
	record,
	recordFields,
	resourcePath,
	root,
	showProtected,
	shown,
} from './fields';

export const updateAny = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a record of any resource',
	description:
		'Change the named fields of a record of any resource of the API; everything else stays as it is, except lists that the API replaces as a whole',
	needs: [],
	items: 'oneByOne',
	fields: [
		resourcePath,
		anyRecordId,
		record,
		optionsField([dryRun, onlyIfChanged, root, showProtected]),
	],
	run: async (shop, { path: typed, recordId: key, record: json, options }) => {
		const path = adminPath(typed);
		const id = pathId(key, path);
		const name = chosenRoot(options.root, rootOf(path));
		const fields = recordFields(json, name);
		const noun = `record in ${path.join('/')}`;
		const updated = await updateRecord(
			shop,
			{ resource: path, id, root: name, noun },
			fields,
			options,
		);
		const report = updateReport(updated);
		const hidden = Object.keys(withoutSecretsIn(updated.changed));
		return {
			...shown(updated.record, options.showProtected),
			_update:
				options.showProtected === true || hidden.length === 0
					? report
					: { ...report, changed: Object.keys(updated.changed) },
		};
	},
});

/** The changes whose values must not be shown. */
function withoutSecretsIn(changed: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const probe = Object.fromEntries(Object.keys(changed).map((name) => [name, '-']));
	const masked = withoutSecrets(probe);
	return Object.fromEntries(Object.entries(masked).filter(([, value]) => value !== '-'));
}
