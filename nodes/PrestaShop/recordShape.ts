import type { IDataObject } from 'n8n-workflow';

import { idOrNull, numberOrNull, textOrNull } from '../shared/orderShape';
import { localToIso } from '../shared/time';
import { languageText } from './codec';
import type { FieldValue, PrestaShopRecord } from './codec';

/** What readers of fields need to know. */
export interface ShapeView {
	/** IANA zone of the shop's clock, when known. */
	zone: string | undefined;
	/** Language ID for names. */
	language: string | undefined;
}

type Reader = (record: PrestaShopRecord, view: ShapeView) => IDataObject[string];

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
		record[field] === undefined ? null : record[field] === '1';

/** A text that may exist once per language. */
export const translated =
	(field: string): Reader =>
	(record, { language }) =>
		textOrNull(languageText(record[field] as FieldValue | undefined, language));

/** A time of the shop's clock as ISO 8601. */
export const time =
	(field: string): Reader =>
	(record, { zone }) =>
		localToIso(String(record[field] ?? ''), zone);

/** The IDs of an association. */
export const ids =
	(association: string): Reader =>
	(record) =>
		(record.associations?.[association] ?? []).map((row) => String(row.id ?? ''));

/** A record in the given shape; its ID comes first. */
export function shaped(record: PrestaShopRecord, shape: RecordShape, view: ShapeView): IDataObject {
	const fields = Object.entries(shape).map(([name, read]) => [name, read(record, view)]);
	return { id: record.id ?? '', ...(Object.fromEntries(fields) as IDataObject) };
}
