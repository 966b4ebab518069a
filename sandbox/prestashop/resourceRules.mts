import { createHash, randomBytes } from 'node:crypto';

import type { WsContext } from './context.mts';
import { rowOf } from './draft.mts';
import type { Draft } from './draft.mts';
import { PhpFatal } from './errors.mts';
import { createOrderFromCart } from './ordersFromCarts.mts';
import { addHistory, attachesInvoice, mailState, textIn, transition } from './orderTransitions.mts';
import { textOf } from './query.mts';

function now(ctx: WsContext): string {
	return ctx.shop.clock.wall();
}

function setCurrentState(ctx: WsContext, draft: Draft, value: string): void {
	if (draft.isNew) return;
	if (draft.values.current_state === value && !ctx.traits.putRepeatsTransition) return;
	if (!transition(ctx.shop, draft.id, Number(value))) throw invalidTransition(ctx);
	addHistory(ctx.shop, { orderId: draft.id, stateId: Number(value) });
	// Changing the state of an order object always mails, there is no way to suppress it (reference, section 4.7).
	mailState(ctx.shop, draft.id, Number(value));
	const { pdfDiagnostic } = ctx.traits;
	if (pdfDiagnostic && attachesInvoice(ctx.shop, Number(value))) {
		ctx.errors.php(pdfDiagnostic.code, pdfDiagnostic.text);
	}
	const row = ctx.database.table('orders').get(draft.id);
	const paidBefore = draft.values.total_paid_real;
	for (const name of draft.resource.fields.keys()) {
		draft.values[name] = row?.values[name] ?? null;
	}
	// A sum that was just calculated is printed as PHP prints numbers (recorded exchange 475).
	if (draft.values.total_paid_real !== paidBefore) {
		draft.values.total_paid_real = String(Number(draft.values.total_paid_real));
	}
	draft.integers.add('current_state');
}

function invalidTransition(ctx: WsContext): PhpFatal {
	const { status, body } = ctx.traits.invalidTransition;
	return new PhpFatal(status, body, 'PrestaShopException: Invalid new order status');
}

function setProductField(ctx: WsContext, draft: Draft, name: string, value: string): boolean {
	switch (name) {
		case 'id_default_image':
			// The cover becomes that picture only if it belongs to the product, else there is none (recorded exchange 489).
			draft.values[name] = draft.links.images?.some((image) => image.id === value) ? value : '';
			return true;
		case 'id_default_combination':
			if (ctx.shop.find('combinations', Number(value))?.values.id_product === String(draft.id)) {
				draft.values[name] = value;
			}
			return true;
		case 'position_in_category':
			if (ctx.traits.positionDiagnostic) {
				ctx.errors.php(ctx.traits.positionDiagnostic.code, ctx.traits.positionDiagnostic.text);
			} else if (Number(value) < 1 && ctx.shop.version !== '1.6.1.24') {
				ctx.errors.add(500, 134, 'You cannot set a position inferior to 1 in a category.');
			}
			draft.values[name] = value;
			return true;
		case 'type':
			draft.values[name] = value;
			return true;
		default:
			return false;
	}
}

function passwordHash(): string {
	return `$2y$10$${randomBytes(40).toString('base64').replace(/[+=]/g, '.').slice(0, 53)}`;
}

/** Fields with a setter of their own. false: the value is simply assigned. */
export function applySetter(ctx: WsContext, draft: Draft, name: string, value: string): boolean {
	switch (draft.resource.name) {
		case 'orders':
			if (name === 'current_state') {
				setCurrentState(ctx, draft, value);
				return true;
			}
			if (name === 'shipping_number' && draft.resource.fields.get(name)?.dynamic) {
				const carriers = ctx.database.table('order_carriers');
				const [row] = carriers.rowsWhere('id_order', String(draft.id));
				if (row) carriers.put({ ...row, values: { ...row.values, tracking_number: value } });
				return true;
			}
			return false;
		case 'products':
			return setProductField(ctx, draft, name, value);
		case 'customers':
			if (name !== 'passwd') return false;
			// The stored hash may be sent back; everything else is taken for a plain password (reference, section 4.5).
			if (draft.isNew || draft.values.passwd !== value) {
				draft.values.passwd =
					ctx.shop.version === '1.6.1.24'
						? createHash('md5').update(value).digest('hex')
						: passwordHash();
			}
			return true;
		default:
			return false;
	}
}

function slug(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
}

/** Fills in what a POST may leave out: `link_rewrite` from the names; without any name PHP stumbles (recorded exchange 427). */
export function modifyNew(ctx: WsContext, draft: Draft): void {
	if (draft.resource.name !== 'products') return;
	const { name, link_rewrite: given } = draft.values;
	if (typeof name !== 'object' || name === null) {
		const text = ctx.traits.foreachText.replace('%s', 'string');
		ctx.errors.php(
			3,
			`[PHP Warning #2] ${text} (/var/www/html/classes/Product.php, line ${ctx.traits.lines.productName})`,
		);
		return;
	}
	const links: Record<string, string> = typeof given === 'object' && given ? { ...given } : {};
	if (ctx.traits.requiredProductTexts && typeof given === 'string') {
		// 1.6 writes the slug into an empty text instead of a list, which leaves rubbish (recorded exchange 425).
		draft.values.link_rewrite = { '1': ' ' };
		return;
	}
	for (const [id, text] of Object.entries(name)) links[id] ||= slug(text);
	draft.values.link_rewrite = links;
}

/** Dates and defaults that PHP sets on saving. */
export function beforeSave(ctx: WsContext, draft: Draft): void {
	const { fields, name } = draft.resource;
	const at = now(ctx);
	// The object of a new order stays as it was sent: the payment module makes one of its own (recorded exchange 635).
	if (name === 'orders' && draft.isNew) return;
	if (fields.has('date_upd')) draft.values.date_upd = at;
	if (fields.has('date_add') && (draft.isNew || !draft.values.date_add)) draft.values.date_add = at;
	if (name === 'products') {
		draft.values.id_shop_default ||= '1';
		draft.values.condition ||= 'new';
		draft.values.visibility ||= 'both';
		if (fields.has('unit_price') && !draft.isNew) draft.values.unit_price_ratio ??= '0';
		if (fields.has('product_type')) draft.values.product_type ??= ctx.traits.defaultProductType;
		if (draft.isNew) {
			draft.values.type = 'simple';
			draft.values.id_default_combination = ctx.traits.integerDefaultCombination ? '0' : '';
		}
		if (!draft.isNew) draft.integers.add('cache_default_attribute');
	}
	if (name === 'carts') {
		draft.values.id_shop ||= '1';
		draft.values.id_shop_group ||= '1';
	}
	if (name === 'customers' && draft.isNew) {
		draft.values.id_lang ||= '1';
		draft.values.id_shop ||= '1';
		draft.values.id_shop_group ||= '1';
		draft.values.secure_key = randomBytes(16).toString('hex');
		// A new password may be asked for at once: the moment is put back by the minimum of six hours.
		draft.values.last_passwd_gen = ctx.shop.clock.wall(ctx.shop.clock.now() - 360 * 60_000);
	}
}

function emailTaken(ctx: WsContext, draft: Draft): boolean {
	const { create, update } = ctx.traits.refusesDuplicateEmail;
	if (!(draft.isNew ? create : update)) return false;
	const email = draft.values.email;
	if (typeof email !== 'string') return false;
	const guest = draft.values.is_guest === '1';
	const taken = ctx.database
		.table('customers')
		.rowsWhere('email', email)
		.some((row) => row.id !== draft.id && !guest && textIn(row, 'is_guest') !== '1');
	if (taken) {
		ctx.errors.add(
			500,
			draft.isNew ? 140 : 141,
			'The email is already used, please choose another one',
		);
	}
	return taken;
}

/** 1.6 makes no guests unless the shop allows orders without an account (recorded exchange 699). */
function guestRefused(ctx: WsContext, draft: Draft): boolean {
	return (
		draft.isNew &&
		draft.values.is_guest === '1' &&
		ctx.shop.version === '1.6.1.24' &&
		ctx.shop.configuration('PS_GUEST_CHECKOUT_ENABLED') !== '1'
	);
}

/** `$_GET['sendemail']` or the form field, as a PHP boolean. */
function wantsMail(ctx: WsContext): boolean {
	const value = textOf(ctx.params, 'sendemail');
	return value !== undefined && value !== '' && value !== '0';
}

function saveHistory(ctx: WsContext, draft: Draft): boolean {
	const orderId = Number(draft.values.id_order);
	const stateId = Number(draft.values.id_order_state);
	if (!transition(ctx.shop, orderId, stateId)) throw invalidTransition(ctx);
	draft.id = addHistory(ctx.shop, {
		orderId,
		stateId,
		employeeId: Number(draft.values.id_employee ?? 0),
	});
	draft.integers.add('id_order_state');
	// An unreachable mail server makes this false although state and row are stored (recorded exchanges 347 to 349).
	return wantsMail(ctx) ? mailState(ctx.shop, orderId, stateId) : true;
}

function store(ctx: WsContext, draft: Draft): void {
	const table = ctx.database.table(draft.resource.name);
	if (draft.isNew) draft.id = table.reserveId();
	const row = rowOf(draft, ctx.shop.allLanguages());
	if (draft.resource.name === 'customers' && !draft.values.last_passwd_gen) {
		// The column fills itself with the time of the database, which runs on UTC (recorded exchange 446).
		row.values.last_passwd_gen = new Date(ctx.shop.clock.now())
			.toISOString()
			.slice(0, 19)
			.replace('T', ' ');
	}
	table.put(row);
}

/** The row of a product is the sum of its combinations (reference, section 4.5). */
function sumStock(ctx: WsContext, draft: Draft): void {
	if (draft.values.id_product_attribute === '0') return;
	const table = ctx.database.table('stock_availables');
	const rows = table.rowsWhere('id_product', String(draft.values.id_product));
	const own = rows.find((row) => textIn(row, 'id_product_attribute') === '0');
	if (!own) return;
	const sum = rows
		.filter((row) => row !== own)
		.reduce((total, row) => total + Number(textIn(row, 'quantity')), 0);
	table.put({ ...own, values: { ...own.values, quantity: String(sum) } });
}

function mailTracking(ctx: WsContext, draft: Draft): void {
	const carrier = ctx.shop.find('carriers', Number(draft.values.id_carrier ?? 0));
	if (!wantsMail(ctx) || !draft.values.tracking_number) return;
	if (textIn(carrier, 'url') === '' && !ctx.traits.trackingMailWithoutCarrierUrl) return;
	const orderId = Number(draft.values.id_order ?? 0);
	const order = ctx.shop.find('orders', orderId);
	const customer = ctx.shop.find('customers', Number(textIn(order, 'id_customer')));
	ctx.shop.mails.push({
		to: textIn(customer, 'email'),
		subject: 'Package in transit',
		orderId,
		stateId: Number(textIn(order, 'current_state')),
		text: `Your order ${textIn(order, 'reference')} is in transit, tracking number ${String(draft.values.tracking_number)}.`,
		at: now(ctx),
	});
}

/** Columns whose values together may occur once. */
const UNIQUE: Record<string, string[]> = {
	specific_prices: [
		'id_product',
		'id_product_attribute',
		'id_customer',
		'id_cart',
		'from',
		'to',
		'id_shop',
		'id_shop_group',
		'id_currency',
		'id_country',
		'id_group',
		'from_quantity',
		'id_specific_price_rule',
	],
	product_suppliers: ['id_product', 'id_product_attribute', 'id_supplier'],
};

function exists(ctx: WsContext, draft: Draft): boolean {
	const columns = UNIQUE[draft.resource.name];
	if (!columns) return false;
	const { values } = rowOf(draft, ctx.shop.allLanguages());
	const isTaken = [...ctx.database.table(draft.resource.name).rows()].some(
		(row) =>
			row.id !== draft.id &&
			columns.every((column) => (row.values[column] || '0') === (values[column] || '0')),
	);
	if (isTaken && ctx.traits.duplicateRow === 'crash')
		throw new PhpFatal(500, '', 'PrestaShopDatabaseException: Duplicate entry');
	return isTaken;
}

/** Saves a validated draft the way its class does it; false makes it error 46. */
export function save(ctx: WsContext, draft: Draft): boolean {
	switch (draft.resource.name) {
		case 'order_histories':
			if (draft.isNew) return saveHistory(ctx, draft);
			break;
		case 'orders':
			if (draft.isNew) return createOrderFromCart(ctx, draft);
			break;
		case 'customers':
			if (emailTaken(ctx, draft) || guestRefused(ctx, draft)) return false;
			break;
		case 'specific_prices':
		case 'product_suppliers':
			if (exists(ctx, draft)) return false;
			break;
		case 'cart_rules':
			// Columns without a default that the object leaves null (recorded exchange 752).
			if (ctx.traits.strictVouchers && draft.isNew) {
				const { quantity, quantity_per_user } = draft.values;
				if (quantity === null || quantity_per_user === null) return false;
			}
			break;
		case 'stock_availables':
			if (draft.values.depends_on_stock === '1') {
				ctx.errors.add(500, 133, 'You cannot update the available stock when it depends on stock.');
				return false;
			}
			break;
		default:
	}
	if (draft.resource.name === 'customers' && draft.isNew && draft.values.id_default_group)
		draft.links.groups ??= [{ id: String(draft.values.id_default_group) }];
	store(ctx, draft);
	switch (draft.resource.name) {
		case 'stock_availables':
			sumStock(ctx, draft);
			break;
		case 'order_carriers':
			if (!draft.isNew) mailTracking(ctx, draft);
			break;
		case 'products':
			if (draft.isNew) addStockRow(ctx, draft.id, 0);
			break;
		case 'combinations':
			if (draft.isNew) addCombination(ctx, draft);
			break;
		case 'configurations': {
			const { configurationDiagnostic } = ctx.traits;
			if (configurationDiagnostic && draft.isNew) {
				ctx.errors.php(configurationDiagnostic.code, configurationDiagnostic.text);
			}
			break;
		}
		default:
	}
	return true;
}

/** A new combination has stock of its own; the first one becomes the product's default (recorded exchanges 869, 871). */
function addCombination(ctx: WsContext, draft: Draft): void {
	const productId = Number(draft.values.id_product);
	addStockRow(ctx, productId, draft.id);
	const products = ctx.database.table('products');
	const product = products.get(productId);
	if (!product || !['', '0'].includes(textIn(product, 'id_default_combination'))) return;
	const values = { ...product.values, id_default_combination: String(draft.id) };
	products.put({ ...product, values });
}

function addStockRow(ctx: WsContext, productId: number, combinationId: number): void {
	const table = ctx.database.table('stock_availables');
	const values: Record<string, string> = {
		id_product: String(productId),
		id_product_attribute: String(combinationId),
		id_shop: '1',
		id_shop_group: '0',
		quantity: '0',
		depends_on_stock: '0',
		out_of_stock: '2',
	};
	if (ctx.shop.resource('stock_availables').fields.has('location')) values.location = '';
	table.put({ id: table.reserveId(), values, links: {} });
}
