import { clientNamedField } from '../../pickers/locators';
import { otherFields } from '../../writing/fields';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { clientUpdateFields } from '../../customers/fields';
import { clientNamed, viewClient } from '../../customers/view';
import { idOf } from '../../api/codec';
import {
	CLIENT_FIELD,
	checkFieldNames,
	extraFields,
	fieldValueRows,
} from '../../writing/extraFields';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';

export const updateClient = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a client',
	description:
		'Change name, email, phone, comment, extra fields or other fields of a client (customer). What is not named stays as it was.',
	needs: ['clients GET', 'clients PUT'],
	uses: ['fields GET'],
	items: 'oneByOne',
	fields: [clientNamedField, clientUpdateFields, extraFields, otherFields, simplify, updateOptions],
	run: async (shop, { clientId, simplify: simple, options, ...values }) => {
		const plain = namedValues(values.updateFields, { otherFields: values.otherFields });
		// Says what is wrong with the rows before anything is asked.
		const asked = fieldValueRows(values.extraFields);
		somethingNamed({ ...plain, ...(asked.length > 0 && { fields_values_attributes: asked }) });
		const before = await clientNamed(shop, clientId);
		const rows = fieldValueRows(values.extraFields, before);
		const warnings: string[] = [];
		await checkFieldNames(shop, rows, CLIENT_FIELD, warnings);
		const named = { ...plain, ...(rows.length > 0 && { fields_values_attributes: rows }) };
		const target = {
			resource: 'clients',
			id: idOf(before),
			root: 'client',
			noun: 'client',
			before,
		};
		const updated = await updateRecord(shop, target, named, options);
		const report = updateReport({ ...updated, warnings: [...warnings, ...updated.warnings] });
		return { ...viewClient(shop, updated.record, simple), ...report };
	},
});
