import type { Reader, RecordShape as Shape, Zoned } from '../../shared/output/recordShape';
import type { ShoperRecord } from './codec';
import { translated } from './translations';

/** What readers of fields need to know. */
export interface ShapeView extends Zoned {
	/** Locale of names, such as `pl_PL`. */
	locale: string | undefined;
}

/** A simplified record, field by field. */
export type RecordShape = Shape<ShoperRecord, ShapeView>;

/** A text that exists once per language. */
export const inLanguage =
	(field: string): Reader<ShoperRecord, ShapeView> =>
	(record, { locale }) =>
		translated(record, field, locale);
