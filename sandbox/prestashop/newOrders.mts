import { randomInt } from 'node:crypto';

import type { Row } from './definitions.mts';
import { addHistory, mailState, textIn, transition } from './orderTransitions.mts';
import type { ShopState } from './shopState.mts';

export interface OrderLine {
	productId: number;
	combinationId?: number;
	quantity: number;
}

export interface NewOrder {
	/** A number that was reserved before. */
	id?: number;
	customerId: number;
	cartId?: number;
	payment: string;
	module: string;
	stateId: number;
	lines: OrderLine[];
	shopId?: number;
	/** What the customer paid; a different total ends in “Payment error”. */
	paid?: number;
	/** How far the creation gets (reference, section 6.1). */
	stage?: 'complete' | 'rowOnly' | 'withoutHistory';
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SHIPPING = 7;

/** Nine capital letters, as PrestaShop names its orders. */
export function newReference(): string {
	let reference = '';
	for (let i = 0; i < 9; i++) reference += LETTERS[randomInt(26)] ?? 'A';
	return reference;
}

interface PricedLine {
	line: OrderLine;
	name: string;
	reference: string;
	price: number;
}

function priced(shop: ShopState, line: OrderLine): PricedLine {
	const product = shop.find('products', line.productId);
	if (!product) throw new Error(`There is no product ${line.productId}.`);
	const name = product.values.name;
	const combination = line.combinationId
		? shop.find('combinations', line.combinationId)
		: undefined;
	return {
		line,
		name: typeof name === 'object' && name ? (name['1'] ?? Object.values(name)[0] ?? '') : '',
		reference: textIn(combination, 'reference') || textIn(product, 'reference'),
		price: Number(textIn(product, 'price')) + Number(textIn(combination, 'price') || 0),
	};
}

/** Values that all columns of a new row start with. */
export function blankValues(shop: ShopState, resource: string): Row['values'] {
	const values: Row['values'] = {};
	for (const [name, field] of shop.resource(resource).fields) {
		if (field.i18n) values[name] = {};
		else {
			values[name] =
				{
					int: '0',
					bool: '0',
					dec2: '0.00',
					dec3: '0.000',
					dec6: '0.000000',
					datetime: '0000-00-00 00:00:00',
					date: '0000-00-00',
					string: '',
				}[field.type ?? 'string'] ?? '';
		}
	}
	return values;
}

/** Only columns that this version has. */
export function withKnown(
	shop: ShopState,
	resource: string,
	values: Record<string, string>,
): Row['values'] {
	const { fields } = shop.resource(resource);
	const known = Object.entries(values).filter(([name]) => fields.has(name));
	return { ...blankValues(shop, resource), ...Object.fromEntries(known) };
}

function addressOf(shop: ShopState, customerId: number): number {
	const addresses = shop.database.table('addresses');
	const [known] = addresses.rowsWhere('id_customer', String(customerId));
	if (known) return known.id;
	const customer = shop.find('customers', customerId);
	const id = addresses.reserveId();
	addresses.put({
		id,
		values: withKnown(shop, 'addresses', {
			id_customer: String(customerId),
			id_country: '14',
			alias: 'Home',
			firstname: textIn(customer, 'firstname'),
			lastname: textIn(customer, 'lastname'),
			address1: 'ul. Przykładowa 1',
			postcode: '00-001',
			city: 'Warszawa',
			phone: '600100200',
			date_add: shop.clock.wall(),
			date_upd: shop.clock.wall(),
		}),
		links: {},
	});
	return id;
}

function orderValues(
	shop: ShopState,
	order: NewOrder,
	lines: PricedLine[],
	reference: string,
): Row['values'] {
	const products = lines.reduce((sum, { price, line }) => sum + price * line.quantity, 0);
	const address = String(addressOf(shop, order.customerId));
	const money = (amount: number): string => amount.toFixed(6);
	const now = shop.clock.wall();
	const template = orderTemplate(shop);
	const total = money(products + SHIPPING);
	const values = withKnown(shop, 'orders', {
		id_address_delivery: address,
		id_address_invoice: address,
		id_cart: String(order.cartId ?? 0),
		id_currency: '1',
		id_lang: textIn(shop.find('customers', order.customerId), 'id_lang') || '1',
		id_customer: String(order.customerId),
		id_carrier: '2',
		current_state: '0',
		module: order.module,
		valid: '0',
		date_add: now,
		date_upd: now,
		id_shop_group: '1',
		id_shop: String(order.shopId ?? 1),
		secure_key: textIn(shop.find('customers', order.customerId), 'secure_key'),
		payment: order.payment,
		total_paid: total,
		total_paid_tax_incl: total,
		total_paid_tax_excl: total,
		total_products: money(products),
		total_products_wt: money(products),
		total_shipping: money(SHIPPING),
		total_shipping_tax_incl: money(SHIPPING),
		total_shipping_tax_excl: money(SHIPPING),
		round_mode: '2',
		round_type: '2',
		conversion_rate: '1.000000',
		reference,
	});
	return cutDecimals(values, template);
}

/** A recorded order shows how many decimals each amount of this version has. */
function orderTemplate(shop: ShopState): Row | undefined {
	return shop.data.rows.get('orders')?.[0];
}

/** Prints amounts with as many decimals as the recorded order has (1.6 keeps two in some columns). */
export function cutDecimals(values: Row['values'], template: Row | undefined): Row['values'] {
	if (!template) return values;
	const cut: Row['values'] = { ...values };
	for (const [name, value] of Object.entries(values)) {
		const sample = template.values[name];
		if (typeof value !== 'string' || typeof sample !== 'string') continue;
		const decimals = /^-?\d+\.(\d+)$/.exec(sample)?.[1];
		if (decimals !== undefined && /^-?\d+\.\d+$/.test(value))
			cut[name] = Number(value).toFixed(decimals.length);
	}
	return cut;
}

function addDetails(shop: ShopState, orderId: number, lines: PricedLine[], shopId: number): void {
	const details = shop.database.table('order_details');
	for (const { line, name, reference, price } of lines) {
		const unit = price.toFixed(6);
		const total = (price * line.quantity).toFixed(6);
		details.put({
			id: details.reserveId(),
			values: withKnown(shop, 'order_details', {
				id_order: String(orderId),
				product_id: String(line.productId),
				product_attribute_id: String(line.combinationId ?? 0),
				product_name: name,
				product_reference: reference,
				product_quantity: String(line.quantity),
				product_quantity_in_stock: String(line.quantity),
				product_price: unit,
				original_product_price: unit,
				unit_price_tax_incl: unit,
				unit_price_tax_excl: unit,
				total_price_tax_incl: total,
				total_price_tax_excl: total,
				id_shop: String(shopId),
			}),
			links: {},
		});
	}
}

/** Takes what an order needs off the stock, below zero if need be. */
export function takeStock(shop: ShopState, lines: OrderLine[]): void {
	const stock = shop.database.table('stock_availables');
	for (const line of lines) {
		for (const row of stock.rowsWhere('id_product', String(line.productId))) {
			const attribute = textIn(row, 'id_product_attribute');
			if (attribute !== '0' && attribute !== String(line.combinationId ?? 0)) continue;
			const quantity = String(Number(textIn(row, 'quantity')) - line.quantity);
			stock.put({ ...row, values: { ...row.values, quantity } });
		}
	}
}

/** The order row alone, as it stands before anything else of the order exists. */
function insertRow(
	shop: ShopState,
	order: NewOrder,
	lines: PricedLine[],
): { id: number; reference: string } {
	const orders = shop.database.table('orders');
	const id = order.id ?? orders.reserveId();
	const reference = newReference();
	orders.put({ id, values: orderValues(shop, order, lines, reference), links: {} });
	return { id, reference };
}

/** Runs what follows the order row: lines, parcel, first state, history, mail. */
export function finishOrder(
	shop: ShopState,
	orderId: number,
	order: Pick<NewOrder, 'lines' | 'stateId' | 'shopId'>,
	history: boolean,
): number | undefined {
	const lines = order.lines.map((line) => priced(shop, line));
	addDetails(shop, orderId, lines, order.shopId ?? 1);
	takeStock(shop, order.lines);
	const carriers = shop.database.table('order_carriers');
	carriers.put({
		id: carriers.reserveId(),
		values: withKnown(shop, 'order_carriers', {
			id_order: String(orderId),
			id_carrier: '2',
			shipping_cost_tax_excl: SHIPPING.toFixed(6),
			shipping_cost_tax_incl: SHIPPING.toFixed(6),
			date_add: shop.clock.wall(),
		}),
		links: {},
	});
	if (!transition(shop, orderId, order.stateId))
		throw new Error(`There is no state ${order.stateId}.`);
	if (!history) return undefined;
	const historyId = addHistory(shop, { orderId, stateId: order.stateId });
	mailState(shop, orderId, order.stateId);
	return historyId;
}

/** Places an order as the shop does, up to the stage asked for. */
export function insertOrder(
	shop: ShopState,
	order: NewOrder,
): { id: number; reference: string; historyId?: number } {
	const lines = order.lines.map((line) => priced(shop, line));
	const { id, reference } = insertRow(shop, order, lines);
	if (order.stage === 'rowOnly') return { id, reference };
	const total = Number(textIn(shop.find('orders', id), 'total_paid'));
	const mismatch = order.paid !== undefined && Math.abs(order.paid - total) >= 0.01;
	const stateId = mismatch ? 8 : order.stateId;
	const historyId = finishOrder(shop, id, { ...order, stateId }, order.stage !== 'withoutHistory');
	return historyId === undefined ? { id, reference } : { id, reference, historyId };
}
