import type { ResourceDefinition, Row } from './definitions.mts';
import { badRequest } from './errors.mts';
import { returnStock } from './orderLines.mts';
import { linesOf, parcelsOf } from './orderView.mts';
import type { ShopState } from './shopState.mts';
import { stocksOf } from './stocks.mts';

/** What goes with a record, and what keeps it from going. */
function release(shop: ShopState, resource: string, row: Row): void {
	const { database } = shop;
	switch (resource) {
		case 'orders':
			// Deleting restores the stock its lines took (LIVE).
			for (const line of linesOf(shop, row.id)) {
				returnStock(shop, line);
				database.table('order-products').delete(line.id);
			}
			for (const parcel of parcelsOf(shop, row.id)) database.table('parcels').delete(parcel.id);
			return;
		case 'order-products':
			returnStock(shop, row);
			return;
		case 'parcels':
			if (row.values.sent === '1')
				throw badRequest('Parcel has been already sent', 'parcel_already_sent');
			return;
		case 'products':
			for (const stock of stocksOf(shop, row.id)) database.table('product-stocks').delete(stock.id);
			for (const image of database.table('product-images').rowsWhere('product_id', String(row.id)))
				database.table('product-images').delete(image.id);
			return;
		case 'product-stocks':
			if (row.values.extended === '0')
				throw badRequest('Nie można usunąć: to jest stock bazowy', 'cannot_delete_internal_object');
			return;
		default:
			return;
	}
}

/** `DELETE /{resource}/{id}`. */
export function deleteEntity(shop: ShopState, resource: ResourceDefinition, row: Row): void {
	release(shop, resource.name, row);
	shop.database.table(resource.name).delete(row.id);
}
