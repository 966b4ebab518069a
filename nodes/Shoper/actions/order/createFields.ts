import { field } from '../../../shared/actions/operation';

/** The products of a new order. */
export const lines = field({
	displayName: 'Lines',
	name: 'lines',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add line',
	default: {},
	description: 'Products of the order, at least one. What is left empty comes from the catalogue.',
	options: [
		{
			displayName: 'Line',
			name: 'row',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'Empty: the name of the product',
				},
				{
					displayName: 'Price',
					name: 'price',
					type: 'string',
					default: '',
					placeholder: 'e.g. 59.99',
					description: 'Unit price with tax. Empty: the price in the shop.',
				},
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 1,
				},
				{
					displayName: 'SKU',
					name: 'sku',
					type: 'string',
					default: '',
					description:
						'Code of the product or variant. Empty: a line that is not in the catalogue.',
				},
				{
					displayName: 'Stock ID',
					name: 'stockId',
					type: 'string',
					default: '',
					description: 'The variant, where several have the same SKU',
				},
				{
					displayName: 'Tax',
					name: 'tax',
					type: 'string',
					default: '',
					placeholder: 'e.g. 23%',
					description: 'Name of the tax. Empty: that of the product.',
				},
			],
		},
	],
});

/** Lines whose number is not known beforehand: rows cannot come from one expression in n8n. */
export const linesJson = field({
	displayName: 'Lines as JSON',
	name: 'linesJson',
	type: 'json',
	default: '[]',
	description:
		'More lines, as a JSON list of any length: [{"sku": "MUG-1", "quantity": 2}]. A line can have sku, stockId, name, quantity, price and tax.',
});

/** What else a new order can hold, by the names the shop uses. */
export const orderFields = field({
	displayName: 'Order Fields',
	name: 'orderFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Entries that come out empty are left out',
	options: [
		{
			displayName: 'Billing Address as JSON',
			name: 'billing_address',
			type: 'json',
			default: '{}',
			description:
				'As JSON, with a phone number: {"firstname": "Jan", "lastname": "Testowy", "street1": "Prosta 1", "postcode": "00-001", "city": "Warszawa", "country_code": "PL", "phone": "500000000"}',
		},
		{
			displayName: 'Currency ID',
			name: 'currency_id',
			type: 'string',
			default: '',
			description: "Empty: the shop's main currency",
		},
		{
			displayName: 'Delivery Address as JSON',
			name: 'delivery_address',
			type: 'json',
			default: '{}',
			description: 'As the billing address',
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
			displayName: 'Delivery Tax ID',
			name: 'shipping_tax_id',
			type: 'string',
			default: '',
			description: 'Empty: that of the delivery method (shippings GET)',
		},
		{
			displayName: 'Note of the Buyer',
			name: 'notes',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Paid Amount',
			name: 'paid',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: '',
		},
		{
			displayName: 'Public Note',
			name: 'notes_pub',
			type: 'string',
			default: '',
			description: 'Seen by the buyer',
		},
	],
});

/** The parts of an address that people fill in, by the names the shop uses. */
function addressField<const N extends string>(displayName: string, name: N, description: string) {
	const text = (
		label: string,
		part: string,
		more: { description?: string; placeholder?: string } = {},
	) => ({
		displayName: label,
		name: part,
		type: 'string' as const,
		default: '',
		...more,
	});
	return field({
		displayName,
		name,
		type: 'fixedCollection',
		placeholder: 'Add address',
		default: {},
		description,
		options: [
			{
				displayName: 'Address',
				name: 'row',
				values: [
					text('City', 'city'),
					text('Company', 'company'),
					text('Country Code', 'country_code', { placeholder: 'e.g. PL' }),
					text('First Name', 'firstname'),
					text('Last Name', 'lastname'),
					text('Phone', 'phone', { description: 'The shop refuses an address without' }),
					text('Postcode', 'postcode', { placeholder: 'e.g. 00-001' }),
					text('State', 'state'),
					text('Street', 'street1', { description: 'With the number' }),
					text('Street, Second Line', 'street2'),
					text('Tax ID', 'tax_identification_number'),
				],
			},
		],
	});
}

export const billingAddress = addressField(
	'Billing Address',
	'billingAddress',
	'Where the invoice goes',
);

export const deliveryAddress = addressField(
	'Delivery Address',
	'deliveryAddress',
	'Where the parcel goes. Empty: as the billing address.',
);
