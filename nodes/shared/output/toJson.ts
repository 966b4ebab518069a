import type { IDataObject } from 'n8n-workflow';

/** A simplified shape as the `json` of an item: the same fields, in a type that n8n takes. */
export function toJson(shape: object): IDataObject {
	return { ...shape };
}

/** A record as the shop has it, and beside it what was joined and what could not be. */
export function withIncluded(
	record: object,
	included: Readonly<Record<string, unknown>>,
	missing: readonly string[],
): IDataObject {
	const present = Object.entries(included).filter(([, value]) => value !== undefined);
	return toJson({
		...record,
		...(present.length > 0 && { _included: Object.fromEntries(present) }),
		...(missing.length > 0 && { _missing: missing }),
	});
}
