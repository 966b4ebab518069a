import { fingerprint } from '../../shared/text/hash';
import { isRecord, rowsIn } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import { newestChangeId } from './orderHistory';

/** What tells two contents of an order apart. The client is a record of its own. */
const ORDER = (
	'number updated_at fulfillment_status custom_status financial_status accepted_at delivered_at paid_at ' +
	'comment manager_comment total_price items_price delivery_price full_delivery_price margin ' +
	'delivery_variant_id delivery_title delivery_date delivery_from_hour delivery_to_hour ' +
	'payment_gateway_id payment_title coupon responsible_user_id warehouse_id archived'
).split(' ');

const ADDRESS =
	'name surname middlename phone country state city zip address street house flat'.split(' ');

const LINE =
	'id variant_id product_id sku title quantity sale_price full_sale_price discounts_amount comment'.split(
		' ',
	);

/** The same for products; pictures get their addresses without a change of the product (section 5.7). */
const PRODUCT = (
	'updated_at title permalink category_id canonical_url_collection_id is_hidden available unit vat ' +
	'sort_weight dimensions currency_code short_description description html_title meta_keywords ' +
	'meta_description'
).split(' ');

const VARIANT =
	'id title sku barcode quantity price base_price old_price cost_price prices weight dimensions available'.split(
		' ',
	);

/** Identity of what an order says; a second change within a second leaves its date as it was. */
export function orderContentHash(order: InSalesRecord): string {
	const address = isRecord(order.shipping_address) ? order.shipping_address : {};
	return print([
		newestChangeId(order),
		pick(order, ORDER),
		pick(address, ADDRESS),
		parts(order.order_lines, LINE),
		parts(order.fields_values, ['id', 'value']),
		parts(order.discounts, ['id', 'amount']),
	]);
}

/** Identity of what a product says. */
export function productContentHash(product: InSalesRecord): string {
	return print([
		pick(product, PRODUCT),
		parts(product.variants, VARIANT),
		parts(product.images, ['id', 'position', 'title']),
		parts(product.properties, ['id', 'title']),
		parts(product.characteristics, ['id', 'title']),
		parts(product.product_field_values, ['id', 'value']),
		[...(Array.isArray(product.collections_ids) ? product.collections_ids : [])].map(String).sort(),
	]);
}

function print(value: Json): string {
	return fingerprint(JSON.stringify(value));
}

function pick(record: InSalesRecord, fields: readonly string[]): Json[] {
	return fields.map((name) => record[name] ?? null);
}

/** Rows inside a record, in an order of their own: that of the shop says nothing. */
function parts(value: unknown, fields: readonly string[]): Json[] {
	return rowsIn(value)
		.map((row) => JSON.stringify(pick(row, fields)))
		.sort();
}
