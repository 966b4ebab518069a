import type { Lookup } from '../../shared/reading/lookup';
import type { Listing, Parts } from '../../shared/reading/listing';
import { normalise } from '../../shared/text/sameText';
import type { Call } from '../../shared/protocol/call';
import { anyOf, is } from './conditions';
import type { Condition } from './conditions';
import type { PrestaShopRecord } from './records';

/** A list in the shop's terms. */
export interface ListQuery {
	resource: string;
	where?: readonly Condition[];
	/** `full`, or the fields to bring. */
	display?: 'full' | readonly string[];
	/** By ID. Every walk goes by ID, because only IDs keep their place while orders come in. */
	order?: 'oldest' | 'newest';
	/** Only records with a higher ID. */
	afterId?: number;
	/** Only records with a lower ID, the newest first. */
	belowId?: number;
	/** Only these languages of multilingual fields. */
	language?: string;
	/** Wanted records, to ask for no more than needed. */
	limit?: number;
	/** Further query parameters. */
	extra?: Readonly<Record<string, string>>;
}

/** Records a page when whole records are asked for (section 13: more gains little). */
const FULL_PAGE = 250;

/** Records a page when only some fields are asked for. */
const FIELDS_PAGE = 1_000;

/** Characters of encoded filter values in one address; servers refuse about 8,000 in all (414). */
const MAX_VALUES_LENGTH = 5_000;

const DATE_FIELDS = ['date_add', 'date_upd'];

/** Query parameters common to lists; `date=1` lets the shop filter by its two date fields. */
function parameters({ where = [], display = 'full', language }: ListQuery): Record<string, string> {
	const query: Record<string, string> = {
		display: display === 'full' ? 'full' : `[${display.join(',')}]`,
	};
	for (const { field, wire } of where) query[`filter[${field}]`] = wire;
	if (where.some(({ field }) => DATE_FIELDS.includes(field))) query.date = '1';
	if (language !== undefined) query.language = language;
	return query;
}

/** Walks a list by ID (section 3.5), so that rows that come and go meanwhile move nothing. */
export function listing(list: ListQuery): Listing<PrestaShopRecord> {
	const { resource, where = [], order = 'oldest', afterId, belowId, extra } = list;
	const direction = order === 'oldest' ? 'ASC' : 'DESC';
	const checks = where.flatMap(({ matches }) => (matches ? [matches] : []));
	const most = (list.display ?? 'full') === 'full' ? FULL_PAGE : FIELDS_PAGE;
	const size = checks.length === 0 ? Math.min(most, list.limit ?? most) : most;
	const page = (id: string | undefined): Call => ({
		method: 'GET',
		path: [resource],
		query: {
			...parameters(list),
			...(id !== undefined && { 'filter[id]': id }),
			sort: `[id_${direction}]`,
			limit: `${size}`,
			...extra,
		},
	});
	const start = belowId === undefined ? undefined : `<[${belowId}]`;
	const named = namedIds(where);
	return {
		first: page(afterId === undefined ? start : `>[${afterId}]`),
		next: (_call, records) => {
			const last = Number(records.at(-1)?.id);
			if (!Number.isSafeInteger(last)) return undefined;
			if (named) {
				const rest = named.filter((id) => (order === 'oldest' ? id > last : id < last));
				return rest.length > 0 ? page(`[${rest.join('|')}]`) : undefined;
			}
			if (order === 'oldest') return page(`>[${last}]`);
			if (afterId === undefined) return page(`<[${last}]`);
			return last - 1 > afterId ? page(`[${afterId + 1},${last - 1}]`) : undefined;
		},
		ahead: (records) => {
			const [first, last] = [Number(records[0]?.id), Number(records.at(-1)?.id)];
			if (named || !Number.isSafeInteger(first - last)) return undefined;
			const width = rangeWidth(records.length, Math.abs(last - first) + 1);
			const [low, high] = order === 'oldest' ? [last + 1, last + width] : [last - width, last - 1];
			if (low <= (afterId ?? 0) + 1) return undefined;
			const falling = afterId === undefined ? `<[${low}]` : `[${afterId + 1},${low - 1}]`;
			return {
				range: page(`[${low},${high}]`),
				end: `${order === 'oldest' ? high : low}`,
				holds: ({ id }) => Number(id) >= low && Number(id) <= high,
				beyond: page(order === 'oldest' ? `>[${high}]` : falling),
			};
		},
		keyOf: (record) => record.id ?? '',
		...(checks.length > 0 && { keep: (record) => checks.every((matches) => matches(record)) }),
		parts: pageParts,
	};
}

/** The IDs that a condition names one by one, if one does: they take the place of a page's own bound. */
function namedIds(where: readonly Condition[]): number[] | undefined {
	const wire = where.find(({ field }) => field === 'id')?.wire ?? '';
	return /^\[\d+(\|\d+)*\]$/.test(wire) ? wire.slice(1, -1).split('|').map(Number) : undefined;
}

/** How much shorter a range is than the page before, so that gaps which differ a little do not fill it. */
const RANGE_PART = 0.9;

/**
 * IDs that hold about as many records as a page of `count` over `span` IDs did. Without a gap they are as
 * many as the records, and no more can ever come.
 */
function rangeWidth(count: number, span: number): number {
	return span <= count ? count : Math.max(count, Math.floor(span * RANGE_PART));
}

const limitOf = ({ query }: Call) => query?.limit?.split(',') ?? [];

function sized(call: Call, size: number): Call {
	const limit = [...limitOf(call).slice(0, -1), `${size}`].join(',');
	return { ...call, query: { ...call.query, limit } };
}

/**
 * How pages are asked for in parts (`limit=size`, or `limit=from,size`). Of a record that cannot be shown,
 * the shop still tells the ID.
 */
export const pageParts: Parts<PrestaShopRecord> = {
	sizeOf: (call) => Number(limitOf(call).at(-1)),
	sized,
	resized: sized,
	smallest: 1,
	// The webservice itself has no largest page (section 3.5); hosts and modules may have one.
	surelyGiven: 25,
	nameOf: ({ path }) => `a record of ${path.join('/')}`,
	pass: async (fetch, call) => {
		const [known] = await fetch({ ...call, query: { ...call.query, display: '[id]' } });
		if (known?.id === undefined) return undefined;
		const name = `${call.path.join('/')} ${known.id}`;
		return { name, standIn: { id: known.id }, page: [], sent: call };
	},
};

/** Finds records of `resource` by the exact value of `field`, many values in one request. */
export function lookup(
	resource: string,
	field: string,
	display: ListQuery['display'] = 'full',
	language?: string,
): Lookup<PrestaShopRecord> {
	const call = (condition: Condition): Call => ({
		method: 'GET',
		path: [resource],
		query: parameters({ resource, where: [condition], display, language }),
	});
	return {
		id: `${resource}.${field}.${String(display)}.${language ?? ''}`,
		calls: (values) => {
			const special = values.filter((value) => !isPlain(value));
			const plain = values.filter(isPlain);
			return [
				...chunk(plain).map((part) => ({ values: part, call: call(oneOrMany(field, part)) })),
				...special.map((value) => ({ values: [value], call: call(is(field, value)) })),
			];
		},
		keyOf: (record) => String(record[field] ?? ''),
		normalise,
	};
}

/** A value that may stand in an OR list. */
function isPlain(value: string): boolean {
	return !/[[\]|<>]/.test(value);
}

function oneOrMany(field: string, values: readonly string[]): Condition {
	return values.length === 1 && values[0] !== undefined
		? is(field, values[0])
		: anyOf(field, values);
}

/** Splits values of one OR list so that no address gets too long. */
export function chunk(values: readonly string[]): string[][] {
	const chunks: string[][] = [];
	let length = Number.POSITIVE_INFINITY;
	for (const value of values) {
		length += encodeURIComponent(`|${value}`).length;
		if (length > MAX_VALUES_LENGTH || (chunks.at(-1)?.length ?? 0) >= FULL_PAGE) {
			chunks.push([]);
			length = encodeURIComponent(value).length;
		}
		chunks.at(-1)?.push(value);
	}
	return chunks;
}
