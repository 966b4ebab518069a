import type { IDataObject } from 'n8n-workflow';

import { idOrNull, numberOrNull, textOrNull } from './orderShape';
import { localToIso } from '../text/time';

/** What all readers of fields need to know. */
export interface Zoned {
	/** IANA zone of the shop's clock, when known. */
	zone: string | undefined;
}

/** Reads one field of the output from a record of type `R`; `V` is what it needs to know besides. */
export type Reader<R, V = Zoned> = (record: R, view: V) => IDataObject[string];

/** A simplified record, field by field: the name in the output, and how it is read. */
export type RecordShape<R, V = Zoned> = Readonly<Record<string, Reader<R, V>>>;

/** A record as far as the readers here need it: fields by name. */
type Fields = Readonly<Record<string, unknown>>;

export const id =
	(field: string) =>
	(record: Fields): string | null =>
		idOrNull(record[field]);

export const text =
	(field: string) =>
	(record: Fields): string | null =>
		textOrNull(record[field]);

export const number =
	(field: string) =>
	(record: Fields): number | null =>
		numberOrNull(record[field]);

export const flag =
	(field: string) =>
	(record: Fields): boolean | null =>
		flagOf(record[field]);

/** A time of the shop's clock as ISO 8601. */
export const time =
	(field: string) =>
	(record: Fields, { zone }: Zoned): string | null =>
		localToIso(String(record[field] ?? ''), zone);

/** A flag in any of the forms shops use: `"1"`, `1`, `true`; empty means off. */
export function flagOf(value: unknown): boolean | null {
	if (value === undefined || value === null) return null;
	return value === true || value === 1 || value === '1';
}

/** The opposite of a flag, such as "enabled" where the shop says "disabled". */
export function notFlag(value: unknown): boolean | null {
	const flag = flagOf(value);
	return flag === null ? null : !flag;
}

/** A record in the given shape, its ID first. */
export function shaped<R, V>(
	id: string,
	record: R,
	shape: RecordShape<R, V>,
	view: V,
): IDataObject {
	const fields = Object.entries(shape).map(([name, read]) => [name, read(record, view)]);
	return { id, ...(Object.fromEntries(fields) as IDataObject) };
}
