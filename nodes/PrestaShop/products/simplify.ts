import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import {
	productTexts,
	type SimplifiedProduct,
	type SimplifiedProductTexts,
	type SimplifiedTranslation,
} from '../../shared/output/productShape';
import { flagOf } from '../../shared/output/recordShape';
import { localToIso } from '../../shared/text/time';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import type { View } from '../orders/simplify';

/** The shop's field for each text (PrestaShop webservice reference, section 5.2). */
export const TEXT_FIELDS: Readonly<Record<keyof SimplifiedProductTexts, string>> = {
	name: 'name',
	description: 'description',
	descriptionShort: 'description_short',
	metaTitle: 'meta_title',
	metaDescription: 'meta_description',
	metaKeywords: 'meta_keywords',
	linkRewrite: 'link_rewrite',
};

/**
 * A product in the shape that is the same on every shop.
 *
 * @param stock row of `stock_availables` of the whole product: `products.quantity` is always 0
 */
export function simplifyProduct(
	product: PrestaShopRecord,
	{ shop, zone, language }: View,
	stock: PrestaShopRecord | undefined,
	missing: readonly string[],
): SimplifiedProduct {
	const id = product.id ?? '';
	const manufacturer = idOrNull(product.id_manufacturer);
	const ids = (name: string) =>
		product.associations?.[name]?.flatMap((row) => idOrNull(row.id) ?? []) ?? null;
	return {
		platform: 'prestashop',
		shop,
		id,
		reference: textOrNull(product.reference),
		...textsIn(product, language),
		ean: textOrNull(product.ean13),
		active: flagOf(product.active),
		price: numberOrNull(product.price),
		priceIncludesTax: false,
		purchasePrice: numberOrNull(product.wholesale_price),
		stock: numberOrNull(stock?.quantity),
		weight: numberOrNull(product.weight),
		manufacturer:
			manufacturer === null
				? null
				: { id: manufacturer, name: textOrNull(product.manufacturer_name) },
		mainCategoryId: idOrNull(product.id_category_default),
		categoryIds: ids('categories'),
		variantIds: ids('combinations'),
		imageIds: ids('images'),
		url: null,
		createdAt: localToIso(String(product.date_add ?? ''), zone),
		updatedAt: localToIso(String(product.date_upd ?? ''), zone),
		...(missing.length > 0 && { _missing: [...missing] }),
	};
}

/** Texts of every language the record was read in. */
export function translationsOf(product: PrestaShopRecord): SimplifiedTranslation[] {
	const name = product.name as FieldValue | undefined;
	const languages = Array.isArray(name) ? name.map(({ id }) => id) : [];
	return languages.map((language) => ({ language, ...textsIn(product, language, true) }));
}

function textsIn(
	product: PrestaShopRecord,
	language: string | undefined,
	exact = false,
): SimplifiedProductTexts {
	const text = (field: string) => {
		const value = product[field] as FieldValue | undefined;
		const own = Array.isArray(value) ? value.find(({ id }) => id === language)?.value : value;
		return textOrNull(exact ? own : languageText(value, language));
	};
	return productTexts(TEXT_FIELDS, text);
}
