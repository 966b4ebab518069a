import { InputError } from '../../shared/protocol/errors';
import { sameText } from '../../shared/text/sameText';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { lookup } from '../api/query';
import { byId, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { attributesOf, combinationNames, combinationsOf } from '../products/combinations';
import type { LineInput } from './input';

/** What is read of a product: single fields, because some shops cannot show every product whole. */
const PRODUCT_FIELDS = [
	'id',
	'reference',
	'name',
	'active',
	'available_for_order',
	'minimal_quantity',
	'is_virtual',
	'weight',
	'id_tax_rules_group',
];

const productsById = lookup('products', 'id', PRODUCT_FIELDS);
const productsByCode = {
	sku: lookup('products', 'reference', ['id', 'reference']),
	ean13: lookup('products', 'ean13', ['id', 'ean13']),
};
const combinationsByCode = {
	sku: lookup('combinations', 'reference', ['id', 'id_product', 'reference']),
	ean13: lookup('combinations', 'ean13', ['id', 'id_product', 'ean13']),
};
const stockByProduct = lookup('stock_availables', 'id_product');

/** A product as a cart knows it, with what was checked about it. */
export interface OrderLine {
	product: PrestaShopRecord;
	productId: string;
	/** `0` for products without combinations. */
	combinationId: string;
	quantity: number;
	price: number | undefined;
	/** "line 2", for messages. */
	what: string;
}

/** How strictly products are looked at. */
export interface LineRules {
	allowOutOfStock: boolean;
	/** Parts that could not be checked, with the right they need. */
	notChecked: string[];
}

/**
 * Finds the products and combinations that lines name and checks what the shop does not: whether
 * they are active, can be ordered, and are in stock. Lines that name the same are added up: PrestaShop
 * saves a cart with two rows of one product without any rows (recorded exchange 946).
 *
 * @throws InputError naming the line
 */
export async function orderLines(
	shop: PrestaShopShop,
	inputs: readonly LineInput[],
	rules: LineRules,
): Promise<OrderLine[]> {
	const found = await Promise.all(inputs.map(async (input) => await orderLine(shop, input)));
	const merged = addedUp(found);
	for (const line of merged) checkProduct(line);
	await Promise.all(merged.map(async (line) => await checkStock(shop, line, rules)));
	return merged;
}

async function orderLine(shop: PrestaShopShop, input: LineInput): Promise<OrderLine> {
	const { productId, combinationId } = await named(shop, input);
	const [product] = await shop.find(productsById, productId);
	if (!product) {
		throw new InputError(`The shop has no product ${productId} (${input.what}).`, 'Check its ID.');
	}
	const { quantity, price, what } = input;
	const chosen = combinationId ?? (await combinationOf(shop, input, productId));
	return { product, productId, combinationId: chosen, quantity, price, what };
}

async function named(
	shop: PrestaShopShop,
	{ by, value, what }: LineInput,
): Promise<{ productId: string; combinationId?: string }> {
	if (by === 'productId') return { productId: value };
	if (by === 'combinationId') {
		const combination = await byId(shop, 'combinations', value);
		if (combination) return { productId: String(combination.id_product), combinationId: value };
		throw new InputError(`The shop has no combination ${value} (${what}).`, 'Check its ID.');
	}
	const missing: string[] = [];
	const [products, combinations = []] = await Promise.all([
		shop.find(productsByCode[by], value),
		ifPermitted(
			shop,
			'combinations by code',
			'combinations',
			missing,
			async () => await shop.find(combinationsByCode[by], value),
		),
	]);
	return one({ by, value, what }, products, combinations, missing);
}

/** The one product or combination that has a code; a combination may share it with its own product. */
function one(
	{ by, value, what }: Pick<LineInput, 'by' | 'value' | 'what'>,
	products: readonly PrestaShopRecord[],
	combinations: readonly PrestaShopRecord[],
	missing: readonly string[],
): { productId: string; combinationId?: string } {
	const code = `${by === 'sku' ? 'SKU' : 'EAN'} "${value}" (${what})`;
	const owners = new Set([
		...products.map(({ id }) => id ?? ''),
		...combinations.map(({ id_product }) => String(id_product)),
	]);
	const [productId, ...others] = owners;
	if (productId === undefined) {
		const cannot = missing.length === 0 ? '' : ` Not looked at: ${missing.join('; ')}.`;
		throw new InputError(`No product has the ${code}.`, `Check it in the back office.${cannot}`);
	}
	if (others.length > 0) {
		throw new InputError(
			`Several products have the ${code}: ${[...owners].join(', ')}.`,
			'Name the product or the combination by its ID.',
		);
	}
	const [combination, ...more] = combinations;
	return combination && more.length === 0 && combination.id !== undefined
		? { productId, combinationId: combination.id }
		: { productId };
}

/** The combination that the options name; `0` where the product has none. */
async function combinationOf(
	shop: PrestaShopShop,
	{ options, what }: LineInput,
	productId: string,
): Promise<string> {
	const missing: string[] = [];
	const combinations = await combinationsOf(shop, productId, missing);
	if (combinations.size === 0) {
		if (options.length === 0) return '0';
		throw new InputError(
			`Product ${productId} (${what}) has no combinations${missing.length > 0 ? ' that the key may read' : ''}, but options are named.`,
			'Leave the options empty.',
		);
	}
	const names = async (ids: readonly string[]) => await combinationNames(shop, productId, ids);
	if (options.length === 0) {
		throw new InputError(
			`Product ${productId} (${what}) has combinations, and none is named.`,
			`Name one by its ID, its SKU or its options: ${await names([...combinations.keys()])}.`,
		);
	}
	const fitting: string[] = [];
	for (const [id, combination] of combinations) {
		if (await hasOptions(shop, combination, options)) fitting.push(id);
	}
	const [only, ...others] = fitting;
	if (only !== undefined && others.length === 0) return only;
	throw new InputError(
		`The options "${options.join(', ')}" of ${what} fit ${only === undefined ? 'no combination' : 'several combinations'} of product ${productId}.`,
		`Its combinations are ${await names(only === undefined ? [...combinations.keys()] : fitting)}.`,
	);
}

async function hasOptions(
	shop: PrestaShopShop,
	combination: PrestaShopRecord,
	options: readonly string[],
): Promise<boolean> {
	const missing: string[] = [];
	await attributesOf(shop, combination, undefined, missing);
	if (missing.length > 0) {
		throw new InputError(
			`The options cannot be compared: ${missing.join('; ')}.`,
			'Give the key that right, or name combinations by ID or SKU.',
		);
	}
	const rows = combination.associations?.product_option_values ?? [];
	const values = await Promise.all(
		rows.map(async (row) => await byId(shop, 'product_option_values', String(row.id))),
	);
	const names = values.map((value) => namesIn(value?.name as FieldValue | undefined));
	// "Size: S" and "S" both name the attribute S.
	return options.every((option) =>
		names.some((all) => all.some((name) => sameText(name, option.replace(/^.*:\s*/, '')))),
	);
}

function namesIn(value: FieldValue | undefined): string[] {
	return Array.isArray(value) ? value.map((each) => each.value) : [languageText(value)];
}

function addedUp(lines: readonly OrderLine[]): OrderLine[] {
	const merged = new Map<string, OrderLine>();
	for (const line of lines) {
		const key = `${line.productId} ${line.combinationId}`;
		const known = merged.get(key);
		if (known && known.price !== line.price) {
			throw new InputError(
				`${known.what} and ${line.what} order the same product at different prices.`,
				'PrestaShop keeps one price per product in a cart: give both the same.',
			);
		}
		merged.set(key, known ? { ...known, quantity: known.quantity + line.quantity } : line);
	}
	return [...merged.values()];
}

/** PrestaShop accepts inactive products and any quantity without a word (recorded exchanges 681 to 685). */
function checkProduct({ product, productId, quantity, what }: OrderLine): void {
	const refuse = (is: string, fix: string) =>
		new InputError(`Product ${productId} (${what}) ${is}.`, fix);
	if (product.active === '0') throw refuse('is not active', 'Activate it in the shop.');
	if (product.available_for_order === '0') {
		throw refuse('cannot be ordered', 'Make it available for order in the shop.');
	}
	const least = Number(product.minimal_quantity) || 1;
	if (quantity < least) {
		throw refuse(`is sold from ${least} pieces on`, `Order at least ${least}.`);
	}
}

/** `out_of_stock` of products that may be ordered all the same. */
const SELLS_ON = '1';

async function checkStock(
	shop: PrestaShopShop,
	{ productId, combinationId, quantity, what, product }: OrderLine,
	{ allowOutOfStock, notChecked }: LineRules,
): Promise<void> {
	if (allowOutOfStock || product.is_virtual === '1') return;
	const missing: string[] = [];
	const rows = await ifPermitted(
		shop,
		'stock',
		'stock_availables',
		missing,
		async () => await shop.find(stockByProduct, productId),
	);
	for (const each of missing) if (!notChecked.includes(each)) notChecked.push(each);
	const row = rows?.find(({ id_product_attribute }) => id_product_attribute === combinationId);
	if (!row || row.out_of_stock === SELLS_ON || Number(row.quantity) >= quantity) return;
	const of = combinationId === '0' ? '' : `, combination ${combinationId}`;
	throw new InputError(
		`Of product ${productId}${of} (${what}) the shop has ${String(row.quantity)}, and ${quantity} are ordered.`,
		'Order fewer, or switch "Allow More Than in Stock" on: PrestaShop takes the order and gets a negative stock.',
	);
}
