import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { NotFoundError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { ProductSearch, ToolProduct, ToolVariant } from '../../shared/tools/shopTools';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { contains, is } from '../api/conditions';
import { listing } from '../api/query';
import type { Condition } from '../api/conditions';
import { allOf, byId, configOf, ifPermitted } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { everyTranslation, translated } from '../api/translations';
import { isVariant, simplifyProduct } from '../products/simplify';
import { stocksOfProduct } from '../products/view';
import { localeFor } from './facts';

/** Products read to be picked from and counted: one page. */
const READ = 50;

/** Products by words in any order, SKU, EAN or ID. */
export async function findProducts(
	shop: ShoperShop,
	{ text, limit, language }: ProductSearch,
): Promise<{ products: ToolProduct[]; total?: number; within?: string }> {
	const locale = await localeFor(shop, language);
	let records: ShoperRecord[] = [];
	for (const search of searches(text)) {
		records = await search(shop);
		if (records.length > 0) break;
	}
	const currency = textOrNull((await configOf(shop)).default_currency_name);
	const shown = records.slice(0, limit);
	return {
		products: await Promise.all(
			shown.map(async (each) => await toProduct(shop, each, locale, currency)),
		),
		total: records.length,
		...(records.length >= READ && { within: `the newest ${READ} that fit` }),
	};
}

type Search = (shop: ShoperShop) => Promise<ShoperRecord[]>;

/** What a text can mean, the likeliest first. */
function searches(text: string): Search[] {
	const by =
		(condition: Condition, fits: (record: ShoperRecord) => boolean = () => true): Search =>
		async (shop) => {
			const query = {
				resource: 'products',
				where: [condition],
				order: 'newest' as const,
				limit: READ,
			};
			const found = await shop.list(listing(query), READ);
			// A product shows once for each variant the condition finds.
			return [...new Map(found.map((each) => [String(each.product_id), each])).values()].filter(
				fits,
			);
		};
	const words = text.split(/\s+/).filter((word) => word !== '');
	const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '');
	const byWords = by(contains('translations.name', longest), (record) =>
		holdsAll(`${everyTranslation(record, 'name').join(' ')} ${String(record.code)}`, words),
	);
	const byCode = by(is('stock.code', text));
	const byEan = by(is('stock.ean', text));
	const byIdOnly: Search = async (shop) => {
		const found = await settled(async () => await byId(shop, 'products', text));
		if (!found.ok && !(found.error instanceof NotFoundError)) throw found.error;
		return found.ok && found.value ? [found.value] : [];
	};
	if (/^\d+$/.test(text)) {
		const isEan = text.length === 8 || text.length >= 12;
		return isEan ? [byEan, byCode] : [byIdOnly, byCode];
	}
	const isCode = words.length === 1 && /[\d_./-]/.test(text);
	return isCode ? [byCode, byWords] : [byWords, byCode];
}

function holdsAll(text: string, words: readonly string[]): boolean {
	const plain = (each: string) => each.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	return words.every((word) => plain(text).includes(plain(word)));
}

async function toProduct(
	shop: ShoperShop,
	product: ShoperRecord,
	locale: string | undefined,
	currency: string | null,
): Promise<ToolProduct> {
	const [stocks, values] = await Promise.all([
		ifPermitted(shop, 'variants', 'product-stocks', [], async () =>
			shop.find(stocksOfProduct, String(product.product_id)),
		),
		ifPermitted(shop, 'options', 'option-values', [], async () => allOf(shop, 'option-values')),
	]);
	const view = { zone: undefined, locale };
	const parts = { stocks, producer: undefined, missing: [] };
	const simple = simplifyProduct(product, shop.address.host, view, parts);
	const base = isRecord(product.stock) ? product.stock : {};
	return {
		id: simple.id,
		sku: simple.reference,
		name: simple.name,
		active: simple.active,
		// What is paid now, when the product is on offer.
		price: numberOrNull(base.comp_promo_price) ?? simple.price,
		currency,
		stock: simple.stock,
		purchasePrice: simple.purchasePrice,
		...(stocks && {
			variants: stocks.filter(isVariant).map((row) => toVariant(row, values, locale)),
		}),
	};
}

function toVariant(
	row: ShoperRecord,
	values: ReadonlyMap<string, ShoperRecord> | undefined,
	locale: string | undefined,
): ToolVariant {
	const chosen = isRecord(row.options) ? Object.values(row.options) : [];
	const names = chosen.flatMap((value) => {
		const record = values?.get(String(value));
		return (record && translated(record, 'value', locale)) ?? [];
	});
	return {
		id: String(row.stock_id),
		sku: textOrNull(row.code),
		name:
			names.length > 0
				? names.join(', ')
				: (textOrNull(row.code) ?? `variant ${String(row.stock_id)}`),
		stock: numberOrNull(row.stock),
	};
}
