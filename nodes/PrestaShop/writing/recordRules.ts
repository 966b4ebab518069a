import {
	date,
	dateTime,
	decimal,
	html,
	idRule,
	integer,
	name,
	person,
	productRules,
	yesNo,
} from './fieldRules';
import type { FieldRule } from './fieldRules';

/** Addresses: what every version refuses; newer ones refuse a few more characters, and say so themselves. */
const street = [/[!<>?=+@{}_$%]/, '! < > ? = + @ { } _ $ %'] as const;
const phone = [/[^+0-9. ()/-]/, 'anything but digits, spaces and + . ( ) / -'] as const;

const line = (max: number): FieldRule => ({ kind: 'text', max, forbids: street });

export const addressRules: Readonly<Record<string, FieldRule>> = {
	address1: { ...line(128), matches: [/\S/, 'a street, not empty'] },
	address2: line(128),
	alias: { ...name(32), matches: [/\S/, 'a text, not empty'] },
	city: { kind: 'text', max: 64, forbids: [/[!<>;?=+@#"°{}_$%]/, '! < > ; ? = + @ # " { } _ $ %'] },
	company: name(255, [1.6, 64]),
	dni: { kind: 'text', max: 16 },
	firstname: { ...person, matches: [/\S/, 'a name, not empty'] },
	id_country: idRule,
	id_customer: idRule,
	id_manufacturer: idRule,
	id_state: idRule,
	id_supplier: idRule,
	id_warehouse: idRule,
	lastname: { ...person, matches: [/\S/, 'a name, not empty'] },
	other: { kind: 'text', max: 300 },
	phone: { kind: 'text', max: 32, forbids: phone },
	phone_mobile: { kind: 'text', max: 32, forbids: phone },
	postcode: { kind: 'text', max: 12 },
	vat_number: name(32),
};

/** Vouchers. Dates are the shop's local time; a percentage is 10 for 10 % (recorded exchange 750). */
export const cartRuleRules: Readonly<Record<string, FieldRule>> = {
	active: yesNo,
	carrier_restriction: yesNo,
	cart_rule_restriction: yesNo,
	code: { kind: 'text', max: 254, forbids: html },
	country_restriction: yesNo,
	date_from: dateTime,
	date_to: dateTime,
	description: { kind: 'text', forbids: html },
	free_shipping: yesNo,
	gift_product: idRule,
	gift_product_attribute: idRule,
	group_restriction: yesNo,
	highlight: yesNo,
	id_customer: idRule,
	minimum_amount: decimal,
	minimum_amount_currency: idRule,
	minimum_amount_shipping: yesNo,
	minimum_amount_tax: yesNo,
	name: { kind: 'text', max: 254 },
	partial_use: yesNo,
	priority: integer,
	product_restriction: yesNo,
	quantity: integer,
	quantity_per_user: integer,
	reduction_amount: decimal,
	reduction_currency: idRule,
	reduction_exclude_special: yesNo,
	reduction_percent: decimal,
	reduction_product: integer,
	reduction_tax: yesNo,
	shop_restriction: yesNo,
};

/** Special prices; 0 stands for all, and a price of -1 keeps that of the catalogue. */
export const specificPriceRules: Readonly<Record<string, FieldRule>> = {
	from: dateTime,
	from_quantity: integer,
	id_cart: idRule,
	id_country: idRule,
	id_currency: idRule,
	id_customer: idRule,
	id_group: idRule,
	id_product: idRule,
	id_product_attribute: idRule,
	id_shop: idRule,
	id_shop_group: idRule,
	id_specific_price_rule: idRule,
	price: decimal,
	reduction: decimal,
	reduction_tax: yesNo,
	reduction_type: {
		kind: 'text',
		matches: [/^(amount|percentage)$/, 'one of amount, percentage'],
	},
	to: dateTime,
};

export const combinationRules: Readonly<Record<string, FieldRule>> = {
	available_date: date,
	default_on: yesNo,
	ean13: productRules.ean13 ?? { kind: 'text' },
	ecotax: decimal,
	id_product: idRule,
	isbn: productRules.isbn ?? { kind: 'text' },
	low_stock_alert: yesNo,
	low_stock_threshold: integer,
	minimal_quantity: integer,
	mpn: { kind: 'text', max: 40 },
	price: decimal,
	reference: productRules.reference ?? { kind: 'text' },
	supplier_reference: productRules.supplier_reference ?? { kind: 'text' },
	unit_price_impact: decimal,
	upc: productRules.upc ?? { kind: 'text' },
	weight: decimal,
	wholesale_price: decimal,
};

/** Brands, suppliers and categories: names and texts for search engines. */
export const catalogRules: Readonly<Record<string, FieldRule>> = {
	active: yesNo,
	description: { kind: 'text', forbids: html },
	id_parent: idRule,
	id_shop_default: idRule,
	is_root_category: yesNo,
	link_rewrite: productRules.link_rewrite ?? { kind: 'text' },
	meta_description: name(512, [1.6, 255]),
	meta_keywords: name(255),
	meta_title: name(255, [1.6, 128]),
	name: {
		kind: 'text',
		max: 128,
		forbids: [/[<>;=#{}]/, '< > ; = # { }'],
		matches: [/\S/, 'a name, not empty'],
	},
	position: integer,
	short_description: { kind: 'text', forbids: html },
};

/** Messages of conversations; `ip_address` is a number (recorded exchange 845). */
export const messageRules: Readonly<Record<string, FieldRule>> = {
	id_customer_thread: idRule,
	id_employee: idRule,
	ip_address: integer,
	message: { kind: 'text', max: 16_777_216, forbids: html, matches: [/\S/, 'a text, not empty'] },
	private: yesNo,
	read: yesNo,
};
