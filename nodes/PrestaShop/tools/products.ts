import type { Condition } from '../api/conditions';
import { contains, is } from '../api/conditions';
import { languageIdOf } from '../languages/shopLanguages';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { ProductSearch, ToolProduct, ToolVariant } from '../../shared/tools/shopTools';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { listing, lookup } from '../api/query';
import { allOf, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';

/** Products read in one request, to be picked from and counted. */
const READ = 50;

/** Products whose variants are named; more cost requests that nobody wants to read. */
const WITH_VARIANTS = 2;

const COLUMNS = ['id', 'reference', 'name', 'active', 'price', 'wholesale_price', 'gross'];

const stockOf = lookup('stock_availables', 'id_product');
const variantsOf = lookup('combinations', 'id_product');
const variantsBySku = lookup('combinations', 'reference', ['id', 'id_product', 'reference']);

/** The parameters that add the price with tax, reductions taken off (webservice reference, section 3). */
const GROSS = { 'price[gross][use_tax]': '1' };

/** Products by words in any order, SKU, EAN or ID. */
export async function findProducts(
	shop: PrestaShopShop,
	{ text, activeOnly, limit, language }: ProductSearch,
): Promise<{ products: ToolProduct[]; total?: number; within?: string }> {
	const languageId = await languageIdOf(shop, language);
	const active = activeOnly ? [is('active', '1')] : [];
	let records: PrestaShopRecord[] = [];
	for (const search of searches(text)) {
		records = (await read(shop, [...(await search.where(shop)), ...active])).filter(search.fits);
		if (records.length > 0) break;
	}
	const shown = records.slice(0, limit);
	return {
		products: await Promise.all(
			shown.map(
				async (each) => await toProduct(shop, each, languageId, shown.length <= WITH_VARIANTS),
			),
		),
		total: records.length,
		...(records.length >= READ && { within: `the newest ${READ} that fit` }),
	};
}

interface Search {
	where(shop: PrestaShopShop): Promise<Condition[]>;
	fits(record: PrestaShopRecord): boolean;
}

const anything = () => true;

/** What a text can mean, the likeliest first. */
function searches(text: string): Search[] {
	const by = (field: string): Search => ({ where: async () => [is(field, text)], fits: anything });
	const words = text.split(/\s+/).filter((word) => word !== '');
	const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '');
	const byWords: Search = {
		where: async () => [contains('name', longest)],
		fits: ({ name, reference }) => holdsAll(`${allTexts(name)} ${String(reference)}`, words),
	};
	const byVariant: Search = {
		where: async (shop) => {
			const found = await ifPermitted(shop, 'variants', 'combinations', [], async () =>
				shop.find(variantsBySku, text),
			);
			const [first] = found ?? [];
			return [is('id', String(first?.id_product ?? 0))];
		},
		fits: anything,
	};
	if (/^\d+$/.test(text)) {
		const isEan = text.length === 8 || text.length >= 12;
		return isEan ? [by('ean13'), by('reference'), byVariant] : [by('id'), by('reference')];
	}
	// A code has digits or signs in it; words seldom do.
	const isCode = words.length === 1 && /[\d_./-]/.test(text);
	return isCode ? [by('reference'), byWords, byVariant] : [byWords, by('reference'), byVariant];
}

function allTexts(value: unknown): string {
	return Array.isArray(value)
		? value.map(({ value: text }: { value: string }) => text).join(' ')
		: String(value);
}

/** Whether a text holds all words, case and accents aside. */
function holdsAll(text: string, words: readonly string[]): boolean {
	const plain = (each: string) => each.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	return words.every((word) => plain(text).includes(plain(word)));
}

async function read(shop: PrestaShopShop, where: Condition[]): Promise<PrestaShopRecord[]> {
	const query = {
		resource: 'products',
		where,
		display: COLUMNS,
		order: 'newest' as const,
		limit: READ,
	};
	return await shop.confinedTo(GROSS).list(listing(query), READ);
}

async function toProduct(
	shop: PrestaShopShop,
	product: PrestaShopRecord,
	language: string | undefined,
	withVariants: boolean,
): Promise<ToolProduct> {
	const id = product.id ?? '';
	const [rows, currencies] = await Promise.all([
		ifPermitted(shop, 'stock', 'stock_availables', [], async () => await shop.find(stockOf, id)),
		ifPermitted(shop, 'currency', 'currencies', [], async () => await allOf(shop, 'currencies')),
	]);
	const live = [...(currencies?.values() ?? [])].filter(
		({ active, deleted }) => active !== '0' && deleted !== '1',
	);
	const stocks = new Map(
		rows?.map((row) => [String(row.id_product_attribute), numberOrNull(row.quantity)]),
	);
	const hasVariants = [...stocks.keys()].some((variant) => variant !== '0');
	const variants =
		withVariants && hasVariants ? await variantsIn(shop, id, stocks, language) : undefined;
	return {
		id,
		sku: textOrNull(product.reference),
		name: textOrNull(languageText(product.name as FieldValue | undefined, language)),
		active: product.active === '1',
		price: numberOrNull(product.gross),
		// Prices are in the shop's default currency, which only a shop with one currency tells.
		currency: live.length === 1 ? textOrNull(live[0]?.iso_code) : null,
		// The row without a combination is the sum of all combinations (section 4.5).
		stock: stocks.get('0') ?? null,
		purchasePrice: numberOrNull(product.wholesale_price),
		...(variants && { variants }),
	};
}

/** The variants of a product by their option names, as far as the key may read them. */
async function variantsIn(
	shop: PrestaShopShop,
	productId: string,
	stocks: ReadonlyMap<string, number | null>,
	language: string | undefined,
): Promise<ToolVariant[] | undefined> {
	const [combinations, values] = await Promise.all([
		ifPermitted(shop, 'variants', 'combinations', [], async () => shop.find(variantsOf, productId)),
		ifPermitted(shop, 'options', 'product_option_values', [], async () =>
			allOf(shop, 'product_option_values'),
		),
	]);
	return combinations?.map(({ id = '', reference, associations }) => {
		const names = (associations?.product_option_values ?? []).flatMap(
			(row) =>
				textOrNull(languageText(values?.get(String(row.id))?.name as FieldValue, language)) ?? [],
		);
		return {
			id,
			sku: textOrNull(reference),
			name: names.length > 0 ? names.join(', ') : `variant ${id}`,
			stock: stocks.get(id) ?? null,
		};
	});
}
