import { InputError } from '../../shared/protocol/errors';
import { isCalendarDate } from '../api/dates';

/** What a field may hold. Sizes and validators: PrestaShop webservice reference, section 5. */
export interface FieldRule {
	kind: 'text' | 'boolean' | 'id' | 'integer' | 'decimal' | 'date' | 'dateTime';
	/** Longest text; `[until, size]` pairs say up to which generation an older size holds. */
	max?: number;
	maxUntil?: ReadonlyArray<readonly [generation: number, size: number]>;
	/** Characters or words the shop refuses, and how to name them. */
	forbids?: readonly [pattern: RegExp, name: string];
	/** What the whole text must look like, and how to name it. */
	matches?: readonly [pattern: RegExp, name: string];
}

export const yesNo: FieldRule = { kind: 'boolean' };
/** The ID of another record, or 0 for none. */
export const idRule: FieldRule = { kind: 'id' };
export const integer: FieldRule = { kind: 'integer' };
export const decimal: FieldRule = { kind: 'decimal' };
export const date: FieldRule = { kind: 'date' };
export const dateTime: FieldRule = { kind: 'dateTime' };

const genericName = [/[<>={}]/, '< > = { }'] as const;
export const html = [/<\s*script|javascript:|<\?php/i, 'scripts'] as const;
// What every version refuses; newer ones refuse a few more characters, and say so themselves.
const personName = [
	/[0-9!<>,;?=+()@#"°{}_$%:]|www|http/i,
	'digits, web addresses and ! < > , ; ? = + ( ) @ # " { } _ $ % :',
] as const;

/** A plain name of limited length. */
export const name = (max: number, ...maxUntil: Array<readonly [number, number]>): FieldRule => ({
	kind: 'text',
	max,
	maxUntil,
	forbids: genericName,
});

export const productRules: Readonly<Record<string, FieldRule>> = {
	active: yesNo,
	additional_delivery_times: integer,
	additional_shipping_cost: decimal,
	advanced_stock_management: yesNo,
	available_date: date,
	available_for_order: yesNo,
	available_later: name(255),
	available_now: name(255),
	condition: {
		kind: 'text',
		matches: [/^(new|used|refurbished)$/, 'one of new, used, refurbished'],
	},
	customizable: integer,
	date_add: dateTime,
	delivery_in_stock: name(255),
	delivery_out_stock: name(255),
	depth: decimal,
	description: { kind: 'text', forbids: html },
	description_short: { kind: 'text', forbids: html },
	ean13: {
		kind: 'text',
		max: 14,
		maxUntil: [[8, 13]],
		matches: [/^\d*$/, 'digits only'],
	},
	ecotax: decimal,
	height: decimal,
	id_category_default: idRule,
	id_default_combination: idRule,
	id_default_image: idRule,
	id_manufacturer: idRule,
	id_shop_default: idRule,
	id_supplier: idRule,
	id_tax_rules_group: idRule,
	indexed: yesNo,
	is_virtual: yesNo,
	isbn: { kind: 'text', max: 32, matches: [/^[\d-]*$/, 'digits and hyphens only'] },
	link_rewrite: {
		kind: 'text',
		max: 128,
		matches: [/^[\p{L}\d_-]+$/u, 'letters, digits, hyphens and underscores only, not empty'],
	},
	location: { kind: 'text', max: 255, maxUntil: [[1.6, 64]] },
	low_stock_alert: yesNo,
	low_stock_threshold: integer,
	meta_description: name(512, [1.6, 255]),
	meta_keywords: name(255),
	meta_title: name(255, [1.6, 128]),
	minimal_quantity: integer,
	mpn: { kind: 'text', max: 40 },
	name: { kind: 'text', max: 128, forbids: [/[<>;=#{}]/, '< > ; = # { }'] },
	on_sale: yesNo,
	online_only: yesNo,
	pack_stock_type: integer,
	price: decimal,
	quantity_discount: yesNo,
	reference: {
		kind: 'text',
		max: 64,
		maxUntil: [[1.6, 32]],
		forbids: [/[<>;={}]/, '< > ; = { }'],
	},
	show_condition: yesNo,
	show_price: yesNo,
	state: integer,
	supplier_reference: { kind: 'text', max: 64, maxUntil: [[1.6, 32]] },
	text_fields: integer,
	unit_price: decimal,
	unit_price_ratio: decimal,
	upc: { kind: 'text', max: 12, matches: [/^\d*$/, 'digits only'] },
	uploadable_files: integer,
	visibility: {
		kind: 'text',
		matches: [/^(both|catalog|search|none)$/, 'one of both, catalog, search, none'],
	},
	weight: decimal,
	wholesale_price: decimal,
	width: decimal,
};

/** The name of a person. */
export const person: FieldRule = {
	kind: 'text',
	max: 255,
	maxUntil: [[1.6, 32]],
	forbids: personName,
};

export const customerRules: Readonly<Record<string, FieldRule>> = {
	active: yesNo,
	birthday: date,
	company: name(255),
	date_add: dateTime,
	email: {
		kind: 'text',
		max: 255,
		maxUntil: [[1.6, 128]],
		matches: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an email address such as name@example.com'],
	},
	firstname: { ...person, matches: [/\S/, 'a name, not empty'] },
	id_default_group: idRule,
	id_gender: idRule,
	id_lang: idRule,
	id_risk: idRule,
	id_shop: idRule,
	id_shop_group: idRule,
	is_guest: yesNo,
	lastname: { ...person, matches: [/\S/, 'a name, not empty'] },
	max_payment_days: integer,
	newsletter: yesNo,
	newsletter_date_add: dateTime,
	note: { kind: 'text', max: 4_194_303, maxUntil: [[1.7, 65_000]], forbids: html },
	optin: yesNo,
	outstanding_allow_amount: decimal,
	show_public_prices: yesNo,
};

/** Decimals are stored with six places. */
const DECIMAL_PLACES = 6;

/**
 * A value as the shop takes it: booleans as 1/0, decimals with a point, dates as it writes them.
 *
 * @throws InputError naming the field for what the shop would refuse or misread.
 */
export function toWire(
	field: string,
	value: unknown,
	rule: FieldRule | undefined,
	generation: number | undefined,
): string {
	const refuse = (fix: string) => new InputError(`"${field}" is "${excerpt(value)}".`, fix);
	if (typeof value === 'object' && value !== null) throw refuse('Enter a single value.');
	if (typeof value === 'boolean') return value ? '1' : '0';
	const text = typeof value === 'number' ? plainNumber(value) : String(value ?? '');
	switch (rule?.kind) {
		case 'boolean': {
			const word = text.trim().toLowerCase();
			if (['1', 'true', 'yes'].includes(word)) return '1';
			if (['0', 'false', 'no'].includes(word)) return '0';
			throw refuse('Enter true or false.');
		}
		case 'id':
			// The shop stores what only begins with a number as that number.
			if (/^(0|[1-9]\d{0,14})$/.test(text.trim())) return text.trim();
			throw refuse('Enter the ID as a whole number, or 0 for none.');
		case 'integer':
			if (/^-?\d+$/.test(text.trim())) return text.trim();
			throw refuse('Enter a whole number.');
		case 'decimal':
			if (/^-?\d+(\.\d+)?$/.test(text.trim())) return text.trim();
			throw refuse(
				text.includes(',')
					? 'Enter a number with a point instead of a comma, and without thousands separators, such as 1234.50.'
					: 'Enter a number such as 12.50.',
			);
		case 'date':
			if (text === '' || isCalendarDate(text, false)) return text;
			throw refuse('Enter a date as YYYY-MM-DD, such as 2026-01-31.');
		case 'dateTime':
			if (isCalendarDate(text, true)) return text;
			throw refuse("Enter the shop's local time as YYYY-MM-DD HH:MM:SS.");
		default:
			checkText(field, text, rule, generation);
			return text;
	}
}

function checkText(
	field: string,
	text: string,
	rule: FieldRule | undefined,
	generation: number | undefined,
): void {
	if (rule === undefined) return;
	const { forbids, matches } = rule;
	const found = forbids?.[0].exec(text)?.[0];
	if (forbids && found !== undefined) {
		throw new InputError(
			`"${field}" holds "${found}".`,
			`PrestaShop allows none of these there: ${forbids[1]}.`,
		);
	}
	if (matches && !matches[0].test(text)) {
		throw new InputError(`"${field}" is "${excerpt(text)}".`, `It must be ${matches[1]}.`);
	}
	const max = maxOf(rule, generation);
	const length = [...text].length;
	if (max !== undefined && length > max) {
		throw new InputError(
			`"${field}" has ${length} characters; this shop takes ${max}.`,
			'Shorten it.',
		);
	}
}

function maxOf({ max, maxUntil = [] }: FieldRule, generation: number | undefined) {
	if (generation === undefined) return max;
	return maxUntil.find(([until]) => generation <= until)?.[1] ?? max;
}

/** Never with an exponent, and without the noise of binary fractions. */
function plainNumber(value: number): string {
	return Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toFixed(DECIMAL_PLACES)));
}

function excerpt(value: unknown): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Whether two stored texts mean the same value of the field (`10` and `10.000000`). */
export function sameValue(a: string, b: string, rule: FieldRule | undefined): boolean {
	if (a === b) return true;
	switch (rule?.kind) {
		case 'decimal':
			return a !== '' && b !== '' && Math.abs(Number(a) - Number(b)) < 10 ** -DECIMAL_PLACES / 2;
		case 'id':
		case 'integer':
			return a !== '' && b !== '' && Number(a) === Number(b);
		case 'date':
		case 'dateTime':
			return unset(a) && unset(b);
		default:
			return false;
	}
}

function unset(date: string): boolean {
	return date === '' || date.startsWith('0000-00-00');
}
