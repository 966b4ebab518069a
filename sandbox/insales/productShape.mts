import { imageView } from './images.mts';
import { allows } from './keys.mts';
import type { AccessKey } from './keys.mts';
import { extraPriceNames } from './productRecords.mts';
import type { JsonObject, Product, Variant } from './records.mts';
import type { ShopState } from './shopState.mts';

/** What a key without the right to see purchase prices and additional prices does not get (a guess, see README). */
function secretNames(shop: ShopState): string[] {
	return [
		'cost_price',
		'cost_price_in_site_currency',
		'prices',
		'prices_in_site_currency',
		...extraPriceNames(shop),
	];
}

/** A variant as `key` may see it. */
export function variantView(
	shop: ShopState,
	variant: Variant,
	key: AccessKey,
	withoutQuantity = false,
): JsonObject {
	const hidden = allows(key, 'products:prices') ? [] : secretNames(shop);
	if (withoutQuantity) hidden.push('quantity');
	if (hidden.length === 0) return variant;
	const view: JsonObject = { ...variant };
	for (const name of hidden) delete view[name];
	return view;
}

/** A product as `key` may see it. The list parameter `variant_fields` loses `quantity` (InSales API reference, 5.7). */
export function productView(
	shop: ShopState,
	product: Product,
	key: AccessKey,
	withoutQuantity = false,
): JsonObject {
	return {
		...product,
		images: product.images.map((image) => imageView(shop, image)),
		variants: product.variants.map((variant) => variantView(shop, variant, key, withoutQuantity)),
	};
}
