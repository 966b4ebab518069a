import { slice } from '../../shared/pickers/listSearch';
import type { Picker } from '../../shared/pickers/listSearch';
import { textOrNull } from '../../shared/output/orderShape';
import { single } from '../../shared/reading/records';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { categoryTree, collectionTree } from '../categories/tree';
import type { Tree } from '../categories/tree';
import type { InSalesShop } from '../api/reads';
import { listed, numbered } from './pages';
import { webhooksOf } from '../webhooks/view';

/** Products as the shop lists them; typed text may be the ID, or part of the title. */
const searchProducts: Picker<InSalesRecord> = async (shop, filter, from) => {
	const typedId = filter.replace(/^#/, '');
	const named = /^\d{1,15}$/.test(typedId) && from === undefined;
	const exact = named ? await single(shop, 'products', typedId) : undefined;
	// Title is the one text the shop itself can search (InSales API reference, 3.2).
	const conditions: Record<string, string> = filter === '' ? {} : { 'filter[title]': filter };
	const page = await numbered(shop, 'products', conditions, from, entryOf);
	if (!exact) return page;
	const first = entryOf(exact);
	return {
		...page,
		results: [first, ...page.results.filter(({ value }) => value !== first.value)],
	};
};

function entryOf(product: InSalesRecord): { name: string; value: string } {
	const skus = rowsIn(product.variants).flatMap(({ sku }) => textOrNull(sku) ?? []);
	const more = skus.length > 1 ? ` (+${skus.length - 1})` : '';
	const code = skus[0] === undefined ? '' : ` · ${skus[0]}${more}`;
	return {
		name: `${String(product.title ?? '')}${code} · #${idOf(product)}`,
		value: idOf(product),
	};
}

function treePicker(load: (shop: InSalesShop) => Promise<Tree>): Picker<InSalesRecord> {
	return async (shop, filter, from) => {
		const { records, pathOf } = await load(shop);
		const entries = [...records.keys()].map((id) => ({ name: `${pathOf(id)} (${id})`, value: id }));
		return slice(entries, filter, from);
	};
}

/** Discount codes as the shop lists them. */
const searchDiscountCodes: Picker<InSalesRecord> = async (shop, filter, from) =>
	await listed(shop, 'discount_codes', filter, from, (each) => ({
		name: `${String(each.code ?? '')}${each.disabled === true ? ' · disabled' : ''} · #${idOf(each)}`,
		value: idOf(each),
	}));

/** The webhooks of this access key. */
const searchWebhooks: Picker<InSalesRecord> = async (shop, filter, from) => {
	const entries = (await webhooksOf(shop)).map((each) => ({
		name: `${String(each.topic ?? '')} → ${withoutQuery(String(each.address ?? ''))} · #${idOf(each)}`,
		value: idOf(each),
	}));
	return slice(entries, filter, from);
};

/** The query of such an address holds a secret as a rule. */
function withoutQuery(address: string): string {
	return address.replace(/\?.*$/s, '?…');
}

/** Lists of the catalogue and of webhooks, by the method name the fields use. */
export const recordPickers = {
	searchCategories: treePicker(categoryTree),
	searchCollections: treePicker(collectionTree),
	searchDiscountCodes,
	searchProducts,
	searchWebhooks,
};
