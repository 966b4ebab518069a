import type { IDataObject } from 'n8n-workflow';

/** A simplified shape as the `json` of an item: the same fields, in a type that n8n takes. */
export function toJson(shape: object): IDataObject {
	return { ...shape };
}
