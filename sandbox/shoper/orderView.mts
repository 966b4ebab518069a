import { BLANK_ORDER_ADDRESS } from './blanks.mts';
import { isFields, numberOf, textOf } from './definitions.mts';
import type { Fields, Json, Row } from './definitions.mts';
import type { ShopState } from './shopState.mts';
import { money } from './stocks.mts';

export function linesOf(shop: ShopState, orderId: number): Row[] {
	return shop.database.table('order-products').rowsWhere('order_id', String(orderId));
}

export function parcelsOf(shop: ShopState, orderId: number): Row[] {
	return shop.database.table('parcels').rowsWhere('order_id', String(orderId));
}

/** Gross total: lines and shipping (LIVE). What a discount does to it is not known, so it does nothing here. */
export function orderSum(shop: ShopState, order: Row): number {
	let cents = Math.round(numberOf(order.values.shipping_cost) * 100);
	for (const line of linesOf(shop, order.id)) {
		cents += Math.round(numberOf(line.values.price) * numberOf(line.values.quantity) * 100);
	}
	return cents / 100;
}

type Computed = Readonly<Record<string, (shop: ShopState, order: Row) => Json>>;

/** Fields of an order that the shop works out with every read; all of them can be filtered by. */
export const COMPUTED_ORDER_FIELDS: Computed = {
	sum: (shop, order) => money(orderSum(shop, order)),
	registered: (shop, order) => textOf(shop.find('users', order.values.user_id)?.values.registered),
	order_url: (shop, order) => `http://${shop.home}/pl/panel/order/${order.id}`,
	is_cash_on_delivery: (shop, order) =>
		shop.find('payments', order.values.payment_id)?.values.name === 'cod',
	is_paid: (shop, order) => numberOf(order.values.paid) >= orderSum(shop, order),
	is_overpayment: (shop, order) => numberOf(order.values.paid) > orderSum(shop, order),
	is_underpayment: (shop, order) => numberOf(order.values.paid) < orderSum(shop, order),
	total_parcels: (shop, order) => parcelsOf(shop, order.id).length,
	total_products: (shop, order) =>
		linesOf(shop, order.id).reduce((sum, line) => sum + numberOf(line.values.quantity), 0),
	shipping_tax_name: (shop, order) =>
		textOf(shop.find('taxes', order.values.shipping_tax_id)?.values.name),
	shipping_tax_value: (shop, order) =>
		textOf(shop.find('taxes', order.values.shipping_tax_id)?.values.value),
};

/** Present only where there is something to say. */
const OPTIONAL = [
	'pickup_point',
	'pickup_point_data',
	'payment_additional_fields',
	'shipping_additional_fields',
];

function isEmpty(value: Json | undefined): boolean {
	return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** An order as the API shows it; takes the stored values with the computed ones in place. */
export function orderView(values: Fields): Fields {
	const view = { ...values };
	for (const name of OPTIONAL) if (isEmpty(view[name])) delete view[name];
	return view;
}

/** `additional_fields` as it is read, from the map name → value (or id → value) that is written. */
export function additionalFieldsOf(shop: ShopState, given: Json): Json {
	if (!isFields(given)) return given;
	return Object.entries(given).flatMap(([key, value]) => {
		const field = shop.database
			.table('additional-fields')
			.rows()
			.find((row) => String(row.id) === key || namesOf(row).includes(key));
		if (!field) return [];
		const { field_id, type, locate, req, active, order } = field.values;
		const text = textOf(value);
		return [
			{ field_id, type, locate, req, active, order, field_value: text, value: text } as Fields,
		];
	});
}

function namesOf(row: Row): Json[] {
	const { translations } = row.values;
	if (!isFields(translations)) return [];
	return Object.values(translations).map((one) => (isFields(one) ? (one.name ?? '') : ''));
}

/** An address with a number of its own. */
export function newAddress(
	shop: ShopState,
	orderId: number,
	type: '1' | '2',
	given: Fields,
): Fields {
	const id = shop.database.table('order-addresses').reserveId();
	const known = Object.entries(given).filter(([name]) => name in BLANK_ORDER_ADDRESS);
	const texts = Object.fromEntries(known.map(([name, value]) => [name, textOf(value)]));
	return {
		...BLANK_ORDER_ADDRESS,
		...texts,
		address_id: String(id),
		order_id: String(orderId),
		type,
	};
}
