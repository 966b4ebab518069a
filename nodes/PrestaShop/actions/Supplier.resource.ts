import type { Resource } from '../../shared/actions/operation';
import { flag, text, time } from '../../shared/output/recordShape';
import { translated } from '../api/recordShape';
import type { PrestaShopRecord } from '../api/records';
import { brandFields, brandFilters } from './brandFields';
import { simpleReads } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { createOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const read: SimpleRead = {
	value: 'supplier',
	name: 'Supplier',
	one: 'a supplier',
	many: 'suppliers',
	holds: 'who the shop buys from',
	path: 'suppliers',
	idName: 'supplierId',
	picker: 'searchSuppliers',
	timed: true,
	multilingual: true,
	filters: brandFilters,
	shape: {
		name: text('name'),
		active: flag('active'),
		description: translated('description'),
		linkRewrite: text('link_rewrite'),
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
};

const write: SimpleWrite = {
	read,
	node: 'supplier',
	...brandFields(false),
};

export const supplier: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [createOne(write), ...simpleReads(read).operations, updateOne(write)],
};
