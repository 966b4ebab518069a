import { email } from '../../../shared/actions/filterFields';
import { InputError } from '../../../shared/protocol/errors';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { ADDRESS_FIELDS, addressIn, wholeAddresses } from '../../orders/addresses';
import type { ShoperRecord } from '../../api/codec';
import { orderId } from '../../pickers/locators';
import { namedValues } from '../../../shared/writing/namedValues';
import { checkNames } from '../../writing/fieldNames';
import { operation } from '../operation';
import { viewOrder } from '../../orders/view';
import { emailAddress } from '../../api/input';
import { updateReport } from '../../../shared/writing/update';
import { updateRecord } from '../../writing/update';

/** Fields with an operation of their own, or that the shop sets itself. */
const NOT_HERE = ['status_id', 'status_date', 'order_id'];

/** Fields that orders show only when they are set, or never (Shoper REST reference 6.2). */
const WRITE_ONLY = [
	'billing_address_id',
	'delivery_address_id',
	'different_address',
	'payment_additional_fields',
	'pickup_point',
	'pickup_point_data',
	'shipping_additional_fields',
	'use_shipping_address',
];

export const updateOrder = operation({
	value: 'update',
	name: 'Update',
	action: 'Update an order',
	description:
		'Change the named fields of an order; everything else stays as it is. The status has an operation of its own. Recording a payment may move the order to the status set in the shop.',
	needs: ['orders GET', 'orders PUT'],
	uses: ['statuses GET', 'currencies GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Billing Address',
					name: 'billing_address',
					type: 'json',
					default: '{}',
					description:
						'The parts to change, as JSON: {"street1": "Prosta 1", "postcode": "00-001"}',
				},
				{
					displayName: 'Confirmed',
					name: 'confirm',
					type: 'boolean',
					default: true,
					description: 'Whether the buyer has confirmed the order',
				},
				{
					displayName: 'Delivery Address',
					name: 'delivery_address',
					type: 'json',
					default: '{}',
					description:
						'The parts to change, as JSON: {"street1": "Prosta 1", "postcode": "00-001"}',
				},
				{
					displayName: 'Delivery Cost',
					name: 'shipping_cost',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: '',
					description: 'With tax',
				},
				{
					displayName: 'Delivery Method ID',
					name: 'shipping_id',
					type: 'string',
					default: '',
				},
				email,
				{
					displayName: 'Note of the Buyer',
					name: 'notes',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Other Fields',
					name: 'otherFields',
					type: 'json',
					default: '{}',
					description:
						'More fields by the names the shop uses, as JSON: {"pickup_point": "WAW01A"}',
				},
				{
					displayName: 'Paid Amount',
					name: 'paid',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: '',
					description:
						'What the buyer has paid so far, in the currency of the order. From the sum of the order on, it counts as paid.',
				},
				{
					displayName: 'Payment Method ID',
					name: 'payment_id',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Private Note',
					name: 'notes_priv',
					type: 'string',
					default: '',
					description: 'Seen in the panel only',
				},
				{
					displayName: 'Public Note',
					name: 'notes_pub',
					type: 'string',
					default: '',
					description: 'Seen by the buyer',
				},
			],
		},
		simplify,
		updateOptions,
	],
	run: async (shop, { orderId: { value }, updateFields, simplify: simple, options }) => {
		const id = recordId(value, 'Order ID');
		const named = changesIn(updateFields);
		const updated = await updateRecord(shop, 'orders', id, named, {
			...options,
			check: (before) => checkNames('An order', named, before, { writeOnly: WRITE_ONLY }),
			unshown: WRITE_ONLY,
			bodyOf: wholeAddresses,
		});
		const order = await viewOrder(shop, updated.record, { simplify: simple, include: [] });
		return { ...order, ...updateReport(updated) };
	},
});

/** Names of fields in the editor. */
const LABELS = {
	billing_address: 'Billing Address',
	delivery_address: 'Delivery Address',
} as const;

const ID_LABELS = { payment_id: 'Payment Method ID', shipping_id: 'Delivery Method ID' } as const;

/** The wanted values by the shop's names. Throws `InputError` for what cannot be changed here. */
function changesIn({ otherFields = '{}', ...fields }: Record<string, unknown>): ShoperRecord {
	const named = namedValues(fields, { otherFields: String(otherFields) });
	const refused = Object.keys(named).find((name) => NOT_HERE.includes(name));
	if (refused !== undefined) {
		throw new InputError(
			`"${refused}" cannot be changed here.`,
			'Use the operation "Change Status"; the shop notes the time itself.',
		);
	}
	if (named.email !== undefined) named.email = emailAddress(String(named.email));
	for (const field of ADDRESS_FIELDS) {
		const text = named[field];
		if (typeof text === 'string') named[field] = addressIn(LABELS[field], text);
	}
	for (const [field, label] of Object.entries(ID_LABELS)) {
		if (typeof named[field] === 'string') named[field] = Number(recordId(named[field], label));
	}
	if (typeof named.confirm === 'boolean') named.confirm = named.confirm ? 1 : 0;
	if (Object.keys(named).length > 0) return named;
	throw new InputError('"Update Fields" names nothing to change.', 'Add at least one field.');
}
