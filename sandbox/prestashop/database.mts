import { collate } from './collation.mts';
import type { Row, ShopData } from './definitions.mts';

/** Columns that the shop's tables index; lookups on them are quick and come back in index order. */
const INDEXED: Record<string, string[]> = {
	addresses: ['id_customer', 'id_manufacturer', 'id_supplier', 'id_country'],
	combinations: ['id_product', 'reference'],
	configurations: ['name'],
	customers: ['email'],
	guests: ['id_customer'],
	order_carriers: ['id_order'],
	order_details: ['id_order', 'product_id'],
	order_histories: ['id_order', 'id_order_state'],
	order_invoices: ['id_order'],
	order_payments: ['order_reference'],
	order_states: ['module_name'],
	orders: ['reference', 'id_customer', 'id_cart', 'current_state', 'id_carrier'],
	products: ['reference', 'id_manufacturer', 'id_supplier'],
	stock_availables: ['id_product', 'id_product_attribute'],
};

function keyOf(row: Row, column: string): string {
	const value = row.values[column];
	return typeof value === 'string' ? collate(value) : '';
}

function place(ids: number[], id: number): void {
	const last = ids[ids.length - 1];
	if (last === undefined || last < id) {
		ids.push(id);
		return;
	}
	let low = 0;
	let high = ids.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ids[middle] ?? 0) < id) low = middle + 1;
		else high = middle;
	}
	if (ids[low] !== id) ids.splice(low, 0, id);
}

/** Rows of one resource, by id, with automatic ids as a database gives them. */
export class Table {
	readonly #rows: Map<number, Row>;
	readonly #ids: number[];
	readonly #indexed: Set<string>;
	readonly #indexes = new Map<string, Map<string, number[]>>();
	#nextId: number;

	constructor(indexed: string[], rows: Iterable<Row>, nextId: number) {
		this.#indexed = new Set(indexed);
		this.#rows = new Map();
		for (const row of rows) this.#rows.set(row.id, row);
		this.#ids = [...this.#rows.keys()].sort((a, b) => a - b);
		this.#nextId = Math.max(nextId, (this.#ids[this.#ids.length - 1] ?? 0) + 1);
	}

	get size(): number {
		return this.#rows.size;
	}

	/** The number the next row will get. */
	get nextId(): number {
		return this.#nextId;
	}

	/** The next automatic id, where it is not taken yet. */
	skipTo(id: number): void {
		if (!this.#rows.has(id)) this.#nextId = id;
	}

	get(id: number): Row | undefined {
		return this.#rows.get(id);
	}

	/** All ids, ascending. The list belongs to the table. */
	ids(): readonly number[] {
		return this.#ids;
	}

	/** All rows by ascending id. */
	*rows(): Generator<Row> {
		for (const id of this.#ids) {
			const row = this.#rows.get(id);
			if (row) yield row;
		}
	}

	isIndexed(column: string): boolean {
		return this.#indexed.has(column);
	}

	#index(column: string): Map<string, number[]> {
		const known = this.#indexes.get(column);
		if (known) return known;
		const index = new Map<string, number[]>();
		for (const row of this.rows()) {
			const key = keyOf(row, column);
			const ids = index.get(key);
			if (ids) ids.push(row.id);
			else index.set(key, [row.id]);
		}
		this.#indexes.set(column, index);
		return index;
	}

	/** Ids whose indexed column equals `value`, ascending. */
	find(column: string, value: string): readonly number[] {
		return this.#index(column).get(collate(value)) ?? [];
	}

	/** All ids in the order of an index. */
	idsBy(column: string): number[] {
		const index = this.#index(column);
		return [...index.keys()].sort().flatMap((key) => index.get(key) ?? []);
	}

	/** Rows whose indexed column equals `value`. */
	rowsWhere(column: string, value: string): Row[] {
		const rows: Row[] = [];
		for (const id of this.find(column, value)) {
			const row = this.#rows.get(id);
			if (row) rows.push(row);
		}
		return rows;
	}

	/** Takes the next automatic id without using it: the gap of a transaction that is still open. */
	reserveId(): number {
		return this.#nextId++;
	}

	/** Adds or replaces a row. */
	put(row: Row): void {
		const before = this.#rows.get(row.id);
		for (const [column, index] of this.#indexes) {
			const key = keyOf(row, column);
			if (before) {
				const oldKey = keyOf(before, column);
				if (oldKey === key) continue;
				this.#unlist(index, oldKey, row.id);
			}
			const ids = index.get(key);
			if (ids) place(ids, row.id);
			else index.set(key, [row.id]);
		}
		if (!before) place(this.#ids, row.id);
		this.#rows.set(row.id, row);
		if (row.id >= this.#nextId) this.#nextId = row.id + 1;
	}

	delete(id: number): boolean {
		const row = this.#rows.get(id);
		if (!row) return false;
		for (const [column, index] of this.#indexes) this.#unlist(index, keyOf(row, column), id);
		this.#ids.splice(this.#ids.indexOf(id), 1);
		this.#rows.delete(id);
		return true;
	}

	#unlist(index: Map<string, number[]>, key: string, id: number): void {
		const ids = index.get(key);
		const position = ids?.indexOf(id) ?? -1;
		if (ids && position >= 0) ids.splice(position, 1);
	}

	/** A copy that shares the (immutable) rows. */
	copy(): Table {
		return new Table([...this.#indexed], this.#rows.values(), this.#nextId);
	}
}

/** All tables of a shop. */
export class Database {
	readonly #tables: Map<string, Table>;

	constructor(tables: Map<string, Table>) {
		this.#tables = tables;
	}

	/** The database right after installation with the demo data. */
	static install(data: ShopData): Database {
		const tables = new Map<string, Table>();
		for (const [name, resource] of data.resources) {
			tables.set(name, new Table(INDEXED[name] ?? [], data.rows.get(name) ?? [], resource.nextId));
		}
		return new Database(tables);
	}

	/** The table of a resource. */
	table(name: string): Table {
		const table = this.#tables.get(name);
		if (!table) throw new Error(`The shop has no table for "${name}".`);
		return table;
	}

	has(name: string): boolean {
		return this.#tables.has(name);
	}

	/** Empties a table; its automatic ids start again at 1. */
	truncate(name: string): void {
		this.#tables.set(name, new Table(INDEXED[name] ?? [], [], 1));
	}

	copy(): Database {
		return new Database(new Map([...this.#tables].map(([name, table]) => [name, table.copy()])));
	}
}
