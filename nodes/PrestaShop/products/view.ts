import type { IDataObject } from 'n8n-workflow';

import { languageParameter, shopLanguages } from '../languages/shopLanguages';
import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { notFound, single } from '../../shared/reading/records';
import { turn } from '../../shared/reading/turn';
import type { PrestaShopRecord } from '../api/records';
import { readProducts } from '../api/productsWithoutCover';
import { ifPermitted, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { lookup } from '../api/query';
import { simplifyProduct, translationsOf } from './simplify';

/** How products are shown. */
export interface ProductView {
	simplify: boolean;
	/** Language ID of the texts. */
	language: string | undefined;
	/** Adds the texts of all languages, inactive ones included. */
	translations: boolean;
}

const stockOfProduct = lookup('stock_availables', 'id_product');

/**
 * What the `language` parameter of a read must be, so that the view is complete; the shop leaves
 * out inactive languages unless they are named.
 */
export async function languagesToRead(
	shop: PrestaShopShop,
	{ language, translations }: Pick<ProductView, 'language' | 'translations'>,
): Promise<string | undefined> {
	if (!translations) return language;
	const languages = await shopLanguages(shop);
	return languages && languages.length > 0 ? languageParameter(languages) : undefined;
}

/**
 * The one product a locator names, by ID, reference or EAN. Look-ups of many items share requests.
 *
 * @throws InputError when there is none, or when several share the reference or EAN
 */
export async function productNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
	language?: string,
): Promise<PrestaShopRecord> {
	if (mode === 'reference' || mode === 'ean13') {
		const found = await readProducts(
			async (display) => await shop.find(lookup('products', mode, display, language), value),
		);
		return onlyOne(found, mode, value);
	}
	const id = recordId(value, 'Product ID');
	const [listed] = await readProducts(
		async (display) => await shop.find(lookup('products', 'id', display, language), id),
	);
	// A list shows only products of the context shop of a multistore.
	const product = listed ?? (await single(shop, 'products', id));
	if (product) return product;
	throw notFound('product with the ID', id);
}

function onlyOne(
	found: readonly PrestaShopRecord[],
	mode: 'reference' | 'ean13',
	value: string,
): PrestaShopRecord {
	const label = mode === 'reference' ? 'reference' : 'EAN';
	const [product, ...others] = found;
	if (!product) throw notFound(`product with the ${label}`, value);
	if (others.length === 0) return product;
	const ids = found.map(({ id }) => id ?? '').join(', ');
	throw new InputError(
		`The ${label} "${value}" belongs to several products (IDs ${ids}).`,
		'Name the product by its ID.',
	);
}

/** Only the ID of the product a locator names; an ID is taken as it is. */
export async function productIdNamed(shop: PrestaShopShop, locator: Locator): Promise<string> {
	const { mode, value } = locator;
	if (mode === 'reference' || mode === 'ean13') {
		const found = await shop.find(lookup('products', mode, ['id', mode]), value);
		return onlyOne(found, mode, value).id ?? '';
	}
	return recordId(locator.value, 'Product ID');
}

/** Shows a product; parts the key may not read are named in `_missing`. */
export async function viewProduct(
	shop: PrestaShopShop,
	product: PrestaShopRecord,
	{ simplify, language, translations }: ProductView,
): Promise<IDataObject> {
	if (!simplify) return product as IDataObject;
	await turn();
	const missing: string[] = [];
	const id = product.id ?? '';
	const [stock, zone] = await Promise.all([
		ifPermitted(
			shop,
			'stock',
			'stock_availables',
			missing,
			async () => await shop.find(stockOfProduct, id),
		),
		zoneOf(shop, missing),
	]);
	await turn();
	// The row without a combination is the sum of all combinations (section 4.5).
	const whole = stock?.find(({ id_product_attribute: variant }) => variant === '0');
	const view = { shop: shop.address.host, zone, language };
	return toJson({
		...simplifyProduct(product, view, whole, missing),
		url: `${shop.address.url}/index.php?controller=product&id_product=${id}`,
		...(translations && { translations: translationsOf(product) }),
	});
}
