import { BLANK, hasErrors, invalid, json, notFound, ok } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { answerList } from './listing.mts';
import type { Product, StoredRecord } from './records.mts';
import { idOf } from './records.mts';
import { idParam, withRoot } from './routes.mts';
import type { Route } from './routes.mts';
import type { ShopState } from './shopState.mts';

/** A collection and those above it. */
function withParents(shop: ShopState, collectionId: number): number[] {
	const ids: number[] = [];
	let id: number | undefined = collectionId;
	while (id !== undefined && !ids.includes(id)) {
		ids.unshift(id);
		id = idOf(shop.database.table('collections').get(id)?.parent_id ?? null);
	}
	return ids;
}

/** `collections_ids` of a product holds the parents of its collections too (InSales API reference, 5.7). */
export function collectionIds(shop: ShopState, direct: number[]): number[] {
	return [...new Set(direct.flatMap((id) => withParents(shop, id)))].sort((a, b) => a - b);
}

function refreshProduct(shop: ShopState, product: Product): void {
	const rows = shop.database.table('collects').all();
	const direct = rows.filter((row) => row.product_id === product.id);
	const ids = collectionIds(
		shop,
		direct.map((row) => Number(row.collection_id)),
	);
	shop.database.products.put({
		...product,
		collections_ids: ids,
		updated_at: shop.stamp(),
	} as Product);
}

export const COLLECT_ROUTES: Route[] = [
	{
		method: 'GET',
		path: 'collects',
		needs: 'products:view',
		run: ({ shop, query }) => {
			const product = query.number('product_id');
			const collection = query.number('collection_id');
			const matching = () => (row: StoredRecord) =>
				(product === undefined || row.product_id === product) &&
				(collection === undefined || row.collection_id === collection);
			return answerList(shop, shop.database.table('collects'), query, { matching }, (row) => row);
		},
	},
	{
		method: 'POST',
		path: 'collects',
		needs: 'products:edit',
		run: (context) =>
			withRoot(context, 'collect', (body) => {
				const { shop } = context;
				const errors: FieldErrors = {};
				const product = shop.database.products.get(idOf(body.product_id) ?? 0);
				const collection = shop.database.table('collections').get(idOf(body.collection_id) ?? 0);
				if (!product) errors.product = [BLANK];
				if (!collection) errors.collection = [BLANK];
				if (hasErrors(errors) || !product || !collection) return invalid(errors);
				const table = shop.database.table('collects');
				const row: StoredRecord = {
					id: table.reserveId(),
					product_id: product.id,
					collection_id: collection.id,
					position: 1,
				};
				table.put(row);
				refreshProduct(shop, product);
				return json(row, 201);
			}),
	},
	{
		method: 'DELETE',
		path: 'collects/:id',
		needs: 'products:edit',
		run: (context) => {
			const { shop } = context;
			const row = shop.database.table('collects').get(idParam(context));
			if (!row) return notFound();
			shop.database.table('collects').delete(row.id);
			const product = shop.database.products.get(Number(row.product_id));
			if (product) refreshProduct(shop, product);
			return ok();
		},
	},
];
