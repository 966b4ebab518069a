import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type {
	SimplifiedAddress,
	SimplifiedCustomer,
	SimplifiedLine,
	SimplifiedOrder,
} from '../../shared/output/orderShape';
import type { ShopAddress } from '../../shared/protocol/vendor';
import { idOf, isRecord, rowsIn, rowsOrNull } from '../api/codec';
import type { InSalesRecord, Json } from '../api/codec';
import { isoTime } from '../api/dates';
import { statusOf } from './statuses';

/** InSales writes the rouble by its code from before 1998 (InSales API reference, pitfall 12). */
const ISO_CURRENCIES: Readonly<Record<string, string>> = { RUR: 'RUB' };

/** An order in the shape that is the same on every shop. `at` is where the shop lives. */
export function simplifyOrder(
	order: InSalesRecord,
	at: Pick<ShopAddress, 'host' | 'url'>,
): SimplifiedOrder {
	const id = idOf(order);
	const lines = rowsOrNull(order.order_lines, simplifyLine);
	const currency = textOrNull(order.currency_code);
	return {
		platform: 'insales',
		shop: at.host,
		id,
		number: String(order.number ?? id),
		// `key` opens the order's public page (pitfall 26), so it is no reference.
		reference: null,
		createdAt: isoTime(order.created_at),
		updatedAt: isoTime(order.updated_at),
		status: statusOf(order),
		paid: typeof order.financial_status === 'string' ? order.financial_status === 'paid' : null,
		total: numberOrNull(order.total_price),
		currency: currency === null ? null : (ISO_CURRENCIES[currency] ?? currency),
		// With the surcharge of the payment method, as it is part of the total (section 5.3).
		shippingCost: numberOrNull(order.full_delivery_price) ?? numberOrNull(order.delivery_price),
		paymentMethod: textOrNull(order.payment_title),
		shippingMethod: textOrNull(order.delivery_title),
		// Orders have no field for it.
		trackingNumber: null,
		note: textOrNull(order.comment),
		customer: isRecord(order.client) ? simplifyCustomerOf(order.client) : null,
		billingAddress: null,
		shippingAddress: isRecord(order.shipping_address)
			? simplifyAddress(order.shipping_address)
			: null,
		...(lines && { lines }),
		adminUrl: `${at.url}/admin2/orders/${id}`,
	};
}

function simplifyCustomerOf(client: InSalesRecord): SimplifiedCustomer {
	return {
		id: idOrNull(client.id),
		email: textOrNull(client.email),
		firstName: textOrNull(client.name),
		lastName: textOrNull(client.surname),
		phone: textOrNull(client.phone),
	};
}

function simplifyAddress(address: InSalesRecord): SimplifiedAddress {
	const parts = [address.street, address.house, address.flat].map(textOrNull).filter(Boolean);
	return {
		firstName: textOrNull(address.name),
		lastName: textOrNull(address.surname),
		company: null,
		street: textOrNull(address.address) ?? textOrNull(parts.join(', ')),
		street2: null,
		postcode: textOrNull(address.zip),
		city: textOrNull(address.city),
		state: textOrNull(address.state),
		country: textOrNull(address.country),
		phone: textOrNull(address.phone),
		vatNumber: null,
	};
}

/** A line with what is to be paid: `full_*` is after discounts and with the surcharge (section 5.3). */
export function simplifyLine(line: InSalesRecord): SimplifiedLine {
	return {
		id: idOf(line),
		productId: idOrNull(line.product_id),
		variantId: idOrNull(line.variant_id),
		sku: textOrNull(line.sku),
		name: textOrNull(line.title),
		quantity: numberOrNull(line.quantity),
		unitPrice: numberOrNull(line.full_sale_price) ?? numberOrNull(line.sale_price),
		total: numberOrNull(line.full_total_price) ?? numberOrNull(line.total_price),
	};
}

/** Extra fields of a record that have a handle, as `{ handle: value }`; `null` when it came without them. */
export function extraFieldsOf(record: InSalesRecord): Record<string, Json> | null {
	if (!Array.isArray(record.fields_values)) return null;
	const entries = rowsIn(record.fields_values).flatMap(({ handle, value }) =>
		typeof handle === 'string' && handle !== '' ? [[handle, value ?? null] as const] : [],
	);
	return Object.fromEntries(entries);
}
