import { InputError } from '../../shared/http/errors';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { isRecord } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { wireTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import type { ListQuery } from '../api/query';
import { statusOf } from './statuses';

/** Filters of orders, by the names the node gives them. */
export interface OrderFilters {
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
	/** Checks every condition but the time, because the shop ignores filters it does not know without a word. */
	keep: ((order: InSalesRecord) => boolean) | undefined;
	/** Whether anything is left to be checked here alone, so that many records may have to be read. */
	checkedHere: boolean;
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
	anyOf(
		'fulfillment_status',
		'fulfillment_status',
		listOf(filters.fulfillmentStatus, 'Fulfillment Status'),
	);
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
	const here = checksHere(filters);
	const all = [...checks, ...here];
	const { updatedAfter } = filters;
	return {
		filters: server,
		since:
			updatedAfter === undefined
				? undefined
				: await wireTime(shop, 'orders', 'Updated After', updatedAfter),
		keep: all.length === 0 ? undefined : (order) => all.every((check) => check(order)),
		checkedHere: here.length > 0,
	};
}

/** Conditions for which the API has no filter. */
function checksHere({
	customStatus,
	email,
	number,
	phone,
}: OrderFilters): Array<(order: InSalesRecord) => boolean> {
	const checks: Array<(order: InSalesRecord) => boolean> = [];
	if (email !== undefined) checks.push((order) => belongsTo(order, email));
	if (phone !== undefined) {
		const wanted = plainPhone(phone);
		if (wanted.length < SHORTEST_PHONE) {
			throw new InputError(`The filter "Phone" is "${phone}".`, 'Enter the whole phone number.');
		}
		checks.push((order) => phonesOf(order).includes(wanted));
	}
	if (number !== undefined) {
		const wanted = orderNumber(number, 'Number');
		checks.push((order) => String(order.number) === wanted);
	}
	if (customStatus !== undefined) {
		const wanted = listOf(customStatus, 'Custom Status') ?? [];
		checks.push((order) => {
			const status = statusOf(order);
			return wanted.some((each) => sameText(status?.id, each) || sameText(status?.name, each));
		});
	}
	return checks;
}

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

const SHORTEST_PHONE = 5;

/** A Russian number without its country code. */
const LOCAL_DIGITS = 10;

/**
 * A phone number as digits with the country code: the shop keeps what was typed, `8 (900)…` as well as
 * `+7900…` (InSales API reference, pitfall 25).
 */
export function plainPhone(phone: unknown): string {
	const digits = String(phone ?? '').replace(/\D/g, '');
	if (digits.length === LOCAL_DIGITS) return `7${digits}`;
	return digits.length === LOCAL_DIGITS + 1 && digits.startsWith('8')
		? `7${digits.slice(1)}`
		: digits;
}

function phonesOf(order: InSalesRecord): string[] {
	return [order.client, order.shipping_address].map((part) =>
		plainPhone(isRecord(part) ? part.phone : undefined),
	);
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
