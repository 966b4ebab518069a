import {
	applyRule,
	automaticRules,
	codedRules,
	currencyRate,
	packagesOf,
	round,
	taxAt,
	wrappingOf,
} from './cartPricing.mts';
import type { AppliedRule, CartPackage, PricedRow } from './cartPricing.mts';
import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';
import type { Draft } from './draft.mts';
import { PhpFatal } from './errors.mts';
import { cutDecimals, newReference, takeStock, withKnown } from './newOrders.mts';
import {
	addHistory,
	addPayment,
	attachesInvoice,
	mailState,
	textIn,
	transition,
} from './orderTransitions.mts';
import type { ShopState } from './shopState.mts';

/** States by what they mean; the webservice's own can be set by the merchant. */
const PAYMENT_ERROR = 8;

const MODULES = ['ps_wirepayment', 'ps_checkpayment', 'bankwire', 'cheque', 'ps_cashondelivery'];

function money(amount: number): string {
	return amount.toFixed(6);
}

/** Refuses as the version does: `sentence` is what those say that say anything (recorded exchanges 642, 692, 782). */
function refuse(shop: ShopState, why: 'repeated' | 'unknownCart' | 'wrongKey'): PhpFatal {
	const { status, bodies } = shop.traits.refusedOrder;
	return new PhpFatal(bodies[why] === '' ? 500 : status, bodies[why], `order refused: ${why}`);
}

/** The names of a combination's options, in the order's language: `Size: S - Color: White`. */
function optionNames(shop: ShopState, combination: Row | undefined, language: string): string {
	const text = (row: Row | undefined, field: string): string => {
		const value = row?.values[field];
		return typeof value === 'object' && value ? (value[language] ?? value['1'] ?? '') : '';
	};
	const names = (combination?.links.product_option_values ?? []).map(({ id }) => {
		const value = shop.find('product_option_values', Number(id));
		const group = shop.find('product_options', Number(textIn(value, 'id_attribute_group')));
		return value ? `${text(group, 'public_name')}: ${text(value, 'name')}` : '';
	});
	return names.filter((name) => name !== '').join(' - ');
}

function lineName(shop: ShopState, row: PricedRow, language: string): string {
	const name = shop.find('products', row.productId)?.values.name;
	const own = typeof name === 'object' && name ? (name[language] ?? name['1'] ?? '') : '';
	const combination = shop.find('combinations', row.combinationId);
	const options = optionNames(shop, combination, language);
	return options === '' ? own : `${own} (${options})`;
}

/** Does the order take more than the shop has? Then 1.6 and 1.7 put it on backorder. */
function exceedsStock(shop: ShopState, row: PricedRow): boolean {
	return shop.database
		.table('stock_availables')
		.rowsWhere('id_product', String(row.productId))
		.some(
			(level) =>
				textIn(level, 'id_product_attribute') === String(row.combinationId) &&
				Number(textIn(level, 'quantity')) < row.quantity,
		);
}

interface Totals {
	productsNet: number;
	productsGross: number;
	wrapping: number;
	discounts: AppliedRule[];
}

function totalOf(
	parcel: CartPackage,
	{ productsNet, productsGross, wrapping, discounts }: Totals,
): { net: number; gross: number; discountNet: number; discountGross: number } {
	const discountNet = round(discounts.reduce((sum, rule) => sum + rule.net, 0));
	const discountGross = round(discounts.reduce((sum, rule) => sum + rule.gross, 0));
	return {
		discountNet,
		discountGross,
		net: round(productsNet + parcel.shipping[0] + wrapping - discountNet),
		gross: round(productsGross + parcel.shipping[1] + wrapping - discountGross),
	};
}

function sums(rows: PricedRow[]): { productsNet: number; productsGross: number } {
	return {
		productsNet: round(rows.reduce((sum, row) => sum + row.net, 0)),
		productsGross: round(rows.reduce((sum, row) => sum + row.gross, 0)),
	};
}

function insertOrderRow(
	shop: ShopState,
	cart: Row,
	parcel: CartPackage,
	totals: Totals,
	posted: Draft['values'],
	reference: string,
): number {
	const orders = shop.database.table('orders');
	const customer = shop.find('customers', Number(textIn(cart, 'id_customer')));
	const { net, gross, discountNet, discountGross } = totalOf(parcel, totals);
	const now = shop.clock.wall();
	const values = withKnown(shop, 'orders', {
		id_address_delivery: textIn(cart, 'id_address_delivery'),
		id_address_invoice: textIn(cart, 'id_address_invoice'),
		id_cart: String(cart.id),
		id_currency: textIn(cart, 'id_currency'),
		id_lang: textIn(cart, 'id_lang'),
		id_customer: textIn(cart, 'id_customer'),
		id_carrier: String(parcel.carrierId),
		current_state: '0',
		module: String(posted.module ?? ''),
		valid: '0',
		date_add: now,
		date_upd: now,
		id_shop_group: '1',
		id_shop: '1',
		secure_key: textIn(customer, 'secure_key'),
		payment: String(posted.payment ?? ''),
		gift: textIn(cart, 'gift') || '0',
		gift_message: textIn(cart, 'gift_message'),
		total_discounts: money(discountGross),
		total_discounts_tax_incl: money(discountGross),
		total_discounts_tax_excl: money(discountNet),
		total_paid: money(gross),
		total_paid_tax_incl: money(gross),
		total_paid_tax_excl: money(net),
		total_products: money(totals.productsNet),
		total_products_wt: money(totals.productsGross),
		total_shipping: money(parcel.shipping[1]),
		total_shipping_tax_incl: money(parcel.shipping[1]),
		total_shipping_tax_excl: money(parcel.shipping[0]),
		carrier_tax_rate: parcel.carrierRate.toFixed(3),
		total_wrapping: money(totals.wrapping),
		total_wrapping_tax_incl: money(totals.wrapping),
		total_wrapping_tax_excl: money(totals.wrapping),
		round_mode: '2',
		round_type: shop.configuration('PS_ROUND_TYPE') ?? '2',
		conversion_rate: money(currencyRate(shop, Number(textIn(cart, 'id_currency')))),
		reference,
	});
	const id = orders.reserveId();
	orders.put({ id, values, links: {} });
	return id;
}

function insertLines(shop: ShopState, orderId: number, cart: Row, rows: PricedRow[]): void {
	const details = shop.database.table('order_details');
	const address = shop.find('addresses', Number(textIn(cart, 'id_address_delivery')));
	for (const row of rows) {
		const product = shop.find('products', row.productId);
		const combination = shop.find('combinations', row.combinationId);
		const { net, catalogue, rate } = row.unit;
		const available = shop.database
			.table('stock_availables')
			.rowsWhere('id_product', String(row.productId))
			.find((level) => textIn(level, 'id_product_attribute') === String(row.combinationId));
		const inStock = Number(textIn(available, 'quantity')) || 0;
		const detail = withKnown(shop, 'order_details', {
			id_order: String(orderId),
			product_id: String(row.productId),
			product_attribute_id: String(row.combinationId),
			id_customization: String(row.customizationId),
			product_name: lineName(shop, row, textIn(cart, 'id_lang')),
			product_reference: textIn(combination, 'reference') || textIn(product, 'reference'),
			product_ean13: textIn(combination, 'ean13') || textIn(product, 'ean13'),
			product_quantity: String(row.quantity),
			product_quantity_in_stock: String(Math.min(inStock, row.quantity)),
			product_price: money(net),
			product_weight: textIn(product, 'weight'),
			id_tax_rules_group: textIn(product, 'id_tax_rules_group'),
			original_product_price: money(catalogue),
			unit_price_tax_incl: money(net * (1 + rate / 100)),
			unit_price_tax_excl: money(net),
			total_price_tax_incl: money(row.gross),
			total_price_tax_excl: money(row.net),
			id_shop: '1',
		});
		const tax = taxAt(
			shop,
			Number(textIn(product, 'id_tax_rules_group')),
			Number(textIn(address, 'id_country')),
			Number(textIn(address, 'id_state')),
		);
		details.put({
			id: details.reserveId(),
			values: cutDecimals(detail, shop.data.rows.get('order_details')?.[0]),
			links: tax ? { taxes: [{ id: String(tax.id) }] } : {},
		});
	}
}

function insertParcel(shop: ShopState, orderId: number, parcel: CartPackage): void {
	if (parcel.carrierId === 0) return;
	const carriers = shop.database.table('order_carriers');
	const weight = parcel.rows.reduce(
		(sum, row) =>
			sum + Number(textIn(shop.find('products', row.productId), 'weight')) * row.quantity,
		0,
	);
	carriers.put({
		id: carriers.reserveId(),
		values: withKnown(shop, 'order_carriers', {
			id_order: String(orderId),
			id_carrier: String(parcel.carrierId),
			weight: money(weight),
			shipping_cost_tax_excl: money(parcel.shipping[0]),
			shipping_cost_tax_incl: money(parcel.shipping[1]),
			date_add: shop.clock.wall(),
		}),
		links: {},
	});
}

/** The rules that took something off: a line of the order each, and one use less of the rule. */
function bookRules(shop: ShopState, orderId: number, cart: Row, rules: AppliedRule[]): void {
	const name = shop.data.resources.has('order_cart_rules') ? 'order_cart_rules' : 'order_discounts';
	const table = shop.database.table(name);
	for (const { rule, net, gross } of rules) {
		const names = rule.values.name;
		table.put({
			id: table.reserveId(),
			values: withKnown(shop, name, {
				id_order: String(orderId),
				id_cart_rule: String(rule.id),
				name: typeof names === 'object' && names ? (names[textIn(cart, 'id_lang')] ?? '') : '',
				value: money(gross),
				value_tax_excl: money(net),
			}),
			links: {},
		});
		shop.database.table('cart_rules').put({
			...rule,
			values: {
				...rule.values,
				quantity: String(Number(textIn(rule, 'quantity')) - 1),
				date_upd: shop.clock.wall(),
			},
		});
	}
}

/** A message that was written to the cart becomes a thread of the order (recorded exchange 854). */
function carryMessage(shop: ShopState, cart: Row, orderId: number): void {
	if (!shop.data.resources.has('messages')) return;
	const customer = shop.find('customers', Number(textIn(cart, 'id_customer')));
	for (const message of shop.database.table('messages').rows()) {
		if (textIn(message, 'id_cart') !== String(cart.id)) continue;
		const threads = shop.database.table('customer_threads');
		const texts = shop.database.table('customer_messages');
		const at = shop.clock.wall();
		const thread = threads.reserveId();
		threads.put({
			id: thread,
			values: withKnown(shop, 'customer_threads', {
				id_lang: textIn(cart, 'id_lang'),
				id_shop: '1',
				id_customer: textIn(cart, 'id_customer'),
				id_order: String(orderId),
				email: textIn(customer, 'email'),
				token: newReference(),
				status: 'open',
				date_add: at,
				date_upd: at,
			}),
			links: {},
		});
		texts.put({
			id: texts.reserveId(),
			values: withKnown(shop, 'customer_messages', {
				id_customer_thread: String(thread),
				message: textIn(message, 'message'),
				private: textIn(message, 'private') || '0',
				date_add: at,
				date_upd: at,
			}),
			links: {},
		});
	}
}

function confirm(shop: ShopState, orderId: number, stateId: number): void {
	if (!shop.settings.mailServerUp) return;
	const order = shop.find('orders', orderId);
	const customer = shop.find('customers', Number(textIn(order, 'id_customer')));
	shop.mails.push({
		to: textIn(customer, 'email'),
		subject: 'Order confirmation',
		orderId,
		stateId,
		text: `Thank you for your order ${textIn(order, 'reference')}.`,
		at: shop.clock.wall(),
	});
}

function alertAdministrator(shop: ShopState): void {
	if (!shop.traits.alertsRefusedOrder || !shop.settings.mailServerUp) return;
	shop.mails.push({
		to: 'admin@example.com',
		subject: 'Log: You have a new alert from your shop',
		orderId: 0,
		stateId: 0,
		text: 'An order was refused.',
		at: shop.clock.wall(),
	});
}

/** The cart of a request, if it may become an order. */
function cartFor(ctx: WsContext, draft: Draft): Row {
	const { shop } = ctx;
	const cart = shop.find('carts', Number(draft.values.id_cart ?? 0));
	if (!cart) throw refuse(shop, 'unknownCart');
	if (shop.database.table('orders').rowsWhere('id_cart', String(cart.id)).length > 0) {
		alertAdministrator(shop);
		throw refuse(shop, 'repeated');
	}
	const customerId = textIn(cart, 'id_customer');
	const customer = shop.find('customers', Number(customerId));
	const key = textIn(cart, 'secure_key');
	const isStranger =
		String(draft.values.id_customer ?? '') !== customerId ||
		(key !== '' && key !== textIn(customer, 'secure_key'));
	if (isStranger) throw refuse(shop, 'wrongKey');
	return cart;
}

function dies(shop: ShopState, cart: Row, draft: Draft): boolean {
	if (!MODULES.includes(String(draft.values.module ?? ''))) return true;
	const unknown = (cart.links.cart_rows ?? []).some(
		(row) => !shop.find('products', Number(row.id_product ?? 0)),
	);
	if (unknown) return true;
	const address = shop.find('addresses', Number(textIn(cart, 'id_address_delivery')));
	const country = shop.find('countries', Number(textIn(address, 'id_country')));
	return country !== undefined && textIn(country, 'active') !== '1';
}

/**
 * `POST /api/orders` turns a cart into an order through the payment module; state, rows and totals of the body count for
 * nothing, but a posted total that is not the cart's ends in “Payment error” when the shop's state for such orders is
 * “logable” (recorded exchanges 635, 645, 734).
 */
export function createOrderFromCart(ctx: WsContext, draft: Draft): boolean {
	const { shop } = ctx;
	const cart = cartFor(ctx, draft);
	const asked = Number(shop.configuration('PS_OS_WS_PAYMENT') ?? 11);
	const isLogable = textIn(shop.find('order_states', asked), 'logable') === '1';
	const isEmpty = (cart.links.cart_rows ?? []).length === 0;
	if (dies(shop, cart, draft) || (isEmpty && isLogable))
		throw new PhpFatal(500, '', 'PrestaShopException: order could not be made');
	// An empty cart and a state that compares nothing: 201, no order (recorded exchange 1075).
	if (isEmpty) return true;

	const parcels = packagesOf(shop, cart);
	const coded = codedRules(shop, cart);
	const automatic = automaticRules(shop, cart);
	const rows = parcels.flatMap((parcel) => parcel.rows);
	const ruleOf = (rule: Row): AppliedRule => applyRule(shop, rule, cart, rows);
	const wrapping = wrappingOf(shop, cart);
	const compared = round(
		sums(rows).productsGross +
			parcels.reduce((sum, parcel) => sum + parcel.shipping[1], 0) +
			wrapping -
			round(coded.map(ruleOf).reduce((sum, { gross }) => sum + gross, 0)),
	);
	const posted = Number(draft.values.total_paid ?? 0);
	const differs = isLogable && round(posted) !== compared;
	const stateId = differs ? PAYMENT_ERROR : asked;
	const reference = newReference();
	const made = parcels.map((parcel, index) => {
		const discounts = index === 0 ? [...coded, ...automatic].map(ruleOf) : [];
		const totals = {
			...sums(parcel.rows),
			wrapping: index === 0 ? wrapping : 0,
			discounts,
		};
		const id = insertOrderRow(shop, cart, parcel, totals, draft.values, reference);
		insertLines(shop, id, cart, parcel.rows);
		insertParcel(shop, id, parcel);
		bookRules(shop, id, cart, discounts);
		return { id, parcel };
	});
	const last = made[made.length - 1];
	if (!last) return true;
	if (isLogable) {
		const amount = shop.traits.paymentKeepsDecimals ? posted : round(posted);
		addPayment(shop, last.id, amount, String(draft.values.payment ?? ''));
	}
	for (const { id, parcel } of made) finish(ctx, id, parcel, stateId);
	carryMessage(shop, cart, last.id);
	const prices = shop.database.table('specific_prices');
	for (const row of [...prices.rows()]) {
		if (textIn(row, 'id_cart') === String(cart.id)) prices.delete(row.id);
	}
	draft.id = last.id;
	return true;
}

/** Stock, first state, its mail, the confirmation. */
function finish(ctx: WsContext, orderId: number, parcel: CartPackage, stateId: number): void {
	const { shop } = ctx;
	const backorder = shop.traits.backorderStates;
	const isShort = parcel.rows.some((row) => exceedsStock(shop, row));
	const isMade = stateId !== PAYMENT_ERROR;
	if (isMade) {
		takeStock(
			shop,
			parcel.rows.map(({ productId, combinationId, quantity }) => ({
				productId,
				combinationId,
				quantity,
			})),
		);
	}
	transition(shop, orderId, stateId, { existingPayments: true });
	addHistory(shop, { orderId, stateId });
	mailState(shop, orderId, stateId);
	const { pdfDiagnostic } = shop.traits;
	const hasInvoice = textIn(shop.find('orders', orderId), 'invoice_number') !== '0';
	if (isMade && isShort && backorder) {
		const isPaid = textIn(shop.find('order_states', stateId), 'paid') === '1';
		const next = isPaid ? backorder.paid : backorder.unpaid;
		transition(shop, orderId, next, { existingPayments: true });
		addHistory(shop, { orderId, stateId: next });
		mailState(shop, orderId, next);
	}
	if (!isMade) return;
	confirm(shop, orderId, stateId);
	if (pdfDiagnostic && (hasInvoice || attachesInvoice(shop, stateId)))
		ctx.errors.php(pdfDiagnostic.code, pdfDiagnostic.text);
}
