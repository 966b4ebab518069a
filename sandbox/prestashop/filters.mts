import { collate } from './collation.mts';
import type { Table } from './database.mts';
import type { ColumnType, FieldDefinition, Row } from './definitions.mts';

/** A filter of the query, compiled: a test for one value, and a quick way to the rows where there is one. */
export interface Filter {
	field: string;
	test: (value: string) => boolean;
	/** Candidate ids in the order the database would find them. */
	candidates?: (table: Table) => readonly number[];
}

const DATE_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/;

/** A text as the database understands it where a date is expected; rubbish is the zero date (recorded exchange 237). */
function asDateTime(text: string): string {
	const match = DATE_TIME.exec(text.trim());
	if (!match) return '0000-00-00 00:00:00';
	const [, year = '', ...rest] = match;
	const [month, day, hour, minute, second] = rest.map((part) => (part ?? '0').padStart(2, '0'));
	return `${year}-${month}-${day} ${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
}

function asNumber(text: string): number {
	const match = /^\s*[+-]?(\d+\.?\d*|\.\d+)/.exec(text);
	return match ? Number(match[0]) : 0;
}

type Compare = (a: string, b: string) => number;

function comparison(type: ColumnType): Compare {
	switch (type) {
		case 'int':
		case 'bool':
		case 'dec2':
		case 'dec3':
		case 'dec6':
			return (a, b) => asNumber(a) - asNumber(b);
		case 'datetime':
		case 'date':
			return (a, b) => {
				const left = asDateTime(a);
				const right = asDateTime(b);
				return left < right ? -1 : left > right ? 1 : 0;
			};
		case 'string':
			return (a, b) => {
				const left = collate(a);
				const right = collate(b);
				return left < right ? -1 : left > right ? 1 : 0;
			};
	}
}

function likePattern(pattern: string): (value: string) => boolean {
	const source = collate(pattern).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
	const expression = new RegExp(`^${source.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`);
	return (value) => expression.test(collate(value));
}

/** The escaper of the shop drops everything that looks like HTML (reference, section 3.3). */
function stripTags(text: string): string {
	return text.replace(/<[^>]*>?/g, '');
}

interface Condition {
	test: (value: string) => boolean;
	/** Exact values, when only those can match. */
	equals?: string[];
	/** Answered from the index of the column alone, so in its order (recorded exchange 196). */
	scansIndex?: boolean;
	/** Bounds for the primary key. */
	range?: { from: number; to: number };
}

/**
 * Turns a filter value into a condition. Forms without a branch (`>=[5]`, brackets inside the value) give undefined:
 * the shop drops such filters without a word (reference, section 3.3).
 */
function condition(value: string, type: ColumnType): Condition | undefined {
	const compare = comparison(type);
	const equal = (wanted: string) => (held: string) => compare(held, wanted) === 0;
	const match = /^([^]*)\[([^]*)\]([^]*)$/.exec(value);
	if (!match) {
		const wanted = stripTags(value);
		return { test: equal(wanted), equals: [wanted] };
	}
	const [, before = '', rawInner = '', after = ''] = match;
	const inner = stripTags(rawInner);
	if (before === '%' || after === '%') {
		return { test: likePattern(`${before}${inner}${after}`), scansIndex: true };
	}
	if (before === '' && after === '') {
		if (inner.indexOf('|') > 0) {
			const values = inner.split('|');
			return {
				test: (held) => values.some((wanted) => compare(held, wanted) === 0),
				equals: values,
			};
		}
		const bounds = /^([\d.:\-\s]+),([\d.:\-\s]+)$/.exec(inner);
		if (bounds?.[1] !== undefined && bounds[2] !== undefined) {
			const numeric = Number.isFinite(Number(bounds[1])) && Number.isFinite(Number(bounds[2]));
			const [low, high] = [bounds[1], bounds[2]].sort((a, b) =>
				numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0,
			) as [string, string];
			return {
				test: (held) => compare(held, low) >= 0 && compare(held, high) <= 0,
				range: { from: asNumber(low), to: asNumber(high) },
			};
		}
		return { test: equal(inner), equals: [inner] };
	}
	if (before === '>') {
		return {
			test: (held) => compare(held, inner) > 0,
			range: { from: Math.floor(asNumber(inner)) + 1, to: Infinity },
		};
	}
	if (before === '<') {
		return {
			test: (held) => compare(held, inner) < 0,
			range: { from: -Infinity, to: Math.ceil(asNumber(inner)) - 1 },
		};
	}
	if (before === '!') {
		const values = inner.split('|');
		return { test: (held) => values.every((wanted) => compare(held, wanted) !== 0) };
	}
	return undefined;
}

function lowerBound(ids: readonly number[], from: number): number {
	let low = 0;
	let high = ids.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ids[middle] ?? 0) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}

function byPrimaryKey(found: Condition): Filter['candidates'] {
	const { equals, range } = found;
	if (equals) {
		const ids = [...new Set(equals.map(asNumber))].sort((a, b) => a - b);
		return (table) => ids.filter((id) => table.get(id) !== undefined);
	}
	if (range) {
		return (table) => {
			const ids = table.ids();
			const start = range.from === -Infinity ? 0 : lowerBound(ids, range.from);
			if (range.to === Infinity) return ids.slice(start);
			let end = start;
			while (end < ids.length && (ids[end] ?? 0) <= range.to) end++;
			return ids.slice(start, end);
		};
	}
	return undefined;
}

/** Compiles `filter[field]=value`; undefined when the shop ignores it. */
export function compileFilter(
	field: string,
	definition: FieldDefinition | undefined,
	value: string,
	likeUsesIndex: boolean,
): Filter | undefined {
	const type: ColumnType = field === 'id' ? 'int' : (definition?.type ?? 'string');
	const found = condition(value, type);
	if (!found) return undefined;
	const filter: Filter = { field, test: found.test };
	if (field === 'id') {
		filter.candidates = byPrimaryKey(found);
	} else if (found.scansIndex && likeUsesIndex && !definition?.i18n) {
		filter.candidates = (table) => (table.isIndexed(field) ? table.idsBy(field) : table.ids());
	} else if (found.equals && !definition?.i18n) {
		const values = [...new Set(found.equals.map(collate))].sort();
		filter.candidates = (table) => {
			if (!table.isIndexed(field)) return table.ids();
			// An index scan returns the rows in the order of the index (recorded exchanges 204 and 458).
			const ordered =
				type === 'int' ? [...values].sort((a, b) => asNumber(a) - asNumber(b)) : values;
			return ordered.flatMap((wanted) => [...table.find(field, wanted)]);
		};
	}
	return filter;
}

/** Does the row pass the filter in any of the languages? */
export function passes(row: Row, filter: Filter, languages: string[]): boolean {
	if (filter.field === 'id') return filter.test(String(row.id));
	const value = row.installation?.[filter.field] ?? row.values[filter.field];
	if (value === undefined || value === null) return false;
	if (typeof value === 'string') return filter.test(value);
	return languages.some((id) => filter.test(value[id] ?? ''));
}

/** Compares two rows by a column, in the column's own way. */
export function compareRows(
	field: string,
	definition: FieldDefinition | undefined,
): (a: Row, b: Row) => number {
	if (field === 'id') return (a, b) => a.id - b.id;
	const compare = comparison(definition?.type ?? 'string');
	const read = (row: Row): string => {
		const value = row.values[field];
		if (typeof value === 'string') return value;
		if (!value) return '';
		// Sorting by a translated field takes the first language of each record (recorded exchange 247).
		const [first] = Object.keys(value).sort((a, b) => Number(a) - Number(b));
		return first === undefined ? '' : (value[first] ?? '');
	};
	return (a, b) => compare(read(a), read(b));
}
