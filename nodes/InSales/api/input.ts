import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/http/errors';
import { settled } from '../../shared/protocol/settled';
import { isNotFound } from '../../shared/reading/permissions';
import { isRecord } from './codec';
import type { InSalesRecord } from './codec';
import type { InSalesShop } from './reads';
import { pathOf } from './query';

/** A record's ID as InSales writes it. Throws `InputError` for anything but a whole number. */
export function recordId(value: string, label: string): string {
	const text = value.trim().replace(/^#/, '');
	if (/^[1-9]\d{0,14}$/.test(text)) return text;
	throw new InputError(`"${label}" is "${value}".`, 'Enter the number the shop uses as ID.');
}

/** One record by its own address, always asked for anew, or `undefined`. */
export async function single(
	shop: InSalesShop,
	resource: string | readonly string[],
	id: string,
): Promise<InSalesRecord | undefined> {
	const path = [...pathOf(resource), id];
	const result = await settled(async () => await shop.records({ method: 'GET', path }));
	if (result.ok) return result.value[0];
	if (isNotFound(result.error)) return undefined;
	throw result.error;
}

/** A failure for a record that the shop does not have. */
export function notFound(what: string, value: string): InputError {
	return new InputError(`The shop has no ${what} "${value}".`, 'Check it in the back office.');
}

/** Equality as users mean it: case and spaces around do not count. */
export function sameText(a: unknown, b: string): boolean {
	const plain = (value: unknown) =>
		String(value ?? '')
			.trim()
			.normalize('NFC')
			.toLowerCase();
	return plain(a) === plain(b);
}

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
