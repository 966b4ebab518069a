import type { INodeProperties } from 'n8n-workflow';

import { flagFilter, partFilter } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import type { SimpleWrite } from './writableResources';

/** What lists of brands and of suppliers can be confined to. */
export const brandFilters: SimpleRead['filters'] = [
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
];

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
