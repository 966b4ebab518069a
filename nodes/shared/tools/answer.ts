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
	{ total, hint, ...facts }: { total: number | undefined; hint: string } & Record<string, unknown>,
): IDataObject {
	if (rows.length === 0) return lean({ count: 0, hint, ...facts });
	const rest = total === undefined ? {} : { count: total };
	const isCut = total !== undefined && total > rows.length;
	return lean({ ...rest, ...(isCut && { shown: rows.length }), ...facts, [name]: rows });
}

/**
 * An answer of at most `max` characters of JSON: of the longest part, entries of a list or the end of a
 * text go first, and it is said how many are left out.
 */
export function capped(answer: IDataObject, max: number): IDataObject {
	let result = answer;
	// Every round makes the answer shorter; the count is a belt for the braces.
	for (let round = 0; round < 1_000 && lengthOf(result) > max; round++) {
		const shorter = shortenedOnce(result, lengthOf(result) - max);
		if (lengthOf(shorter) >= lengthOf(result)) break;
		result = shorter;
	}
	if (lengthOf(result) <= max) return result;
	return { error: 'The answer is too long to show.', next: 'Ask for less.' };
}

const lengthOf = (value: unknown) => JSON.stringify(value).length;

/** The mark of a list that was cut; it counts on when it is cut again. */
const markOf = (name: string) => `${name}_left_out`;

function shortenedOnce(record: IDataObject, excess: number): IDataObject {
	const [name, value] = Object.entries(record)
		.filter(([key]) => key !== 'confirm')
		.reduce((a, b) => (lengthOf(b[1]) > lengthOf(a[1]) ? b : a), ['', null]);
	if (Array.isArray(value) && value.length > 1) {
		const mark = markOf(name);
		// The mark takes room as well.
		const goal = excess + mark.length + 8;
		let [kept, freed] = [value.length, 0];
		while (kept > 1 && freed < goal) freed += lengthOf(value[--kept]) + 1;
		const before = Number(record[mark] ?? 0);
		return {
			...record,
			...('shown' in record && { shown: kept }),
			[name]: value.slice(0, kept),
			[mark]: before + value.length - kept,
		};
	}
	if (Array.isArray(value) && isRecord(value[0])) {
		return { ...record, [name]: [shortenedOnce(value[0], excess)] };
	}
	if (typeof value === 'string' && value.length > 20) {
		const kept = Math.max(10, value.length - excess - 1);
		return { ...record, [name]: `${value.slice(0, kept).replace(/[\uD800-\uDBFF]$/, '')}…` };
	}
	if (isRecord(value) && Object.keys(value).length > 0) {
		return { ...record, [name]: shortenedOnce(value, excess) };
	}
	return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
