import type { Client, JsonObject, Order, Product, StoredRecord, Variant } from './records.mts';

/** Records of one kind by id. What is stored is never changed in place, so copies are cheap. */
export class Table<T extends StoredRecord = StoredRecord> {
	readonly #rows: Map<number, T>;
	#nextId: number;
	#sorted: T[] | undefined;
	#byUpdate: T[] | undefined;

	constructor(nextId = 1, rows: Iterable<T> = []) {
		this.#rows = new Map();
		this.#nextId = nextId;
		for (const row of rows) this.put(row);
	}

	get size(): number {
		return this.#rows.size;
	}

	/** The id the next record will get. */
	get nextId(): number {
		return this.#nextId;
	}

	get(id: number): T | undefined {
		return this.#rows.get(id);
	}

	/** Takes the next id; unused it is the gap of a transaction that is still open. */
	reserveId(): number {
		return this.#nextId++;
	}

	put(row: T): void {
		this.#rows.set(row.id, row);
		if (row.id >= this.#nextId) this.#nextId = row.id + 1;
		this.#sorted = undefined;
		this.#byUpdate = undefined;
	}

	delete(id: number): boolean {
		this.#sorted = undefined;
		this.#byUpdate = undefined;
		return this.#rows.delete(id);
	}

	/** By ascending id. The list belongs to the table. */
	all(): readonly T[] {
		this.#sorted ??= [...this.#rows.values()].sort((a, b) => a.id - b.id);
		return this.#sorted;
	}

	/** By `updated_at`, then id: the order of incremental reading. Stamps of one offset compare as text. */
	byUpdate(): readonly T[] {
		this.#byUpdate ??= [...this.all()].sort((a, b) => {
			const [left, right] = [String(a.updated_at), String(b.updated_at)];
			if (left === right) return a.id - b.id;
			return left < right ? -1 : 1;
		});
		return this.#byUpdate;
	}

	copy(): Table<T> {
		const copy = new Table<T>(this.#nextId, this.#rows.values());
		return copy;
	}
}

/** Where the ids of parts of records start; one part has one row of numbers for the whole shop. */
const FIRST_PART_IDS: Record<string, number> = {
	order_lines: 9001,
	order_changes: 70_001,
	discounts: 1201,
	fields_values: 301,
	shipping_addresses: 6001,
	variants: 7001,
	images: 901,
	option_values: 1101,
	product_field_values: 71,
};

/** All tables of a shop. */
export class Database {
	orders = new Table<Order>(80_001);
	clients = new Table<Client>(4001);
	products = new Table<Product>(501);
	account: JsonObject = {};
	#others = new Map<string, Table>();
	#parts: Record<string, number> = { ...FIRST_PART_IDS };
	#owners: { of: readonly Product[]; map: Map<number, Product> } | undefined;

	/** The table of a resource; it is made when it is asked for the first time. */
	table(name: string): Table {
		if (name === 'orders') return this.orders as unknown as Table;
		if (name === 'clients') return this.clients as unknown as Table;
		if (name === 'products') return this.products as unknown as Table;
		const table = this.#others.get(name) ?? new Table();
		this.#others.set(name, table);
		return table;
	}

	/** The next id of a part of a record: a line, a change, a value, a variant. */
	nextPartId(part: string): number {
		const id = this.#parts[part] ?? 1;
		this.#parts[part] = id + 1;
		return id;
	}

	/** The product a variant belongs to. */
	productOfVariant(variantId: number): Product | undefined {
		const products = this.products.all();
		if (this.#owners?.of !== products) {
			const map = new Map<number, Product>();
			for (const product of products)
				for (const variant of product.variants) map.set(variant.id, product);
			this.#owners = { of: products, map };
		}
		return this.#owners.map.get(variantId);
	}

	variant(variantId: number): Variant | undefined {
		return this.productOfVariant(variantId)?.variants.find(({ id }) => id === variantId);
	}

	/** The first variant with this article number, among products that are not in the trash. */
	variantBySku(sku: string): Variant | undefined {
		for (const product of this.products.all()) {
			const variant = product.archived ? undefined : product.variants.find((v) => v.sku === sku);
			if (variant) return variant;
		}
		return undefined;
	}

	copy(): Database {
		const copy = new Database();
		copy.orders = this.orders.copy();
		copy.clients = this.clients.copy();
		copy.products = this.products.copy();
		copy.account = this.account;
		copy.#others = new Map([...this.#others].map(([name, table]) => [name, table.copy()]));
		copy.#parts = { ...this.#parts };
		return copy;
	}
}
