import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import type { Lookup } from '../../shared/reading/lookup';
import type { Locator } from '../../shared/protocol/locator';
import { idOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import { normalise } from '../../shared/text/sameText';
import type { ShoperRecord } from '../api/codec';
import { byId, ifPermitted, localeOf, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { anyOf } from '../api/conditions';
import { chunk, listing, lookup } from '../api/query';
import { simplifyProduct, translationsOf } from './simplify';

/** How products are shown. */
export interface ProductView {
	simplify: boolean;
	/** Locale of the texts; the shop's main language when absent. */
	locale?: string;
	/** Adds the texts of all languages. */
	translations: boolean;
}

/** Rows of `product-stocks` by product: base row and variants. */
export const stocksOfProduct = lookup('product-stocks', 'product_id');

/**
 * Products by their own code. `products` cannot be filtered by `code` (LIVE: 404), only by
 * `stock.code`, which looks at variants as well and then shows a product once for each of them
 * (Shoper REST reference 3.2); those whose own code is another one belong to no value here.
 */
const productsByCode: Lookup<ShoperRecord> = {
	id: 'products.code',
	calls: (values) =>
		chunk(values).map((part) => {
			const pages = listing({ resource: 'products', where: [anyOf('stock.code', part)] });
			return { values: part, call: pages.first, pages };
		}),
	keyOf: ({ code }) => String(code ?? ''),
	normalise,
};

/**
 * The one product a locator names, by ID or code. Look-ups of many items share requests.
 *
 * @throws InputError when there is none, or when several share the code
 */
export async function productNamed(
	shop: ShoperShop,
	{ mode, value }: Locator,
): Promise<ShoperRecord> {
	if (mode !== 'code') {
		const id = recordId(value, 'Product ID');
		const product = await byId(shop, 'products', id);
		if (product) return product;
		throw notFound('product with the ID', id);
	}
	const found = await shop.find(productsByCode, value);
	const [product, ...others] = found;
	if (!product) throw notFound('product with the code', value);
	if (others.length === 0) return product;
	const ids = found.map(({ product_id }) => String(product_id)).join(', ');
	throw new InputError(
		`The code "${value}" belongs to several products (IDs ${ids}).`,
		'Name the product by its ID.',
	);
}

/** Shows a product; parts the token may not read are named in `_missing`. */
export async function viewProduct(
	shop: ShoperShop,
	product: ShoperRecord,
	{ simplify, locale, translations }: ProductView,
): Promise<IDataObject> {
	if (!simplify) return product;
	const missing: string[] = [];
	const producerId = idOrNull(product.producer_id);
	const [stocks, producer, zone, mainLocale] = await Promise.all([
		ifPermitted(
			shop,
			'variants with their stock',
			'product-stocks',
			missing,
			async () => await shop.find(stocksOfProduct, String(product.product_id)),
		),
		producerId === null
			? undefined
			: ifPermitted(
					shop,
					'name of the manufacturer',
					'producers',
					missing,
					async () => await byId(shop, 'producers', producerId),
				),
		zoneOf(shop, missing),
		locale ?? localeOf(shop),
	]);
	const view = { zone, locale: mainLocale };
	return toJson({
		...simplifyProduct(product, shop.address.host, view, { stocks, producer, missing }),
		...(translations && { translations: translationsOf(product) }),
	});
}
