import { BLANK, NOT_IN_LIST, NOT_A_NUMBER, hasErrors } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { ADDRESS_FIELDS } from './addressForm.mts';
import { insertClient, pickClientFields } from './clientRecords.mts';
import { DESTINY, applyFieldValues, requireFields } from './extraFields.mts';
import type { LineDraft, OrderDraft } from './newOrders.mts';
import { SYSTEM_STATUSES, defaultStatus } from './orderStatus.mts';
import type { CustomStatus, Json, JsonObject, StoredRecord } from './records.mts';
import { idOf, isObject, numberOf, objectsIn, textOf } from './records.mts';
import type { ShopState } from './shopState.mts';

/** Texts and dates that a client may write as they are. */
export const PLAIN_FIELDS = [
	'comment',
	'manager_comment',
	'delivery_date',
	'delivery_from_hour',
	'delivery_from_minutes',
	'delivery_to_hour',
	'delivery_to_minutes',
	'responsible_user_id',
	'source',
	'coupon',
];

/** The fields of `names` that were sent. */
export function pick(source: JsonObject, names: string[]): JsonObject {
	return Object.fromEntries(
		Object.entries(source).filter(([name]) => names.includes(name)),
	) as JsonObject;
}

/** Reads one line; by product it is the first variant (InSales API reference, 5.9). */
export function readLine(
	shop: ShopState,
	row: JsonObject,
	errors: FieldErrors,
): LineDraft | undefined {
	const productId = idOf(row.product_id);
	const product = productId === undefined ? undefined : shop.database.products.get(productId);
	const variantId = idOf(row.variant_id) ?? product?.variants[0]?.id;
	if (variantId === undefined || !shop.database.variant(variantId)) {
		errors['order_lines.variant'] = [BLANK];
		return undefined;
	}
	const quantity = row.quantity === undefined ? 1 : numberOf(row.quantity);
	if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1) {
		errors['order_lines.quantity'] = ['может иметь значение большее или равное 1'];
		return undefined;
	}
	const salePrice = row.sale_price === undefined ? undefined : numberOf(row.sale_price);
	if (row.sale_price !== undefined && salePrice === undefined) {
		errors['order_lines.sale_price'] = [NOT_A_NUMBER];
	}
	return { variantId, quantity, salePrice, comment: textOf(row.comment) || null };
}

/** The record of a list of settings that an order names, or a message under `name`. */
export function readChoice(
	shop: ShopState,
	resource: string,
	value: Json | undefined,
	name: string,
	errors: FieldErrors,
): StoredRecord | undefined {
	const id = idOf(value);
	const record = id === undefined ? undefined : shop.database.table(resource).get(id);
	if (!record) errors[name] = [BLANK];
	return record;
}

/**
 * The status that `custom_status_permalink` and `fulfillment_status` lead to; undefined leaves the order as it is.
 * A permalink whose system status was not sent with it counts only where the guess says so (reference, 5.10).
 */
export function readStatus(
	shop: ShopState,
	body: JsonObject,
	current: { system: string } | undefined,
	errors: FieldErrors,
): CustomStatus | undefined {
	const permalink = textOf(body.custom_status_permalink);
	const system = textOf(body.fulfillment_status);
	if (system !== '' && !SYSTEM_STATUSES.includes(system)) {
		errors.fulfillment_status = [NOT_IN_LIST];
		return undefined;
	}
	const custom = shop.customStatuses().find((status) => status.permalink === permalink);
	if (permalink !== '' && !custom) {
		errors.custom_status_permalink = [NOT_IN_LIST];
		return undefined;
	}
	if (custom && (system === '' ? shop.guesses.permalinkAlone : system === custom.system_status)) {
		return custom;
	}
	// Sent alone, a system status that the order has already keeps its custom status.
	if (system === '' || system === current?.system) return undefined;
	return defaultStatus(shop, system);
}

function checkLink(
	shop: ShopState,
	delivery: StoredRecord | undefined,
	gateway: StoredRecord | undefined,
	errors: FieldErrors,
): void {
	if (!shop.guesses.paymentLinksEnforced || !delivery || !gateway) return;
	const links = objectsIn(delivery.payment_delivery_variants);
	if (!links.some((link) => link.payment_gateway_id === gateway.id)) {
		errors.payment_gateway = ['недоступен для выбранного способа доставки'];
	}
}

/** The client of a new order: an existing one by id, whose name and phone may change, or a new one. */
function readClient(shop: ShopState, value: Json | undefined, errors: FieldErrors): number {
	if (!isObject(value)) {
		errors.client = [BLANK];
		return 0;
	}
	const known = shop.database.clients.get(idOf(value.id) ?? 0);
	if (value.id !== undefined && !known) errors['client.id'] = ['не найден'];
	for (const name of ['name', 'phone']) {
		if (textOf(value[name] ?? known?.[name]) === '') errors[`client.${name}`] = [BLANK];
	}
	return known?.id ?? 0;
}

function saveClient(shop: ShopState, value: JsonObject, clientId: number): number {
	const known = shop.database.clients.get(clientId);
	const fields = pickClientFields(value);
	if (!known) return insertClient(shop, fields).id;
	const changed = Object.entries(fields).some(([name, held]) => known[name] !== held);
	if (changed) {
		shop.database.clients.put({ ...known, ...fields, updated_at: shop.stamp() } as typeof known);
	}
	return known.id;
}

/** Checks the body of `POST orders`; the errors are listed, or the draft is complete and its client saved. */
export function readOrder(
	shop: ShopState,
	body: JsonObject,
	errors: FieldErrors,
): OrderDraft | undefined {
	const rows = objectsIn(body.order_lines_attributes);
	if (rows.length === 0) errors.order_lines = [BLANK];
	const lines = rows.flatMap((row) => readLine(shop, row, errors) ?? []);
	const clientId = readClient(shop, body.client, errors);
	const delivery = readChoice(
		shop,
		'delivery_variants',
		body.delivery_variant_id,
		'delivery_variant',
		errors,
	);
	const gateway = readChoice(
		shop,
		'payment_gateways',
		body.payment_gateway_id,
		'payment_gateway',
		errors,
	);
	checkLink(shop, delivery, gateway, errors);
	const fieldValues = applyFieldValues(
		shop,
		[],
		body.fields_values_attributes,
		DESTINY.order,
		errors,
	);
	requireFields(shop, fieldValues, DESTINY.order, errors);
	const status = readStatus(shop, body, undefined, errors);
	const financial = textOf(body.financial_status);
	if (financial !== '' && !['paid', 'pending'].includes(financial))
		errors.financial_status = [NOT_IN_LIST];
	const deliveryPrice =
		body.delivery_price === undefined ? undefined : numberOf(body.delivery_price);
	if (body.delivery_price !== undefined && deliveryPrice === undefined)
		errors.delivery_price = [NOT_A_NUMBER];
	const sent = isObject(body.shipping_address_attributes) ? body.shipping_address_attributes : {};
	const address = {
		...pick(sent, ADDRESS_FIELDS),
		fields_values: applyFieldValues(
			shop,
			[],
			sent.fields_values_attributes,
			DESTINY.address,
			errors,
		),
	};
	if (hasErrors(errors) || !delivery || !gateway || !isObject(body.client)) return undefined;
	return {
		clientId: saveClient(shop, body.client, clientId),
		lines,
		deliveryVariantId: delivery.id,
		paymentGatewayId: gateway.id,
		deliveryPrice,
		address: { ...pick(body.client, ['name', 'surname', 'middlename', 'phone']), ...address },
		fieldValues,
		status,
		paid: financial === 'paid',
		fields: pick(body, PLAIN_FIELDS),
	};
}
