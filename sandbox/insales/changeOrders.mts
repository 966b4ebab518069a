import { ADDRESS_FIELDS, completeAddress } from './addressForm.mts';
import { BLANK, NOT_A_NUMBER, NOT_IN_LIST, hasErrors } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import { DESTINY, applyFieldValues } from './extraFields.mts';
import { deliveryPriceOf, describeDelivery, newLine } from './newOrders.mts';
import { PLAIN_FIELDS, pick, readChoice, readLine, readStatus } from './orderDraft.mts';
import { addChange, messageStatus, movePayment, moveStatus } from './orderStatus.mts';
import { recalculate } from './orderTotals.mts';
import type { Discount, FieldValue, Json, JsonObject, Order } from './records.mts';
import { idOf, isObject, numberOf, objectsIn, textOf, truthy } from './records.mts';
import type { ShopState } from './shopState.mts';

/** Parts of the body that change what was bought and for how much; they need the right to edit contents. */
export const CONTENTS_FIELDS = ['order_lines_attributes', 'discounts_attributes'];

/** Who changes orders through the API, as the history names it (a guess: no sample shows it). */
const API_ACTOR = 'API';

function changeLines(
	shop: ShopState,
	order: Order,
	rows: JsonObject[],
	errors: FieldErrors,
): boolean {
	for (const row of rows) {
		const id = idOf(row.id);
		if (id === undefined) {
			// A line has no natural key: sending it again adds it again (InSales API reference, 5.10).
			const draft = readLine(shop, row, errors);
			if (draft) order.order_lines.push(newLine(shop, order.id, draft, shop.stamp()));
			continue;
		}
		const line = order.order_lines.find((candidate) => candidate.id === id);
		if (!line) {
			errors['order_lines.id'] = ['не найден'];
			continue;
		}
		if (truthy(row._destroy)) {
			order.order_lines = order.order_lines.filter((other) => other !== line);
			continue;
		}
		const quantity = row.quantity === undefined ? line.quantity : numberOf(row.quantity);
		const price = row.sale_price === undefined ? line.sale_price : numberOf(row.sale_price);
		if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1) {
			errors['order_lines.quantity'] = ['может иметь значение большее или равное 1'];
		} else line.quantity = quantity;
		if (price === undefined) errors['order_lines.sale_price'] = [NOT_A_NUMBER];
		else line.sale_price = price;
		if (row.comment !== undefined) line.comment = textOf(row.comment) || null;
		line.updated_at = shop.stamp();
	}
	if (order.order_lines.length === 0) errors.order_lines = [BLANK];
	return rows.length > 0;
}

/** Adds, changes and removes discounts; per cent is type 1, money type 2 (reference, 5.2 and 5.10). */
export function changeDiscounts(
	shop: ShopState,
	order: Order,
	rows: JsonObject[],
	errors: FieldErrors,
): boolean {
	for (const row of rows) {
		const id = idOf(row.id);
		const known = order.discounts.find((discount) => discount.id === id);
		if (id !== undefined && !known) {
			errors['discounts.id'] = ['не найден'];
			continue;
		}
		if (known && truthy(row._destroy)) {
			order.discounts = order.discounts.filter((discount) => discount !== known);
			continue;
		}
		const type = numberOf(row.type_id) ?? known?.type_id ?? 1;
		const size = numberOf(row.discount) ?? known?.discount;
		if (size === undefined || size < 0) {
			errors['discounts.discount'] = [NOT_A_NUMBER];
			continue;
		}
		const ids = Array.isArray(row.discount_order_lines_ids)
			? row.discount_order_lines_ids.flatMap((value: Json) => idOf(value) ?? [])
			: (known?.discount_order_lines_ids ?? []);
		const stamp = shop.stamp();
		const discount: Discount = {
			id: known?.id ?? shop.database.nextPartId('discounts'),
			description: textOf(row.description ?? known?.description),
			type_id: type,
			amount: 0,
			full_amount: 0,
			percent: type === 1 ? size : null,
			discount: size,
			reference_id: null,
			reference_type: null,
			discount_products_ids: [],
			discount_order_lines_ids: ids,
			discount_code_id: null,
			created_at: known?.created_at ?? stamp,
			updated_at: stamp,
		};
		if (known) order.discounts = order.discounts.map((one) => (one === known ? discount : one));
		else {
			order.discounts.push(discount);
			addChange(
				shop,
				order,
				{ action: 'discount_created', is: { discount: size }, description: 'Добавлена скидка' },
				API_ACTOR,
			);
		}
	}
	return rows.length > 0;
}

function changeDelivery(
	shop: ShopState,
	order: Order,
	body: JsonObject,
	errors: FieldErrors,
): boolean {
	let changed = false;
	if (body.delivery_variant_id !== undefined) {
		const name = 'delivery_variant';
		const variant = readChoice(shop, 'delivery_variants', body.delivery_variant_id, name, errors);
		if (variant && variant.id !== order.delivery_variant_id) {
			order.delivery_variant_id = variant.id;
			order.delivery_price = deliveryPriceOf(shop, variant.id);
			changed = true;
		}
	}
	if (body.payment_gateway_id !== undefined) {
		const name = 'payment_gateway';
		const gateway = readChoice(shop, 'payment_gateways', body.payment_gateway_id, name, errors);
		if (gateway && gateway.id !== order.payment_gateway_id) {
			order.payment_gateway_id = gateway.id;
			changed = true;
		}
	}
	if (body.delivery_price !== undefined) {
		const price = numberOf(body.delivery_price);
		if (price === undefined) errors.delivery_price = [NOT_A_NUMBER];
		else if (price !== order.delivery_price) {
			order.delivery_price = price;
			changed = true;
		}
	}
	if (changed) describeDelivery(shop, order);
	return changed;
}

function changeAddress(
	shop: ShopState,
	order: Order,
	body: JsonObject,
	errors: FieldErrors,
): boolean {
	const sent = body.shipping_address_attributes;
	if (!isObject(sent)) return false;
	const before = JSON.stringify(order.shipping_address);
	const held = objectsIn(order.shipping_address.fields_values) as FieldValue[];
	const values = sent.fields_values_attributes;
	order.shipping_address = completeAddress({
		...order.shipping_address,
		...pick(sent, ADDRESS_FIELDS),
		fields_values: applyFieldValues(shop, held, values, DESTINY.address, errors),
	});
	return JSON.stringify(order.shipping_address) !== before;
}

function changeTexts(shop: ShopState, order: Order, body: JsonObject): boolean {
	let changed = false;
	for (const [name, value] of Object.entries(pick(body, PLAIN_FIELDS))) {
		if (order[name] === value) continue;
		order[name] = value;
		changed = true;
	}
	const client = shop.database.clients.get(order.client_id);
	if (isObject(body.client) && client) {
		const fields = pick(body.client, ['name', 'surname', 'middlename', 'phone', 'email']);
		const next = { ...client, ...fields } as typeof client;
		if (JSON.stringify(next) !== JSON.stringify(client)) {
			shop.database.clients.put({ ...next, updated_at: shop.stamp() } as typeof client);
			changed = true;
		}
	}
	return changed;
}

/**
 * `PUT orders/:id`: changes only what was sent and touches `updated_at` only when something changed. The saved order,
 * or undefined with the errors listed.
 */
export function changeOrder(
	shop: ShopState,
	stored: Order,
	body: JsonObject,
	errors: FieldErrors,
): Order | undefined {
	const order = structuredClone(stored);
	const status = readStatus(shop, body, { system: order.fulfillment_status }, errors);
	const financial = textOf(body.financial_status);
	if (financial !== '' && financial !== 'paid' && financial !== 'pending')
		errors.financial_status = [NOT_IN_LIST];
	const fields = body.fields_values_attributes;
	order.fields_values = applyFieldValues(shop, order.fields_values, fields, DESTINY.order, errors);
	const lineRows = objectsIn(body.order_lines_attributes);
	const discountRows = objectsIn(body.discounts_attributes);
	const moneyMoved = [
		changeLines(shop, order, lineRows, errors),
		changeDiscounts(shop, order, discountRows, errors),
		changeDelivery(shop, order, body, errors),
	].includes(true);
	const addressMoved = changeAddress(shop, order, body, errors);
	if (hasErrors(errors)) return undefined;
	const fieldsMoved = JSON.stringify(order.fields_values) !== JSON.stringify(stored.fields_values);
	const textsMoved = changeTexts(shop, order, body);
	const moved = status !== undefined && moveStatus(shop, order, status, API_ACTOR);
	const paid =
		(financial === 'paid' || financial === 'pending') &&
		movePayment(shop, order, financial, API_ACTOR);
	if (![moneyMoved, addressMoved, fieldsMoved, textsMoved, moved, paid].includes(true))
		return stored;
	if (moneyMoved) recalculate(shop, order);
	order.updated_at = shop.stamp();
	shop.database.orders.put(order);
	if (moved && shop.guesses.apiChangesNotify) messageStatus(shop, order);
	return order;
}
