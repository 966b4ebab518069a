import { fingerprint } from '../../shared/reading/snapshot';
import type { Listing } from '../../shared/reading/listing';
import type { Call } from '../../shared/protocol/call';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';

/** Rows of one page: only a few fields are read, which costs a shop some tenths of a millisecond a row. */
const ROWS = 5_000;

/** Lists that are compared besides the products themselves, because they move no date of a product. */
export const WATCHED: Readonly<Record<string, { resource: string; fields: readonly string[] }>> = {
	stock: {
		resource: 'stock_availables',
		fields: ['id', 'id_product', 'id_product_attribute', 'quantity'],
	},
	combinations: {
		resource: 'combinations',
		fields: ['id', 'id_product', 'reference', 'ean13', 'price', 'minimal_quantity'],
	},
	specificPrices: {
		resource: 'specific_prices',
		fields: [
			'id',
			'id_product',
			'id_product_attribute',
			'id_cart',
			'id_group',
			'id_customer',
			'price',
			'reduction',
			'reduction_type',
			'from_quantity',
			'from',
			'to',
		],
	},
};

/** A whole catalogue in as few numbers as will do. */
export interface CatalogState {
	/** Fingerprints by product ID, in ascending order of IDs. */
	prints: Map<string, string>;
	/** Stock rows, where they were read. */
	stock: readonly PrestaShopRecord[] | undefined;
}

/**
 * Reads what tells whether a product changed: its date of change and whatever is watched besides. The
 * whole lists are read, a few fields each: dates of products exist twice (section 1.4), stock and
 * combinations move none of them (recorded: what moves which date), and only the lists tell what is gone.
 */
export async function catalogState(
	shop: PrestaShopShop,
	watched: readonly string[],
): Promise<CatalogState> {
	const [products, ...lists] = await Promise.all([
		rowsOf(shop, 'products', ['id', 'date_upd']),
		...watched.map(async (name) => {
			const { resource = '', fields = [] } = WATCHED[name] ?? {};
			return await rowsOf(shop, resource, fields);
		}),
	]);
	const parts = new Map(products.map((row) => [row.id ?? '', [String(row.date_upd)]]));
	for (const rows of lists) {
		for (const row of rows) {
			// Prices of a single cart come and go with it.
			if (row.id_cart !== undefined && row.id_cart !== '0') continue;
			parts.get(String(row.id_product))?.push(Object.values(row).map(String).join(' '));
		}
	}
	return {
		prints: new Map([...parts].map(([id, texts]) => [id, fingerprint(texts)])),
		stock: lists[watched.indexOf('stock')],
	};
}

async function rowsOf(
	shop: PrestaShopShop,
	resource: string,
	fields: readonly string[],
): Promise<PrestaShopRecord[]> {
	const page = (after: string | undefined): Call => ({
		method: 'GET',
		path: [resource],
		query: {
			display: `[${fields.join(',')}]`,
			...(after !== undefined && { 'filter[id]': `>[${after}]` }),
			sort: '[id_ASC]',
			limit: String(ROWS),
		},
	});
	const list: Listing<PrestaShopRecord> = {
		first: page(undefined),
		next: (_call, rows) => (rows.length < ROWS ? undefined : page(rows.at(-1)?.id ?? '')),
		keyOf: ({ id }) => id ?? '',
	};
	return await shop.list(list);
}
