import type { IDataObject } from 'n8n-workflow';

import { idOrNull, numberOrNull, textOrNull } from '../shared/orderShape';
import { localToIso } from '../shared/time';
import type { ShoperRecord } from './codec';
import { idOf } from './resources';
import { translated } from './translations';

/** What readers of fields need to know. */
export interface ShapeView {
	/** IANA zone of the shop's clock, when known. */
	zone: string | undefined;
	/** Locale of names, such as `pl_PL`. */
	locale: string | undefined;
}

type Reader = (record: ShoperRecord, view: ShapeView) => IDataObject[string];

/** A simplified record, field by field: the name in the output, and how it is read. */
export type RecordShape = Readonly<Record<string, Reader>>;

export const id =
	(field: string): Reader =>
	(record) =>
		idOrNull(record[field]);

export const text =
	(field: string): Reader =>
	(record) =>
		textOrNull(record[field]);

export const number =
	(field: string): Reader =>
	(record) =>
		numberOrNull(record[field]);

export const flag =
	(field: string): Reader =>
	(record) =>
		flagOf(record[field]);

/** A text that exists once per language. */
export const inLanguage =
	(field: string): Reader =>
	(record, { locale }) =>
		translated(record, field, locale);

/** A time of the shop's clock as ISO 8601. */
export const time =
	(field: string): Reader =>
	(record, { zone }) =>
		localToIso(String(record[field] ?? ''), zone);

/** A record of `resource` in the given shape; its ID comes first. */
export function shaped(
	resource: string,
	record: ShoperRecord,
	shape: RecordShape,
	view: ShapeView,
): IDataObject {
	const fields = Object.entries(shape).map(([name, read]) => [name, read(record, view)]);
	return { id: idOf(resource, record), ...(Object.fromEntries(fields) as IDataObject) };
}

/** A flag in any of its forms: `"1"`, `1`, `true`; empty means off (Shoper REST reference 3.5). */
export function flagOf(value: unknown): boolean | null {
	if (value === undefined || value === null) return null;
	return value === true || value === 1 || value === '1';
}
