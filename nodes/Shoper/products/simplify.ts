import { idOrNull, money, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import {
	productTexts,
	type SimplifiedProduct,
	type SimplifiedProductTexts,
	type SimplifiedTranslation,
} from '../../shared/output/productShape';
import { localToIso } from '../../shared/text/time';
import { flagOf } from '../../shared/output/recordShape';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';

import type { ShapeView } from '../api/recordShape';
import { translated } from '../api/translations';

/** The shop's field for each text (Shoper REST reference 6.7). */
export const TEXT_FIELDS: Readonly<Record<keyof SimplifiedProductTexts, string>> = {
	name: 'name',
	description: 'description',
	descriptionShort: 'short_description',
	metaTitle: 'seo_title',
	metaDescription: 'seo_description',
	metaKeywords: 'seo_keywords',
	linkRewrite: 'seo_url',
};

/** What is joined to a product; `undefined` where it could not be. */
export interface ProductParts {
	/** Its rows of `product-stocks`. */
	stocks: readonly ShoperRecord[] | undefined;
	producer: ShoperRecord | undefined;
	missing: readonly string[];
}

/** A product in the shape that is the same on every shop. */
export function simplifyProduct(
	product: ShoperRecord,
	shop: string,
	{ zone, locale }: ShapeView,
	{ stocks, producer, missing }: ProductParts,
): SimplifiedProduct {
	const base = isRecord(product.stock) ? product.stock : {};
	const variants = stocks?.filter(isVariant);
	const baseRow = stocks?.find((row) => !isVariant(row)) ?? base;
	const producerId = idOrNull(product.producer_id);
	const { categories, main_image: image } = product;
	const imageId = isRecord(image) ? idOrNull(image.gfx_id) : null;
	return {
		platform: 'shoper',
		shop,
		id: String(product.product_id ?? ''),
		reference: textOrNull(product.code),
		...textsOf((field) => translated(product, field, locale)),
		ean: textOrNull(product.ean),
		active: activeIn(product, locale),
		price: numberOrNull(base.price),
		priceIncludesTax: true,
		// 0 is what the shop has where nobody entered one.
		purchasePrice: numberOrNull(baseRow.price_buying_net) || null,
		// Whether the base row counts beside variants is not known; what is sold are variants.
		stock: variants?.length ? sumOf(variants) : numberOrNull(base.stock),
		weight: numberOrNull(base.weight),
		manufacturer: producerId === null ? null : { id: producerId, name: textOrNull(producer?.name) },
		mainCategoryId: idOrNull(product.category_id),
		categoryIds: Array.isArray(categories) ? categories.map(String) : null,
		variantIds: variants?.map(({ stock_id }) => String(stock_id)) ?? null,
		// Only the main one comes with the product.
		imageIds: image === undefined ? null : imageId === null ? [] : [imageId],
		url: translated(product, 'permalink', locale),
		createdAt: localToIso(String(product.add_date ?? ''), zone),
		updatedAt: localToIso(String(product.edit_date ?? ''), zone),
		...(missing.length > 0 && { _missing: [...missing] }),
	};
}

/** Whether a row of `product-stocks` is a variant and not the product itself. */
export function isVariant({ extended }: ShoperRecord): boolean {
	return flagOf(extended) === true;
}

/** Texts of every language the product has. */
export function translationsOf({ translations }: ShoperRecord): SimplifiedTranslation[] {
	if (!isRecord(translations)) return [];
	return Object.entries(translations).flatMap(([language, texts]) =>
		isRecord(texts) ? [{ language, ...textsOf((field) => textOrNull(texts[field])) }] : [],
	);
}

function textsOf(textOf: (field: string) => string | null): SimplifiedProductTexts {
	return productTexts(TEXT_FIELDS, textOf);
}

/** Products are switched on and off per language. */
function activeIn({ translations }: ShoperRecord, locale: string | undefined): boolean | null {
	if (!isRecord(translations)) return null;
	const own = locale === undefined ? undefined : translations[locale];
	const texts = isRecord(own) ? own : Object.values(translations).find(isRecord);
	return flagOf(texts?.active);
}

/** Pieces of all rows; `null` as soon as one of them is not known. */
function sumOf(rows: readonly ShoperRecord[]): number | null {
	const counts = rows.flatMap(({ stock }) => numberOrNull(stock) ?? []);
	return counts.length < rows.length ? null : money(counts.reduce((sum, each) => sum + each, 0));
}
