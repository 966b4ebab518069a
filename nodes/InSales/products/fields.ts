import type { INodePropertyOptions } from 'n8n-workflow';

import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { extraFields } from '../writing/extraFields';

/** What can be brought along with a product. */
export const includeChoices: INodePropertyOptions[] = [
	{
		name: 'Collections',
		value: 'collections',
		description: 'Titles and paths of the collections the product is in',
	},
	{
		name: 'Extra Fields',
		value: 'fields',
		description: 'Values of the extra fields of products by handle',
	},
	{
		name: 'Warehouses',
		value: 'warehouses',
		description: 'Titles of the warehouses whose stock products are given with',
	},
];

const include = field({
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	default: [],
	description: 'What to bring along with each product. Each entry costs requests of its own once.',
	options: includeChoices,
});

/** Options of reads of products. */
export const productOptions = optionsField([include, maxOutputCharacters]);

/** Options of a synchronisation, whose last item must not be cut off. */
export const syncOptions = optionsField([
	{
		displayName: 'Full Pass Every Hours',
		name: 'fullPassHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description:
			'Read the whole catalogue again after so many hours and return all products, because it is not documented that every change of stock counts as a change of its product. 0 means never, and so does leaving this option out.',
	},
	include,
	{
		displayName: 'Max Products',
		name: 'maxProducts',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1000,
		description:
			'Most products to return in one run. The rest comes with the next one; "complete" on the last item says whether there is more. 0 means no limit, and so does leaving this option out.',
	},
]);

/** Options of changes of products. */
export const productUpdateOptions = optionsField([
	dryRun,
	onlyIfChanged,
	{
		displayName: 'Replace Properties',
		name: 'replaceProperties',
		type: 'boolean',
		default: false,
		description:
			'Whether the given properties become all properties of the product. Otherwise those that are not named stay.',
	},
]);

/** Parameters of a product, a row per value. */
export const properties = field({
	displayName: 'Properties',
	name: 'properties',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add property',
	default: {},
	description:
		'Parameters of the product such as material, by title. A title that is given gets exactly the given values, a row for each; an empty value removes it. Properties that are not named stay as they are.',
	options: [
		{
			displayName: 'Property',
			name: 'row',
			values: [
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Материал',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Хлопок',
				},
			],
		},
	],
});

export const productExtraFields = {
	...extraFields,
	description:
		'Values of the extra fields of products, by their handle. Fields that are not named stay as they are.',
} as const;

/** Fields by the shop's own names (InSales API reference, section 5.7). */
export const productUpdateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Canonical Collection ID',
			name: 'canonical_url_collection_id',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Category ID',
			name: 'category_id',
			type: 'string',
			default: '',
			description: 'Category of the stock («склад»), not a collection of the storefront',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: 'HTML; stored as it is',
		},
		{
			displayName: 'Dimensions',
			name: 'dimensions',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10x20x5',
		},
		{
			displayName: 'Hidden',
			name: 'is_hidden',
			type: 'boolean',
			default: false,
			description: 'Whether the product is kept out of the storefront',
		},
		{
			displayName: 'Meta Description',
			name: 'meta_description',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
		},
		{ displayName: 'Meta Keywords', name: 'meta_keywords', type: 'string', default: '' },
		{
			displayName: 'Meta Title',
			name: 'html_title',
			type: 'string',
			default: '',
			description: 'Title of the page',
		},
		{
			displayName: 'Permalink',
			name: 'permalink',
			type: 'string',
			default: '',
			description: "The readable part of the product's address",
		},
		{
			displayName: 'Short Description',
			name: 'short_description',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
		},
		{ displayName: 'Sort Weight', name: 'sort_weight', type: 'number', default: '' },
		{ displayName: 'Title', name: 'title', type: 'string', default: '' },
		{
			displayName: 'Unit',
			name: 'unit',
			type: 'string',
			default: '',
			placeholder: 'e.g. pce',
		},
		{
			displayName: 'VAT',
			name: 'vat',
			type: 'number',
			default: '',
			description: 'Rate in per cent; -1 means without VAT',
		},
	],
});
