import { flag, id, text } from '../../shared/output/recordShape';
import { translated } from '../api/recordShape';
import { flagFilter, simpleReads, textFilter } from './readOnlyResources';

export const carrier = simpleReads({
	value: 'carrier',
	name: 'Carrier',
	one: 'a carrier',
	many: 'carriers',
	holds:
		'shipping methods. Editing one in the shop makes a new record with the same reference ID; the old one counts as deleted.',
	path: 'carriers',
	idName: 'carrierId',
	picker: 'searchCarriers',
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
		textFilter({ displayName: 'Name', name: 'name', type: 'string', default: '' }, 'name'),
	],
	shape: {
		referenceId: id('id_reference'),
		name: text('name'),
		delay: translated('delay'),
		active: flag('active'),
		deleted: flag('deleted'),
		free: flag('is_free'),
		trackingUrl: text('url'),
		module: text('external_module_name'),
	},
});
