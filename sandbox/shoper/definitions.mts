import type { Area } from './areas.mts';

/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export type Fields = { [name: string]: Json };

/**
 * A stored record. `values` are as on the wire (strings, `"0"/"1"`, a few numbers and booleans); names that begin
 * with `_` never leave the shop. Rows are never changed in place, so that snapshots can share them.
 */
export interface Row {
	readonly id: number;
	readonly values: Readonly<Fields>;
}

export type Verb = 'list' | 'get' | 'create' | 'update' | 'delete';

export const READ: readonly Verb[] = ['list', 'get'];
export const CRUD: readonly Verb[] = ['list', 'get', 'create', 'update', 'delete'];

/** One resource of the REST API as data; what cannot be said as data stands in resourceRules.mts. */
export interface ResourceDefinition {
	/** Path behind `/webapi/rest/`. */
	name: string;
	idField: string;
	/** Area of rights the resource belongs to. */
	area: Area;
	verbs: readonly Verb[];
	/** Every field in wire order with its default; a scalar here is a field that filters know. */
	blank: Fields;
	/** One language of `translations`. */
	translation?: Fields;
	/** First-level scalars that filters do not know all the same, and other names that they do know. */
	notFilterable?: readonly string[];
	alsoFilterable?: readonly string[];
	/** Fields that a write silently ignores, besides the id. */
	readOnly?: readonly string[];
	/** Fields a POST has to bring, in the order the shop names them. */
	required?: readonly string[];
	/** Fields that have to name an existing record of another resource. */
	references?: Readonly<Record<string, string>>;
	unique?: readonly string[];
	/** Columns with quick look-up. */
	indexed?: readonly string[];
}

export function isFields(value: Json | undefined): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A scalar as text: flags as `0`/`1`, everything else that is no scalar as nothing. */
export function textOf(value: Json | undefined): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	if (typeof value === 'boolean') return value ? '1' : '0';
	return '';
}

/** A scalar as number; 0 where it is none. */
export function numberOf(value: Json | undefined): number {
	return Number(textOf(value)) || 0;
}
