import type { Resource } from '../../shared/actions/operation';
import { flag, id, number, text, time } from '../../shared/output/recordShape';
import { translated } from '../api/recordShape';
import type { PrestaShopRecord } from '../api/records';
import { flagFilter, idFilter, simpleReads, textFilter } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { checkVoucher } from '../vouchers/check';
import { createOne, deleteOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

const read: SimpleRead = {
	value: 'cartRule',
	name: 'Cart Rule (Voucher)',
	one: 'a voucher',
	many: 'vouchers',
	holds: 'discounts with or without a code, their limits and how often they can still be used',
	path: 'cart_rules',
	idName: 'cartRuleId',
	picker: 'searchCartRules',
	key: { mode: 'code', label: 'By Code', placeholder: 'e.g. TEN10', field: 'code' },
	order: 'newest',
	timed: true,
	multilingual: true,
	filters: [
		flagFilter(
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether it can be used',
			},
			'active',
		),
		textFilter({ displayName: 'Code', name: 'code', type: 'string', default: '' }, 'code'),
		idFilter(
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			'id_customer',
		),
	],
	shape: {
		code: text('code'),
		name: translated('name'),
		active: flag('active'),
		customerId: id('id_customer'),
		percent: number('reduction_percent'),
		amount: number('reduction_amount'),
		amountIncludesTax: flag('reduction_tax'),
		currencyId: id('reduction_currency'),
		freeShipping: flag('free_shipping'),
		minimumAmount: number('minimum_amount'),
		quantity: number('quantity'),
		quantityPerCustomer: number('quantity_per_user'),
		partialUse: flag('partial_use'),
		priority: number('priority'),
		highlight: flag('highlight'),
		description: text('description'),
		validFrom: time('date_from'),
		validUntil: time('date_to'),
		createdAt: time('date_add'),
		updatedAt: time('date_upd'),
	},
};

const write: SimpleWrite = {
	read,
	node: 'cart_rule',
	required: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			description: 'What customers see, used in every language',
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. TEN10',
			description:
				'What customers type. A voucher without a code, made with Other Fields, joins every cart it fits.',
		},
		{
			displayName: 'Valid From',
			name: 'date_from',
			type: 'dateTime',
			default: '',
			required: true,
			description: "A time without an offset is the shop's local time",
		},
		{
			displayName: 'Valid Until',
			name: 'date_to',
			type: 'dateTime',
			default: '',
			required: true,
			description: "A time without an offset is the shop's local time",
		},
	],
	optional: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether it can be used',
		},
		{
			displayName: 'Amount',
			name: 'reduction_amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5.00',
			description: 'What it takes off',
		},
		{
			displayName: 'Amount Includes Tax',
			name: 'reduction_tax',
			type: 'boolean',
			default: true,
			description: 'Whether the amount is with tax',
		},
		{
			displayName: 'Currency ID',
			name: 'reduction_currency',
			type: 'string',
			default: '',
			description: 'Of the amount',
		},
		{
			displayName: 'Customer ID',
			name: 'id_customer',
			type: 'string',
			default: '',
			description: 'Only for this customer',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			description: 'For the staff of the shop',
		},
		{
			displayName: 'Free Shipping',
			name: 'free_shipping',
			type: 'boolean',
			default: true,
			description: 'Whether it takes the shipping off',
		},
		{
			displayName: 'Highlight',
			name: 'highlight',
			type: 'boolean',
			default: false,
			description: 'Whether customers who can use it are told in the cart',
		},
		{
			displayName: 'Minimum Amount',
			name: 'minimum_amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 50.00',
			description: 'The cart must be worth this much',
		},
		{
			displayName: 'Partial Use',
			name: 'partial_use',
			type: 'boolean',
			default: false,
			description: 'Whether the shop makes a new voucher of what is left of an amount',
		},
		{
			displayName: 'Percent',
			name: 'reduction_percent',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10',
			description: '10 for 10 %',
		},
		{
			displayName: 'Priority',
			name: 'priority',
			type: 'string',
			default: '',
			description: 'Lower ones come first',
		},
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'string',
			default: '',
			description: 'How often it can be used in all',
		},
		{
			displayName: 'Quantity per Customer',
			name: 'quantity_per_user',
			type: 'string',
			default: '',
			description: 'How often each customer can use it',
		},
	],
	translated: ['name'],
	// Left out, these would be 0, and the voucher useless (recorded exchange 753).
	defaults: {
		active: '1',
		quantity: '1',
		quantity_per_user: '1',
		priority: '1',
		partial_use: '0',
		reduction_tax: '1',
	},
	recognisedBy: ['code', 'date_from', 'date_to'],
	isPlain: false,
	check: checkVoucher,
	note: 'It can be used once unless told otherwise. A cart takes it only from the customer: no webservice puts it there.',
};

export const cartRule: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [
		createOne(write),
		deleteOne(write),
		...simpleReads(read).operations,
		updateOne(write),
	],
};
