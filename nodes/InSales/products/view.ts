import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { collectionTree } from '../categories/tree';
import { allOf, ifPermitted } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { priceKindsOf } from './priceKinds';
import type { PriceKind } from './priceKinds';
import { productById } from './reads';
import { simplifyProduct } from './simplify';
import type { ProductParts } from './simplify';
import { variantBySku } from './search';

/** How products are shown. */
export interface ProductView {
	simplify: boolean;
	/** Parts that need requests of their own: `collections`, `fields`, `warehouses`. */
	include: readonly string[];
}

/**
 * The one product a locator names, by ID or by the SKU of one of its variants.
 *
 * @throws InputError when there is none, or when several share the SKU
 */
export async function productNamed(
	shop: InSalesShop,
	{ mode, value }: Locator,
): Promise<InSalesRecord> {
	if (mode === 'sku') return (await variantBySku(shop, value)).product;
	const id = recordId(value, 'Product ID');
	const product = await productById(shop, id);
	if (product) return product;
	throw notFound('product with the ID', id);
}

/** What simplified products need besides themselves; parts the key may not read are named in `missing`. */
export async function productParts(
	shop: InSalesShop,
	include: readonly string[],
): Promise<ProductParts> {
	const missing: string[] = [];
	const wants = (part: string) => include.includes(part);
	const [kinds, warehouses, collections, fields] = await Promise.all([
		ifPermitted(shop, 'titles of the additional prices', 'price_kinds', missing, async () =>
			priceKinds(shop),
		),
		wants('warehouses')
			? ifPermitted(shop, 'titles of the warehouses', 'warehouses', missing, async () =>
					warehouseTitles(shop),
				)
			: undefined,
		wants('collections')
			? ifPermitted(shop, 'paths of the collections', 'collections', missing, async () =>
					collectionTree(shop),
				)
			: undefined,
		wants('fields')
			? ifPermitted(shop, 'handles of the extra fields', 'product_fields', missing, async () =>
					productFieldHandles(shop),
				)
			: undefined,
	]);
	const { host, url } = shop.address;
	return {
		shop: host,
		url,
		kinds,
		missing,
		...(warehouses && { warehouses }),
		...(collections && { collections }),
		...(fields && { fields }),
	};
}

/** Shows products, simplified or as they are. Their parts are read once per run, and not at all for none. */
export async function viewProducts(
	shop: InSalesShop,
	products: readonly InSalesRecord[],
	{ simplify, include }: ProductView,
): Promise<IDataObject[]> {
	if (!simplify || products.length === 0) return products.map((each) => each as IDataObject);
	const parts = await productParts(shop, include);
	return products.map((each) => toJson(simplifyProduct(each, parts)));
}

/** The additional prices of the shop, read once per run. */
export async function priceKinds(shop: InSalesShop): Promise<PriceKind[]> {
	return priceKindsOf([...(await allOf(shop, 'price_kinds')).values()]);
}

async function warehouseTitles(shop: InSalesShop): Promise<ReadonlyMap<number, string>> {
	const records = [...(await allOf(shop, 'warehouses')).values()];
	return new Map(records.map(({ array_index: index, title }) => [Number(index), String(title)]));
}

async function productFieldHandles(shop: InSalesShop): Promise<ReadonlyMap<string, string>> {
	const records = [...(await allOf(shop, 'product_fields')).values()];
	return new Map(
		records.map((record) => [idOf(record), String(record.handle ?? record.title ?? idOf(record))]),
	);
}

/**
 * The one variant of a product that a locator names; without a name the only one.
 *
 * @throws InputError when there is none, or several fit
 */
export function variantNamed(product: InSalesRecord, { mode, value }: Locator): InSalesRecord {
	const variants = rowsIn(product.variants);
	const wanted = value.trim();
	const fits =
		wanted === ''
			? variants
			: mode === 'sku'
				? variants.filter(({ sku }) => String(sku ?? '').trim() === wanted)
				: variants.filter((each) => idOf(each) === recordId(wanted, 'Variant'));
	const [variant, ...others] = fits;
	const title = `product ${idOf(product)} ("${String(product.title)}")`;
	const all = variants.map((each) => `${idOf(each)} (${String(each.sku ?? each.title)})`);
	if (!variant) {
		throw new InputError(
			`The ${title} has no variant "${wanted}".`,
			`Its variants are ${all.join(', ')}.`,
		);
	}
	if (others.length === 0) return variant;
	throw new InputError(
		wanted === ''
			? `The ${title} has several variants.`
			: `Several variants of the ${title} have the SKU "${wanted}".`,
		`Name one by its ID: ${all.join(', ')}.`,
	);
}
