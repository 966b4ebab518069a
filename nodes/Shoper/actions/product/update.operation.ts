import { localeNamed } from '../../languages/shopLanguages';
import { productId } from '../../pickers/locators';
import { InputError } from '../../../shared/protocol/errors';
import { simplify } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { isRecord } from '../../api/codec';
import type { ShoperRecord } from '../../api/codec';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { checkNames } from '../../writing/fieldNames';
import type { NameRules } from '../../writing/fieldNames';
import { operation } from '../operation';
import {
	otherFields,
	productUpdateOptions,
	translations,
	updateFields,
} from '../../products/fields';
import { textsOfRows } from '../../products/texts';
import type { Texts } from '../../products/texts';
import { sortChanges } from '../../products/write';
import { updateProducts } from '../../products/writeMany';
import { productNamed, viewProduct } from '../../products/view';
import { updateReport } from '../../../shared/writing/update';

/** Names of products that cannot be written like the others. */
export const PRODUCT_RULES: NameRules = {
	refused: {
		product_id: 'It names the record.',
		stock:
			'Prices and weight have names of their own, such as price; the quantity is the business of the resource Stock.',
		translations: 'Use "Translations".',
		add_date: 'The shop sets it by itself.',
		edit_date: 'The shop sets it by itself.',
		main_image: 'It follows from the images.',
		special_offer: 'The shop does not use it any more.',
		promo_price: 'The shop does not use it any more.',
	},
};

export const updateProduct = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a product',
	description:
		'Change texts in some languages, price, code or other fields of a product. Every language and field that is not named stays as it is.',
	needs: ['products GET', 'products PUT'],
	uses: ['product_stocks GET', 'product_stocks PUT', 'producers GET', 'languages GET'],
	items: 'together',
	fields: [productId, translations, updateFields, otherFields, simplify, productUpdateOptions],
	run: async (shop, values, item) => {
		const { dryRun, onlyIfChanged, includeTranslations = false, language = '' } = values.options;
		const { active, ...named } = namedValues(values.updateFields, {
			otherFields: values.otherFields,
		});
		const { product: own, stock } = sortChanges(named);
		const product = await productNamed(shop, values.productId);
		checkNames('A product', own, product, PRODUCT_RULES);
		const texts = await textsOfRows(shop, values.translations, product);
		const all = active === undefined ? texts : withSwitch(texts, product, active === true);
		const changes = somethingNamed({
			...asNumbers(own),
			...(Object.keys(all).length > 0 && { translations: all }),
			...stock,
		});
		const locale = language === '' ? {} : { locale: await localeNamed(shop, language, product) };
		const updated = await item.together(updateProducts, {
			before: product,
			product: withoutFields(changes, stock),
			stock,
			options: { dryRun, onlyIfChanged },
		});
		const view = { simplify: values.simplify, translations: includeTranslations, ...locale };
		return { ...(await viewProduct(shop, updated.record, view)), ...updateReport(updated) };
	},
});

function withoutFields(record: ShoperRecord, others: ShoperRecord): ShoperRecord {
	return Object.fromEntries(
		Object.entries(record).filter(([name]) => !Object.hasOwn(others, name)),
	);
}

/** Products are switched on and off per language; here it is all of those the product has. */
function withSwitch(texts: Texts, { translations: own }: ShoperRecord, active: boolean): Texts {
	const locales = isRecord(own) ? Object.keys(own) : [];
	if (locales.length === 0) {
		throw new InputError(
			'"Active" cannot be set: the product has no texts in any language.',
			'Add a translation.',
		);
	}
	const all = [...new Set([...locales, ...Object.keys(texts)])];
	return Object.fromEntries(all.map((locale) => [locale, { ...texts[locale], active }]));
}

/** IDs as the API's own types have them (section 3.5). Throws `InputError` for what is none. */
export function asNumbers(record: ShoperRecord): ShoperRecord {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => {
			const isId = name.endsWith('_id') && typeof value === 'string' && value !== '';
			return [name, isId ? Number(recordId(value, name)) : value];
		}),
	);
}
