import type { IDataObject } from 'n8n-workflow';

import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { SimplifiedProduct } from '../../shared/output/productShape';
import { flagOf, notFlag } from '../../shared/output/recordShape';
import { idOf, rowsIn, rowsOrNull } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { Tree } from '../categories/tree';
import { isoTime } from '../api/dates';
import { namedPrices } from './priceKinds';
import type { PriceKind } from './priceKinds';
import { rightName } from '../api/rights';
import { toJson } from '../../shared/output/toJson';

/** What products are shown with. */
export interface ProductParts {
	/** Host of the shop. */
	shop: string;
	/** Base URL of the shop. */
	url: string;
	/** `undefined`: not to be had, or not wanted. */
	kinds: readonly PriceKind[] | undefined;
	/** Titles of the warehouses by `array_index`. */
	warehouses?: ReadonlyMap<number, string>;
	collections?: Tree;
	/** Handles of the extra fields by ID. */
	fields?: ReadonlyMap<string, string>;
	missing: readonly string[];
}

/** One variant of a product in plain fields: money as numbers, additional prices by their titles. */
export interface SimplifiedVariant {
	id: string;
	productId: string | null;
	sku: string | null;
	barcode: string | null;
	title: string | null;
	/** Values of the options by their names: `{ Размер: 'M' }`. */
	options: Record<string, string | null> | null;
	available: boolean | null;
	price: number | null;
	oldPrice: number | null;
	/** Purchase price. */
	costPrice: number | null;
	/** Additional prices by the titles of their price kinds. */
	prices: Record<string, number | null> | null;
	/** All warehouses together; `null` where the shop does not count. */
	quantity: number | null;
	warehouses: Array<{ index: number; title: string | null; quantity: number | null }>;
	weight: number | null;
	dimensions: string | null;
	imageId: string | null;
	updatedAt: string | null;
}

/**
 * A product in the shape that is the same on every shop. Values of the product as a whole are those
 * of its first variant, which an order of the product takes when it names none (section 5.9); the
 * stock is that of all variants.
 */
export function simplifyProduct(
	product: InSalesRecord,
	parts: ProductParts,
): SimplifiedProduct & IDataObject {
	const variants = rowsIn(product.variants);
	const [first] = variants;
	const permalink = textOrNull(product.permalink);
	const description = textOrNull(product.description);
	const categoryIds = idsIn(product.collections_ids);
	const missing = [
		...parts.missing,
		// Without the right to it the field is absent (section 5.7 shows it always).
		...(first && first.cost_price === undefined
			? [`purchase prices: needs the right "${rightName('product prices', 'GET')}"`]
			: []),
	];
	return {
		platform: 'insales',
		shop: parts.shop,
		id: idOf(product),
		reference: textOrNull(first?.sku),
		name: textOrNull(product.title),
		description,
		descriptionShort: textOrNull(product.short_description),
		metaTitle: textOrNull(product.html_title),
		metaDescription: textOrNull(product.meta_description),
		metaKeywords: textOrNull(product.meta_keywords),
		linkRewrite: permalink,
		ean: textOrNull(first?.barcode),
		active: notFlag(product.is_hidden),
		archived: flagOf(product.archived),
		price: numberOrNull(first?.price),
		// What the customer pays; nothing is added to it in orders (section 5.3).
		priceIncludesTax: true,
		purchasePrice: numberOrNull(first?.cost_price),
		stock: stockOf(variants),
		weight: numberOrNull(first?.weight),
		manufacturer: null,
		mainCategoryId: idOrNull(product.canonical_url_collection_id),
		categoryIds,
		...(parts.collections && {
			collections: categoryIds?.map(collectionIn(parts.collections)) ?? null,
		}),
		warehouseCategoryId: idOrNull(product.category_id),
		variantIds: rowsOrNull(product.variants, idOf),
		variants: rowsOrNull(product.variants, (each) => toJson(simplifyVariant(each, product, parts))),
		properties: propertiesOf(product),
		...(parts.fields && { fields: fieldsOf(product, parts.fields) }),
		imageIds: rowsOrNull(product.images, idOf),
		images: rowsOrNull(product.images, (image) => ({
			id: idOf(image),
			// While a picture is being processed its address is that of a placeholder (section 5.7).
			url: isProcessed(image) ? textOrNull(image.original_url ?? image.url) : null,
			title: textOrNull(image.title),
		})),
		url: permalink === null ? null : `${parts.url}/product/${encodeURIComponent(permalink)}`,
		createdAt: isoTime(product.created_at),
		updatedAt: isoTime(product.updated_at),
		...(missing.length > 0 && { _missing: missing }),
	};
}

/** One variant; `product` names its options. */
export function simplifyVariant(
	variant: InSalesRecord,
	product: InSalesRecord | undefined,
	{ kinds, warehouses }: Pick<ProductParts, 'kinds' | 'warehouses'>,
): SimplifiedVariant {
	const names = new Map(
		rowsIn(product?.option_names).map((name) => [String(name.id), String(name.title)]),
	);
	const stocks = Object.entries(variant).flatMap(([field, quantity]) => {
		const index = /^quantity_at_warehouse(\d+)$/.exec(field)?.[1];
		return index === undefined ? [] : [{ index: Number(index), quantity }];
	});
	return {
		id: idOf(variant),
		productId: idOrNull(variant.product_id ?? product?.id),
		sku: textOrNull(variant.sku),
		barcode: textOrNull(variant.barcode),
		title: textOrNull(variant.title),
		options: asFields(
			rowsOrNull(variant.option_values, (value) => [
				names.get(String(value.option_name_id)) ?? String(value.option_name_id),
				textOrNull(value.title),
			]),
		),
		available: typeof variant.available === 'boolean' ? variant.available : null,
		price: numberOrNull(variant.price),
		oldPrice: numberOrNull(variant.old_price),
		costPrice: numberOrNull(variant.cost_price),
		prices: namedPrices(variant, kinds) ?? (Array.isArray(variant.prices) ? {} : null),
		quantity: numberOrNull(variant.quantity),
		warehouses: stocks
			.sort((a, b) => a.index - b.index)
			.map(({ index, quantity }) => ({
				index,
				title: warehouses?.get(index) ?? null,
				quantity: numberOrNull(quantity),
			})),
		weight: numberOrNull(variant.weight),
		dimensions: textOrNull(variant.dimensions),
		imageId: idOrNull(variant.image_id),
		updatedAt: isoTime(variant.updated_at),
	};
}

/** Pieces of all variants; `null` as soon as one of them is not counted. */
function stockOf(variants: readonly InSalesRecord[]): number | null {
	const counts = variants.map(({ quantity }) => numberOrNull(quantity));
	if (counts.length === 0 || counts.includes(null)) return null;
	return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Parameters of a product, one row per value: a parameter with two values comes twice. */
export function propertiesOf(
	product: InSalesRecord,
): Array<{ title: string; value: string }> | null {
	if (!Array.isArray(product.characteristics)) return null;
	const titles = new Map(
		rowsIn(product.properties).map((property) => [String(property.id), String(property.title)]),
	);
	return rowsIn(product.characteristics).flatMap(({ property_id, title: value }) => {
		const title = titles.get(String(property_id));
		return title === undefined ? [] : [{ title, value: String(value) }];
	});
}

function collectionIn({ records, pathOf }: Tree) {
	return (id: string) => ({
		id,
		title: textOrNull(records.get(id)?.title),
		path: records.has(id) ? pathOf(id) : null,
	});
}

function fieldsOf(
	product: InSalesRecord,
	handles: ReadonlyMap<string, string>,
): IDataObject | null {
	return asFields(
		rowsOrNull(product.product_field_values, ({ product_field_id, value }) => [
			handles.get(String(product_field_id)) ?? String(product_field_id),
			value as IDataObject[string],
		]),
	);
}

function asFields<T>(entries: Array<[string, T]> | null): Record<string, T> | null {
	return entries && Object.fromEntries(entries);
}

/** Whether the shop is done with a picture. */
export function isProcessed(image: InSalesRecord): boolean {
	return image.image_processing !== true;
}

function idsIn(value: unknown): string[] | null {
	return Array.isArray(value) ? value.map(String) : null;
}
