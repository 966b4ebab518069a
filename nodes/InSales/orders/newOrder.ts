import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import type { Json } from '../api/codec';
import { checkedMethods, fixedPriceOf, isPickup, kindOf, nameOf } from './deliveryMethods';
import { ORDER_FIELD, checkFieldNames, fieldValueRows } from '../writing/extraFields';
import { checkMarkerField, markerLine } from './externalId';
import type { Marker } from './externalId';
import type { InSalesShop } from '../api/reads';
import { checkedClient, clientFields } from './client';
import type { ClientInput } from './client';
import { addressValues, orderValues } from './fields';
import { checkedLines, lineAttributes } from './newLines';
import { rowsOf } from '../../shared/text/userInput';
import { statusFields, statusLocator, statusNamed } from './statuses';
import type { Status } from './statuses';

/** What a new order is made of, as the operation reads it. */
export interface OrderInput extends ClientInput {
	lines: unknown;
	linesJson: string;
	deliveryVariantId: Locator;
	paymentGatewayId: Locator;
	shippingAddress: Readonly<Record<string, unknown>>;
	extraFields: unknown;
	additionalFields: Readonly<Record<string, unknown>>;
}

/** An order ready to be sent. */
export interface OrderDraft {
	fields: Record<string, Json>;
	/** The status that was asked for. */
	status: Status | undefined;
	/** What the user should know; nothing of it stops the order. */
	warnings: string[];
}

/** Reads what can be read without the shop, all of it before the shop is asked anything. */
function checkedInput(input: OrderInput, marker: Marker | undefined) {
	const rows = fieldValueRows(input.extraFields);
	return {
		lines: checkedLines(input.lines, input.linesJson),
		client: checkedClient(input),
		delivery: recordId(input.deliveryVariantId.value, 'Delivery Method'),
		payment: recordId(input.paymentGatewayId.value, 'Payment Method'),
		address: addressValues(input.shippingAddress),
		values: orderValues(input.additionalFields),
		rows,
		extra: withMarker(rows, input.extraFields, marker),
	};
}

/**
 * Makes the body of a new order (InSales API reference, 5.9): reads the input, has the shop confirm what it
 * names, and puts both together.
 *
 * @throws InputError for wrong input, unknown delivery, payment, status, client or SKU, and a missing address
 */
export async function orderDraft(
	shop: InSalesShop,
	input: OrderInput,
	{ status = '' }: { status?: string },
	marker: Marker | undefined,
): Promise<OrderDraft> {
	const { lines, client, delivery, payment, address, values, rows, extra } = checkedInput(
		input,
		marker,
	);
	const methods = await checkedMethods(shop, { delivery, payment });
	const warnings = [...methods.warnings];
	requireAddress(methods.delivery, address);
	if (marker) await checkMarkerField(shop, marker, warnings);
	await checkFieldNames(shop, rows, ORDER_FIELD, warnings);
	const chosenStatus = status === '' ? undefined : await statusNamed(shop, statusLocator(status));
	const price = values.delivery_price ?? fixedPriceOf(methods.delivery);
	return {
		fields: {
			...values,
			...markedComment(values.manager_comment, marker),
			order_lines_attributes: await lineAttributes(shop, lines),
			client: await clientFields(shop, client, warnings),
			delivery_variant_id: Number(delivery),
			payment_gateway_id: Number(payment),
			...(price !== undefined && { delivery_price: price }),
			...(Object.keys(address).length > 0 && {
				shipping_address_attributes: withRecipient(address, client),
			}),
			...(extra.length > 0 && { fields_values_attributes: extra }),
			...(chosenStatus && statusFields(chosenStatus)),
		},
		status: chosenStatus,
		warnings,
	};
}

/** Parts of an address that say where to deliver; a recipient alone does not. */
const PLACE = ['address', 'city', 'street', 'zip', 'state'];

function requireAddress(
	delivery: Parameters<typeof isPickup>[0] | undefined,
	address: Record<string, Json>,
): void {
	// A method that could not be looked at, and one that is expressly no delivery, are let pass.
	if (!delivery || isPickup(delivery) || kindOf(delivery) === 'None') return;
	if (PLACE.some((part) => address[part] !== undefined)) return;
	throw new InputError(
		`The delivery method "${nameOf(delivery)}" needs an address.`,
		'Fill in "Shipping Address" (city and address), or choose a pickup method, which needs none.',
	);
}

/** The recipient is the client unless another one is named. */
function withRecipient(
	address: Record<string, Json>,
	{ name, surname, phone }: Record<string, Json>,
): Record<string, Json> {
	const recipient = { name, surname, phone };
	const known = Object.entries(recipient).filter(([, value]) => value !== undefined);
	return { ...(Object.fromEntries(known) as Record<string, Json>), ...address };
}

function withMarker(rows: Json[], collection: unknown, marker: Marker | undefined): Json[] {
	if (!marker || marker.handle === '') return rows;
	if (rowsOf(collection).some(({ handle }) => sameText(handle, marker.handle))) {
		throw new InputError(
			`"${marker.handle}" is named in "Extra Fields" and keeps the external ID as well.`,
			'Remove it from "Extra Fields".',
		);
	}
	return [...rows, { handle: marker.handle, value: marker.id }];
}

function markedComment(
	comment: Json | undefined,
	marker: Marker | undefined,
): Record<string, Json> {
	if (!marker || marker.handle !== '') return {};
	const text = String(comment ?? '');
	return { manager_comment: text === '' ? markerLine(marker) : `${text}\n${markerLine(marker)}` };
}
