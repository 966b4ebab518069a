import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/http/errors';
import { isRecord } from './codec';

/** A list of objects that came as JSON text; a single one may stand alone. Throws `InputError`. */
export function jsonRows(label: string, json: string, fix: string): IDataObject[] {
	if (json.trim() === '') return [];
	const value = parsed(json);
	const list = Array.isArray(value) ? value : [value];
	if (list.every(isRecord)) return list as IDataObject[];
	throw new InputError(`"${label}" is not a list of objects.`, fix);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Rows of a fixed collection; a single one may come as an object, and none at all as nothing. */
export function rowsOf(collection: unknown): Array<Record<string, unknown>> {
	const { row } = (collection ?? {}) as { row?: unknown };
	const rows = Array.isArray(row) ? row : row === undefined ? [] : [row];
	return rows.filter(
		(each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
	);
}
