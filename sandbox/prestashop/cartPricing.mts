import type { LinkedItem, Row } from './definitions.mts';
import { textIn } from './orderTransitions.mts';
import type { ShopState } from './shopState.mts';

/** For whom and for what a price is computed; 0 stands for “nobody in particular”. */
export interface PriceContext {
	productId: number;
	combinationId: number;
	quantity: number;
	cartId: number;
	customerId: number;
	groupId: number;
	countryId: number;
	stateId: number;
	currencyId: number;
	/** The percentage of the customer's group counts (it does not in computed prices, recorded exchange 949). */
	withGroupReduction: boolean;
}

function number(row: Row | undefined, field: string): number {
	return Number(textIn(row, field)) || 0;
}

/** Rounds half up at a number of decimals, as PHP does. */
export function round(value: number, decimals = 2): number {
	const factor = 10 ** decimals;
	return Math.round((value + Number.EPSILON * Math.sign(value)) * factor + 1e-7) / factor;
}

/** The tax that a group of tax rules asks for at a place. */
export function taxAt(
	shop: ShopState,
	groupId: number,
	countryId: number,
	stateId: number,
): Row | undefined {
	if (groupId === 0) return undefined;
	for (const rule of shop.database.table('tax_rules').rows()) {
		if (number(rule, 'id_tax_rules_group') !== groupId) continue;
		if (number(rule, 'id_country') !== countryId) continue;
		const state = number(rule, 'id_state');
		if (state !== 0 && state !== stateId) continue;
		return shop.find('taxes', number(rule, 'id_tax'));
	}
	return undefined;
}

function taxRate(shop: ShopState, groupId: number, countryId: number, stateId: number): number {
	return number(taxAt(shop, groupId, countryId, stateId), 'rate');
}

/** How many units of the shop's own currency one unit of a currency is worth, the other way round: amount × rate. */
export function currencyRate(shop: ShopState, currencyId: number): number {
	return number(shop.find('currencies', currencyId), 'conversion_rate') || 1;
}

function runs(shop: ShopState, row: Row, from: string, to: string): boolean {
	const now = shop.clock.wall();
	const begins = textIn(row, from);
	const ends = textIn(row, to);
	return (begins <= now || begins.startsWith('0000')) && (ends >= now || ends.startsWith('0000'));
}

/** The special price that wins: of the cart, then of the customer, then of the group, then the general one. */
function specialPrice(shop: ShopState, of: PriceContext): Row | undefined {
	const own: Record<string, number> = {
		id_cart: of.cartId,
		id_customer: of.customerId,
		id_group: of.groupId,
		id_currency: of.currencyId,
		id_country: of.countryId,
		id_product_attribute: of.combinationId,
	};
	const weight: Record<string, number> = {
		id_cart: 64,
		id_customer: 32,
		id_group: 8,
		id_currency: 4,
		id_country: 2,
		id_product_attribute: 1,
	};
	let best: Row | undefined;
	let bestScore = -1;
	for (const row of shop.database.table('specific_prices').rows()) {
		if (number(row, 'id_product') !== of.productId) continue;
		if (number(row, 'from_quantity') > of.quantity || !runs(shop, row, 'from', 'to')) continue;
		let score = number(row, 'from_quantity') / 1_000_000;
		for (const [field, value] of Object.entries(own)) {
			const asked = number(row, field);
			if (asked === 0) continue;
			if (asked !== value) score = Number.NEGATIVE_INFINITY;
			else score += weight[field] ?? 0;
		}
		if (score > bestScore) {
			best = row;
			bestScore = score;
		}
	}
	return best;
}

/** A price per piece without tax, in the currency asked for, and the percentage of tax on it. */
export interface UnitPrice {
	net: number;
	/** Without any special price. */
	catalogue: number;
	rate: number;
}

/** The price of one piece as the shop computes it (reference, section 1.2 of the text on selling). */
export function unitPrice(shop: ShopState, of: PriceContext, withReduction = true): UnitPrice {
	const product = shop.find('products', of.productId);
	const combination = of.combinationId ? shop.find('combinations', of.combinationId) : undefined;
	const rate = taxRate(shop, number(product, 'id_tax_rules_group'), of.countryId, of.stateId);
	const conversion = of.currencyId ? currencyRate(shop, of.currencyId) : 1;
	const impact = number(combination, 'price');
	const catalogue = (number(product, 'price') + impact) * conversion;
	const special = specialPrice(shop, of);
	let net = catalogue;
	if (special) {
		const fixed = number(special, 'price');
		if (fixed >= 0) {
			const own = number(special, 'id_currency') !== 0;
			// A price for one combination is the whole price; one for the product takes the impact on top.
			const extra = number(special, 'id_product_attribute') === 0 ? impact * conversion : 0;
			net = fixed * (own ? 1 : conversion) + extra;
		}
		const reduction = number(special, 'reduction');
		if (withReduction && reduction > 0) {
			if (textIn(special, 'reduction_type') === 'percentage') net *= 1 - reduction;
			else if (textIn(special, 'reduction_tax') === '1')
				net -= (reduction * conversion) / (1 + rate / 100);
			else net -= reduction * conversion;
		}
	}
	if (of.withGroupReduction && of.groupId) {
		net *= 1 - number(shop.find('groups', of.groupId), 'reduction') / 100;
	}
	return { net: Math.max(net, 0), catalogue, rate };
}

/** One row of a cart with what it costs. */
export interface PricedRow {
	productId: number;
	combinationId: number;
	customizationId: number;
	quantity: number;
	unit: UnitPrice;
	net: number;
	gross: number;
}

/** What goes to one address with one carrier: one order. */
export interface CartPackage {
	rows: PricedRow[];
	carrierId: number;
	/** Without and with tax. */
	shipping: [number, number];
	carrierRate: number;
}

function cartContext(shop: ShopState, cart: Row, row: LinkedItem): PriceContext {
	const customer = shop.find('customers', number(cart, 'id_customer'));
	const address = shop.find('addresses', number(cart, 'id_address_delivery'));
	return {
		productId: Number(row.id_product ?? 0),
		combinationId: Number(row.id_product_attribute ?? 0) || 0,
		quantity: Number(row.quantity ?? 1),
		cartId: cart.id,
		customerId: customer?.id ?? 0,
		groupId: number(customer, 'id_default_group'),
		countryId: number(address, 'id_country'),
		stateId: number(address, 'id_state'),
		currencyId: number(cart, 'id_currency'),
		withGroupReduction: true,
	};
}

function lineTotal(shop: ShopState, unit: number, quantity: number): number {
	switch (shop.configuration('PS_ROUND_TYPE')) {
		case '1':
			return round(unit) * quantity;
		case '3':
			return unit * quantity;
		default:
			return round(unit * quantity);
	}
}

function priceRow(shop: ShopState, cart: Row, row: LinkedItem): PricedRow {
	const context = cartContext(shop, cart, row);
	const unit = unitPrice(shop, context);
	return {
		productId: context.productId,
		combinationId: context.combinationId,
		customizationId: Number(row.id_customization ?? 0) || 0,
		quantity: context.quantity,
		unit,
		net: lineTotal(shop, unit.net, context.quantity),
		gross: lineTotal(shop, unit.net * (1 + unit.rate / 100), context.quantity),
	};
}

function zoneOf(shop: ShopState, address: Row | undefined): string {
	const state = shop.find('states', number(address, 'id_state'));
	return (
		textIn(state, 'id_zone') ||
		textIn(shop.find('countries', number(address, 'id_country')), 'id_zone')
	);
}

/** Zones that a free carrier of the recorded shops goes to: Europe. The others have prices per zone. */
const FREE_CARRIER_ZONES = ['1'];

function offered(shop: ShopState, carrier: Row, zone: string): boolean {
	if (textIn(carrier, 'deleted') === '1' || textIn(carrier, 'active') !== '1') return false;
	if (textIn(carrier, 'is_free') === '1') return FREE_CARRIER_ZONES.includes(zone);
	return deliveryPrice(shop, carrier.id, zone) !== undefined;
}

function deliveryPrice(shop: ShopState, carrierId: number, zone: string): number | undefined {
	for (const row of shop.database.table('deliveries').rows()) {
		if (number(row, 'id_carrier') === carrierId && textIn(row, 'id_zone') === zone)
			return number(row, 'price');
	}
	return undefined;
}

function shippingOf(
	shop: ShopState,
	cart: Row,
	carrier: Row,
	zone: string,
	goods: number,
): { shipping: [number, number]; carrierRate: number } {
	const address = shop.find('addresses', number(cart, 'id_address_delivery'));
	const carrierRate = taxRate(
		shop,
		number(carrier, 'id_tax_rules_group') || 1,
		number(address, 'id_country'),
		number(address, 'id_state'),
	);
	const freeFrom = Number(shop.configuration('PS_SHIPPING_FREE_PRICE') ?? 0);
	const conversion = currencyRate(shop, number(cart, 'id_currency'));
	if (textIn(carrier, 'is_free') === '1' || (freeFrom > 0 && goods >= freeFrom * conversion))
		return { shipping: [0, 0], carrierRate };
	const handling =
		textIn(carrier, 'shipping_handling') === '1'
			? Number(shop.configuration('PS_SHIPPING_HANDLING') ?? 0)
			: 0;
	const net = ((deliveryPrice(shop, carrier.id, zone) ?? 0) + handling) * conversion;
	return { shipping: [round(net), round(net * (1 + carrierRate / 100))], carrierRate };
}

/** The carrier that `delivery_option` names for the address of delivery; `id_carrier` decides nothing (recorded exchange 663). */
function chosenCarrier(cart: Row): number {
	try {
		const option: unknown = JSON.parse(textIn(cart, 'delivery_option'));
		if (typeof option !== 'object' || option === null) return 0;
		const own = Object.entries(option).find(
			([address]) => address === textIn(cart, 'id_address_delivery'),
		);
		return Number.parseInt(String(own?.[1] ?? ''), 10) || 0;
	} catch {
		return 0;
	}
}

function packageOf(
	shop: ShopState,
	cart: Row,
	rows: PricedRow[],
	allowed: number[],
	goods: number,
): CartPackage {
	const address = shop.find('addresses', number(cart, 'id_address_delivery'));
	const zone = zoneOf(shop, address);
	const isVirtual = rows.every(
		(row) => textIn(shop.find('products', row.productId), 'is_virtual') === '1',
	);
	if (isVirtual) return { rows, carrierId: 0, shipping: [0, 0], carrierRate: 0 };
	const carriers = [...shop.database.table('carriers').rows()].filter(
		(carrier) =>
			offered(shop, carrier, zone) && (allowed.length === 0 || allowed.includes(carrier.id)),
	);
	const priced = carriers.map((carrier) => ({
		id: carrier.id,
		...shippingOf(shop, cart, carrier, zone, goods),
	}));
	const wanted = priced.find(({ id }) => id === chosenCarrier(cart));
	const [cheapest] = [...priced].sort((a, b) => a.shipping[1] - b.shipping[1]);
	const used = wanted ?? cheapest;
	return used
		? { rows, carrierId: used.id, shipping: used.shipping, carrierRate: used.carrierRate }
		: { rows, carrierId: 0, shipping: [0, 0], carrierRate: 0 };
}

/** The parcels a cart is split into: products bound to different carriers go apart (recorded exchange 779). */
export function packagesOf(shop: ShopState, cart: Row): CartPackage[] {
	const rows = (cart.links.cart_rows ?? []).map((row) => priceRow(shop, cart, row));
	const goods = rows.reduce((sum, row) => sum + row.gross, 0);
	const groups = new Map<string, { rows: PricedRow[]; allowed: number[] }>();
	for (const row of rows) {
		const bound = shop.find('products', row.productId)?.links.carriers ?? [];
		const allowed = bound.map(({ id }) => Number(id));
		const group = groups.get(allowed.join()) ?? { rows: [], allowed };
		group.rows.push(row);
		groups.set(allowed.join(), group);
	}
	return [...groups.values()].map((group) =>
		packageOf(shop, cart, group.rows, group.allowed, goods),
	);
}

/** Price of the gift wrapping of a cart, in its currency. */
export function wrappingOf(shop: ShopState, cart: Row): number {
	if (textIn(cart, 'gift') !== '1') return 0;
	const price = Number(shop.configuration('PS_GIFT_WRAPPING_PRICE') ?? 0);
	return round(price * currencyRate(shop, number(cart, 'id_currency')));
}

/** A rule that takes something off a cart. */
export interface AppliedRule {
	rule: Row;
	net: number;
	gross: number;
}

/** What a rule takes off goods of this worth. */
export function applyRule(shop: ShopState, rule: Row, cart: Row, rows: PricedRow[]): AppliedRule {
	const net = rows.reduce((sum, row) => sum + row.net, 0);
	const gross = rows.reduce((sum, row) => sum + row.gross, 0);
	const percent = number(rule, 'reduction_percent');
	if (percent > 0) return { rule, net: (net * percent) / 100, gross: (gross * percent) / 100 };
	const amount = number(rule, 'reduction_amount') * currencyRate(shop, number(cart, 'id_currency'));
	const share = gross > 0 ? net / gross : 1;
	return textIn(rule, 'reduction_tax') === '1'
		? { rule, net: amount * share, gross: amount }
		: { rule, net: amount, gross: amount / share };
}

/** Rules without a code that join the cart by themselves (from 1.7). */
export function automaticRules(shop: ShopState, cart: Row): Row[] {
	if (!shop.traits.automaticRules) return [];
	return [...shop.database.table('cart_rules').rows()].filter((rule) => {
		const customer = number(rule, 'id_customer');
		return (
			textIn(rule, 'code') === '' &&
			textIn(rule, 'active') === '1' &&
			number(rule, 'quantity') > 0 &&
			(customer === 0 || customer === number(cart, 'id_customer')) &&
			runs(shop, rule, 'date_from', 'date_to')
		);
	});
}

/** Rules with a code that somebody put into the cart: `associations.cart_rules`, which no webservice writes. */
export function codedRules(shop: ShopState, cart: Row): Row[] {
	return (cart.links.cart_rules ?? [])
		.map(({ id }) => shop.find('cart_rules', Number(id)))
		.filter((rule) => rule !== undefined);
}
