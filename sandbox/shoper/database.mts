import { textOf } from './definitions.mts';
import type { ResourceDefinition, Row } from './definitions.mts';

/** Rows of one resource, by id, with automatic ids as a database gives them. */
export class Table {
	readonly #rows: Map<number, Row>;
	readonly #ids: number[];
	readonly #columns: readonly string[];
	readonly #indexes = new Map<string, Map<string, Set<number>>>();
	#nextId: number;

	constructor(columns: readonly string[] = [], rows: Iterable<Row> = [], nextId = 1) {
		this.#columns = columns;
		this.#rows = new Map();
		for (const row of rows) this.#rows.set(row.id, row);
		this.#ids = [...this.#rows.keys()].sort((a, b) => a - b);
		this.#nextId = Math.max(nextId, (this.#ids.at(-1) ?? 0) + 1);
	}

	get size(): number {
		return this.#rows.size;
	}

	/** The number the next row will get. */
	get nextId(): number {
		return this.#nextId;
	}

	get(id: number): Row | undefined {
		return this.#rows.get(id);
	}

	/** All rows by ascending id. */
	rows(): Row[] {
		return this.#ids.flatMap((id) => this.#rows.get(id) ?? []);
	}

	/** The rows with the highest ids, highest first. */
	newest(count: number): Row[] {
		return this.#ids
			.slice(-count)
			.reverse()
			.flatMap((id) => this.#rows.get(id) ?? []);
	}

	/** Rows whose column holds `value`, by ascending id; quick for indexed columns. */
	rowsWhere(column: string, value: string): Row[] {
		if (!this.#columns.includes(column)) {
			return this.rows().filter((row) => textOf(row.values[column]) === value);
		}
		const ids = [...(this.#index(column).get(value) ?? [])].sort((a, b) => a - b);
		return ids.flatMap((id) => this.#rows.get(id) ?? []);
	}

	/** Takes the next automatic id without using it: the gap of a transaction that is still open. */
	reserveId(): number {
		return this.#nextId++;
	}

	/** Adds or replaces a row. */
	put(row: Row): void {
		const before = this.#rows.get(row.id);
		for (const [column, index] of this.#indexes) {
			if (before) index.get(textOf(before.values[column]))?.delete(row.id);
			list(index, textOf(row.values[column]), row.id);
		}
		if (!before) this.#place(row.id);
		this.#rows.set(row.id, row);
		this.#nextId = Math.max(this.#nextId, row.id + 1);
	}

	delete(id: number): boolean {
		const row = this.#rows.get(id);
		if (!row) return false;
		for (const [column, index] of this.#indexes) index.get(textOf(row.values[column]))?.delete(id);
		this.#ids.splice(this.#ids.indexOf(id), 1);
		return this.#rows.delete(id);
	}

	/** A copy that shares the (immutable) rows. */
	copy(): Table {
		return new Table(this.#columns, this.#rows.values(), this.#nextId);
	}

	#index(column: string): Map<string, Set<number>> {
		const known = this.#indexes.get(column);
		if (known) return known;
		const index = new Map<string, Set<number>>();
		for (const row of this.#rows.values()) list(index, textOf(row.values[column]), row.id);
		this.#indexes.set(column, index);
		return index;
	}

	/** Ids almost always come in rising order; a reserved one comes late. */
	#place(id: number): void {
		let at = this.#ids.length;
		while (at > 0 && (this.#ids[at - 1] ?? 0) > id) at--;
		this.#ids.splice(at, 0, id);
	}
}

function list(index: Map<string, Set<number>>, key: string, id: number): void {
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}

/** All tables of a shop: one per resource, and those that no resource shows. */
export class Database {
	readonly #tables: Map<string, Table>;

	constructor(tables: Map<string, Table>) {
		this.#tables = tables;
	}

	static empty(definitions: Iterable<ResourceDefinition>): Database {
		const tables = new Map<string, Table>();
		for (const { name, indexed } of definitions) tables.set(name, new Table(indexed));
		// Order addresses have ids of their own; the activities of the panel are a list without a record.
		for (const name of ['order-addresses', 'dashboard-activities']) tables.set(name, new Table());
		return new Database(tables);
	}

	table(name: string): Table {
		const table = this.#tables.get(name);
		if (!table) throw new Error(`The shop has no table for "${name}".`);
		return table;
	}

	has(name: string): boolean {
		return this.#tables.has(name);
	}

	copy(): Database {
		return new Database(new Map([...this.#tables].map(([name, table]) => [name, table.copy()])));
	}
}
