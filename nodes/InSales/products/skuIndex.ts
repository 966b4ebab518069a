import { InputError } from '../../shared/http/errors';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import type { InSalesShop } from '../api/reads';
import { changes } from '../api/query';

/**
 * Where every variant is, by its ID: only what names it (`id`, `product_id`, `sku`), for catalogues are
 * large. InSales documents no search by SKU, and a variant has no address without its product, so that all
 * products are read once per run, 250 at a time (40 requests for 10,000 products).
 */
export async function variantIndex(shop: InSalesShop): Promise<ReadonlyMap<string, InSalesRecord>> {
	return await shop.once('all variants', async () => {
		const products = await shop.list(changes({ path: 'products' }));
		const variants = products.flatMap((product) =>
			rowsIn(product.variants).map((variant): InSalesRecord => {
				const sku = String(variant.sku ?? '').trim();
				return { id: variant.id, product_id: variant.product_id ?? product.id ?? null, sku };
			}),
		);
		return new Map(variants.map((variant) => [idOf(variant), variant]));
	});
}

/**
 * The variant with a SKU.
 *
 * @throws InputError when no variant has it, or several have
 */
export async function variantBySku(shop: InSalesShop, sku: string): Promise<InSalesRecord> {
	const index = await shop.once('variants by SKU', async () => bySku(await variantIndex(shop)));
	const [variant, ...others] = index.get(sku.trim()) ?? [];
	if (variant && others.length === 0) return variant;
	const ids = [variant, ...others].map((each) => `variant ${idOf(each)}`).join(', ');
	throw new InputError(
		variant
			? `Several variants have the SKU "${sku}": ${ids}.`
			: `No variant has the SKU "${sku}".`,
		variant ? 'Name the variant by its ID.' : 'Check it in the back office; case counts.',
	);
}

function bySku(variants: ReadonlyMap<string, InSalesRecord>): ReadonlyMap<string, InSalesRecord[]> {
	const index = new Map<string, InSalesRecord[]>();
	for (const variant of variants.values()) {
		const sku = String(variant.sku ?? '');
		if (sku === '') continue;
		const alike = index.get(sku);
		if (alike) alike.push(variant);
		else index.set(sku, [variant]);
	}
	return index;
}
