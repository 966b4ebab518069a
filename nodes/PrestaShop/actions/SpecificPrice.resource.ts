import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import type { Resource } from '../../shared/actions/operation';
import { userDateToLocal } from '../../shared/text/time';
import { numberOrNull } from '../../shared/output/orderShape';
import { id, number, text, time } from '../../shared/output/recordShape';

import type { PrestaShopRecord } from '../api/records';
import { zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { idFilter, simpleReads } from './readOnlyResources';
import type { SimpleRead } from './readOnlyResources';
import { createOne, deleteOne, updateOne } from './writableResources';
import type { SimpleWrite } from './writableResources';

/** No such price: the reduction applies to the normal one (section 5.9). */
const KEEP_PRICE = -1;

const read: SimpleRead = {
	value: 'specificPrice',
	name: 'Specific Price',
	one: 'a specific price',
	many: 'specific prices',
	holds: 'discounts and special prices of products; empty customer, group or country means any',
	path: 'specific_prices',
	idName: 'specificPriceId',
	picker: 'searchSpecificPrices',
	timed: true,
	filters: [
		idFilter(
			{ displayName: 'Combination ID', name: 'combinationId', type: 'string', default: '' },
			'id_product_attribute',
		),
		idFilter(
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			'id_customer',
		),
		idFilter(
			{ displayName: 'Product ID', name: 'productId', type: 'string', default: '' },
			'id_product',
		),
	],
	shape: {
		productId: id('id_product'),
		variantId: id('id_product_attribute'),
		customerId: id('id_customer'),
		groupId: id('id_group'),
		countryId: id('id_country'),
		currencyId: id('id_currency'),
		shopId: id('id_shop'),
		cartId: id('id_cart'),
		price: ({ price }) => {
			const value = numberOrNull(price);
			return value === KEEP_PRICE ? null : value;
		},
		fromQuantity: number('from_quantity'),
		reduction: number('reduction'),
		reductionType: text('reduction_type'),
		validFrom: time('from'),
		validUntil: time('to'),
	},
};

/** The shop's "no limit". */
const ALWAYS = '0000-00-00 00:00:00';

async function limitOf(shop: PrestaShopShop, name: string, value: unknown): Promise<string> {
	const typed = String(value ?? '');
	if (typed === '' || typed.startsWith('0000')) return ALWAYS;
	const local = userDateToLocal(typed, await zoneOf(shop));
	if (local !== undefined) return local;
	throw new InputError(`"${name}" is "${typed}".`, 'Enter a date such as 2026-12-31.');
}

/**
 * What the shop takes without a word: 15 as a percentage makes a product free, because a percentage is
 * 0.15 for 15 % (recorded exchanges 820, 825).
 */
async function check(
	shop: PrestaShopShop,
	values: Readonly<Record<string, unknown>>,
	before: PrestaShopRecord | undefined,
): Promise<Record<string, unknown>> {
	const next: Record<string, unknown> = { ...values };
	for (const name of ['from', 'to']) {
		if (next[name] !== undefined) next[name] = await limitOf(shop, name, next[name]);
	}
	const all: Readonly<Record<string, unknown>> = { ...before, ...next };
	const reduction = Number(all.reduction);
	const price = Number(all.price);
	if (!Number.isFinite(reduction) || reduction < 0) {
		throw new InputError(`"reduction" is "${String(all.reduction)}".`, 'Enter a number from 0 on.');
	}
	if (all.reduction_type === 'percentage' && reduction > 1) {
		throw new InputError(
			`"reduction" is ${String(all.reduction)}, which would make the product free.`,
			'A percentage is given as a part of 1: enter 0.15 for 15 %.',
		);
	}
	if (!(price === KEEP_PRICE || price >= 0)) {
		throw new InputError(
			`"price" is "${String(all.price)}".`,
			"Enter a price without tax, or -1 to keep the product's own.",
		);
	}
	if (price === KEEP_PRICE && reduction === 0) {
		throw new InputError('The special price changes nothing.', 'Give "price" or "reduction".');
	}
	const [from, to] = [String(all.from), String(all.to)];
	if (!to.startsWith('0000') && to < from) {
		throw new InputError('"to" is before "from".', 'Exchange them.');
	}
	return next;
}

const idField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

const write: SimpleWrite = {
	read,
	node: 'specific_price',
	required: [
		{ displayName: 'Product ID', name: 'id_product', type: 'string', default: '', required: true },
	],
	optional: [
		idField('Combination ID', 'id_product_attribute', 'Only this combination of the product'),
		idField('Country ID', 'id_country', 'Only in this country'),
		idField('Currency ID', 'id_currency', 'Only in this currency, which the price is then in'),
		idField('Customer ID', 'id_customer', 'Only for this customer'),
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: "A time without an offset is the shop's local time. Empty: from now on.",
		},
		{
			displayName: 'From Quantity',
			name: 'from_quantity',
			type: 'string',
			default: '',
			description: 'From this many pieces on',
		},
		idField('Group ID', 'id_group', 'Only for this customer group'),
		{
			displayName: 'Price',
			name: 'price',
			type: 'string',
			default: '',
			placeholder: 'e.g. 19.90',
			description: "Price without tax in place of the product's own",
		},
		{
			displayName: 'Reduction',
			name: 'reduction',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.15',
			description: 'An amount, or a percentage as a part of 1: 0.15 for 15 %',
		},
		{
			displayName: 'Reduction Includes Tax',
			name: 'reduction_tax',
			type: 'boolean',
			default: true,
			description: 'Whether an amount is with tax',
		},
		{
			displayName: 'Reduction Type',
			name: 'reduction_type',
			type: 'options',
			default: 'percentage',
			options: [
				{ name: 'Amount', value: 'amount' },
				{ name: 'Percentage', value: 'percentage' },
			],
		},
		idField('Shop ID', 'id_shop', 'Only in this shop of a multistore'),
		{
			displayName: 'Until',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: "A time without an offset is the shop's local time. Empty: for good.",
		},
	],
	// All of them are required; 0 stands for all (recorded exchange 824).
	defaults: {
		id_shop_group: '0',
		id_shop: '0',
		id_cart: '0',
		id_product_attribute: '0',
		id_currency: '0',
		id_country: '0',
		id_group: '0',
		id_customer: '0',
		price: '-1',
		from_quantity: '1',
		reduction: '0',
		reduction_tax: '1',
		reduction_type: 'percentage',
		from: ALWAYS,
		to: ALWAYS,
	},
	recognisedBy: [
		'id_product',
		'id_product_attribute',
		'id_customer',
		'id_group',
		'id_country',
		'id_currency',
		'from_quantity',
		'from',
		'to',
	],
	isPlain: true,
	check,
	note: 'The shop refuses a second one for the same product, customer, quantity and time',
};

export const specificPrice: Resource<PrestaShopRecord> = {
	...simpleReads(read),
	operations: [
		createOne(write),
		deleteOne(write),
		...simpleReads(read).operations,
		updateOne(write),
	],
};
