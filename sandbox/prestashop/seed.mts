import type { Row } from './definitions.mts';
import { cutDecimals, withKnown } from './newOrders.mts';
import type { ShopState } from './shopState.mts';

export interface SeedOptions {
	/** How many orders, up to 20,000 in a few seconds. */
	orders: number;
	/** Customers to spread them over; a quarter of the orders unless told. */
	customers?: number;
	/** Extra products, named in every language of the shop. */
	products?: number;
	/** Time of the first order; an hour per order before now unless told. */
	fromMs?: number;
	/** Time between two orders. */
	spacingMs?: number;
}

export interface SeedResult {
	firstOrderId: number;
	lastOrderId: number;
	lastHistoryId: number;
	firstCustomerId: number;
	lastCustomerId: number;
	firstProductId: number;
	lastProductId: number;
}

const MAXIMUM = 20_000;
const FIRST_NAMES = [
	'Anna',
	'Piotr',
	'Maria',
	'Jan',
	'Zofia',
	'Łukasz',
	'Ewa',
	'Żaneta',
	'Tomasz',
	'Óscar',
];
const LAST_NAMES = [
	'Nowak',
	'Kowalski',
	'Wiśniewska',
	'Wójcik',
	'Lewandowska',
	"O'Brien",
	'Müller',
	'Zając',
];
const ENDINGS: Record<string, string> = { '1': '', '2': ' (fr)', '3': ' – zażółć' };

function pick<T>(list: readonly T[], index: number): T {
	const item = list[index % list.length];
	if (item === undefined) throw new Error('empty list');
	return item;
}

/** Letters for a number: references that are all different and can be told in advance. */
function referenceOf(index: number): string {
	let rest = index;
	let letters = '';
	for (let i = 0; i < 9; i++) {
		letters = String.fromCharCode(65 + (rest % 26)) + letters;
		rest = Math.floor(rest / 26);
	}
	return letters;
}

function seedProducts(shop: ShopState, count: number): [number, number] {
	const table = shop.database.table('products');
	const stock = shop.database.table('stock_availables');
	const template = shop.data.rows.get('products')?.[1];
	const first = table.nextId;
	const languages = shop.allLanguages();
	for (let i = 0; i < count; i++) {
		const id = table.reserveId();
		const number = String(i + 1).padStart(5, '0');
		const texts = (text: string): Record<string, string> =>
			Object.fromEntries(languages.map((lang) => [lang, `${text}${ENDINGS[lang] ?? ''}`]));
		table.put({
			id,
			values: {
				...template?.values,
				reference: `BULK-${number}`,
				name: texts(`Bulk product ${number}`),
				link_rewrite: Object.fromEntries(languages.map((lang) => [lang, `bulk-product-${number}`])),
				description: texts(`<p>Description of product ${number}.</p>`),
				description_short: texts(`<p>Product ${number}.</p>`),
				price: (5 + (i % 200) / 2).toFixed(6),
				id_default_combination: '0',
				cache_default_attribute: '0',
				id_default_image: '',
			},
			links: { categories: [{ id: '2' }], images: [] },
		});
		stock.put({
			id: stock.reserveId(),
			values: withKnown(shop, 'stock_availables', {
				id_product: String(id),
				id_shop: '1',
				quantity: String(i % 500),
				out_of_stock: '2',
			}),
			links: {},
		});
	}
	return [first, table.nextId - 1];
}

/** First and last customer, and the address of the first; addresses follow in the same order. */
function seedCustomers(shop: ShopState, count: number, at: string): [number, number, number] {
	const table = shop.database.table('customers');
	const addresses = shop.database.table('addresses');
	const first = table.nextId;
	const firstAddress = addresses.nextId;
	const blank = withKnown(shop, 'customers', {
		id_default_group: '3',
		id_lang: '1',
		id_shop: '1',
		id_shop_group: '1',
		active: '1',
		secure_key: '0123456789abcdef0123456789abcdef',
		passwd: '$2y$10$abcdefghijklmnopqrstuuV7pTzZ0000000000000000000000000',
		date_add: at,
		date_upd: at,
	});
	const blankAddress = withKnown(shop, 'addresses', {
		id_country: '14',
		alias: 'Home',
		postcode: '00-001',
		city: 'Warszawa',
		date_add: at,
		date_upd: at,
	});
	for (let i = 0; i < count; i++) {
		const id = table.reserveId();
		const firstname = pick(FIRST_NAMES, i);
		const lastname = pick(LAST_NAMES, Math.floor(i / FIRST_NAMES.length));
		table.put({
			id,
			values: { ...blank, firstname, lastname, email: `customer${id}@example.com` },
			links: { groups: [{ id: '3' }] },
		});
		addresses.put({
			id: addresses.reserveId(),
			values: {
				...blankAddress,
				id_customer: String(id),
				firstname,
				lastname,
				address1: `ul. Prosta ${i + 1}`,
			},
			links: {},
		});
	}
	return [first, table.nextId - 1, firstAddress];
}

interface Catalogue {
	id: number;
	name: string;
	reference: string;
	price: number;
}

function catalogueOf(shop: ShopState): Catalogue[] {
	const list: Catalogue[] = [];
	for (const row of shop.database.table('products').rows()) {
		const { name, reference, price } = row.values;
		list.push({
			id: row.id,
			name: typeof name === 'object' && name ? (name['1'] ?? '') : '',
			reference: typeof reference === 'string' ? reference : '',
			price: typeof price === 'string' ? Number(price) : 0,
		});
	}
	return list;
}

/** Adds orders in bulk: rows go straight into the tables, as an import would. */
export function seedShop(shop: ShopState, options: SeedOptions): SeedResult {
	const count = Math.min(Math.max(Math.trunc(options.orders), 0), MAXIMUM);
	const spacing = options.spacingMs ?? 3_600_000;
	const from = options.fromMs ?? shop.clock.now() - count * spacing;
	const start = shop.clock.wall(from);
	const [firstProductId, lastProductId] = seedProducts(shop, options.products ?? 0);
	const wanted = options.customers ?? Math.max(1, Math.ceil(count / 4));
	const [firstCustomerId, lastCustomerId, firstAddressId] = seedCustomers(shop, wanted, start);
	const customers = Math.max(lastCustomerId - firstCustomerId + 1, 1);

	const orders = shop.database.table('orders');
	const details = shop.database.table('order_details');
	const histories = shop.database.table('order_histories');
	const carriers = shop.database.table('order_carriers');
	const sample = shop.data.rows.get('orders')?.[0];
	const blankOrder = withKnown(shop, 'orders', {
		id_currency: '1',
		id_lang: '1',
		id_carrier: '2',
		id_shop: '1',
		id_shop_group: '1',
		module: shop.version === '1.6.1.24' ? 'cheque' : 'ps_checkpayment',
		payment: 'Payment by check',
		secure_key: '0123456789abcdef0123456789abcdef',
		round_mode: '2',
		round_type: '2',
		conversion_rate: '1.000000',
	});
	const blankDetail = withKnown(shop, 'order_details', { id_shop: '1' });
	const blankCarrier = withKnown(shop, 'order_carriers', { id_carrier: '2' });
	const catalogue = catalogueOf(shop);
	const firstOrderId = orders.nextId;
	for (let i = 0; i < count; i++) {
		const id = orders.reserveId();
		const placed = from + i * spacing;
		const at = shop.clock.wall(placed);
		let total = 0;
		for (let line = 0; line <= i % 3; line++) {
			const product = pick(catalogue, i * 7 + line);
			const quantity = 1 + ((i + line) % 3);
			const unit = product.price.toFixed(6);
			const sum = product.price * quantity;
			total += sum;
			details.put({
				id: details.reserveId(),
				values: {
					...blankDetail,
					id_order: String(id),
					product_id: String(product.id),
					product_name: product.name,
					product_reference: product.reference,
					product_quantity: String(quantity),
					product_price: unit,
					original_product_price: unit,
					unit_price_tax_incl: unit,
					unit_price_tax_excl: unit,
					total_price_tax_incl: sum.toFixed(6),
					total_price_tax_excl: sum.toFixed(6),
				},
				links: {},
			});
		}
		const states = i % 5 === 0 ? [1] : i % 5 === 1 ? [10, 2] : [1, 2, 4].slice(0, 1 + (i % 3));
		let last = at;
		for (const [step, state] of states.entries()) {
			last = shop.clock.wall(placed + step * 60_000);
			histories.put({
				id: histories.reserveId(),
				values: {
					id_employee: '0',
					id_order_state: String(state),
					id_order: String(id),
					date_add: last,
				},
				links: {},
			});
		}
		const current = states[states.length - 1] ?? 1;
		const paid = (total + 7).toFixed(6);
		const products = total.toFixed(6);
		const customer = firstCustomerId + (i % customers);
		const address = String(firstAddressId + (i % customers));
		const values: Row['values'] = {
			...blankOrder,
			id_customer: String(customer),
			id_address_delivery: address,
			id_address_invoice: address,
			id_cart: String(id),
			current_state: String(current),
			valid: current === 2 || current === 4 ? '1' : '0',
			date_add: at,
			date_upd: last,
			total_paid: paid,
			total_paid_tax_incl: paid,
			total_paid_tax_excl: paid,
			total_products: products,
			total_products_wt: products,
			total_shipping: '7.000000',
			total_shipping_tax_incl: '7.000000',
			total_shipping_tax_excl: '7.000000',
			reference: referenceOf(id * 7919),
		};
		orders.put({
			id,
			values: shop.version === '1.6.1.24' ? cutDecimals(values, sample) : values,
			links: {},
		});
		carriers.put({
			id: carriers.reserveId(),
			values: { ...blankCarrier, id_order: String(id), date_add: at },
			links: {},
		});
	}
	// The indexes are built now, not during the first request.
	for (const table of [details, carriers, histories]) table.find('id_order', '0');
	orders.find('id_customer', '0');
	return {
		firstOrderId,
		lastOrderId: orders.nextId - 1,
		lastHistoryId: histories.nextId - 1,
		firstCustomerId,
		lastCustomerId,
		firstProductId,
		lastProductId,
	};
}
