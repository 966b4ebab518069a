import { pickClientFields, insertClient } from './clientRecords.mts';
import { applyFieldValues, DESTINY } from './extraFields.mts';
import { insertOrder } from './newOrders.mts';
import { orderView } from './orderShape.mts';
import { defaultStatus, messageStatus } from './orderStatus.mts';
import { changedVariant, saveVariants } from './productRecords.mts';
import type { JsonObject, Order, StoredRecord } from './records.mts';
import { seedShop } from './seed.mts';
import type { SeedOptions, SeedResult } from './seed.mts';
import type { ShopState } from './shopState.mts';
import { ShopSwitches } from './controlSwitches.mts';
import { changeByStaff } from './staffChanges.mts';

export interface PlaceOrderOptions {
	/** An id taken with `reserveOrderId`: the order carries the time of the reservation. */
	id?: number;
	/** Epoch milliseconds of `created_at` and `updated_at`; the shop's now unless told. */
	atMs?: number;
	clientId?: number;
	email?: string;
	name?: string;
	surname?: string;
	phone?: string;
	lines?: Array<{ variantId?: number; sku?: string; quantity?: number; price?: number }>;
	permalink?: string;
	paid?: boolean;
	deliveryVariantId?: number;
	paymentGatewayId?: number;
	/** Extra fields of the order by handle. */
	fields?: Record<string, string>;
	comment?: string;
}

/** What a test or the demo page can do to the shop behind the API's back. */
export class InSalesControl extends ShopSwitches {
	readonly #shop: ShopState;
	readonly #empty: boolean;

	constructor(shop: ShopState, empty: boolean) {
		super(shop);
		this.#shop = shop;
		this.#empty = empty;
	}

	/** Back to the state right after installation: data, keys, switches, mails, faults, limits, log. The clock goes on. */
	reset(options: { empty?: boolean } = {}): void {
		this.#shop.reset(options.empty ?? this.#empty);
	}

	/** Adds many orders, clients and products at once. */
	seed(options: SeedOptions): SeedResult {
		return seedShop(this.#shop, options);
	}

	/** Places an order as a customer would, and messages the customer. */
	placeOrder(options: PlaceOrderOptions = {}): { id: number; number: number } {
		const shop = this.#shop;
		const status = shop.customStatuses().find((one) => one.permalink === options.permalink);
		const reserved = options.id === undefined ? undefined : shop.reservedOrders.get(options.id);
		if (options.id !== undefined) shop.reservedOrders.delete(options.id);
		const values = Object.entries(options.fields ?? {}).map(([handle, value]) => ({
			handle,
			value,
		}));
		const client = shop.database.clients.get(this.#client(options));
		const order = insertOrder(shop, {
			id: options.id,
			atMs: options.atMs ?? reserved,
			clientId: client?.id ?? 0,
			lines: this.#lines(options),
			deliveryVariantId: options.deliveryVariantId ?? 21_797,
			paymentGatewayId: options.paymentGatewayId ?? 79_172,
			address: {
				name: client?.name ?? null,
				surname: client?.surname ?? null,
				phone: client?.phone ?? null,
				city: 'Москва',
				address: 'ул. Примерная, 1',
			},
			fieldValues: applyFieldValues(shop, [], values, DESTINY.order, {}),
			status: status ?? defaultStatus(shop, 'new'),
			paid: options.paid,
			fields: options.comment === undefined ? {} : { comment: options.comment },
		});
		messageStatus(shop, order);
		return { id: order.id, number: order.number };
	}

	/** Takes the id of an order that becomes visible later, through `placeOrder({id})`: a transaction still open. */
	reserveOrderId(): number {
		const id = this.#shop.database.orders.reserveId();
		this.#shop.reservedOrders.set(id, this.#shop.clock.now());
		return id;
	}

	/** Changes the status as the back office does; by `system` it is the default status of that system status. */
	changeStatus(options: {
		orderId: number;
		permalink?: string;
		system?: string;
		actor?: string;
		notify?: boolean;
	}): { changeId: number | null } {
		return changeByStaff(this.#shop, options);
	}

	changePayment(options: { orderId: number; status: 'paid' | 'pending' }): {
		changeId: number | null;
	} {
		return changeByStaff(this.#shop, { orderId: options.orderId, payment: options.status });
	}

	/** Moves `updated_at` of one or many orders and nothing else; with a `note` the staff's comment too. */
	touchOrder(options: { orderId?: number; orderIds?: number[]; note?: string }): void {
		const ids = options.orderIds ?? (options.orderId === undefined ? [] : [options.orderId]);
		for (const orderId of ids) changeByStaff(this.#shop, { orderId, note: options.note });
	}

	/** Changes a product as the back office does; price and stock are those of one variant (the first unless told). */
	updateProduct(options: {
		productId?: number;
		variantId?: number;
		sku?: string;
		title?: string;
		price?: number;
		costPrice?: number;
		quantity?: number;
	}): { productId: number; variantId: number } {
		const { database } = this.#shop;
		const bySku = options.sku === undefined ? undefined : database.variantBySku(options.sku);
		const wanted = options.variantId ?? bySku?.id;
		const product =
			wanted === undefined
				? database.products.get(options.productId ?? 0)
				: database.productOfVariant(wanted);
		const variant = product?.variants.find(({ id }) => wanted === undefined || id === wanted);
		if (!product || !variant) throw new Error('There is no such product.');
		const fields: JsonObject = {};
		if (options.price !== undefined) fields.price = options.price;
		if (options.costPrice !== undefined) fields.cost_price = options.costPrice;
		if (options.quantity !== undefined) fields.quantity = options.quantity;
		const stamp = this.#shop.stamp();
		const next = { ...changedVariant(this.#shop, variant, fields, {}), updated_at: stamp };
		const saved = saveVariants(
			this.#shop,
			{ ...product, title: options.title ?? product.title },
			product.variants.map((held) => (held === variant ? (next as typeof variant) : held)),
		);
		if (options.title !== undefined) database.products.put({ ...saved, updated_at: stamp });
		return { productId: product.id, variantId: variant.id };
	}

	addClient(options: Record<string, string | number | boolean | null>): { id: number } {
		return { id: insertClient(this.#shop, pickClientFields(options)).id };
	}

	/** One record as the API shows it to a key with all rights; null when it does not exist. */
	getRecord(options: { resource: string; id: number }): JsonObject | null {
		if (options.resource === 'account') return this.#shop.database.account;
		const record = this.#shop.database.table(options.resource).get(options.id);
		if (!record) return null;
		return structuredClone(
			options.resource === 'orders' ? orderView(this.#shop, record as Order) : record,
		);
	}

	/** Inserts or changes a record directly in the database; fields that are left out keep their value. */
	putRecord(options: { resource: string; record: JsonObject }): { id: number } {
		const { database } = this.#shop;
		if (options.resource === 'account') {
			database.account = { ...database.account, ...options.record };
			return { id: Number(database.account.id) };
		}
		const table = database.table(options.resource);
		const id = Number(options.record.id ?? table.reserveId());
		const record: StoredRecord = { ...table.get(id), ...structuredClone(options.record), id };
		if (options.resource === 'orders')
			for (const name of ['client', 'discount']) delete record[name];
		table.put(record);
		return { id };
	}

	records(options: { resource: string }): JsonObject[] {
		const list: JsonObject[] = [];
		for (const { id } of this.#shop.database.table(options.resource).all()) {
			const record = this.getRecord({ ...options, id });
			if (record) list.push(record);
		}
		return list;
	}

	/** Removes a record for good, without a trace in the lists of deleted ones. */
	deleteRecord(options: { resource: string; id: number }): boolean {
		return this.#shop.database.table(options.resource).delete(options.id);
	}

	#lines(
		options: PlaceOrderOptions,
	): Array<{ variantId: number; quantity: number; salePrice?: number }> {
		const { database } = this.#shop;
		const wanted = options.lines ?? [{ sku: 'MUG-01', quantity: 1 }];
		return wanted.map((line) => {
			const bySku = line.sku === undefined ? undefined : database.variantBySku(line.sku);
			const variantId = line.variantId ?? bySku?.id;
			if (variantId === undefined || !database.variant(variantId))
				throw new Error(`There is no variant "${line.sku ?? line.variantId ?? ''}".`);
			return { variantId, quantity: line.quantity ?? 1, salePrice: line.price };
		});
	}

	#client(options: PlaceOrderOptions): number {
		const { clients } = this.#shop.database;
		if (options.clientId !== undefined) return options.clientId;
		const email = options.email ?? 'anna@example.com';
		const known = clients.all().find((client) => client.email === email);
		if (known) return known.id;
		return insertClient(this.#shop, {
			name: options.name ?? 'Анна',
			surname: options.surname ?? 'Тестова',
			phone: options.phone ?? '+79000000000',
			email,
			consent_to_personal_data: true,
		}).id;
	}
}
