import { BLANK_ORDER, BLANK_ORDER_ADDRESS, BLANK_ORDER_PRODUCT, BLANK_USER } from './blanks.mts';
import { addProduct } from './demoData.mts';
import { textOf } from './definitions.mts';
import type { Fields } from './definitions.mts';
import { polishName } from './referenceData.mts';
import type { ShopState } from './shopState.mts';
import { baseStock } from './stocks.mts';

export interface SeedOptions {
	/** How many orders, up to 20,000. */
	orders?: number;
	/** Customers to spread them over; a quarter of the orders unless told. */
	customers?: number;
	/** Extra products. */
	products?: number;
	/** Time of the first order in epoch milliseconds; an hour per order before now unless told. */
	since?: number;
	/** Time between two orders; evenly spread from `since` to now unless told. */
	spacingMs?: number;
}

export interface SeedResult {
	firstOrderId: number;
	lastOrderId: number;
	firstCustomerId: number;
	lastCustomerId: number;
	firstProductId: number;
	lastProductId: number;
}

const MAXIMUM = 20_000;
const HOUR = 3_600_000;
const FIRST_NAMES = ['Anna', 'Piotr', 'Maria', 'Jan', 'Zofia', 'Łukasz', 'Ewa', 'Żaneta', 'Óscar'];
const LAST_NAMES = ['Nowak', 'Kowalski', 'Wiśniewska', 'Wójcik', "O'Brien", 'Müller', 'Zając'];
/** Statuses of seeded orders in turn. */
const STATUSES = [1, 2, 6, 7, 7, 8];

function pick<T>(list: readonly T[], index: number): T {
	const item = list[index % list.length];
	if (item === undefined) throw new Error('There is nothing to pick from.');
	return item;
}

function seedProducts(shop: ShopState, count: number): [number, number] {
	const first = shop.database.table('products').nextId;
	for (let i = 1; i <= count; i++) {
		const number = String(i).padStart(5, '0');
		addProduct(shop, {
			names: [`Produkt seryjny ${number}`, `Bulk product ${number}`],
			categoryId: 4,
			code: `BULK-${number}`,
			price: 5 + (i % 200) / 2,
			stock: i % 500,
		});
	}
	return [first, shop.database.table('products').nextId - 1];
}

function seedCustomers(shop: ShopState, count: number, at: string): [number, number] {
	const table = shop.database.table('users');
	const first = table.nextId;
	for (let i = 0; i < count; i++) {
		const id = table.reserveId();
		table.put({
			id,
			values: {
				...BLANK_USER,
				user_id: String(id),
				login: `customer${id}@example.com`,
				email: `customer${id}@example.com`,
				firstname: pick(FIRST_NAMES, i),
				lastname: pick(LAST_NAMES, Math.floor(i / FIRST_NAMES.length)),
				date_add: at,
			},
		});
	}
	return [first, table.nextId - 1];
}

interface CatalogueEntry {
	line: Fields;
}

function catalogueOf(shop: ShopState): CatalogueEntry[] {
	return shop.database
		.table('products')
		.rows()
		.map((row) => {
			const stock = baseStock(shop, row.id);
			return {
				line: {
					...BLANK_ORDER_PRODUCT,
					product_id: String(row.id),
					stock_id: String(stock?.id ?? 0),
					name: polishName(row.values),
					code: textOf(row.values.code),
					price: textOf(stock?.values.price),
					_taken: 0,
				},
			};
		});
}

/** Adds orders in bulk: rows go straight into the tables, as an import would; stock is not touched. */
export function seedShop(shop: ShopState, options: SeedOptions): SeedResult {
	const count = Math.min(Math.max(Math.trunc(options.orders ?? 0), 0), MAXIMUM);
	const now = shop.clock.now();
	const since = options.since ?? now - count * (options.spacingMs ?? HOUR);
	const spacing = options.spacingMs ?? Math.max(0, Math.floor((now - since) / Math.max(count, 1)));
	const [firstProductId, lastProductId] = seedProducts(shop, options.products ?? 0);
	const wanted = options.customers ?? Math.ceil(count / 4);
	const [firstCustomerId, lastCustomerId] = seedCustomers(shop, wanted, shop.clock.wall(since));
	const orders = shop.database.table('orders');
	const lines = shop.database.table('order-products');
	const addresses = shop.database.table('order-addresses');
	const catalogue = count > 0 ? catalogueOf(shop) : [];
	const users = shop.database.table('users').rows().slice(-Math.max(wanted, 1));
	const firstOrderId = orders.nextId;
	for (let i = 0; i < count; i++) {
		const id = orders.reserveId();
		const at = shop.clock.wall(since + i * spacing);
		const user = pick(users, i);
		let cents = 1500;
		for (let line = 0; line <= i % 3; line++) {
			const lineId = lines.reserveId();
			const entry = pick(catalogue, i * 7 + line).line;
			const pieces = 1 + ((i + line) % 3);
			cents += Math.round(Number(entry.price) * 100) * pieces;
			lines.put({
				id: lineId,
				values: { ...entry, id: String(lineId), order_id: String(id), quantity: String(pieces) },
			});
		}
		const statusId = pick(STATUSES, i);
		const address: Fields = {
			...BLANK_ORDER_ADDRESS,
			address_id: String(addresses.reserveId()),
			order_id: String(id),
			firstname: user.values.firstname ?? '',
			lastname: user.values.lastname ?? '',
			city: 'Miasto',
			postcode: '00-001',
			street1: `Prosta ${i + 1}`,
			phone: '500000000',
		};
		orders.put({
			id,
			values: {
				...BLANK_ORDER,
				order_id: String(id),
				user_id: String(user.id),
				email: user.values.email ?? '',
				date: at,
				status_date: at,
				confirm_date: at,
				delivery_date: at.slice(0, 10),
				status_id: String(statusId),
				payment_id: pick(['1', '2', '4'], i),
				shipping_id: '8',
				shipping_cost: '15.00',
				user_order: '1',
				code: id.toString(16).padStart(32, '0'),
				paid: i % 2 === 0 ? (cents / 100).toFixed(2) : '0.00',
				// One address serves for both, as with most orders.
				delivery_address: address,
				billing_address: address,
			},
		});
	}
	// The index is built now, not during the first request.
	lines.rowsWhere('order_id', '0');
	return {
		firstOrderId,
		lastOrderId: orders.nextId - 1,
		firstCustomerId,
		lastCustomerId,
		firstProductId,
		lastProductId,
	};
}
