import {
	dryRun,
	maxOutputCharacters,
	onlyIfChanged,
	optionsField,
} from '../../shared/actions/fields';
import { field } from '../../shared/actions/operation';

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
					description: "Readable part of the product's address",
				},
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					default: '',
					placeholder: 'e.g. pl_PL',
					description: 'Locale, ISO code or ID of a language of the shop',
				},
				{ displayName: 'Meta Description', name: 'metaDescription', type: 'string', default: '' },
				{ displayName: 'Meta Keywords', name: 'metaKeywords', type: 'string', default: '' },
				{ displayName: 'Meta Title', name: 'metaTitle', type: 'string', default: '' },
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
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

const active = field({
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description: 'Whether the product is shown in the shop, in every language it has',
});

const bestseller = field({
	displayName: 'Bestseller',
	name: 'bestseller',
	type: 'boolean',
	default: false,
	description: 'Whether the shop marks it as a bestseller',
});

const categoryId = field({
	displayName: 'Category ID',
	name: 'category_id',
	type: 'string',
	default: '',
	placeholder: 'e.g. 19',
	description: 'Main category',
});

const code = field({
	displayName: 'Code',
	name: 'code',
	type: 'string',
	default: '',
	description: 'Own SKU',
});

const ean = field({ displayName: 'EAN', name: 'ean', type: 'string', default: '' });

const newProduct = field({
	displayName: 'New Product',
	name: 'newproduct',
	type: 'boolean',
	default: false,
	description: 'Whether the shop marks it as new',
});

const pkwiu = field({ displayName: 'PKWiU', name: 'pkwiu', type: 'string', default: '' });

const price = field({
	displayName: 'Price',
	name: 'price',
	type: 'string',
	default: '',
	placeholder: 'e.g. 23.90',
	description: 'Price with tax, with a decimal point (product_stocks PUT)',
});

const producerId = field({
	displayName: 'Producer ID',
	name: 'producer_id',
	type: 'string',
	default: '',
});

const purchasePrice = field({
	displayName: 'Purchase Price',
	name: 'price_buying',
	type: 'string',
	default: '',
	placeholder: 'e.g. 11.20',
	description: 'With a decimal point (product_stocks PUT)',
});

const taxId = field({ displayName: 'Tax ID', name: 'tax_id', type: 'string', default: '' });

const weight = field({
	displayName: 'Weight',
	name: 'weight',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0.3',
	description: 'With a decimal point (product_stocks PUT)',
});

const wholesalePrice = field({
	displayName: 'Wholesale Price',
	name: 'price_wholesale',
	type: 'string',
	default: '',
	placeholder: 'e.g. 19.90',
	description: 'With a decimal point (product_stocks PUT)',
});

/** Fields by the shop's own names. Those of the base variant are written there (`productWrite.ts`). */
export const updateFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		active,
		bestseller,
		categoryId,
		code,
		ean,
		newProduct,
		pkwiu,
		price,
		producerId,
		purchasePrice,
		taxId,
		weight,
		wholesalePrice,
	],
});

/** The same for new products, whose code, price and category have fields of their own. */
export const additionalFields = field({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		active,
		bestseller,
		ean,
		newProduct,
		pkwiu,
		producerId,
		purchasePrice,
		taxId,
		weight,
		wholesalePrice,
	],
});

/** Fields of the shop that have no field of their own here. */
export const otherFields = field({
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'More fields of the product by the names the shop uses, as JSON, such as {"other_price": "29.90"}. Lists are replaced as a whole. An empty text empties the field.',
});

const includeTranslations = field({
	displayName: 'Include Translations',
	name: 'includeTranslations',
	type: 'boolean',
	default: false,
	description: 'Whether to return the texts in every language, inactive ones included',
});

const language = field({
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: '',
	placeholder: 'e.g. en_US',
	description:
		"Locale, ISO code or ID of the language of the texts. Empty: the shop's main language.",
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
