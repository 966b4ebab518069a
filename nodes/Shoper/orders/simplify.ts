import { idOrNull, numberOrNull, roundedTo, textOrNull } from '../../shared/output/orderShape';
import type {
	SimplifiedAddress,
	SimplifiedCustomer,
	SimplifiedLine,
	SimplifiedOrder,
} from '../../shared/output/orderShape';
import { flagOf } from '../../shared/output/recordShape';
import { localToIso } from '../../shared/text/time';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';
import { isOn, simplifyStatus } from './statuses';
import { translated } from '../api/translations';

/** What every simplified record needs to know. */
export interface View {
	/** Host of the shop. */
	shop: string;
	/** Address of the shop, for links. */
	url: string;
	/** IANA zone of the shop's clock, when known. */
	zone: string | undefined;
	/** Locale of names, such as `pl_PL`. */
	locale: string | undefined;
}

/** Records that belong to an order, as far as they were joined. */
export interface OrderParts {
	status?: ShoperRecord;
	user?: ShoperRecord;
	payment?: ShoperRecord;
	shipping?: ShoperRecord;
	/** ISO 4217 code. */
	currency?: string;
	lines?: readonly ShoperRecord[];
	parcels?: readonly ShoperRecord[];
	missing: readonly string[];
}

/** A time of the shop's clock as ISO 8601; `null` for `0000-00-00 00:00:00`, which means none. */
export function timeOf(value: unknown, zone: string | undefined): string | null {
	return localToIso(String(value ?? ''), zone);
}

/** An order in the shape that is the same on every shop. */
export function simplifyOrder(
	order: ShoperRecord,
	{ shop, url, zone, locale }: View,
	parts: OrderParts,
): SimplifiedOrder {
	const id = String(order.order_id ?? '');
	const statusId = idOrNull(order.status_id);
	const { status, user, payment, shipping, lines, parcels = [], missing } = parts;
	const billing = addressOf(order.billing_address);
	return {
		platform: 'shoper',
		shop,
		id,
		number: id,
		reference: null,
		createdAt: timeOf(order.date, zone),
		// The one later time an order has: a change of anything but the status leaves no trace.
		updatedAt: timeOf(order.status_date, zone),
		status: statusId === null ? null : simplifyStatus(statusId, status, locale),
		paid: paidOf(order),
		total: numberOrNull(order.sum),
		currency: textOrNull(parts.currency),
		shippingCost: numberOrNull(order.shipping_cost),
		paymentMethod: payment
			? (translated(payment, 'title', locale) ?? textOrNull(payment.name))
			: null,
		shippingMethod: shipping
			? (translated(shipping, 'name', locale) ?? textOrNull(shipping.name))
			: null,
		trackingNumber: trackingOf(parcels),
		note: textOrNull(order.notes),
		customer: customerOf(order, user, billing),
		billingAddress: billing,
		shippingAddress: addressOf(order.delivery_address),
		...(lines && { lines: lines.map(simplifyLine) }),
		// As the panel of shops on shoparena.pl links to its orders.
		adminUrl: `${url}/admin/orders/view/id/${id}`,
		...(missing.length > 0 && { _missing: [...missing] }),
	};
}

/** By the shop's own reckoning, or where it does not tell, by what was paid. */
export function paidOf(order: ShoperRecord): boolean | null {
	if (order.is_paid !== undefined && order.is_paid !== null) return isOn(order.is_paid);
	const [paid, sum] = [numberOrNull(order.paid), numberOrNull(order.sum)];
	return paid === null || sum === null ? null : paid >= sum;
}

function trackingOf(parcels: readonly ShoperRecord[]): string | null {
	const codes = parcels.flatMap((parcel) => textOrNull(parcel.shipping_code) ?? []);
	return codes.at(-1) ?? null;
}

/** The order itself knows its buyer; the account adds what it has. */
function customerOf(
	order: ShoperRecord,
	user: ShoperRecord | undefined,
	billing: SimplifiedAddress | null,
): SimplifiedCustomer {
	return {
		id: idOrNull(order.user_id),
		email: textOrNull(order.email) ?? textOrNull(user?.email),
		firstName: textOrNull(user?.firstname) ?? billing?.firstName ?? null,
		lastName: textOrNull(user?.lastname) ?? billing?.lastName ?? null,
		phone: billing?.phone ?? null,
	};
}

function addressOf(address: unknown): SimplifiedAddress | null {
	if (!isRecord(address)) return null;
	return {
		firstName: textOrNull(address.firstname),
		lastName: textOrNull(address.lastname),
		company: textOrNull(address.company),
		street: textOrNull(address.street1),
		street2: textOrNull(address.street2),
		postcode: textOrNull(address.postcode),
		city: textOrNull(address.city),
		state: textOrNull(address.state),
		country: textOrNull(address.country_code) ?? textOrNull(address.country),
		phone: textOrNull(address.phone),
		vatNumber: textOrNull(address.tax_identification_number),
	};
}

/** Places of an amount: the shop stores and shows hundredths. */
const DECIMALS = 2;

/**
 * A line of an order. Whether `price` is meant before `discount_perc` is not known (Shoper REST
 * reference 6.3): the price is shown as the shop gives it, and a total only where there is no discount.
 */
export function simplifyLine(line: ShoperRecord): SimplifiedLine {
	const quantity = numberOrNull(line.quantity);
	const unitPrice = numberOrNull(line.price);
	const discounted = (numberOrNull(line.discount_perc) ?? 0) !== 0;
	const known = quantity !== null && unitPrice !== null && !discounted;
	return {
		id: String(line.id ?? ''),
		productId: idOrNull(line.product_id),
		variantId: idOrNull(line.stock_id),
		sku: textOrNull(line.code),
		name: textOrNull(line.name),
		quantity,
		unitPrice,
		total: known ? roundedTo(quantity * unitPrice, DECIMALS) : null,
	};
}

/** A parcel; the carrier is known by its ID. */
export function simplifyParcel(parcel: ShoperRecord, zone: string | undefined) {
	return {
		id: String(parcel.parcel_id ?? ''),
		orderId: idOrNull(parcel.order_id),
		trackingNumber: textOrNull(parcel.shipping_code),
		shippingMethodId: idOrNull(parcel.shipping_id),
		sent: flagOf(parcel.sent),
		sentAt: timeOf(parcel.send_date, zone),
		deliveredAt: timeOf(parcel.delivery_date, zone),
		note: textOrNull(parcel.notes),
	};
}
