import { createHash } from 'node:crypto';

import { completeAddress } from './addressForm.mts';
import type { Database } from './database.mts';
import { BLANK_ORDER, deliveryInfo } from './orderShape.mts';
import { addChange, defaultStatus, setStatus } from './orderStatus.mts';
import type { Actor } from './orderStatus.mts';
import { recalculate } from './orderTotals.mts';
import type { CustomStatus, FieldValue, JsonObject, Order, OrderLine } from './records.mts';
import { numberOf, textOf } from './records.mts';
import type { ShopState } from './shopState.mts';

/** A line to be added: the unit price is the variant's unless told. */
export interface LineDraft {
	variantId: number;
	quantity: number;
	salePrice?: number;
	comment?: string | null;
}

/** A new order, checked: everything it names exists. */
export interface OrderDraft {
	id?: number;
	atMs?: number;
	clientId: number;
	lines: LineDraft[];
	deliveryVariantId: number;
	paymentGatewayId: number;
	deliveryPrice?: number;
	address: JsonObject;
	fieldValues?: FieldValue[];
	status?: CustomStatus;
	paid?: boolean;
	/** Further fields under their own names. */
	fields?: JsonObject;
	actor?: Actor;
}

/** A line of an order for a variant of the catalogue. */
export function newLine(
	shop: ShopState,
	orderId: number,
	draft: LineDraft,
	stamp: string,
): OrderLine {
	const { database } = shop;
	const product = database.productOfVariant(draft.variantId);
	const variant = database.variant(draft.variantId);
	const price = draft.salePrice ?? numberOf(variant?.price) ?? 0;
	const option = textOf(variant?.title);
	const title = product?.title ?? '';
	return {
		id: database.nextPartId('order_lines'),
		order_id: orderId,
		sale_price: price,
		full_sale_price: price,
		total_price: 0,
		full_total_price: 0,
		discounts_amount: 0,
		quantity: draft.quantity,
		reserved_quantity: draft.quantity,
		weight: numberOf(variant?.weight) ?? null,
		dimensions: null,
		variant_id: draft.variantId,
		product_id: product?.id ?? null,
		sku: variant?.sku ?? null,
		barcode: variant?.barcode ?? null,
		title: option === '' ? title : `${title} (${option})`,
		unit: product?.unit ?? 'pce',
		comment: draft.comment ?? null,
		bundle_id: null,
		external_variant_id: null,
		vat: -1,
		fiscal_product_type: 1,
		requires_marking: null,
		marking_codes: null,
		accessory_lines: [],
		created_at: stamp,
		updated_at: stamp,
		cost_price: numberOf(variant?.cost_price) ?? 0,
	};
}

/** What the delivery costs when nobody says so: a fixed price, for all others the shop would ask a service at checkout. */
export function deliveryPriceOf(shop: ShopState, deliveryVariantId: number): number {
	const variant = shop.database.table('delivery_variants').get(deliveryVariantId);
	const fixed = variant?.type === 'DeliveryVariant::Fixed' && shop.guesses.fixedPriceThroughApi;
	return fixed ? (numberOf(variant?.price) ?? 0) : 0;
}

/** Titles of delivery and payment as an order keeps them. */
export function describeDelivery(shop: ShopState, order: Order): void {
	const { database } = shop;
	const delivery = database.table('delivery_variants').get(order.delivery_variant_id);
	const payment = database.table('payment_gateways').get(order.payment_gateway_id);
	order.delivery_title = delivery?.title ?? '';
	order.delivery_description = delivery?.title ?? '';
	order.delivery_info = deliveryInfo(order.delivery_variant_id, order.delivery_price);
	order.payment_title = payment?.title ?? '';
	order.payment_description = payment?.description ?? '';
}

function takeNumber(database: Database): number {
	const number = numberOf(database.account.next_order_number) ?? 1001;
	database.account = { ...database.account, next_order_number: number + 1 };
	return number;
}

/** Adds an order to the shop as checkout and API do; no message is sent yet. */
export function insertOrder(shop: ShopState, draft: OrderDraft): Order {
	const { database } = shop;
	const id = draft.id ?? database.orders.reserveId();
	const atMs = draft.atMs ?? shop.clock.now();
	const stamp = shop.stamp(atMs);
	const order = {
		...structuredClone(BLANK_ORDER),
		...draft.fields,
		id,
		client_id: draft.clientId,
		key: createHash('md5').update(`order ${id}`).digest('hex'),
		number: takeNumber(database),
		delivery_variant_id: draft.deliveryVariantId,
		payment_gateway_id: draft.paymentGatewayId,
		delivery_price: draft.deliveryPrice ?? deliveryPriceOf(shop, draft.deliveryVariantId),
		fields_values: draft.fieldValues ?? [],
		shipping_address: completeAddress({
			...draft.address,
			id: database.nextPartId('shipping_addresses'),
		}),
		order_lines: draft.lines.map((line) => newLine(shop, id, line, stamp)),
		created_at: stamp,
		updated_at: stamp,
	} as unknown as Order;
	const status = draft.status ?? defaultStatus(shop, 'new');
	if (status) setStatus(order, status, stamp);
	if (draft.paid) {
		order.financial_status = 'paid';
		order.paid_at = stamp;
	}
	describeDelivery(shop, order);
	recalculate(shop, order);
	addChange(
		shop,
		order,
		{ action: 'order_created', description: 'Заказ создан' },
		draft.actor ?? null,
		atMs,
	);
	database.orders.put(order);
	return order;
}
