import { flag, number, text } from '../../shared/output/recordShape';
import { translated } from '../api/recordShape';
import { flagFilter, simpleReads, textFilter } from './readOnlyResources';

export const currency = simpleReads({
	value: 'currency',
	name: 'Currency',
	one: 'a currency',
	many: 'currencies',
	holds: 'currencies of the shop with their rates',
	path: 'currencies',
	idName: 'currencyId',
	picker: 'searchCurrencies',
	keepsDeleted: true,
	multilingual: true,
	filters: [
		flagFilter(
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether customers can choose it',
			},
			'active',
		),
		textFilter(
			{
				displayName: 'ISO Code',
				name: 'isoCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. EUR',
			},
			'iso_code',
		),
	],
	shape: {
		isoCode: text('iso_code'),
		name: translated('name'),
		// Up to 1.7.5 it is called sign.
		symbol: (record, view) => translated('symbol')(record, view) ?? text('sign')(record),
		conversionRate: number('conversion_rate'),
		active: flag('active'),
		deleted: flag('deleted'),
	},
});
