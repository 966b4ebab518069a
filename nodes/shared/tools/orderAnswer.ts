import type { IDataObject } from 'n8n-workflow';

import { amount, customerText, lean, minute } from './answer';
import { flagOf } from '../output/recordShape';
import { numberOrNull, textOrNull } from '../output/orderShape';

/** A part of a simplified record; empty when it was not read. */
export function part(record: IDataObject, name: string): IDataObject {
	const value = record[name];
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
}

/** A list of a simplified record; `undefined` when it was not read. */
export function rows(record: IDataObject, name: string): IDataObject[] | undefined {
	const value = record[name];
	return Array.isArray(value) ? (value as IDataObject[]) : undefined;
}

/** What people call the order. */
export function orderName(order: IDataObject): string {
	return String(order.number ?? order.id ?? '');
}

export const ROW_COLUMNS = 'order | date | status | total | paid | customer';

/** An order in one line of text. */
export function orderRow(order: IDataObject, isForCustomer: boolean): string {
	const reference = textOrNull(order.reference);
	const cells = [
		`${orderName(order)}${reference === null ? '' : ` ${reference}`}`,
		minute(textOrNull(order.createdAt)),
		textOrNull(part(order, 'status').name),
		totalOf(order),
		flagOf(order.paid) === null ? null : flagOf(order.paid) ? 'paid' : 'not paid',
		isForCustomer ? null : textOrNull(part(order, 'customer').email),
	];
	return cells.map((cell) => cell ?? '-').join(' | ');
}

function totalOf(order: IDataObject): string | null {
	return amount(numberOrNull(order.total), textOrNull(order.currency));
}

/** "Shipped", or "Wysłane (shipped)" where the name alone does not say what it means. */
function statusText(status: IDataObject): string | null {
	const [name, phase] = [textOrNull(status.name), textOrNull(status.phase)];
	if (phase === null || phase === 'unknown') return name;
	if (name === null) return phase;
	// "Canceled" says "cancelled" well enough.
	return name.toLowerCase().includes(phase.slice(0, 5)) ? name : `${name} (${phase})`;
}

/** One order with what belongs to it; to customers, without what they have told themselves. */
export function orderDetails(order: IDataObject, isForCustomer: boolean): IDataObject {
	const customer = part(order, 'customer');
	const name = [customer.firstName, customer.lastName].map(textOrNull).filter(Boolean).join(' ');
	const id = textOrNull(order.id);
	return lean({
		order: orderName(order),
		...(!isForCustomer && id !== orderName(order) && { id }),
		reference: order.reference,
		date: minute(textOrNull(order.createdAt)),
		status: statusText(part(order, 'status')),
		paid: order.paid,
		total: totalOf(order),
		payment: order.paymentMethod,
		delivery: order.shippingMethod,
		shipping_cost: amount(numberOrNull(order.shippingCost), null),
		tracking_number: order.trackingNumber,
		tracking_link: order.trackingUrl,
		items: rows(order, 'lines')?.map(lineText),
		history: rows(order, 'history')?.map(changeText),
		...(!isForCustomer && { email: customer.email }),
		// Notes of some shops are the staff's own.
		...(!isForCustomer && customerText({ name, note: textOrNull(order.note) })),
	});
}

function lineText(line: IDataObject): string {
	const [sku, total] = [textOrNull(line.sku), numberOrNull(line.total)];
	const code = sku === null ? '' : ` (${sku})`;
	return `${String(line.quantity ?? 1)} x ${textOrNull(line.name) ?? '-'}${code}${total === null ? '' : ` ${total.toFixed(2)}`}`;
}

function changeText(change: IDataObject): string {
	return `${minute(textOrNull(change.changedAt)) ?? '-'} ${statusText(part(change, 'status')) ?? ''}`;
}
