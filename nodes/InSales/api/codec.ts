import type { Call, Page, Reply } from '../../shared/protocol/call';

/** Everything JSON can say; what is `undefined` is left out of it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined };

/** One record as InSales has it: numbers stay numbers, money of products is text, of orders a number. */
export interface InSalesRecord {
	id?: number;
	[field: string]: Json | undefined;
}

/**
 * The records of an answer: a list is a bare array, a single record has no root (InSales API
 * reference, 3.1 and 5). Throws for what is no JSON.
 */
export function decodeRecords({ text }: Reply): Page<InSalesRecord> {
	if (text.trim() === '') return [];
	const value = JSON.parse(text) as Json;
	const rows = Array.isArray(value) ? value : [value];
	if (rows.every(isRecord)) return rows as InSalesRecord[];
	throw new Error('It holds something that is no record');
}

/** Whether a value is an object with fields. */
export function isRecord(value: unknown): value is InSalesRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list inside a record; anything else is an empty list. */
export function rowsIn(value: unknown): InSalesRecord[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The same where an absent list must not look like an empty one: `null` when the record came without it. */
export function rowsOrNull<T>(value: unknown, show: (row: InSalesRecord) => T): T[] | null {
	return Array.isArray(value) ? rowsIn(value).map(show) : null;
}

/** The ID of a record as text; empty when it has none. */
export function idOf(record: InSalesRecord | undefined): string {
	return record?.id === undefined || record.id === null ? '' : String(record.id);
}

/**
 * A body with its singular root. Every POST and PUT has one, because a write without a Content-Type is
 * refused with 422 even when there is nothing to say (InSales API reference, 4.2).
 */
export function encode(
	root?: string,
	fields: Readonly<Record<string, Json | undefined>> = {},
): NonNullable<Call['body']> {
	const value = root === undefined ? fields : { [root]: fields };
	return { contentType: 'application/json', text: JSON.stringify(value) };
}
