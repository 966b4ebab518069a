import type { IDataObject } from 'n8n-workflow';

import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { toJson } from '../../shared/output/toJson';
import { anyOf } from '../api/conditions';
import { chunk, listing, lookup } from '../api/query';
import { readProducts } from '../api/productsWithoutCover';
import { ifPermitted, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { categoryTree } from '../categories/tree';
import { attributesOf } from '../products/combinations';
import { simplifyProduct } from '../products/simplify';

/** What comes along with each product. */
export interface CatalogView {
	simplify: boolean;
	include: readonly string[];
	/** Language ID of the texts. */
	language: string | undefined;
	/** Stock rows that were read already. */
	stock: readonly PrestaShopRecord[] | undefined;
}

const combinationsOfProduct = lookup('combinations', 'id_product');

/** Products by ID, whole, those that are there, in that order. */
export async function productsByIds(
	shop: PrestaShopShop,
	ids: readonly string[],
	language: string | undefined,
): Promise<PrestaShopRecord[]> {
	const found = new Map<string, PrestaShopRecord>();
	for (const part of chunk(ids)) {
		const where = [anyOf('id', part)];
		const rows = await readProducts(async (display) =>
			shop.records(listing({ resource: 'products', where, display, language }).first),
		);
		for (const row of rows) found.set(row.id ?? '', row);
	}
	return ids.map((id) => found.get(id)).filter((each) => each !== undefined);
}

/** Products with stock, combinations and the paths of their categories. */
export async function viewCatalog(
	shop: PrestaShopShop,
	products: readonly PrestaShopRecord[],
	{ simplify, include, language, stock }: CatalogView,
): Promise<IDataObject[]> {
	const rows = new Map<string, PrestaShopRecord[]>();
	for (const row of stock ?? []) {
		const id = String(row.id_product);
		rows.set(id, [...(rows.get(id) ?? []), row]);
	}
	const zone = await zoneOf(shop);
	const shared: string[] = [];
	const tree =
		include.includes('categories') && products.length > 0
			? await ifPermitted(shop, 'paths of categories', 'categories', shared, async () =>
					categoryTree(shop),
				)
			: undefined;
	return await Promise.all(
		products.map(async (product) => {
			const missing = [...shared];
			const own = rows.get(product.id ?? '') ?? [];
			const combinations = include.includes('combinations')
				? await combinationsIn(shop, product, own, include, language, missing)
				: undefined;
			if (!simplify) {
				return {
					...(product as IDataObject),
					...(stock && { _stock: own as IDataObject[] }),
					...(missing.length > 0 && { _missing: missing }),
				};
			}
			const whole = own.find(({ id_product_attribute: variant }) => variant === '0');
			const view = { shop: shop.address.host, zone, language };
			const simple = simplifyProduct(product, view, whole, missing);
			return toJson({
				...simple,
				...(combinations && { combinations }),
				...(tree && {
					categories: (simple.categoryIds ?? []).map((id) => ({
						id,
						path: textOrNull(tree.pathOf(id, language)),
					})),
				}),
			});
		}),
	);
}

async function combinationsIn(
	shop: PrestaShopShop,
	product: PrestaShopRecord,
	stock: readonly PrestaShopRecord[],
	include: readonly string[],
	language: string | undefined,
	missing: string[],
): Promise<IDataObject[] | undefined> {
	if ((product.associations?.combinations ?? []).length === 0) return [];
	const found = await ifPermitted(shop, 'combinations', 'combinations', missing, async () =>
		shop.find(combinationsOfProduct, product.id ?? ''),
	);
	if (!found) return undefined;
	const price = numberOrNull(product.price);
	return await Promise.all(
		found.map(async (each) => {
			const impact = numberOrNull(each.price);
			const row = stock.find(({ id_product_attribute: variant }) => variant === each.id);
			const attributes = include.includes('attributes')
				? await attributesOf(shop, each, language, missing)
				: each.associations?.product_option_values?.map((value) => ({ id: String(value.id) }));
			return {
				id: each.id ?? '',
				reference: textOrNull(each.reference),
				ean: textOrNull(each.ean13),
				price: price === null || impact === null ? null : Number((price + impact).toFixed(6)),
				stock: numberOrNull(row?.quantity),
				isDefault: each.default_on === '1',
				attributes: attributes ?? null,
				imageIds: each.associations?.images?.flatMap((image) => idOrNull(image.id) ?? []) ?? null,
			};
		}),
	);
}
