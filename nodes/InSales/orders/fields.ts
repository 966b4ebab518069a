import { InputError } from '../../shared/protocol/errors';
import { field } from '../../shared/actions/operation';
import type { Json } from '../api/codec';

/** Fields of an order that can be written, by the names the shop uses (InSales API reference, 5.9 and 5.10). */
export const orderWriteFields = field({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			default: '',
			description: 'Comment of the customer',
		},
		{ displayName: 'Coupon', name: 'coupon', type: 'string', default: '' },
		{
			displayName: 'Delivery Date',
			name: 'delivery_date',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-03-05',
		},
		{
			displayName: 'Delivery From Hour',
			name: 'delivery_from_hour',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10',
		},
		{
			displayName: 'Delivery Price',
			name: 'delivery_price',
			type: 'string',
			default: '',
			placeholder: 'e.g. 300',
			description: 'Overrides what the delivery method costs',
		},
		{
			displayName: 'Delivery To Hour',
			name: 'delivery_to_hour',
			type: 'string',
			default: '',
			placeholder: 'e.g. 14',
		},
		{
			displayName: 'Financial Status',
			name: 'financial_status',
			type: 'options',
			default: 'pending',
			options: [
				{ name: 'Paid', value: 'paid' },
				{ name: 'Pending', value: 'pending' },
			],
			description: 'Whether the order is paid; "Paid" sets the time of payment',
		},
		{
			displayName: 'Manager Comment',
			name: 'manager_comment',
			type: 'string',
			default: '',
			description: 'Comment of the staff, which customers do not see',
		},
	],
});

/** The fields of {@link orderWriteFields}, and the status, which goes along with other changes. */
export const orderUpdateFields = field({
	...orderWriteFields,
	options: [
		...orderWriteFields.options,
		{
			displayName: 'Status',
			name: 'custom_status_permalink',
			type: 'string',
			default: '',
			placeholder: 'e.g. v-obrabotke',
			description:
				'Permalink of a custom status, or a system status such as accepted. Sent only if the order has another one; the message templates of the shop decide whether the customer hears about it.',
		},
		{
			displayName: 'System Status',
			name: 'fulfillment_status',
			type: 'string',
			default: '',
			placeholder: 'e.g. accepted',
			description:
				'One of new, accepted, approved, dispatched, delivered, declined and returned, instead of "Status"',
		},
	],
});

const READERS: Readonly<Record<string, (text: string) => Json>> = {
	delivery_price: (text) => numberOf('Delivery Price', text),
	delivery_from_hour: (text) => hourOf('Delivery From Hour', text),
	delivery_to_hour: (text) => hourOf('Delivery To Hour', text),
	delivery_date: dateOf,
	financial_status: financialOf,
};

/** The fields that were filled in, as the shop takes them: numbers as numbers. Throws `InputError`. */
export function orderValues(given: Readonly<Record<string, unknown>>): Record<string, Json> {
	const filled = Object.entries(given).flatMap(([name, raw]): Array<[string, Json]> => {
		const text = String(raw ?? '').trim();
		return text === '' ? [] : [[name, READERS[name]?.(text) ?? text]];
	});
	return Object.fromEntries(filled);
}

/** A price that a user typed. Throws `InputError`. */
export function numberOf(label: string, text: string): number {
	const number = Number(text.replace(',', '.'));
	if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
	throw new InputError(`"${label}" is "${text}".`, 'Enter a number such as 300.');
}

const HOURS_OF_DAY = 24;

function hourOf(label: string, text: string): number {
	const hour = Number(text);
	if (Number.isInteger(hour) && hour >= 0 && hour <= HOURS_OF_DAY) return hour;
	throw new InputError(`"${label}" is "${text}".`, 'Enter a whole hour from 0 to 24.');
}

function dateOf(text: string): string {
	const day = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/.exec(text)?.[1];
	if (day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)) return day;
	throw new InputError(`"Delivery Date" is "${text}".`, 'Enter a day such as 2026-03-05.');
}

function financialOf(text: string): string {
	if (text === 'paid' || text === 'pending') return text;
	throw new InputError(`"Financial Status" is "${text}".`, 'Enter paid or pending.');
}

/** The delivery address of an order. */
export const shippingAddress = field({
	displayName: 'Shipping Address',
	name: 'shippingAddress',
	type: 'collection',
	placeholder: 'Add part',
	default: {},
	description: 'Pickup needs none; every other delivery method does',
	options: [
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'e.g. ул. Примерная, 1',
		},
		{ displayName: 'City', name: 'city', type: 'string', default: '', placeholder: 'e.g. Москва' },
		{
			displayName: 'Country',
			name: 'country',
			type: 'string',
			default: '',
			placeholder: 'e.g. RU',
		},
		{ displayName: 'Flat', name: 'flat', type: 'string', default: '' },
		{ displayName: 'House', name: 'house', type: 'string', default: '' },
		{ displayName: 'Postcode', name: 'zip', type: 'string', default: '' },
		{ displayName: 'Recipient First Name', name: 'name', type: 'string', default: '' },
		{ displayName: 'Recipient Last Name', name: 'surname', type: 'string', default: '' },
		{ displayName: 'Recipient Phone', name: 'phone', type: 'string', default: '' },
		{ displayName: 'State', name: 'state', type: 'string', default: '' },
		{ displayName: 'Street', name: 'street', type: 'string', default: '' },
	],
});

/** The parts of an address that were filled in. */
export function addressValues(given: Readonly<Record<string, unknown>>): Record<string, Json> {
	const filled = Object.entries(given).map(([name, value]) => [name, String(value ?? '').trim()]);
	return Object.fromEntries(filled.filter(([, value]) => value !== '')) as Record<string, Json>;
}
