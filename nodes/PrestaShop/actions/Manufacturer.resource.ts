import type { INodeProperties } from 'n8n-workflow';

import type { Resource } from '../../shared/actions/operation';
import { flag, text, time } from '../../shared/output/recordShape';
import { ids, translated } from '../api/recordShape';
import type { PrestaShopRecord } from '../api/records';
import { flagFilter, partFilter, simpleReads } from './readOnlyResources';
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
};

/** What can be set of a brand or a supplier. */
export function brandFields(hasShortText: boolean): Omit<SimpleWrite, 'read' | 'node'> {
	const texts: INodeProperties[] = [
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'HTML, used in every language',
		},
		{
			displayName: 'Meta Description',
			name: 'meta_description',
			type: 'string',
			default: '',
			description: 'For search engines, used in every language',
		},
		{
			displayName: 'Meta Title',
			name: 'meta_title',
			type: 'string',
			default: '',
			description: 'For search engines, used in every language',
		},
	];
	const short: INodeProperties = {
		displayName: 'Short Description',
		name: 'short_description',
		type: 'string',
		default: '',
		description: 'HTML, used in every language',
	};
	return {
		required: [{ displayName: 'Name', name: 'name', type: 'string', default: '', required: true }],
		optional: [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether the shop shows it',
			},
			...texts,
			...(hasShortText ? [short] : []),
		],
		translated: [
			'description',
			'meta_description',
			'meta_title',
			'meta_keywords',
			...(hasShortText ? ['short_description'] : []),
		],
		defaults: { active: '1' },
		recognisedBy: ['name'],
		isPlain: false,
	};
}

const write: SimpleWrite = { read, node: 'manufacturer', ...brandFields(true) };

export const manufacturer: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [createOne(write), ...simpleReads(read).operations, updateOne(write)],
};
