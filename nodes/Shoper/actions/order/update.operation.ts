import { InputError } from '../../../shared/errors';
import { dryRun, onlyIfChanged, simplify } from '../../../shared/fields';
import { jsonObject } from '../../../shared/jsonObject';
import { recordId } from '../../../shared/recordId';
import { ADDRESS_FIELDS, addressIn, wholeAddresses } from '../../addresses';
import type { ShoperRecord } from '../../codec';
import { orderId } from '../../fields';
import { operation } from '../../operation';
import { viewOrder } from '../../orders';
import { updateRecord, updateReport } from '../../update';

/** Fields with an operation of their own, or that the shop sets itself. */
const NOT_HERE = ['status_id', 'status_date', 'order_id'];

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
					default: 0,
					description: 'With tax',
				},
				{
					displayName: 'Delivery Method ID',
					name: 'shipping_id',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. name@example.com',
				},
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
					default: 0,
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
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [dryRun, onlyIfChanged],
		},
	],
	run: async (shop, { orderId: { value }, updateFields, simplify: simple, options }) => {
		const id = recordId(value, 'Order ID');
		const named = changesIn(updateFields);
		const updated = await updateRecord(shop, 'orders', id, named, {
			...options,
			bodyOf: wholeAddresses,
		});
		const order = await viewOrder(shop, updated.record, { simplify: simple, include: [] });
		return { ...order, ...updateReport(updated) };
	},
});

/** The wanted values by the shop's names. Throws `InputError` for what cannot be changed here. */
function changesIn({ otherFields = '{}', ...fields }: Record<string, unknown>): ShoperRecord {
	const other = jsonObject('Other Fields', String(otherFields));
	const refused = Object.keys(other).find((name) => NOT_HERE.includes(name));
	if (refused !== undefined) {
		throw new InputError(
			`"${refused}" cannot be changed here.`,
			'Use the operation "Change Status"; the shop notes the time itself.',
		);
	}
	const named: ShoperRecord = { ...(other as ShoperRecord), ...(fields as ShoperRecord) };
	for (const field of ADDRESS_FIELDS) {
		const text = named[field];
		if (typeof text === 'string') named[field] = addressIn(field, text);
	}
	for (const field of ['payment_id', 'shipping_id']) {
		if (typeof named[field] === 'string') named[field] = Number(recordId(named[field], field));
	}
	if (typeof named.confirm === 'boolean') named.confirm = named.confirm ? 1 : 0;
	if (Object.keys(named).length > 0) return named;
	throw new InputError('"Update Fields" names nothing to change.', 'Add at least one field.');
}
