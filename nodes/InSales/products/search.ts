import { InputError } from '../../shared/protocol/errors';
import { recordsWithKey } from '../../shared/reading/keySearch';
import { normalise } from '../../shared/text/sameText';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { keyedList } from '../api/keyedList';
import { newestFirst } from '../api/newestRecords';
import type { InSalesShop } from '../api/reads';
import { productById } from './reads';

/** In any case of letters; whoever cares about it looks again. */
const skuKey = (sku: string) => `sku ${normalise(sku)}`;
const variantKey = (id: string) => `variant ${id}`;

/**
 * Products by what their variants are known by. InSales documents no search by SKU, and a variant has no
 * address without its product.
 */
const keyedProducts = keyedList(
	'products',
	({ variants }) =>
		rowsIn(variants).flatMap((variant) => {
			const sku = skuOf(variant);
			return [variantKey(idOf(variant)), ...(sku === '' ? [] : [skuKey(sku)])];
		}),
	productById,
);

function skuOf({ sku }: InSalesRecord): string {
	return String(sku ?? '').trim();
}

/** The product a variant belongs to, or `undefined`. */
export async function productOfVariant(
	shop: InSalesShop,
	variantId: string,
): Promise<InSalesRecord | undefined> {
	const [product] = await recordsWithKey(shop, keyedProducts, variantKey(variantId), true);
	return product;
}

/** Products of which a variant has the SKU, in any case of letters, the newest first. */
export async function productsWithSku(shop: InSalesShop, sku: string): Promise<InSalesRecord[]> {
	const found = await recordsWithKey(shop, keyedProducts, skuKey(sku.trim()));
	return found.sort(newestFirst);
}

/**
 * The variant with a SKU, and its product.
 *
 * @throws InputError when no variant has it, or several have
 */
export async function variantBySku(
	shop: InSalesShop,
	sku: string,
): Promise<{ product: InSalesRecord; variant: InSalesRecord }> {
	const wanted = sku.trim();
	const products = wanted === '' ? [] : await recordsWithKey(shop, keyedProducts, skuKey(wanted));
	const found = products.flatMap((product) =>
		rowsIn(product.variants)
			.filter((variant) => skuOf(variant) === wanted)
			.map((variant) => ({ product, variant })),
	);
	const [only, ...others] = found;
	if (only && others.length === 0) return only;
	const ids = found.map(({ variant }) => `variant ${idOf(variant)}`).join(', ');
	throw new InputError(
		only ? `Several variants have the SKU "${sku}": ${ids}.` : `No variant has the SKU "${sku}".`,
		only ? 'Name the variant by its ID.' : 'Check it in the back office; case counts.',
	);
}
