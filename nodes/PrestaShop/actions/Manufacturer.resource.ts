import { flag, text, time } from '../../shared/output/recordShape';
import { ids, translated } from '../api/recordShape';
import { flagFilter, partFilter, simpleReads } from './readOnlyResources';

export const manufacturer = simpleReads({
	value: 'manufacturer',
	name: 'Manufacturer',
	one: 'a manufacturer',
	many: 'manufacturers',
	holds: 'brands, as newer shops call them',
	path: 'manufacturers',
	idName: 'manufacturerId',
	picker: 'searchManufacturers',
	timed: true,
	multilingual: true,
	filters: [
		flagFilter(
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether the shop shows it',
			},
			'active',
		),
		partFilter(
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Part of the name',
			},
			'name',
		),
	],
	shape: {
		name: text('name'),
		active: flag('active'),
		descriptionShort: translated('short_description'),
		description: translated('description'),
		linkRewrite: text('link_rewrite'),
		addressIds: ids('addresses'),
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
});
