import { addressView } from './addressForm.mts';
import type { Client, JsonObject, Order } from './records.mts';
import type { ShopState } from './shopState.mts';

/** Client fields that an order's embedded client does not have (InSales API reference, 11.1 beside 11.4). */
const NOT_EMBEDDED = [
	'comment',
	'correspondent_account',
	'settlement_account',
	'o_auth_provider',
	'messenger_subscription',
	'contact_name',
];

function embeddedClient(client: Client | undefined): JsonObject | null {
	if (!client) return null;
	const copy: JsonObject = { ...client };
	for (const name of NOT_EMBEDDED) delete copy[name];
	return copy;
}

/** An order as list, single answer and webhook show it: all three carry the same object (reference, 5.2). */
export function orderView(shop: ShopState, order: Order): JsonObject {
	const { client_id: clientId, ...fields } = order;
	return {
		...fields,
		discount: order.discounts[0] ?? null,
		shipping_address: addressView(order.shipping_address),
		client: embeddedClient(shop.database.clients.get(clientId)),
		order_lines: order.order_lines.map(({ cost_price: _cost, ...line }) => line),
	};
}

/** An order with nothing in it yet: every field that a genuine one has (reference, 5.2 and 11.1). */
export const BLANK_ORDER: JsonObject = {
	fields_values: [],
	order_lines: [],
	order_changes: [],
	discount: null,
	discounts: [],
	shipping_address: {},
	client: null,
	total_price: 0,
	items_price: 0,
	id: 0,
	key: '',
	number: 0,
	comment: null,
	archived: false,
	delivery_title: '',
	delivery_description: '',
	delivery_price: 0,
	full_delivery_price: 0,
	payment_title: '',
	payment_description: '',
	source: 'Прямой трафик',
	first_source: 'Прямой трафик',
	referer: null,
	first_referer: null,
	current_location: '/',
	first_current_location: '/',
	query: null,
	first_query: null,
	source_domain: null,
	first_source_domain: null,
	coupon: null,
	fulfillment_status: 'new',
	custom_status: {},
	delivered_at: null,
	accepted_at: null,
	created_at: '',
	updated_at: '',
	financial_status: 'pending',
	paid_at: null,
	delivery_date: null,
	delivery_from_hour: null,
	delivery_from_minutes: null,
	delivery_to_hour: null,
	delivery_to_minutes: null,
	delivery_time: null,
	delivery_variant_id: 0,
	payment_gateway_id: 0,
	margin: 0,
	margin_amount: 0,
	client_transaction_id: null,
	currency_code: 'RUR',
	cookies: {},
	ya_id: null,
	account_id: 111,
	manager_comment: null,
	locale: 'ru',
	delivery_info: {},
	responsible_user_id: null,
	total_profit: 0,
	warehouse_id: null,
};

/** The object `delivery_info` of an order without a delivery company (reference, 5.2). */
export function deliveryInfo(deliveryVariantId: number, price: number): JsonObject {
	return {
		delivery_variant_id: deliveryVariantId,
		tariff_id: null,
		title: null,
		description: null,
		price,
		shipping_company: null,
		shipping_company_handle: null,
		delivery_interval: { min_days: null, max_days: null, description: null },
		errors: [],
		warnings: [],
		not_available: false,
		outlet: {
			id: null,
			external_id: null,
			latitude: null,
			longitude: null,
			title: null,
			description: null,
			address: null,
			payment_method: [],
			source_id: null,
		},
	};
}
