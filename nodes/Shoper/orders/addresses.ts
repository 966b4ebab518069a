import type { IDataObject } from 'n8n-workflow';

import { textOrNull } from '../../shared/output/orderShape';
import { InputError } from '../../shared/protocol/errors';
import { jsonObject, rowsOf } from '../../shared/text/userInput';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';

/** Fields of an order's address (Shoper REST reference 6.2). */
const FIELDS = [
	'firstname',
	'lastname',
	'company',
	'pesel',
	'city',
	'postcode',
	'street1',
	'street2',
	'state',
	'country',
	'country_code',
	'phone',
	'tax_identification_number',
];

/** The fields of an order that hold an address. */
export const ADDRESS_FIELDS = ['billing_address', 'delivery_address'] as const;

type AddressField = (typeof ADDRESS_FIELDS)[number];

const LABELS: Readonly<Record<AddressField, string>> = {
	billing_address: 'Billing Address',
	delivery_address: 'Delivery Address',
};

/** An address that a user typed as JSON. Throws `InputError` for names the shop would ignore. */
export function addressIn(label: string, text: string): ShoperRecord {
	const address = jsonObject(label, text);
	const unknown = Object.keys(address).find((name) => !FIELDS.includes(name));
	if (unknown === undefined) return address as ShoperRecord;
	throw new InputError(
		`"${label}" has an unknown field "${unknown}".`,
		`The fields of an address are ${FIELDS.join(', ')}.`,
	);
}

/** An address from fields of its own, without empty ones; none when nothing is filled in. Throws `InputError`. */
export function addressFrom(label: string, collection: IDataObject = {}): ShoperRecord | undefined {
	const [row] = rowsOf(collection, label);
	const filled = Object.entries(row ?? {}).flatMap(([name, value]) => {
		const text = textOrNull(value)?.trim() ?? '';
		return text === '' ? [] : [[name, text]];
	});
	if (filled.length === 0) return undefined;
	return addressIn(label, JSON.stringify(Object.fromEntries(filled)));
}

/**
 * The addresses of a new order, from fields and from JSON.
 *
 * @throws InputError for one that is given twice or lacks the phone, which the shop insists on
 */
export function newAddresses(
	fromJson: ShoperRecord,
	fields: Record<AddressField, ShoperRecord | undefined>,
): ShoperRecord {
	const addresses: ShoperRecord = {};
	for (const name of ADDRESS_FIELDS) {
		const label = LABELS[name];
		const [json, own] = [fromJson[name], fields[name]];
		if (json !== undefined && own) {
			throw new InputError(
				`"${label}" is given twice.`,
				'Fill in its fields or its JSON, not both.',
			);
		}
		const address = own ?? json;
		if (!isRecord(address)) continue;
		if ((textOrNull(address.phone)?.trim() ?? '') === '') {
			throw new InputError(
				`"${label}" has no phone number, and the shop takes no address without.`,
				'Fill in the phone.',
			);
		}
		addresses[name] = address;
	}
	return addresses;
}

/**
 * What is sent to change parts of an address: whether the shop leaves the rest of a nested object
 * alone is not known, so the rest goes along as it was read.
 */
export function wholeAddresses(before: ShoperRecord, named: ShoperRecord): ShoperRecord {
	const body = { ...named };
	for (const field of ADDRESS_FIELDS) {
		const [known, change] = [before[field], named[field]];
		if (!isRecord(change)) continue;
		const kept = Object.entries(isRecord(known) ? known : {}).filter(
			([name, value]) => FIELDS.includes(name) && value !== null,
		);
		// Two ways to say the country: one of them must not contradict the new one.
		const country = change.country !== undefined || change.country_code !== undefined;
		const fitting = kept.filter(([name]) => !country || !name.startsWith('country'));
		body[field] = { ...Object.fromEntries(fitting), ...change };
	}
	return body;
}
