import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type {
	Phase,
	SimplifiedAddress,
	SimplifiedCustomer,
	SimplifiedLine,
	SimplifiedOrder,
	SimplifiedStatus,
} from '../../shared/output/orderShape';
import { localToIso } from '../../shared/text/time';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { lineTotal, roundingOf } from './lineTotal';
import type { AmountRounding } from './lineTotal';

/** What every simplified record needs to know. */
export interface View {
	/** Host and folder of the shop. */
	shop: string;
	/** IANA zone of the shop's clock, when known. */
	zone: string | undefined;
	/** Language ID for names; the first filled one when absent. */
	language: string | undefined;
}

/** Records that belong to an order, as far as they were joined. */
export interface OrderParts {
	state?: PrestaShopRecord;
	customer?: PrestaShopRecord;
	currency?: PrestaShopRecord;
	carrier?: PrestaShopRecord;
	billing?: PrestaShopRecord;
	shipping?: PrestaShopRecord;
	countries?: ReadonlyMap<string, PrestaShopRecord>;
	missing: readonly string[];
}

/** Meaning of the states every fresh shop has, by ID (section 4.7); shops may rename, not remove them. */
const CORE_PHASES: Readonly<Record<string, Phase>> = {
	1: 'new',
	2: 'processing',
	3: 'processing',
	4: 'shipped',
	5: 'delivered',
	6: 'cancelled',
	7: 'returned',
	8: 'error',
	9: 'processing',
	10: 'new',
};

/** Meaning by the mail template of a state, which tells more than its flags. */
const TEMPLATE_PHASES: Readonly<Record<string, Phase>> = {
	cheque: 'new',
	bankwire: 'new',
	cashondelivery: 'new',
	outofstock: 'processing',
	payment: 'processing',
	preparation: 'processing',
	shipped: 'shipped',
	in_transit: 'shipped',
	order_canceled: 'cancelled',
	refund: 'returned',
	payment_error: 'error',
};

/** What a state means, from the facts PrestaShop keeps about it. */
export function phaseOf(state: PrestaShopRecord): Phase {
	const core = state.unremovable === '1' ? CORE_PHASES[state.id ?? ''] : undefined;
	if (core) return core;
	const template = TEMPLATE_PHASES[languageText(fieldOf(state, 'template'))];
	if (template) return template;
	if (state.shipped === '1') return 'shipped';
	if (state.paid === '1' || state.logable === '1') return 'processing';
	return 'unknown';
}

function fieldOf(record: PrestaShopRecord, name: string): FieldValue | undefined {
	return record[name] as FieldValue | undefined;
}

/** A status by ID; without its record only the ID is known. */
export function simplifyStatus(
	id: string,
	state: PrestaShopRecord | undefined,
	language: string | undefined,
): SimplifiedStatus {
	if (!state) return { id, name: null, phase: 'unknown' };
	return {
		id,
		name: textOrNull(languageText(fieldOf(state, 'name'), language)),
		phase: phaseOf(state),
	};
}

/** One change of an order's state. */
export function simplifyChange(
	row: PrestaShopRecord,
	states: ReadonlyMap<string, PrestaShopRecord> | undefined,
	{ zone, language }: Pick<View, 'zone' | 'language'>,
) {
	const state = String(row.id_order_state);
	return {
		id: row.id ?? '',
		orderId: idOrNull(row.id_order),
		status: simplifyStatus(state, states?.get(state), language),
		changedAt: localToIso(String(row.date_add ?? ''), zone),
		employeeId: idOrNull(row.id_employee),
	};
}

/** An order in the shape that is the same on every shop. */
export function simplifyOrder(
	order: PrestaShopRecord,
	{ shop, zone, language }: View,
	parts: OrderParts,
): SimplifiedOrder {
	const id = order.id ?? '';
	const stateId = idOrNull(order.current_state);
	const { customer, billing, shipping, countries } = parts;
	const rows = order.associations?.order_rows;
	const rounding = roundingOf(order, parts.currency);
	const addressOf = (address: PrestaShopRecord | undefined) =>
		address ? simplifyAddress(address, countries, language) : null;
	return {
		platform: 'prestashop',
		shop,
		id,
		number: id,
		reference: textOrNull(order.reference),
		createdAt: localToIso(String(order.date_add ?? ''), zone),
		updatedAt: localToIso(String(order.date_upd ?? ''), zone),
		status: stateId === null ? null : simplifyStatus(stateId, parts.state, language),
		paid: paidOf(order, parts.state),
		total: numberOrNull(order.total_paid_tax_incl) ?? numberOrNull(order.total_paid),
		currency: textOrNull(parts.currency?.iso_code),
		shippingCost: numberOrNull(order.total_shipping_tax_incl) ?? numberOrNull(order.total_shipping),
		paymentMethod: textOrNull(order.payment),
		shippingMethod: textOrNull(parts.carrier?.name),
		trackingNumber: textOrNull(order.shipping_number),
		note: textOrNull(order.note),
		customer: simplifyCustomerOf(order, customer, billing),
		billingAddress: addressOf(billing),
		shippingAddress: addressOf(shipping),
		...(rows && { lines: rows.map((row) => simplifyRow(row, rounding)) }),
		// The back office lives in a folder with a secret name.
		adminUrl: null,
		...(parts.missing.length > 0 && { _missing: [...parts.missing] }),
	};
}

/** Paid by its state, or by what was received; refunds keep the flag of their state. */
export function paidOf(
	order: PrestaShopRecord,
	state: PrestaShopRecord | undefined,
): boolean | null {
	if (state?.paid === '1') return true;
	const total = numberOrNull(order.total_paid);
	const received = numberOrNull(order.total_paid_real);
	if (total === null || received === null) return null;
	return received > 0 && received >= total;
}

function simplifyCustomerOf(
	order: PrestaShopRecord,
	customer: PrestaShopRecord | undefined,
	billing: PrestaShopRecord | undefined,
): SimplifiedCustomer {
	return {
		id: idOrNull(order.id_customer),
		email: textOrNull(customer?.email),
		firstName: textOrNull(customer?.firstname),
		lastName: textOrNull(customer?.lastname),
		phone: textOrNull(billing?.phone_mobile) ?? textOrNull(billing?.phone),
	};
}

function simplifyAddress(
	address: PrestaShopRecord,
	countries: ReadonlyMap<string, PrestaShopRecord> | undefined,
	language: string | undefined,
): SimplifiedAddress {
	const country = countries?.get(String(address.id_country ?? ''));
	return {
		firstName: textOrNull(address.firstname),
		lastName: textOrNull(address.lastname),
		company: textOrNull(address.company),
		street: textOrNull(address.address1),
		street2: textOrNull(address.address2),
		postcode: textOrNull(address.postcode),
		city: textOrNull(address.city),
		state: null,
		country: country
			? (textOrNull(country.iso_code) ??
				textOrNull(languageText(fieldOf(country, 'name'), language)))
			: null,
		phone: textOrNull(address.phone_mobile) ?? textOrNull(address.phone),
		vatNumber: textOrNull(address.vat_number),
	};
}

/** A row that comes with the order itself; it carries no total (section 5.3), so that is computed. */
function simplifyRow(
	row: Readonly<Record<string, unknown>>,
	rounding: AmountRounding,
): SimplifiedLine {
	const quantity = numberOrNull(row.product_quantity);
	const unitPrice = numberOrNull(row.unit_price_tax_incl);
	return {
		id: String(row.id ?? ''),
		productId: idOrNull(row.product_id),
		variantId: idOrNull(row.product_attribute_id),
		sku: textOrNull(row.product_reference),
		name: textOrNull(row.product_name),
		quantity,
		unitPrice,
		total:
			quantity === null || unitPrice === null ? null : lineTotal(quantity, unitPrice, rounding),
	};
}

/** A full order line (`order_details`), with the total the shop stored. */
export function simplifyDetail(
	detail: PrestaShopRecord,
): SimplifiedLine & { orderId: string | null } {
	return {
		...simplifyRow(detail, roundingOf({}, undefined)),
		total: numberOrNull(detail.total_price_tax_incl),
		orderId: idOrNull(detail.id_order),
	};
}
