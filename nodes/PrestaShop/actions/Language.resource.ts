import type { IDataObject } from 'n8n-workflow';

import { limit, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { anew } from '../../shared/reading/records';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { allOf } from '../api/reads';
import { operation } from './operation';

export const language: Resource<PrestaShopRecord> = {
	value: 'language',
	name: 'Language',
	operations: [
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many languages',
			description: 'Retrieve many languages of the shop, inactive ones included',
			needs: ['languages GET'],
			items: 'together',
			fields: [returnAll, limit, simplify],
			run: async (shop, { simplify: simple, ...values }) => {
				const languages = [...(await allOf(shop, 'languages', anew)).values()].slice(
					0,
					wanted(values),
				);
				return languages.map((each) =>
					simple
						? {
								id: each.id ?? '',
								isoCode: textOrNull(each.iso_code),
								locale: textOrNull(each.locale),
								name: textOrNull(languageText(each.name as FieldValue | undefined)),
								active: flagOf(each.active),
							}
						: (each as IDataObject),
				);
			},
		}),
	],
};
