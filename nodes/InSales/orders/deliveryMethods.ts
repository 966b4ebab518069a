import { InputError } from '../../shared/protocol/errors';
import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { idOf, rowsIn } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { allOf, ifPermitted } from '../api/reads';
import type { InSalesShop } from '../api/reads';

/** Type without its namespace: `PickUp` of `DeliveryVariant::PickUp`. */
export function kindOf(record: InSalesRecord): string {
	return String(record.type ?? '').replace(/^.*::/, '');
}

/** Self-collection: its own type, or a mark on another one (InSales API reference, 5.8). */
export function isPickup(variant: InSalesRecord): boolean {
	return kindOf(variant) === 'PickUp' || variant.customer_pickup === true;
}

/** Whether an order from outside gets its right price: others work it out at checkout (section 9). */
export function isFit(variant: InSalesRecord): boolean {
	return isPickup(variant) || kindOf(variant) === 'Fixed';
}

/**
 * What a delivery of fixed price costs; `undefined` for others. Whether the shop takes it by itself when
 * an order names none is not confirmed (section 5.9), and 0 would be delivery for free.
 */
export function fixedPriceOf(variant: InSalesRecord | undefined): number | undefined {
	if (!variant || kindOf(variant) !== 'Fixed') return undefined;
	return numberOrNull(variant.price) ?? undefined;
}

/** Numeric IDs of a delivery and a payment method. */
export interface MethodIds {
	delivery?: string | undefined;
	payment?: string | undefined;
}

/** The delivery and payment method of an order, as far as the key may see them. */
export interface Methods {
	delivery: InSalesRecord | undefined;
	payment: InSalesRecord | undefined;
	/** What the user should know; nothing of it stops the order. */
	warnings: string[];
}

/**
 * Checks the numeric IDs of delivery and payment against the shop before anything is sent: that they exist,
 * that the delivery suits an order from outside, and that both are linked in the shop. Whether the API
 * enforces the link is not confirmed (section 5.9), so it is only told.
 *
 * @param named the IDs a user gave
 * @param kept those an order has already; they may have been deleted in the shop since
 * @throws InputError for an ID the shop does not have
 */
export async function checkedMethods(
	shop: InSalesShop,
	named: MethodIds,
	kept: MethodIds = {},
): Promise<Methods> {
	const warnings: string[] = [];
	const deliveryId = named.delivery ?? kept.delivery;
	const paymentId = named.payment ?? kept.payment;
	const load = async (resource: string, part: string, id: string | undefined) =>
		id === undefined
			? undefined
			: await ifPermitted(
					shop,
					part,
					resource,
					warnings,
					async () => await allOf(shop, resource, (all) => all.has(id)),
				);
	const [deliveries, payments] = await Promise.all([
		load('delivery_variants', 'check of the delivery method', deliveryId),
		load('payment_gateways', 'check of the payment method', paymentId),
	]);
	const delivery =
		chosen(deliveries, named.delivery, 'delivery method') ?? deliveries?.get(deliveryId ?? '');
	const payment =
		chosen(payments, named.payment, 'payment method') ?? payments?.get(paymentId ?? '');
	if (named.delivery !== undefined && delivery && !isFit(delivery)) {
		warnings.push(
			`The delivery method "${nameOf(delivery)}" (${kindOf(delivery)}) works out its price at checkout; an order from outside may get 0. Use pickup or a fixed price, or set the delivery price.`,
		);
	}
	if (delivery && payment && areLinked(delivery, payment) === false) {
		warnings.push(
			`The payment method "${nameOf(payment)}" is not linked to the delivery method "${nameOf(delivery)}" in the shop.`,
		);
	}
	return { delivery, payment, warnings };
}

function chosen(
	known: ReadonlyMap<string, InSalesRecord> | undefined,
	id: string | undefined,
	what: string,
): InSalesRecord | undefined {
	if (!known || id === undefined) return undefined;
	const record = known.get(id);
	if (record) return record;
	const list = [...known.values()].map((each) => `${idOf(each)} (${nameOf(each)})`);
	throw new InputError(
		`The shop has no ${what} with the ID ${id}.`,
		`Choose one of: ${list.join(', ')}.`,
	);
}

export function nameOf(record: InSalesRecord): string {
	return textOrNull(record.title) ?? `ID ${idOf(record)}`;
}

/** Whether the shop links a payment to a delivery; `undefined` when neither says anything about links. */
export function areLinked(delivery: InSalesRecord, payment: InSalesRecord): boolean | undefined {
	const lists = [delivery, payment].map((each) => each.payment_delivery_variants);
	if (lists.every((list) => list === undefined || list === null)) return undefined;
	const links = (from: InSalesRecord, field: string, to: InSalesRecord) =>
		rowsIn(from.payment_delivery_variants).some((row) => String(row[field]) === idOf(to));
	return (
		links(delivery, 'payment_gateway_id', payment) ||
		links(payment, 'delivery_variant_id', delivery)
	);
}
