import { InputError } from '../../shared/protocol/errors';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { refuseStrange } from '../../shared/text/userInput';
import { isRecord } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime, wireTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import type { ListQuery } from '../api/query';
import { keyedList } from '../api/keyedList';
import { emailKey, emailKeys, phoneKey, phoneKeys } from '../api/keys';
import { SYSTEM_STATUSES, knownStatuses, statusOf, systemTitle } from './statuses';
import type { Status } from './statuses';

/** Filters of orders, by the names the node gives them. */
export interface OrderFilters {
	clientId?: string;
	createdAfter?: string;
	customStatus?: string;
	deliveryVariantId?: string;
	email?: string;
	fulfillmentStatus?: string;
	number?: string;
	paymentGatewayId?: string;
	phone?: string;
	updatedAfter?: string;
}

/** The filters in the shop's terms. */
export interface OrderConditions extends Required<Pick<ListQuery, 'filters'>> {
	/** `updated_since`. */
	since: string | undefined;
	/** Whether that time only stands for the one an order was placed at, so that the newest are wanted. */
	isByCreation: boolean;
	/** Checks every condition but the time, because the shop ignores filters it does not know without a word. */
	keep: ((order: InSalesRecord) => boolean) | undefined;
	/** Whether anything is left to be checked here alone, so that many records may have to be read. */
	checkedHere: boolean;
	/** What the orders have in common that can be looked up, unless the shop can narrow them down better. */
	key: string | undefined;
}

/** Brings the filters to what the shop knows (InSales API reference, 3.2). Throws `InputError`. */
export async function orderConditions(
	shop: InSalesShop,
	filters: OrderFilters,
): Promise<OrderConditions> {
	const server: Record<string, string> = {};
	const checks: Array<(order: InSalesRecord) => boolean> = [];
	const anyOf = (name: string, field: string, values: string[] | undefined) => {
		if (!values) return;
		server[`${name}[]`] = values.join(',');
		checks.push((order) => values.includes(String(order[field])));
	};
	const system = listOf(filters.fulfillmentStatus, 'Fulfillment Status');
	refuseStrange(
		'Fulfillment Status',
		system ?? [],
		SYSTEM_STATUSES.map((each) => [each, systemTitle(each)]),
	);
	await refuseUnknownCustom(shop, listOf(filters.customStatus, 'Custom Status') ?? []);
	anyOf('fulfillment_status', 'fulfillment_status', system);
	anyOf(
		'delivery_variant',
		'delivery_variant_id',
		idsOf(filters.deliveryVariantId, 'Delivery Method ID'),
	);
	anyOf(
		'payment_gateway_id',
		'payment_gateway_id',
		idsOf(filters.paymentGatewayId, 'Payment Method ID'),
	);
	const keys = keysIn(filters);
	const here = checksHere(filters, keys);
	const { updatedAfter } = filters;
	const timeOf = async (label: string, time: string | undefined) =>
		time === undefined ? undefined : await wireTime(shop, 'orders', label, time);
	const created = await timeOf('Created After', filters.createdAfter);
	const all = [...checks, ...here, ...(created === undefined ? [] : [placedSince(created)])];
	return {
		filters: server,
		// An order that was placed since has changed since (section 3.2).
		since: (await timeOf('Updated After', updatedAfter)) ?? created,
		isByCreation: updatedAfter === undefined && created !== undefined,
		keep: all.length === 0 ? undefined : (order) => all.every((check) => check(order)),
		checkedHere: here.length > 0,
		key: Object.keys(server).length === 0 && updatedAfter === undefined ? keys[0] : undefined,
	};
}

/** Custom statuses may be named by permalink or title; without the right to see them, by anything. */
async function refuseUnknownCustom(shop: InSalesShop, wanted: readonly string[]): Promise<void> {
	if (wanted.length === 0) return;
	const { statuses, isHidden } = await knownStatuses(shop);
	if (isHidden) return;
	const namesOf = ({ permalink, system, title }: Status) => [permalink ?? system ?? '', title];
	const isKnown = (each: string) =>
		statuses.some((status) => namesOf(status).some((name) => sameText(name, each)));
	refuseStrange(
		'Custom Status',
		wanted.filter((each) => !isKnown(each)),
		statuses.map((status) => [namesOf(status)[0] ?? '', status.title]),
	);
}

/** Conditions for which the API has no filter. */
function checksHere(
	{ customStatus }: OrderFilters,
	keys: readonly string[],
): Array<(order: InSalesRecord) => boolean> {
	const checks: Array<(order: InSalesRecord) => boolean> = [];
	checks.push(...keys.map((key) => (order: InSalesRecord) => keysOf(order).includes(key)));
	if (customStatus !== undefined) {
		const wanted = listOf(customStatus, 'Custom Status') ?? [];
		checks.push((order) => {
			const status = statusOf(order);
			return wanted.some((each) => sameText(status?.id, each) || sameText(status?.name, each));
		});
	}
	return checks;
}

/** What the orders are found by; the number first, because it belongs to one order alone. */
function keysIn({ clientId, email, number, phone }: OrderFilters): string[] {
	return [
		...(number === undefined ? [] : [numberKey(orderNumber(number, 'Number'))]),
		...(clientId === undefined ? [] : [clientKey(recordId(clientId, 'Client ID'))]),
		...(email === undefined ? [] : [emailKey(email, 'Email')]),
		...(phone === undefined ? [] : [phoneKey(phone, 'Phone')]),
	];
}

/** What the order with a number is found by. */
export function numberKey(number: string): string {
	return `number ${number}`;
}

function clientKey(id: string): string {
	return `client ${id}`;
}

function placedSince(time: string): (order: InSalesRecord) => boolean {
	const since = Date.parse(time);
	return ({ created_at: created }) => Date.parse(isoTime(created) ?? '') >= since;
}

function keysOf(order: InSalesRecord): string[] {
	const { client, shipping_address: address, number } = order;
	const phones = [client, address].flatMap((part) => (isRecord(part) ? phoneKeys(part.phone) : []));
	return [
		numberKey(String(number)),
		...(isRecord(client) ? [clientKey(String(client.id)), ...emailKeys(client.email)] : []),
		...new Set(phones),
	];
}

/** Orders by number, client, email and phone. */
export const keyedOrders = keyedList('orders', keysOf);

/** The number of an order as people write it. Throws `InputError`. */
export function orderNumber(text: string, label: string): string {
	const number = text.trim().replace(/^[№#]\s*/, '');
	if (/^[1-9]\d{0,14}$/.test(number)) return number;
	throw new InputError(`"${label}" is "${text}".`, 'Enter the number of the order, such as 1001.');
}

/** Whether the client of an order has this email address. */
export function belongsTo(order: InSalesRecord, email: string): boolean {
	return isRecord(order.client) && sameText(order.client.email, email);
}

/** Parts of a text with commas between. Throws `InputError` when there is none, which nothing could match. */
export function listOf(text: string | undefined, label: string): string[] | undefined {
	if (text === undefined) return undefined;
	const parts = text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
	if (parts.length > 0) return parts;
	throw new InputError(
		`The filter "${label}" is "${text}".`,
		'Enter a value or remove the filter.',
	);
}

function idsOf(text: string | undefined, label: string): string[] | undefined {
	return listOf(text, label)?.map((id) => recordId(id, label));
}
