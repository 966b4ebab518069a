/** Everything that JSON can say. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
	[name: string]: Json;
}

/** One record of a table. Stored records are never changed in place: copies of the database share them. */
export interface StoredRecord extends JsonObject {
	id: number;
}

/** A value of an extra field, in an order, a client or an address (InSales API reference, 5.6). */
export interface FieldValue extends StoredRecord {
	field_id: number;
	handle: string | null;
	value: Json;
}

/** One line of an order: `sale_price` is the unit price, `full_total_price` what is to be paid (reference, 5.3). */
export interface OrderLine extends StoredRecord {
	variant_id: number | null;
	product_id: number | null;
	quantity: number;
	sale_price: number;
	total_price: number;
	discounts_amount: number;
	full_sale_price: number;
	full_total_price: number;
	cost_price: number;
}

/** `type_id` 1 is per cent, 2 is money (reference, 5.2). */
export interface Discount extends StoredRecord {
	type_id: number;
	discount: number;
	amount: number;
	discount_order_lines_ids: number[];
}

export interface OrderChange extends StoredRecord {
	action: string;
	value_was: Json;
	value_is: Json;
	created_at: string;
}

/** An order as it is stored: `client_id` stands for the client that answers embed. */
export interface Order extends StoredRecord {
	client_id: number;
	number: number;
	order_lines: OrderLine[];
	order_changes: OrderChange[];
	discounts: Discount[];
	fields_values: FieldValue[];
	shipping_address: JsonObject;
	fulfillment_status: string;
	custom_status: { permalink: string; title: string };
	financial_status: string;
	delivery_variant_id: number;
	payment_gateway_id: number;
	delivery_price: number;
	archived: boolean;
	created_at: string;
	updated_at: string;
}

export interface Variant extends StoredRecord {
	product_id: number;
	sku: string | null;
	price: string;
	cost_price: string | null;
	quantity: number | null;
	option_values: JsonObject[];
}

export interface Product extends StoredRecord {
	title: string;
	archived: boolean;
	variants: Variant[];
	images: StoredRecord[];
	collections_ids: number[];
	updated_at: string;
}

export interface Client extends StoredRecord {
	name: string | null;
	surname: string | null;
	email: string | null;
	phone: string | null;
	fields_values: FieldValue[];
	updated_at: string;
}

export interface CustomStatus extends StoredRecord {
	permalink: string;
	title: string;
	system_status: string;
	is_default: boolean;
	color: string;
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else is an empty one. */
export function objectsIn(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Text of a value, trimmed; empty for null and for what is no text. */
export function textOf(value: Json | undefined): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A number sent as number or as text; undefined when it is none. */
export function numberOf(value: Json | undefined): number | undefined {
	const text = textOf(value).replace(',', '.');
	const number = Number(text);
	return text !== '' && Number.isFinite(number) ? number : undefined;
}

/** A whole positive number, as ids are. */
export function idOf(value: Json | undefined): number | undefined {
	const number = numberOf(value);
	return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Rails reads these as true: true, 1, "1", "true". */
export function truthy(value: Json | undefined): boolean {
	return value === true || value === 1 || value === '1' || value === 'true';
}
