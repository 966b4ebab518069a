import { jsonObject } from '../../../shared/text/userInput';
import { dryRun, optionsField } from '../../../shared/actions/fields';
import type { IDataObject } from 'n8n-workflow';

import { languageText } from '../../api/codec';
import type { FieldValue, PrestaShopRecord } from '../../api/records';
import { createRecord } from '../../writing/create';

import type { PrestaShopShop } from '../../api/reads';
import { newRecord } from '../../writing/newRecord';
import { operation } from '../operation';
import { resourceNamed, schemaOf } from '../../api/resourceSchema';
import { record, showProtected, shown, webserviceResource } from './fields';

export const createAny = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a record of any resource',
	description:
		'Create a record of any webservice resource. Misspelt fields are refused, because the shop would ignore them without a word. New order_histories change the status of the order.',
	needs: [],
	items: 'oneByOne',
	fields: [webserviceResource, record, optionsField([dryRun, showProtected])],
	run: async (shop, { webserviceResource: locator, record: json, options }) => {
		const resource = resourceNamed(locator);
		const schema = await schemaOf(shop, resource);
		const fields = await newRecord(shop, resource, schema, jsonObject('Record', json, false));
		const show = (each: PrestaShopRecord) => shown(resource, each, options.showProtected === true);
		if (options.dryRun) {
			return { ...(show(fields) as IDataObject), _created: false, _reason: 'dry run' };
		}
		const created = await create(shop, resource, fields);
		return {
			...(show(created.record) as IDataObject),
			...(created.warning !== undefined && { _warning: created.warning }),
		};
	},
});

async function create(shop: PrestaShopShop, resource: string, fields: PrestaShopRecord) {
	const plain = Object.entries(fields).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
	);
	return await createRecord(shop, resource, nodeNameOf(resource), fields, {
		fields: plain.map(([name]) => name),
		isIt: (candidate) =>
			plain.every(([name, value]) =>
				sameStored(languageText(candidate[name] as FieldValue | undefined), value),
			),
	});
}

/** The shop pads decimals with zeros; codes such as `007` are no numbers. */
function sameStored(stored: string, sent: string): boolean {
	return stored === sent || (/^-?\d+\.\d+$/.test(stored) && Number(stored) === Number(sent));
}

/** The shop does not look at the name of the element (section 4.2), so a guess will do. */
function nodeNameOf(resource: string): string {
	return resource.replace(/s$/, '');
}
