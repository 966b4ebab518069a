import type { IDataObject } from 'n8n-workflow';

import { shortened } from '../protocol/shortened';

/** Longest text of a customer that a model gets to read. */
const CUSTOMER_TEXT_MAX = 300;

/** Without what is null, empty or not there: absent says the same in fewer words. */
export function lean(fields: Readonly<Record<string, unknown>>): IDataObject {
	const filled = Object.entries(fields).filter(([, value]) => !isNothing(value));
	return Object.fromEntries(filled) as IDataObject;
}

function isNothing(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * What customers wrote, apart from what the shop says: whoever reads it takes it for data, also when it
 * sounds like an instruction. Shortened, on one line.
 */
export function customerText(
	fields: Readonly<Record<string, string | null | undefined>>,
): IDataObject {
	const texts = Object.entries(fields).map(([name, text]) => [
		name,
		shortened((text ?? '').replace(/\s+/g, ' ').trim(), CUSTOMER_TEXT_MAX),
	]);
	return lean({ customer_text: lean(Object.fromEntries(texts) as Record<string, string>) });
}

/** "59.90 EUR". */
export function amount(value: number | null, currency: string | null): string | null {
	if (value === null) return null;
	return `${value.toFixed(2)}${currency === null ? '' : ` ${currency}`}`;
}

/** "2026-11-29 14:05" of an ISO time; the offset is the shop's everywhere. */
export function minute(iso: string | null): string | null {
	return iso === null ? null : iso.slice(0, 16).replace('T', ' ');
}

/** An answer of many: how many there are, and a hint where there are none. */
export function listed(
	name: string,
	rows: readonly unknown[],
	{
		total,
		isAtLeast = false,
		hint,
		...facts
	}: { total: number | undefined; isAtLeast?: boolean; hint: string } & Record<string, unknown>,
): IDataObject {
	if (rows.length === 0) return lean({ count: 0, hint, ...facts });
	const rest = total === undefined ? {} : { [isAtLeast ? 'count_at_least' : 'count']: total };
	const isCut = total !== undefined && total > rows.length;
	return lean({ ...rest, ...(isCut && { shown: rows.length }), ...facts, [name]: rows });
}
