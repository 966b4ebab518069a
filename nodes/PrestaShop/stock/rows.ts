import type { IDataObject } from 'n8n-workflow';

import { InputError, NotFoundError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { lookup } from '../api/query';
import { attributesOf, combinationNames, combinationsOf } from '../products/combinations';

const rowsByProduct = lookup('stock_availables', 'id_product');
const rowsByCombination = lookup('stock_availables', 'id_product_attribute');
const productsBySku = lookup('products', 'reference', ['id', 'reference']);
const combinationsBySku = lookup('combinations', 'reference', ['id', 'id_product', 'reference']);

/** `id_product_attribute` of a product's own row, which is the sum when it has combinations. */
const NO_COMBINATION = '0';

/**
 * All stock rows a locator names: those of a product with its combinations, of one combination, or
 * of whatever has the SKU (`reference`). A SKU that combinations share with their product, as in most
 * shops, means the product as a whole.
 *
 * @throws InputError when there is none.
 */
export async function stockRowsNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord[]> {
	if (mode === 'combinationId') {
		const id = recordId(value, 'Combination ID');
		return byAge(await shop.find(rowsByCombination, id), 'combination with the ID', value);
	}
	if (mode !== 'sku') {
		const id = recordId(value, 'Product ID');
		return byAge(await shop.find(rowsByProduct, id), 'product with the ID', value);
	}
	const owner = await ownerOfSku(shop, value);
	return await rowsWithSku(shop, value, owner, owner.isProduct ? [] : owner.combinationIds);
}

async function rowsWithSku(
	shop: PrestaShopShop,
	sku: string,
	{ productId }: SkuOwner,
	combinationIds: readonly string[],
): Promise<PrestaShopRecord[]> {
	const rows = await shop.find(rowsByProduct, productId);
	const isMeant = ({ id_product_attribute: id }: PrestaShopRecord) =>
		combinationIds.length === 0 || combinationIds.includes(String(id));
	return byAge(rows.filter(isMeant), 'SKU', sku);
}

function byAge(rows: readonly PrestaShopRecord[], what: string, value: string): PrestaShopRecord[] {
	if (rows.length === 0) throw notFound(`stock for the ${what}`, value);
	return [...rows].sort((a, b) => Number(a.id) - Number(b.id));
}

/** The rows a SKU names for writing: a combination goes before the product whose SKU it shares. */
async function rowsToWrite(shop: PrestaShopShop, sku: string): Promise<PrestaShopRecord[]> {
	const owner = await ownerOfSku(shop, sku);
	const { productId, combinationIds } = owner;
	if (combinationIds.length > 1) {
		throw new InputError(
			`The SKU "${sku}" belongs to ${combinationIds.length} combinations of product ${productId}, each with a stock of its own.`,
			`Name a combination by its ID: ${await combinationNames(shop, productId, combinationIds)}.`,
		);
	}
	return await rowsWithSku(shop, sku, owner, combinationIds);
}

/**
 * The one stock row a locator names, for writing.
 *
 * @throws InputError when it is not one: a product with combinations (its own row is the sum, which
 * the shop computes, section 4.5), a SKU of several records, or rows of several shops.
 */
export async function stockRowNamed(
	shop: PrestaShopShop,
	locator: Locator,
): Promise<PrestaShopRecord> {
	const rows =
		locator.mode === 'sku'
			? await rowsToWrite(shop, locator.value)
			: await stockRowsNamed(shop, locator);
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
	const ids = rows.map(({ id_product_attribute }) => String(id_product_attribute));
	return new InputError(
		`Product ${productId} has combinations; its own stock is their sum, which the shop computes.`,
		`Name a combination: ${await combinationNames(shop, productId, ids)}.`,
	);
}

/** The one product that a SKU leads to. */
interface SkuOwner {
	productId: string;
	/** Whether the SKU is that of the product itself. */
	isProduct: boolean;
	/** Its combinations that have the SKU. */
	combinationIds: string[];
}

async function ownerOfSku(shop: PrestaShopShop, sku: string): Promise<SkuOwner> {
	const missing: string[] = [];
	const [products = [], combinations = []] = await Promise.all([
		ifPermitted(
			shop,
			'products by SKU',
			'products',
			missing,
			async () => await shop.find(productsBySku, sku),
		),
		ifPermitted(
			shop,
			'combinations by SKU',
			'combinations',
			missing,
			async () => await shop.find(combinationsBySku, sku),
		),
	]);
	const productIds = products.map(({ id }) => id ?? '');
	const ids = new Set([...productIds, ...combinations.map((each) => String(each.id_product))]);
	const [productId] = ids;
	if (productId === undefined) {
		const cannot = missing.length === 0 ? '' : ` Not looked at: ${missing.join('; ')}.`;
		throw new NotFoundError(
			`The shop has no product and no combination with the SKU "${sku}".`,
			`Check it in the back office.${cannot}`,
		);
	}
	if (ids.size > 1) {
		const names = [
			...productIds.map((id) => `product ${id}`),
			...combinations.map(
				({ id, id_product }) => `combination ${id ?? ''} of product ${String(id_product)}`,
			),
		];
		throw new InputError(
			`The SKU "${sku}" is not unique: ${names.join(', ')}.`,
			'Name the product or the combination by its ID.',
		);
	}
	return {
		productId,
		isProduct: productIds.length > 0,
		combinationIds: combinations.map(({ id }) => id ?? ''),
	};
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
		computedFromWarehouses: flagOf(row.depends_on_stock),
		location: textOrNull(row.location),
	};
}

/**
 * Stock rows in plain fields, those of combinations with their SKU and attributes, such as "S" and
 * "White". What the key may not read is named in `_missing`.
 *
 * @param language ID of the language for the names of attributes
 */
export async function viewStock(
	shop: PrestaShopShop,
	rows: readonly PrestaShopRecord[],
	language: string | undefined,
): Promise<IDataObject[]> {
	return await Promise.all(
		rows.map(async (row) => {
			const stock = simplifyStock(row);
			if (stock.combinationId === null || stock.productId === null) return stock;
			const missing: string[] = [];
			const combinations = await combinationsOf(shop, stock.productId, missing);
			const combination = combinations.get(stock.combinationId);
			const attributes = combination && (await attributesOf(shop, combination, language, missing));
			return {
				...stock,
				...(combination && { sku: textOrNull(combination.reference), attributes }),
				...(missing.length > 0 && { _missing: missing }),
			};
		}),
	);
}
