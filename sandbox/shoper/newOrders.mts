import { randomBytes } from 'node:crypto';

import { BLANK_ORDER } from './blanks.mts';
import { isFields, numberOf, textOf } from './definitions.mts';
import type { Fields, Json, Row } from './definitions.mts';
import { REQUIRED, notOnList } from './errors.mts';
import type { Complaints } from './errors.mts';
import { addLine } from './orderLines.mts';
import { setPaidAmount, setStatus } from './orderTransitions.mts';
import { newAddress, additionalFieldsOf } from './orderView.mts';
import type { Change, SavingRules } from './savingRules.mts';
import type { ShopState } from './shopState.mts';

const ADDRESSES = ['billing_address', 'delivery_address'] as const;

function checkOrder(shop: ShopState, given: Fields, complaints: Complaints, before?: Row): void {
	for (const name of ADDRESSES) {
		const address = given[name];
		if (!isFields(address)) continue;
		const held = before?.values[name];
		const known = isFields(held) ? held : {};
		// The phone is required on write (reference 6.2).
		if (textOf(address.phone ?? known.phone) === '') complaints.add('phone', REQUIRED);
	}
	for (const name of ['billing_address_id', 'delivery_address_id']) {
		const id = given[name];
		if (id !== undefined && id !== null && !shop.find('user-addresses', id))
			complaints.add(name, notOnList(textOf(id)));
	}
}

/** An address of a customer's book has other field names than one of an order. */
function fromAddressBook(row: Row): Fields {
	const { values } = row;
	return {
		...values,
		company: values.company_name ?? '',
		street1: values.street_1 ?? '',
		street2: values.street_2 ?? '',
		postcode: values.zip_code ?? '',
	};
}

/** Both addresses after a write. A single address is one row that both names show (LIVE). */
function addressesOf(shop: ShopState, { id, given, before }: Change): Fields {
	const wanted = ADDRESSES.map((name): Fields | undefined => {
		const book = shop.find('user-addresses', given[`${name}_id`] ?? 0);
		const sent = given[name];
		return book ? fromAddressBook(book) : isFields(sent) ? sent : undefined;
	});
	const [billing, delivery] = wanted;
	if (before) {
		const result: Fields = {};
		for (const [index, name] of ADDRESSES.entries()) {
			const change = wanted[index];
			const held = before.values[name];
			if (!change || !isFields(held)) continue;
			const type = index === 0 ? '1' : '2';
			const merged = newAddress(shop, id, type, { ...held, ...change });
			result[name] = held.type === type ? { ...merged, address_id: held.address_id ?? '' } : merged;
		}
		return result;
	}
	const first = newAddress(shop, id, '1', billing ?? delivery ?? {});
	const second = billing && delivery ? newAddress(shop, id, '2', delivery) : first;
	return { delivery_address: second, billing_address: first };
}

/** Rules of `POST` and `PUT /orders`. */
export const ORDER_RULES: SavingRules = {
	check: checkOrder,
	prepare: (shop, change) => {
		const { given, values, before } = change;
		const prepared: Fields = { ...values, ...addressesOf(shop, change) };
		if (given.additional_fields !== undefined)
			prepared.additional_fields = additionalFieldsOf(shop, given.additional_fields);
		if (before) {
			// Both go through the same door as the panel's changes, after the rest is stored.
			prepared.status_id = before.values.status_id ?? '';
			prepared.paid = before.values.paid ?? '0.00';
			return prepared;
		}
		const now = shop.clock.wall();
		if (given.date === undefined) prepared.date = now;
		if (given.status_date === undefined) prepared.status_date = now;
		if (given.confirm_date === undefined) prepared.confirm_date = now;
		if (given.origin === undefined) prepared.origin = '4';
		prepared.delivery_date = now.slice(0, 10);
		prepared.code = randomBytes(16).toString('hex');
		return prepared;
	},
	after: (shop, { id, given, before }) => {
		if (!before) {
			shop.note(`Nowe zamówienie ${id}`, 'order', id);
			return;
		}
		const at = typeof given.status_date === 'string' ? given.status_date : undefined;
		if (given.status_id !== undefined) setStatus(shop, id, given.status_id, at);
		if (given.paid !== undefined) setPaidAmount(shop, id, numberOf(given.paid));
	},
};

/** One wanted line of an order placed in the shop. */
export interface OrderLine {
	productId: number;
	/** A variant; the base stock unless told. */
	stockId?: number;
	quantity?: number;
	/** Gross unit price; the catalogue's unless told. */
	price?: number;
}

export interface NewOrder {
	id?: number;
	userId: number;
	email: string;
	lines: OrderLine[];
	statusId: number;
	paymentId: number;
	shippingId: number;
	/** Shop's wall clock time. */
	at: string;
}

/** Inserts an order as the shop's own checkout does: row, addresses, lines, stock. Mails nobody. */
export function insertOrder(shop: ShopState, order: NewOrder): Row {
	const id = order.id ?? shop.database.table('orders').reserveId();
	const user = shop.find('users', order.userId);
	const shipping = shop.find('shippings', order.shippingId);
	const address: Fields = {
		firstname: user?.values.firstname ?? '',
		lastname: user?.values.lastname ?? '',
		city: 'Miasto',
		postcode: '00-001',
		street1: `Prosta ${id}`,
		phone: '500000000',
	};
	const billing: Json = newAddress(shop, id, '1', address);
	const delivery: Json = newAddress(shop, id, '2', address);
	shop.save('orders', id, {
		...BLANK_ORDER,
		order_id: String(id),
		user_id: String(order.userId),
		date: order.at,
		status_date: order.at,
		confirm_date: order.at,
		delivery_date: order.at.slice(0, 10),
		status_id: String(order.statusId),
		payment_id: String(order.paymentId),
		shipping_id: String(order.shippingId),
		shipping_cost: textOf(shipping?.values.cost),
		email: order.email,
		user_order: textOf(user?.values.registered),
		code: randomBytes(16).toString('hex'),
		delivery_address: delivery,
		billing_address: billing,
	});
	for (const line of order.lines) addLine(shop, id, line);
	shop.note(`Nowe zamówienie ${id}`, 'order', id);
	const row = shop.find('orders', id);
	if (!row) throw new Error('The order was not stored.');
	return row;
}
