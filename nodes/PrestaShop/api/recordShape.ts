import { textOrNull } from '../../shared/output/orderShape';
import type { Reader, RecordShape as Shape, Zoned } from '../../shared/output/recordShape';
import { languageText } from './codec';
import type { FieldValue, PrestaShopRecord } from './records';

/** What readers of fields need to know. */
export interface ShapeView extends Zoned {
	/** Language ID for names. */
	language: string | undefined;
}

/** A simplified record, field by field. */
export type RecordShape = Shape<PrestaShopRecord, ShapeView>;

/** A text that may exist once per language. */
export const translated =
	(field: string): Reader<PrestaShopRecord, ShapeView> =>
	(record, { language }) =>
		textOrNull(languageText(record[field] as FieldValue | undefined, language));

/** The IDs of an association; `null` when it was not read. */
export const ids =
	(association: string): Reader<PrestaShopRecord, ShapeView> =>
	(record) =>
		record.associations?.[association]?.map((row) => String(row.id ?? '')) ?? null;
