import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { InputError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { ProductSearch, ToolProduct } from '../../shared/tools/shopTools';
import { rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { newestRecords } from '../api/newestRecords';
import type { InSalesShop } from '../api/reads';
import { productById } from '../products/reads';
import { variantBySku } from '../products/search';
import { simplifyProduct, simplifyVariant } from '../products/simplify';

/** Products read to be picked from and counted. */
const READ = 50;

/** Products by words in any order, SKU or ID. */
export async function findProducts(
	shop: InSalesShop,
	{ text, limit }: ProductSearch,
): Promise<{ products: ToolProduct[]; total?: number; within?: string }> {
	let records: InSalesRecord[] = [];
	for (const search of searches(text)) {
		records = (await search(shop)).filter((each) => each.archived !== true);
		if (records.length > 0) break;
	}
	return {
		products: records.slice(0, limit).map((each) => toProduct(shop, each)),
		total: records.length,
		...(records.length >= READ && { within: `the newest ${READ} that fit` }),
	};
}

type Search = (shop: InSalesShop) => Promise<InSalesRecord[]>;

/** What a text can mean, the likeliest first. */
function searches(text: string): Search[] {
	const words = text.split(/\s+/).filter((word) => word !== '');
	const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '');
	const byWords: Search = async (shop) => {
		const fits = ({ title }: InSalesRecord) =>
			words.every((word) => String(title).toLowerCase().includes(word.toLowerCase()));
		const list = {
			path: 'products',
			filters: { 'filter[title]': longest },
			keep: fits,
			perPage: READ,
		};
		return await newestRecords(shop, list, READ);
	};
	const bySku: Search = async (shop) => {
		const found = await settled(async () => (await variantBySku(shop, text)).product);
		if (found.ok) return [found.value];
		// No such SKU, or that of several variants.
		if (found.error instanceof InputError) return [];
		throw found.error;
	};
	const byNumber: Search = async (shop) => {
		const found = await productById(shop, text);
		return found ? [found] : [];
	};
	if (/^[1-9]\d{0,14}$/.test(text)) return [byNumber, bySku];
	return words.length === 1 && /[\d_./-]/.test(text) ? [bySku, byWords] : [byWords, bySku];
}

function toProduct(shop: InSalesShop, product: InSalesRecord): ToolProduct {
	const parts = { shop: shop.address.host, url: shop.address.url, kinds: undefined, missing: [] };
	const simple = simplifyProduct(product, parts);
	const variants = rowsIn(product.variants);
	return {
		id: simple.id,
		sku: simple.reference,
		name: simple.name,
		active: simple.active,
		price: simple.price,
		stock: simple.stock,
		purchasePrice: numberOrNull(simple.purchasePrice),
		...(variants.length > 1 && {
			variants: variants.map((each) => {
				const { id, sku, title, options, quantity } = simplifyVariant(each, product, parts);
				const names = Object.values(options ?? {}).filter((value) => value !== null);
				return {
					id,
					sku,
					name: textOrNull(names.join(', ')) ?? title ?? `variant ${id}`,
					stock: quantity,
				};
			}),
		}),
	};
}
