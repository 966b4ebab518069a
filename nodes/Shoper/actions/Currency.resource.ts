import { flag, number, text, time } from '../../shared/output/recordShape';

import { localFlag, localText, simpleReads } from './readOnlyResources';

export const currency = simpleReads({
	value: 'currency',
	name: 'Currency',
	one: 'a currency',
	many: 'currencies',
	holds: 'ISO code and rate',
	path: 'currencies',
	idName: 'currencyId',
	picker: 'searchCurrencies',
	timed: true,
	filters: [
		localFlag(
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether customers can choose it',
			},
			'active',
		),
		localText(
			{
				displayName: 'ISO Code',
				name: 'isoCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. PLN',
			},
			'name',
		),
	],
	shape: {
		isoCode: text('name'),
		rate: number('rate'),
		active: flag('active'),
		default: flag('default'),
		rateUpdatedAt: time('rate_date'),
	},
});
