import type { INodeProperties } from 'n8n-workflow';

import { field } from '../../shared/actions/operation';
import { dryRun, maxOutputCharacters, optionsField } from '../../shared/actions/fields';

/** How the total is made to agree with the shop's: it compares them unless it is prepared. */
export const mode = field({
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	default: 'totalKnown',
	description:
		'PrestaShop compares the total of a new order with its own, and puts the order into "Payment error", with an email to the customer, when they differ by a cent',
	options: [
		{
			name: 'Prepared Shop',
			value: 'preparedShop',
			description:
				'The shop has a status of its own for such orders, so that it compares nothing and sends no email about a payment. See the guide; Access Rights > Check Permissions tells whether it is prepared.',
		},
		{
			name: 'Total Known',
			value: 'totalKnown',
			description: 'Any shop: the total is given below, or the node computes it as the shop does',
		},
	],
});

export const total = field({
	displayName: 'Total',
	name: 'total',
	type: 'string',
	default: '',
	placeholder: 'e.g. 54.16',
	displayOptions: { show: { mode: ['totalKnown'] } },
	description:
		'With tax, shipping and gift wrapping, in the currency of the order. Empty: the node computes it.',
});

/** Lines of a new order. */
export const lines = field({
	displayName: 'Lines',
	name: 'lines',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add line',
	default: {},
	description: 'What is ordered; each line names a product in one way',
	options: [
		{
			displayName: 'Line',
			name: 'row',
			values: [
				{ displayName: 'Combination ID', name: 'combinationId', type: 'string', default: '' },
				{ displayName: 'EAN', name: 'ean13', type: 'string', default: '' },
				{
					displayName: 'Options',
					name: 'options',
					type: 'string',
					default: '',
					placeholder: 'e.g. M, White',
					description:
						'Which combination of the product: the names of its attributes, separated by commas',
				},
				{
					displayName: 'Price',
					name: 'price',
					type: 'string',
					default: '',
					placeholder: 'e.g. 19.99',
					description:
						"Price of one piece for this order alone, with tax unless the options say otherwise. Empty: the shop's price.",
				},
				{ displayName: 'Product ID', name: 'productId', type: 'string', default: '' },
				{
					displayName: 'Quantity',
					name: 'quantity',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
				},
				{
					displayName: 'SKU',
					name: 'sku',
					type: 'string',
					default: '',
					description: 'Reference of the product or of a combination',
				},
			],
		},
	],
});

/** The same for lists of any length, such as those of other nodes and AI agents. */
export const linesJson = field({
	displayName: 'Lines as JSON',
	name: 'linesJson',
	type: 'json',
	default: '[]',
	description:
		'More lines: [{"sku": "demo_1", "options": "S, White", "quantity": 2, "price": "19.99"}]. Instead of "sku" a "productId", "combinationId" or "ean13" will do; only the quantity is needed besides, and it is 1 if left out.',
});

/** Who a customer is that the shop does not know yet. */
export const newCustomer = field({
	displayName: 'If the Customer Is New',
	name: 'newCustomer',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description:
		'Used when no account has the email. The shop sends no email about the new account, which gets a random password.',
	options: [
		{ displayName: 'First Name', name: 'firstname', type: 'string', default: '' },
		{
			displayName: 'Guest',
			name: 'isGuest',
			type: 'boolean',
			default: false,
			description: 'Whether to create a guest, who has no account to sign in with',
		},
		{ displayName: 'Last Name', name: 'lastname', type: 'string', default: '' },
		{
			displayName: 'Newsletter',
			name: 'newsletter',
			type: 'boolean',
			default: false,
			description: 'Whether the customer wants the newsletter',
		},
	],
});

const addressFields: INodeProperties[] = [
	{ displayName: 'Address', name: 'address1', type: 'string', default: '' },
	{ displayName: 'Address (Line 2)', name: 'address2', type: 'string', default: '' },
	{
		displayName: 'Address ID',
		name: 'addressId',
		type: 'string',
		default: '',
		description: 'An address that the customer has already, instead of the other fields',
	},
	{ displayName: 'City', name: 'city', type: 'string', default: '' },
	{ displayName: 'Company', name: 'company', type: 'string', default: '' },
	{
		displayName: 'Country',
		name: 'country',
		type: 'string',
		default: '',
		placeholder: 'e.g. PL',
		description: 'ISO code (countries GET) or ID',
	},
	{ displayName: 'First Name', name: 'firstname', type: 'string', default: '' },
	{
		displayName: 'Identification Number',
		name: 'dni',
		type: 'string',
		default: '',
		description: 'DNI, NIF or NIE, in countries that ask for it',
	},
	{ displayName: 'Last Name', name: 'lastname', type: 'string', default: '' },
	{ displayName: 'Mobile Phone', name: 'phone_mobile', type: 'string', default: '' },
	{ displayName: 'Note', name: 'other', type: 'string', default: '' },
	{ displayName: 'Phone', name: 'phone', type: 'string', default: '' },
	{ displayName: 'Postcode', name: 'postcode', type: 'string', default: '' },
	{
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description: 'ISO code (states GET) or ID, in countries that have states',
	},
	{ displayName: 'VAT Number', name: 'vat_number', type: 'string', default: '' },
];

export const shippingAddress = field({
	displayName: 'Shipping Address',
	name: 'shippingAddress',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Name and country are those of the customer and the billing address unless given',
	options: addressFields,
});

export const billingAddress = field({
	displayName: 'Billing Address',
	name: 'billingAddress',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Empty: the shipping address',
	options: addressFields,
});

export const paymentName = field({
	displayName: 'Payment Name',
	name: 'paymentName',
	type: 'string',
	default: 'Marketplace',
	required: true,
	description: 'What the order and its email call the payment',
});

export const createOptions = optionsField([
	{
		displayName: 'Allow More Than in Stock',
		name: 'allowOutOfStock',
		type: 'boolean',
		default: false,
		description:
			'Whether to order more than the shop has: it checks nothing and its stock gets negative',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: '',
		placeholder: 'e.g. EUR',
		description: "ISO code (currencies GET) or ID. Empty: the shop's default currency.",
	},
	dryRun,
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. MP-2026-0815',
		description:
			'Your number of the order. Running the node again finds the first order, or finishes one that was half done. It is kept as the gift message, the one place that exists before the order does.',
	},
	{
		displayName: 'Gift Wrapping',
		name: 'gift',
		type: 'boolean',
		default: false,
		description: 'Whether the goods are to be wrapped; the shop adds its price for it',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. pl',
		description:
			'Of product names and emails: ISO code (languages GET) or ID. Empty: that of the customer.',
	},
	maxOutputCharacters,
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: "The customer's message to the shop (messages POST; PrestaShop 1.7 and later)",
	},
	{
		displayName: 'Notify Customer',
		name: 'notifyCustomer',
		type: 'boolean',
		default: false,
		description:
			'Whether the shop mails the customer about the status named under State. Its order confirmation goes out in any case.',
	},
	{
		displayName: 'Payment Module',
		name: 'module',
		type: 'string',
		default: '',
		placeholder: 'e.g. ps_wirepayment',
		description:
			'An installed and active payment module. Empty: that for bank wire, which every shop comes with.',
	},
	{
		displayName: 'Prices Include Tax',
		name: 'pricesIncludeTax',
		type: 'boolean',
		default: true,
		description: 'Whether the prices of the lines are with tax',
	},
	{
		displayName: 'Shipping Price',
		name: 'shippingPrice',
		type: 'string',
		default: '',
		placeholder: 'e.g. 8.61',
		description:
			'What the shop takes for the carrier, with tax, to compute the total with. It does not change what the shop takes.',
	},
	{
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2',
		description:
			'Status that the order gets in the end, by ID or name (order_states GET). A paid one books the payment.',
	},
]);
