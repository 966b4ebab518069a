import type { Row } from './definitions.mts';
import type { ShopMail, ShopState } from './shopState.mts';

/** Names under which payment modules enter a payment (recorded exchange 343). */
const PAYMENT_NAMES: Record<string, string> = {
	ps_checkpayment: 'Payments by check',
	cheque: 'Payment by check',
	ps_wirepayment: 'Wire payment',
	bankwire: 'Bank wire',
};

export function textIn(row: Row | undefined, field: string): string {
	const value = row?.values[field];
	return typeof value === 'string' ? value : '';
}

function flag(row: Row, field: string): boolean {
	return textIn(row, field) === '1';
}

function withValues(row: Row, values: Row['values']): Row {
	return { ...row, values: { ...row.values, ...values } };
}

function nextNumber(shop: ShopState, column: string): string {
	let highest = 0;
	for (const row of shop.database.table('order_invoices').rows()) {
		highest = Math.max(highest, Number(row.values[column] ?? 0));
	}
	return String(highest + 1);
}

function createInvoice(shop: ShopState, order: Row, now: string): Row {
	const invoices = shop.database.table('order_invoices');
	const { fields } = shop.resource('order_invoices');
	const number = nextNumber(shop, 'number');
	const values: Row['values'] = {};
	for (const name of fields.keys()) values[name] = '';
	const copied: Record<string, string> = {
		total_discount_tax_excl: 'total_discounts_tax_excl',
		total_discount_tax_incl: 'total_discounts_tax_incl',
		total_paid_tax_excl: 'total_paid_tax_excl',
		total_paid_tax_incl: 'total_paid_tax_incl',
		total_products: 'total_products',
		total_products_wt: 'total_products_wt',
		total_shipping_tax_excl: 'total_shipping_tax_excl',
		total_shipping_tax_incl: 'total_shipping_tax_incl',
		total_wrapping_tax_excl: 'total_wrapping_tax_excl',
		total_wrapping_tax_incl: 'total_wrapping_tax_incl',
	};
	for (const [to, from] of Object.entries(copied)) {
		if (fields.has(to)) values[to] = textIn(order, from);
	}
	const fixed: Record<string, string> = {
		id_order: String(order.id),
		number,
		delivery_number: '0',
		delivery_date: '0000-00-00 00:00:00',
		shipping_tax_computation_method: shop.version === '1.6.1.24' ? '0' : '1',
		shop_address: shop.configuration('PS_SHOP_NAME') ?? 'DemoShop',
		date_add: now,
	};
	for (const [name, value] of Object.entries(fixed)) if (fields.has(name)) values[name] = value;
	const invoice: Row = { id: invoices.reserveId(), values, links: {} };
	invoices.put(invoice);
	for (const name of ['order_carriers', 'order_details']) {
		const table = shop.database.table(name);
		for (const row of table.rowsWhere('id_order', String(order.id))) {
			table.put(withValues(row, { id_order_invoice: String(invoice.id) }));
		}
	}
	return withValues(order, { invoice_number: number, invoice_date: now });
}

function createDeliverySlip(shop: ShopState, order: Row, now: string): Row {
	const invoices = shop.database.table('order_invoices');
	const [invoice] = invoices.rowsWhere('id_order', String(order.id));
	const number = nextNumber(shop, 'delivery_number');
	if (invoice) {
		invoices.put(withValues(invoice, { delivery_number: number, delivery_date: now }));
	}
	return withValues(order, { delivery_number: number, delivery_date: now });
}

/** Rows that belong to an invoice of the order: only those count when the shop asks what is still to pay. */
function isBooked(payment: Row): boolean {
	return (payment.links.order_invoices ?? []).length > 0;
}

function paymentsOf(shop: ShopState, order: Row): Row[] {
	return shop.database
		.table('order_payments')
		.rowsWhere('order_reference', textIn(order, 'reference'));
}

/** Adds a payment row and the sum paid of an order, as payment modules do. */
export function addPayment(
	shop: ShopState,
	orderId: number,
	amount: number,
	method: string,
	invoiced = false,
): void {
	const order = shop.find('orders', orderId);
	if (!order) return;
	const payments = shop.database.table('order_payments');
	const { fields } = shop.resource('order_payments');
	const values: Row['values'] = {};
	for (const name of fields.keys()) values[name] = '';
	Object.assign(values, {
		order_reference: textIn(order, 'reference'),
		id_currency: textIn(order, 'id_currency'),
		amount: amount.toFixed(fields.get('amount')?.type === 'dec2' ? 2 : 6),
		payment_method: method,
		conversion_rate: textIn(order, 'conversion_rate'),
		date_add: shop.clock.wall(),
	});
	const links: Row['links'] = invoiced ? { order_invoices: [{ id: '1' }] } : {};
	payments.put({ id: payments.reserveId(), values, links });
	const real = Number(textIn(order, 'total_paid_real')) + amount;
	shop.database
		.table('orders')
		.put(withValues(order, { total_paid_real: real.toFixed(6), date_upd: shop.clock.wall() }));
}

/** What payments made before the invoice are worth is forgotten, unless the order is just being made (recorded exchanges 649, 1072). */
function payRest(shop: ShopState, order: Row): void {
	const booked = paymentsOf(shop, order)
		.filter(isBooked)
		.reduce((sum, row) => sum + Number(textIn(row, 'amount')), 0);
	const total = Number(textIn(order, 'total_paid_tax_incl'));
	if (total - booked <= 0.005) return;
	const method = PAYMENT_NAMES[textIn(order, 'module')] ?? textIn(order, 'payment');
	addPayment(shop, order.id, total - booked, method, true);
}

/**
 * The core transition of an order (reference, section 4.7): state, `valid`, invoice, delivery slip, payment of the
 * rest, `date_upd`. No history row and no mail. false when the order or the state does not exist.
 */
export function transition(
	shop: ShopState,
	orderId: number,
	stateId: number,
	options: { existingPayments?: boolean } = {},
): boolean {
	const orders = shop.database.table('orders');
	const state = shop.find('order_states', stateId);
	let order = orders.get(orderId);
	if (!order || !state) return false;
	const now = shop.clock.wall();
	order = withValues(order, {
		current_state: String(stateId),
		valid: flag(state, 'logable') ? '1' : '0',
		date_upd: now,
	});
	// What counts is the invoice itself: a PUT may have wiped its number from the order (recorded exchange 379).
	const invoices = shop.database.table('order_invoices').find('id_order', String(orderId));
	if (flag(state, 'invoice') && invoices.length === 0) {
		order = createInvoice(shop, order, now);
		if (options.existingPayments) {
			for (const row of paymentsOf(shop, order)) {
				const links = { ...row.links, order_invoices: [{ id: '1' }] };
				shop.database.table('order_payments').put({ ...row, links });
			}
		}
	}
	if (flag(state, 'delivery') && textIn(order, 'delivery_number') === '0') {
		order = createDeliverySlip(shop, order, now);
	}
	orders.put(order);
	if (flag(state, 'paid') && textIn(order, 'invoice_number') !== '0') payRest(shop, order);
	return true;
}

/** Adds a history row; `id` is given when it was reserved before. */
export function addHistory(
	shop: ShopState,
	entry: { orderId: number; stateId: number; employeeId?: number; id?: number; at?: string },
): number {
	const histories = shop.database.table('order_histories');
	const id = entry.id ?? histories.reserveId();
	histories.put({
		id,
		values: {
			id_employee: String(entry.employeeId ?? 0),
			id_order_state: String(entry.stateId),
			id_order: String(entry.orderId),
			date_add: entry.at ?? shop.clock.wall(),
		},
		links: {},
	});
	return id;
}

/** The mail of a state, to the customer of an order; undefined when the state sends none. */
function mailFor(shop: ShopState, orderId: number, stateId: number): ShopMail | undefined {
	const order = shop.find('orders', orderId);
	const state = shop.find('order_states', stateId);
	if (!order || !state || !flag(state, 'send_email')) return undefined;
	const language = textIn(order, 'id_lang');
	const { template, name } = state.values;
	const used = typeof template === 'object' && template ? (template[language] ?? '') : '';
	if (used === '') return undefined;
	const customer = shop.find('customers', Number(textIn(order, 'id_customer')));
	const title = typeof name === 'object' && name ? (name[language] ?? '') : '';
	const reference = textIn(order, 'reference');
	return {
		to: textIn(customer, 'email'),
		subject: title,
		orderId,
		stateId,
		text: `Hi ${textIn(customer, 'firstname')} ${textIn(customer, 'lastname')}, your order ${reference} is now: ${title}.`,
		at: shop.clock.wall(),
	};
}

/** Sends the mail of a state where it has one; false when the mail server cannot be reached. */
export function mailState(shop: ShopState, orderId: number, stateId: number): boolean {
	const mail = mailFor(shop, orderId, stateId);
	if (!mail) return true;
	if (!shop.settings.mailServerUp) return false;
	shop.mails.push(mail);
	return true;
}

/** Does the state attach the invoice to its mail? */
export function attachesInvoice(shop: ShopState, stateId: number): boolean {
	const state = shop.find('order_states', stateId);
	return state !== undefined && flag(state, 'pdf_invoice') && flag(state, 'send_email');
}
