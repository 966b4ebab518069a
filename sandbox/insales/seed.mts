import { insertClient } from './clientRecords.mts';
import { DEMO_CLIENTS } from './demoData.mts';
import { insertProduct } from './demoCatalogue.mts';
import { insertOrder } from './newOrders.mts';
import type { CustomStatus } from './records.mts';
import type { ShopState } from './shopState.mts';
import { momentOf, stampOf } from './times.mts';

export interface SeedOptions {
	/** How many orders, up to 20,000 in a few seconds. */
	orders?: number;
	/** Clients to spread them over; a quarter of the orders unless told. */
	clients?: number;
	/** Extra products with one variant each, SKU `BULK-00001` and so on. */
	products?: number;
	/** Time of the first record, as date text or epoch milliseconds; `spacingMs` per order before now unless told. */
	since?: string | number;
	/** Time between two orders; an hour unless told. 0 gives all of them one `updated_at`, as a bulk change does. */
	spacingMs?: number;
}

export interface SeedResult {
	firstOrderId: number;
	lastOrderId: number;
	firstClientId: number;
	lastClientId: number;
	firstProductId: number;
	lastProductId: number;
}

const MAXIMUM = 20_000;

function startOf(options: SeedOptions, now: number, count: number, spacing: number): number {
	if (typeof options.since === 'number') return options.since;
	const from = options.since === undefined ? undefined : momentOf(options.since);
	return from ?? now - count * spacing;
}

function bounded(count: number | undefined): number {
	return Math.min(Math.max(Math.trunc(count ?? 0), 0), MAXIMUM);
}

/** Adds many records straight into the tables, as an import would; nobody is messaged. */
export function seedShop(shop: ShopState, options: SeedOptions): SeedResult {
	const { database } = shop;
	const count = bounded(options.orders);
	const spacing = options.spacingMs ?? 3_600_000;
	const from = startOf(options, shop.clock.now(), count, spacing);
	const stamp = stampOf(from);
	const firstProductId = database.products.nextId;
	for (let i = 0; i < bounded(options.products); i++) {
		const number = String(i + 1).padStart(5, '0');
		insertProduct(shop, {
			title: `Товар ${number}`,
			sku: `BULK-${number}`,
			price: 100 + (i % 500),
			costPrice: 60 + (i % 300),
			extraPrices: [90 + (i % 450)],
			quantity: 1 + (i % 40),
			collections: [31 + (i % 4)],
			stamp,
		});
	}
	const firstClientId = database.clients.nextId;
	const clients = bounded(options.clients ?? Math.ceil(count / 4));
	for (let i = 0; i < clients; i++) {
		const [name, surname] = DEMO_CLIENTS[i % DEMO_CLIENTS.length] ?? ['Анна', 'Тестова'];
		const phone = `+7901${String(i).padStart(7, '0')}`;
		insertClient(shop, { name, surname, email: `client${i}@example.com`, phone }, { stamp });
	}
	const known = database.clients.all();
	const variants = database.products.all().flatMap((product) => product.variants);
	const statuses: CustomStatus[] = shop.customStatuses();
	const firstOrderId = database.orders.nextId;
	for (let i = 0; i < count; i++) {
		const client = known[(known.length - clients + (i % Math.max(clients, 1))) % known.length];
		const variant = variants[(i * 7) % variants.length];
		if (!client || !variant) throw new Error('Orders need a client and a product.');
		insertOrder(shop, {
			atMs: from + i * spacing,
			clientId: client.id,
			lines: [{ variantId: variant.id, quantity: 1 + (i % 3) }],
			deliveryVariantId: i % 2 === 0 ? 21_797 : 21_798,
			paymentGatewayId: i % 3 === 0 ? 79_173 : 79_172,
			address: { name: client.name, phone: client.phone, city: 'Москва' },
			status: statuses[(i * 5) % statuses.length],
			paid: i % 4 === 0,
		});
	}
	// The order by time is worked out now, not during the first request.
	database.orders.byUpdate();
	return {
		firstOrderId,
		lastOrderId: database.orders.nextId - 1,
		firstClientId,
		lastClientId: database.clients.nextId - 1,
		firstProductId,
		lastProductId: database.products.nextId - 1,
	};
}
