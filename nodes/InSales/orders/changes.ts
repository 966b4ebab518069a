import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { jsonObject } from '../../shared/text/userInput';
import type { InSalesRecord, Json } from '../api/codec';
import { checkedMethods } from './deliveryMethods';
import type { MethodIds } from './deliveryMethods';
import { keepMarkers } from './externalId';
import { ORDER_FIELD, checkFieldNames, fieldValueRows } from '../writing/extraFields';
import type { InSalesShop } from '../api/reads';
import { namedValues } from '../../shared/writing/namedValues';
import { addressValues, orderValues } from './fields';
import { hasStatus, statusFields, statusLocator, statusNamed } from './statuses';
import type { Status } from './statuses';

/** What the operation reads of a change. */
export interface OrderChangeInput {
	deliveryVariantId: Locator;
	paymentGatewayId: Locator;
	updateFields: Readonly<Record<string, unknown>>;
	shippingAddress: Readonly<Record<string, unknown>>;
	extraFields: unknown;
	otherFields: string;
}

/** A change of an order, checked as far as it can be without the shop. */
export interface OrderChange {
	named: Record<string, Json>;
	methods: MethodIds;
	status: Locator | undefined;
	extraFields: unknown;
}

const STATUS = '"Status" in "Update Fields", or the operation Change Status,';

/** What has a field or an operation of its own, where it is checked. */
const ELSEWHERE: Readonly<Record<string, string>> = {
	order_lines_attributes: 'the resource Order Line',
	custom_status: STATUS,
	custom_status_permalink: STATUS,
	fulfillment_status: STATUS,
	delivery_variant_id: '"New Delivery Method"',
	payment_gateway_id: '"New Payment Method"',
	fields_values_attributes: '"Extra Fields"',
	fields_values: '"Extra Fields"',
};

/** Throws `InputError` for wrong and empty entries, for what is named in two places, and for no change at all. */
export function orderChange(input: OrderChangeInput): OrderChange {
	const idIn = ({ value }: Locator, label: string) =>
		value === '' ? undefined : recordId(value, label);
	const methods = {
		delivery: idIn(input.deliveryVariantId, 'New Delivery Method'),
		payment: idIn(input.paymentGatewayId, 'New Payment Method'),
	};
	const address = addressValues(input.shippingAddress);
	const {
		custom_status_permalink: permalink,
		fulfillment_status: system,
		...fields
	} = namedValues(input.updateFields, { otherFields: '' }) as Record<string, Json>;
	refuseElsewhere(input.otherFields);
	const named = namedValues(
		{
			...orderValues(fields),
			...(methods.delivery !== undefined && { delivery_variant_id: Number(methods.delivery) }),
			...(methods.payment !== undefined && { payment_gateway_id: Number(methods.payment) }),
			...(Object.keys(address).length > 0 && { shipping_address_attributes: address }),
		},
		{ otherFields: input.otherFields },
	) as Record<string, Json>;
	const status = statusWanted(permalink, system);
	const { extraFields } = input;
	if (Object.keys(named).length > 0 || status || fieldValueRows(extraFields).length > 0) {
		return { named, methods, status, extraFields };
	}
	throw new InputError('Nothing to change is named.', 'Add at least one field.');
}

function refuseElsewhere(text: string): void {
	const others = jsonObject('Other Fields', text);
	for (const name of Object.keys(others)) {
		const where = ELSEWHERE[name];
		if (where === undefined) continue;
		throw new InputError(`"${name}" is no entry for "Other Fields".`, `Use ${where} instead.`);
	}
}

function statusWanted(permalink: Json | undefined, system: Json | undefined): Locator | undefined {
	if (permalink !== undefined && system !== undefined) {
		throw new InputError(
			'Both "Status" and "System Status" are named.',
			'Keep one of them: a custom status brings its system status along.',
		);
	}
	if (permalink !== undefined) return statusLocator(String(permalink));
	return system === undefined ? undefined : { mode: 'system', value: String(system) };
}

/** The status of a change. Throws `InputError` with the statuses of the shop when it has no such one. */
export async function statusOfChange(
	shop: InSalesShop,
	{ status }: OrderChange,
): Promise<Status | undefined> {
	return status && (await statusNamed(shop, status));
}

/** The change of one order in the shop's terms. Throws `InputError` for methods and fields the shop does not have. */
export async function changeOf(
	shop: InSalesShop,
	before: InSalesRecord,
	{ named, methods, extraFields }: OrderChange,
	status: Status | undefined,
): Promise<{ named: Record<string, Json>; warnings: string[] }> {
	const kept = (field: string) =>
		before[field] === undefined || before[field] === null ? undefined : String(before[field]);
	const isMethodNamed = methods.delivery !== undefined || methods.payment !== undefined;
	const { warnings } = isMethodNamed
		? await checkedMethods(shop, methods, {
				delivery: kept('delivery_variant_id'),
				payment: kept('payment_gateway_id'),
			})
		: { warnings: [] as string[] };
	const extra = fieldValueRows(extraFields, before);
	await checkFieldNames(shop, extra, ORDER_FIELD, warnings);
	const { manager_comment: comment } = named;
	return {
		named: {
			...named,
			...(comment !== undefined && { manager_comment: keepMarkers(String(comment ?? ''), before) }),
			...(extra.length > 0 && { fields_values_attributes: extra }),
			// Sent again, it could send its message again.
			...(status && !hasStatus(before, status) && statusFields(status)),
		},
		warnings,
	};
}
