import type { Resource } from '../../shared/actions/operation';
import { flag, text, time } from '../../shared/output/recordShape';
import { ids, translated } from '../api/recordShape';
import type { PrestaShopRecord } from '../api/records';
import { brandFields, brandFilters } from './brandFields';
import { simpleReads } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { createOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const read: SimpleRead = {
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
	filters: brandFilters,
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
};

const write: SimpleWrite = { read, node: 'manufacturer', ...brandFields(true) };

export const manufacturer: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [createOne(write), ...simpleReads(read).operations, updateOne(write)],
};
