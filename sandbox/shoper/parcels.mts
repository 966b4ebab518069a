import { isFields, numberOf, textOf } from './definitions.mts';
import type { Fields, Json, Row } from './definitions.mts';
import { REQUIRED, badRequest, unknownValue } from './errors.mts';
import { setConfiguredStatus } from './orderTransitions.mts';
import { linesOf, parcelsOf } from './orderView.mts';
import type { Change, SavingRules } from './savingRules.mts';
import type { ShopState } from './shopState.mts';
import { quantity } from './stocks.mts';

/** Pieces of each line that no parcel holds yet. */
function remainder(shop: ShopState, orderId: number): Map<string, number> {
	const left = new Map<string, number>();
	for (const line of linesOf(shop, orderId))
		left.set(String(line.id), numberOf(line.values.quantity));
	for (const parcel of parcelsOf(shop, orderId)) {
		const { products } = parcel.values;
		for (const product of Array.isArray(products) ? products : []) {
			if (!isFields(product)) continue;
			const id = textOf(product.order_product_id);
			left.set(id, (left.get(id) ?? 0) - numberOf(product.quantity));
		}
	}
	return left;
}

/** Products of a new parcel: those named, or everything that is left; refuses when nothing is (LIVE). */
function parcelProducts(shop: ShopState, orderId: number, given: Json | undefined): Json {
	const left = remainder(shop, orderId);
	const wanted = Array.isArray(given)
		? given.filter(isFields).map((one): [string, number] => {
				return [textOf(one.order_product_id), numberOf(one.quantity)];
			})
		: [...left].filter(([, pieces]) => pieces > 0);
	const tooMuch = wanted.some(([id, pieces]) => pieces > (left.get(id) ?? 0));
	if (wanted.length === 0 || tooMuch) throw badRequest('All products has been already sent');
	return wanted.map(([id, pieces]) => ({ order_product_id: id, quantity: quantity(pieces) }));
}

const isSent = (values: Readonly<Fields>): boolean => values.sent === '1';

function newParcel(shop: ShopState, { given, values }: Change): Fields {
	const order = shop.find('orders', values.order_id);
	const now = shop.clock.wall();
	return {
		...values,
		products: parcelProducts(shop, numberOf(values.order_id), given.products),
		order_date: textOf(order?.values.date),
		send_date: isSent(values) ? now : (values.send_date ?? ''),
		email: textOf(given.email ?? order?.values.email),
		billing_address: order?.values.billing_address ?? [],
		delivery_address: order?.values.delivery_address ?? [],
	};
}

/** After it was sent only `shipping_code` may change; which code the refusal bears is a guess. */
function changedParcel(shop: ShopState, change: Change, before: Row): Fields {
	const { given, values } = change;
	if (isSent(before.values)) {
		const names = Object.keys(given).filter((name) => name !== 'shipping_code');
		if (names.length === 1 && names[0] === 'sent')
			throw badRequest('Parcel has been already sent', 'parcel_already_sent');
		if (names.length > 0) throw badRequest('Parcel cannot be modified', 'parcel_cannot_modify');
	}
	const sends = isSent(values) && !isSent(before.values);
	return {
		...values,
		products: before.values.products ?? [],
		order_id: before.values.order_id ?? '',
		send_date: sends ? shop.clock.wall() : (before.values.send_date ?? ''),
	};
}

/** Rules of `POST` and `PUT /parcels`: a parcel moves its order to the status that the shop's settings name. */
export const PARCEL_RULES: SavingRules = {
	check: (shop, given, complaints) => {
		if (!Array.isArray(given.products)) return;
		for (const product of given.products) {
			const id = isFields(product) ? product.order_product_id : undefined;
			if (id === undefined) complaints.add('order_product_id', REQUIRED);
			else if (!shop.find('order-products', id))
				complaints.add('order_product_id', unknownValue(textOf(id)));
		}
	},
	prepare: (shop, change) =>
		change.before ? changedParcel(shop, change, change.before) : newParcel(shop, change),
	after: (shop, { before }, row) => {
		const orderId = numberOf(row.values.order_id);
		if (isSent(row.values) && !(before && isSent(before.values)))
			setConfiguredStatus(shop, orderId, 'shopping_parcel_send_status_id');
		else if (!before) setConfiguredStatus(shop, orderId, 'shopping_parcel_create_status_id');
	},
};
