import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { ifGranted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { lookup } from '../api/query';

const rowsByProduct = lookup('stock_availables', 'id_product');
const rowsByCombination = lookup('stock_availables', 'id_product_attribute');
const productsBySku = lookup('products', 'reference', ['id', 'reference']);
const combinationsBySku = lookup('combinations', 'reference', ['id', 'id_product', 'reference']);
const combinationsOfProduct = lookup('combinations', 'id_product', [
	'id',
	'id_product',
	'reference',
]);

/** `id_product_attribute` of a product's own row, which is the sum when it has combinations. */
const NO_COMBINATION = '0';

/**
 * All stock rows a locator names: those of a product with its combinations, of one combination, or
 * of whatever has the SKU (`reference`).
 *
 * @throws InputError when there is none.
 */
export async function stockRowsNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord[]> {
	const [what, rows] = await rowsOf(shop, mode, value);
	if (rows.length === 0) throw notFound(`stock for the ${what}`, value);
	return [...rows].sort((a, b) => Number(a.id) - Number(b.id));
}

async function rowsOf(
	shop: PrestaShopShop,
	mode: string,
	value: string,
): Promise<[string, PrestaShopRecord[]]> {
	if (mode === 'combinationId') {
		const id = recordId(value, 'Combination ID');
		return ['combination with the ID', await shop.find(rowsByCombination, id)];
	}
	if (mode !== 'sku') {
		const id = recordId(value, 'Product ID');
		return ['product with the ID', await shop.find(rowsByProduct, id)];
	}
	const { productId, combinationId } = await itemWithSku(shop, value);
	const rows = await shop.find(rowsByProduct, productId);
	return [
		'SKU',
		combinationId === undefined
			? rows
			: rows.filter(({ id_product_attribute }) => id_product_attribute === combinationId),
	];
}

/**
 * The one stock row a locator names, for writing.
 *
 * @throws InputError when it is not one: a product with combinations (its own row is the sum, which
 * the shop computes, section 4.5), an ambiguous SKU, or rows of several shops.
 */
export async function stockRowNamed(
	shop: PrestaShopShop,
	locator: Locator,
): Promise<PrestaShopRecord> {
	const rows = await stockRowsNamed(shop, locator);
	const [row] = rows;
	const products = new Set(rows.map(({ id_product }) => id_product));
	const combinations = rows.filter(
		({ id_product_attribute }) => id_product_attribute !== NO_COMBINATION,
	);
	if (combinations.length > 0 && locator.mode !== 'combinationId' && rows.length > 1) {
		const hasSum = rows.length > combinations.length;
		if (hasSum) throw await asSum(shop, String(row?.id_product), combinations);
	}
	if (row && rows.length === 1) return dependsOnWarehouses(row);
	const shops = [...new Set(rows.map(({ id_shop }) => String(id_shop)))].join(', ');
	throw new InputError(
		`The stock of product ${[...products].join(', ')} is kept for several shops (IDs ${shops}).`,
		'Choose one in Options > Shop Context.',
	);
}

/** Error 133: PrestaShop computes such stock from its warehouses and refuses to have it set. */
function dependsOnWarehouses(row: PrestaShopRecord): PrestaShopRecord {
	if (row.depends_on_stock !== '1') return row;
	throw new InputError(
		`The stock of product ${String(row.id_product)} comes from the warehouses of advanced stock management, so PrestaShop refuses to set it (error 133).`,
		'Change it in the warehouse, or switch advanced stock management off for the product.',
	);
}

async function asSum(
	shop: PrestaShopShop,
	productId: string,
	rows: readonly PrestaShopRecord[],
): Promise<InputError> {
	const known = await ifGranted(
		shop,
		'SKUs',
		'combinations',
		[],
		async () => await shop.find(combinationsOfProduct, productId),
	);
	const names = rows.map(({ id_product_attribute }) => {
		const id = String(id_product_attribute);
		const sku = textOrNull(known?.find((each) => each.id === id)?.reference);
		return sku === null ? id : `${id} (${sku})`;
	});
	return new InputError(
		`Product ${productId} has combinations; its own stock is their sum, which the shop computes.`,
		`Name a combination: ${names.join(', ')}.`,
	);
}

async function itemWithSku(
	shop: PrestaShopShop,
	sku: string,
): Promise<{ productId: string; combinationId: string | undefined }> {
	const missing: string[] = [];
	const [products = [], combinations = []] = await Promise.all([
		ifGranted(
			shop,
			'products by SKU',
			'products',
			missing,
			async () => await shop.find(productsBySku, sku),
		),
		ifGranted(
			shop,
			'combinations by SKU',
			'combinations',
			missing,
			async () => await shop.find(combinationsBySku, sku),
		),
	]);
	const found = [
		...combinations.map(({ id, id_product }) => ({
			productId: String(id_product),
			combinationId: id,
		})),
		// Many shops give a product the SKU of its default combination.
		...products
			.filter(({ id }) => !combinations.some(({ id_product }) => id_product === id))
			.map(({ id }) => ({ productId: id ?? '', combinationId: undefined })),
	];
	const [only, ...others] = found;
	if (only && others.length === 0) return only;
	if (!only) {
		const cannot = missing.length === 0 ? '' : ` Not looked at: ${missing.join('; ')}.`;
		throw new InputError(
			`The shop has no product and no combination with the SKU "${sku}".`,
			`Check it in the back office.${cannot}`,
		);
	}
	const names = found.map(({ productId, combinationId }) =>
		combinationId === undefined
			? `product ${productId}`
			: `combination ${combinationId} of product ${productId}`,
	);
	throw new InputError(
		`The SKU "${sku}" is not unique: ${names.join(', ')}.`,
		'Name the product or the combination by its ID.',
	);
}

/** What the shop does when nothing is left. */
const OUT_OF_STOCK: Readonly<Record<string, string>> = {
	0: 'deny',
	1: 'allow',
	2: 'shopDefault',
};

/** A stock row in a few plain fields. */
export function simplifyStock(row: PrestaShopRecord) {
	return {
		id: row.id ?? '',
		productId: idOrNull(row.id_product),
		combinationId: idOrNull(row.id_product_attribute),
		shopId: idOrNull(row.id_shop),
		quantity: numberOrNull(row.quantity),
		ordersWhenOutOfStock: OUT_OF_STOCK[String(row.out_of_stock)] ?? null,
		computedFromWarehouses: row.depends_on_stock === '1',
		location: textOrNull(row.location),
	};
}
