import { textOrNull } from '../../shared/output/orderShape';
import { flag, id, text } from '../../shared/output/recordShape';

import { localFlag, simpleReads } from './readOnlyResources';

export const language = simpleReads({
	value: 'language',
	name: 'Language',
	one: 'a language',
	many: 'languages',
	holds: 'locale, such as pl_PL, and whether it is switched on',
	path: 'languages',
	idName: 'languageId',
	picker: 'searchLanguages',
	filters: [
		localFlag(
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether the shop shows it',
			},
			'active',
		),
	],
	shape: {
		isoCode: ({ locale }) => textOrNull(String(locale ?? '').split('_')[0]),
		locale: text('locale'),
		active: flag('active'),
		currencyId: id('currency_id'),
	},
});
