import type { IDataObject } from 'n8n-workflow';

import { is } from '../../api/conditions';
import type { ShopLanguage } from '../../languages/shopLanguages';
import { shopLanguages } from '../../languages/shopLanguages';
import { textsOf, textsOfRows } from '../../languages/texts';
import { otherFields } from '../../writing/fields';
import { InputError } from '../../../shared/protocol/errors';
import { simplify } from '../../../shared/actions/fields';
import { settled } from '../../../shared/protocol/settled';
import { recordId } from '../../../shared/text/recordId';
import { isDenied } from '../../../shared/reading/permissions';
import type { PrestaShopRecord } from '../../api/records';
import { createRecord } from '../../writing/create';
import { toWire } from '../../writing/fieldRules';

import type { PrestaShopShop } from '../../api/reads';
import { keyRights } from '../../api/keyRights';
import { namedValues } from '../../../shared/writing/namedValues';
import { operation } from '../operation';

import { productUpdateOptions, translations, updateFields } from '../../products/fields';
import { viewProduct } from '../../products/view';
import { listing } from '../../api/query';
import { resolveChanges } from '../../writing/recordChanges';
import type { NamedValues } from '../../writing/recordChanges';
import { rightName } from '../../api/rights';
import { TEXT_FIELDS } from '../../products/simplify';
import { firstSlug } from '../../products/slug';
import { updateRecord } from '../../writing/update';
import { writeProfileOf } from '../../writing/writeProfiles';

/**
 * What the shop needs to show a product: left out, each of these would be 0, and without `state`
 * the product is hidden in the back office as well (section 4.5).
 */
const VISIBLE: PrestaShopRecord = {
	state: '1',
	active: '1',
	available_for_order: '1',
	show_price: '1',
	minimal_quantity: '1',
	condition: 'new',
	visibility: 'both',
	product_type: 'standard',
	indexed: '1',
};

export const createProduct = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a product',
	description:
		'Create a product that is visible and can be ordered, with texts in every language of the shop',
	needs: ['products GET', 'products POST', 'languages GET'],
	uses: ['stock_availables GET', 'stock_availables PUT|PATCH'],
	items: 'oneByOne',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'Used in every language that the translations do not name',
		},
		{
			displayName: 'Price',
			name: 'price',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 23.90',
			description: "Price without tax in the shop's default currency, with a decimal point",
		},
		{
			displayName: 'Category IDs',
			name: 'categoryIds',
			type: 'string',
			default: '2',
			placeholder: 'e.g. 2,5',
			description:
				'IDs of the categories, separated by commas; the first is the main one. 2 is Home in a fresh shop.',
		},
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'string',
			default: '',
			description: 'Pieces on hand. Empty leaves the stock at 0. Needs rights on stock_availables.',
		},
		translations,
		{ ...updateFields, displayName: 'Additional Fields', name: 'additionalFields' as const },
		otherFields,
		simplify,
		productUpdateOptions,
	],
	run: async (shop, values) => {
		const { dryRun = false, includeTranslations = false } = values.options;
		if (values.additionalFields.price !== undefined) {
			throw new InputError('The price is named in two places.', 'Keep one of them.');
		}
		const rows = await textsOfRows(shop, values.translations, TEXT_FIELDS);
		const { generation } = await keyRights(shop);
		const languages = await languagesOf(shop);
		const quantity = quantityOf(values.quantity);
		const { name: names, link_rewrite: links, ...texts } = rows;
		const record = await recordOf(
			shop,
			{
				...namedValues(
					{ ...values.additionalFields, price: values.price },
					{ label: 'Additional Fields', otherFields: values.otherFields, texts },
				),
			},
			values.categoryIds,
			languages,
			generation,
		);
		const name = inEvery(languages, (id) => names?.[id] ?? values.name, 'name', generation);
		record.name = name;
		const others = [...name.map(({ value }) => value), String(record.reference ?? '')];
		record.link_rewrite = inEvery(
			languages,
			(id) => links?.[id] ?? firstSlug([textsOf(name).get(id) ?? '', ...others]),
			'link_rewrite',
			generation,
		);
		if (dryRun) return { ...record, created: false, reason: 'dry run' } as IDataObject;
		const { record: product, warning } = await createRecord(shop, 'products', 'product', record, {
			fields: ['name', 'reference'],
			isIt: (each) =>
				each.reference === (record.reference ?? '') &&
				name.some(({ value }) => textsIn(each.name).includes(value)),
		});
		const view = {
			simplify: values.simplify,
			language: undefined,
			translations: includeTranslations,
		};
		const stocked = await setStock(shop, product.id ?? '', quantity);
		return {
			...(await viewProduct(shop, product, view)),
			...(quantity !== undefined && stocked === undefined && { stock: Number(quantity) }),
			created: true,
			...((warning ?? stocked) && { warning: [warning, stocked].filter(Boolean).join(' ') }),
		};
	},
});

async function languagesOf(shop: PrestaShopShop): Promise<ShopLanguage[]> {
	const languages = await shopLanguages(shop);
	if (languages && languages.length > 0) return languages;
	throw new InputError(
		`A product needs its name in every language, but the API key may not read the languages (right "${rightName('languages', 'GET')}").`,
		'Give the key that right.',
	);
}

function quantityOf(text: string): string | undefined {
	if (text === '') return undefined;
	if (/^-?\d+$/.test(text)) return text;
	throw new InputError(`"Quantity" is "${text}".`, 'Enter a whole number.');
}

/** The new record without its names: defaults, then what was named. */
async function recordOf(
	shop: PrestaShopShop,
	named: NamedValues,
	categoryIds: string,
	languages: readonly ShopLanguage[],
	generation: number | undefined,
): Promise<PrestaShopRecord> {
	const profile = writeProfileOf('products');
	const { rules } = profile;
	const categories = categoryIds
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '')
		.map((id) => recordId(id, 'Category IDs'));
	const [main] = categories;
	// There is no record yet to check names against: the known fields stand for it.
	const blank = (field: string) =>
		MULTILINGUAL.includes(field) ? languages.map(({ id }) => ({ id, value: '' })) : '';
	const known = Object.keys(rules).filter(
		(field) => !(field === 'meta_keywords' && generation === 9),
	);
	const template = Object.fromEntries(known.map((field) => [field, blank(field)]));
	const { next } = await resolveChanges(shop, profile, template, named, generation);
	return {
		...VISIBLE,
		...(main !== undefined && { id_category_default: main }),
		...next,
		associations: {
			categories: categories.map((id) => ({ id })),
			...next.associations,
		},
	};
}

function textsIn(value: PrestaShopRecord[string]): string[] {
	return Array.isArray(value) ? value.map((each) => each.value) : [];
}

/** Fields that exist once per language (section 5.2). */
const MULTILINGUAL = [
	...Object.values(TEXT_FIELDS),
	'available_now',
	'available_later',
	'delivery_in_stock',
	'delivery_out_stock',
];

function inEvery(
	languages: readonly ShopLanguage[],
	text: (id: string) => string,
	field: string,
	generation: number | undefined,
) {
	const { rules } = writeProfileOf('products');
	return languages.map(({ id }) => ({
		id,
		value: toWire(field, text(id), rules[field], generation),
	}));
}

/** Sets the stock of a new product; says what is missing instead of failing, for the product exists. */
async function setStock(
	shop: PrestaShopShop,
	productId: string,
	quantity: string | undefined,
): Promise<string | undefined> {
	if (quantity === undefined) return undefined;
	const done = await settled(async () => {
		const where = [is('id_product', productId), is('id_product_attribute', '0')];
		const rows = await shop.list(listing({ resource: 'stock_availables', where }));
		const id = rows[0]?.id;
		if (id === undefined) throw new InputError('The shop has no stock row for it.');
		await updateRecord(shop, 'stock_availables', id, { quantity });
	});
	if (done.ok) return undefined;
	const why = isDenied(done.error)
		? `the API key needs "${rightName('stock_availables', 'GET')}" and "${rightName('stock_availables', 'PUT')}" or PATCH`
		: (done.error as Error).message;
	return `The product was created, but its stock was not set: ${why}.`;
}
