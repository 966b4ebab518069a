/**
 * The one shape of orders on every shop (`simplify`): IDs are strings, money is a number, absent is
 * `null`, times are ISO 8601. Parts that could not be joined are named in `_missing`.
 */

/** What a status means, whatever the shop calls it. */
export type Phase =
	| 'new'
	| 'processing'
	| 'shipped'
	| 'delivered'
	| 'cancelled'
	| 'returned'
	| 'error'
	| 'unknown';

export interface SimplifiedStatus {
	id: string;
	name: string | null;
	phase: Phase;
}

export interface SimplifiedCustomer {
	id: string | null;
	email: string | null;
	firstName: string | null;
	lastName: string | null;
	phone: string | null;
}

export interface SimplifiedAddress {
	firstName: string | null;
	lastName: string | null;
	company: string | null;
	street: string | null;
	street2: string | null;
	postcode: string | null;
	city: string | null;
	state: string | null;
	country: string | null;
	phone: string | null;
	vatNumber: string | null;
}

export interface SimplifiedLine {
	id: string;
	productId: string | null;
	variantId: string | null;
	sku: string | null;
	name: string | null;
	quantity: number | null;
	/** With tax. */
	unitPrice: number | null;
	/** With tax. */
	total: number | null;
}

export interface SimplifiedOrder {
	platform: string;
	shop: string;
	id: string;
	number: string;
	reference: string | null;
	createdAt: string | null;
	updatedAt: string | null;
	status: SimplifiedStatus | null;
	paid: boolean | null;
	/** With tax. */
	total: number | null;
	/** ISO 4217 code. */
	currency: string | null;
	/** With tax. */
	shippingCost: number | null;
	paymentMethod: string | null;
	shippingMethod: string | null;
	trackingNumber: string | null;
	note: string | null;
	customer: SimplifiedCustomer | null;
	billingAddress: SimplifiedAddress | null;
	shippingAddress: SimplifiedAddress | null;
	/** Absent when they were not read: an empty list means that nothing was bought. */
	lines?: SimplifiedLine[];
	/** The order in the shop's back office. */
	adminUrl: string | null;
	/** What could not be joined, each with the right that would bring it. Absent when nothing is missing. */
	_missing?: string[];
}

/** A shop's text, or `null` when it is empty. */
export function textOrNull(value: unknown): string | null {
	const text = value === undefined || value === null ? '' : String(value).trim();
	return text === '' ? null : text;
}

/** A shop's ID as a string; `null` for empty and for `0`, which means "none". */
export function idOrNull(value: unknown): string | null {
	const text = textOrNull(value);
	return text === '0' ? null : text;
}

/** A shop's decimal text as a JSON number, without the noise of trailing zeros. */
export function numberOrNull(value: unknown): number | null {
	const text = textOrNull(value);
	if (text === null) return null;
	const number = Number(text);
	return Number.isFinite(number) ? number : null;
}

/** Rounds money to six decimals, as fine as shops store it, so that sums carry no binary noise. */
export function money(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}

/** How a number between two whole ones becomes one of them; it is not negative. */
export type Rounding = (value: number) => number;

/** Halves go up, as shops round unless told. */
const halfUp: Rounding = (value) => Math.floor(value) + (value % 1 >= 0.5 ? 1 : 0);

/** Rounds money to `decimals` places as one does on paper: 1.005 is 1.01, whatever it is in binary. */
export function roundedTo(value: number, decimals: number, rounding: Rounding = halfUp): number {
	const shifted = Number(`${money(Math.abs(value))}e${decimals}`);
	const rounded = Number(`${rounding(shifted)}e-${decimals}`);
	return value < 0 ? -rounded : rounded;
}
