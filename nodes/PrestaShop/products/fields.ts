import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';
import { language } from '../languages/fields';

/** Texts per language; a text that is left empty stays as it is. */
export const translations = field({
	displayName: 'Translations',
	name: 'translations',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add translation',
	default: {},
	description:
		'Texts per language. What is left empty, and every language that is not named, stays as it is.',
	options: [
		{
			displayName: 'Translation',
			name: 'row',
			values: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					description: 'Long description as HTML',
				},
				{
					displayName: 'Friendly URL',
					name: 'linkRewrite',
					type: 'string',
					default: '',
					placeholder: 'e.g. white-mug',
					description: "Readable part of the product's address:	letters, digits and hyphens",
				},
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					default: '',
					placeholder: 'e.g. pl',
					description: 'ID, ISO code or name of a language of the shop',
				},
				{
					displayName: 'Meta Description',
					name: 'metaDescription',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Meta Keywords',
					name: 'metaKeywords',
					type: 'string',
					default: '',
					description: 'Not known to PrestaShop 9',
				},
				{
					displayName: 'Meta Title',
					name: 'metaTitle',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Short Description',
					name: 'descriptionShort',
					type: 'string',
					default: '',
					description: 'Summary as HTML',
				},
			],
		},
	],
});

/** Fields by the shop's own names. */
export const updateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the product is shown in the shop',
		},
		{
			displayName: 'Available Date',
			name: 'available_date',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description: 'Day from which the product is available, as YYYY-MM-DD',
		},
		{
			displayName: 'Available for Order',
			name: 'available_for_order',
			type: 'boolean',
			default: true,
			description: 'Whether the product can be ordered',
		},
		{
			displayName: 'Condition',
			name: 'condition',
			type: 'options',
			default: 'new',
			options: [
				{ name: 'New', value: 'new' },
				{ name: 'Refurbished', value: 'refurbished' },
				{ name: 'Used', value: 'used' },
			],
		},
		{
			displayName: 'Default Category ID',
			name: 'id_category_default',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4',
		},
		{
			displayName: 'EAN',
			name: 'ean13',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Manufacturer ID',
			name: 'id_manufacturer',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Minimal Quantity',
			name: 'minimal_quantity',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
		},
		{
			displayName: 'On Sale',
			name: 'on_sale',
			type: 'boolean',
			default: false,
			description: 'Whether the shop shows the "On sale!" flag',
		},
		{
			displayName: 'Price',
			name: 'price',
			type: 'string',
			default: '',
			placeholder: 'e.g. 23.90',
			description: "Price without tax in the shop's default currency, with a decimal point",
		},
		{
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Show Price',
			name: 'show_price',
			type: 'boolean',
			default: true,
			description: 'Whether the shop shows the price',
		},
		{
			displayName: 'Tax Rules Group ID',
			name: 'id_tax_rules_group',
			type: 'string',
			default: '',
		},
		{
			displayName: 'UPC',
			name: 'upc',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Visibility',
			name: 'visibility',
			type: 'options',
			default: 'both',
			options: [
				{ name: 'Catalog Only', value: 'catalog' },
				{ name: 'Everywhere', value: 'both' },
				{ name: 'Nowhere', value: 'none' },
				{ name: 'Search Only', value: 'search' },
			],
		},
		{
			displayName: 'Weight',
			name: 'weight',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.3',
		},
		{
			displayName: 'Wholesale Price',
			name: 'wholesale_price',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5.49',
			description: 'Purchase price without tax, with a decimal point',
		},
	],
});

const includeTranslations = field({
	displayName: 'Include Translations',
	name: 'includeTranslations',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the texts in every language, inactive ones included (languages GET)',
});

/** Options of reads. */
export const productOptions = optionsField([includeTranslations, language, maxOutputCharacters]);

/** Options of writes. */
export const productUpdateOptions = optionsField([
	dryRun,
	includeTranslations,
	language,
	onlyIfChanged,
]);
