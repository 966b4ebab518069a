import { InputError } from '../../shared/protocol/errors';
import { userDateToLocal } from '../../shared/text/time';
import type { InSalesShop } from './reads';
import { SMALLEST_PAGE } from './query';

/** Older answers write `2017-06-02 14:11:26 +0300` (InSales API reference, 7). */
const STAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** A time of the shop as ISO 8601 with its offset, without the milliseconds; `null` for none. */
export function isoTime(value: unknown): string | null {
	if (typeof value !== 'string' || value.trim() === '') return null;
	const match = STAMP.exec(value.trim());
	if (!match) return value;
	const [, day, time, offset = ''] = match;
	return `${day}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`;
}

/**
 * A filter's time as `updated_since` takes it, always with an offset (that `Z` is understood is not
 * confirmed, section 7). A time without an offset is the shop's local time.
 *
 * @param resource a list the key may read; its newest record tells the offset of the shop's clock
 * @throws InputError for what is no time
 */
export async function wireTime(
	shop: InSalesShop,
	resource: string,
	label: string,
	date: string,
): Promise<string> {
	const local = userDateToLocal(date, undefined);
	if (local !== undefined) return `${local.replace(' ', 'T')}${await shopOffset(shop, resource)}`;
	const utc = userDateToLocal(date, 'UTC');
	if (utc !== undefined) return `${utc.replace(' ', 'T')}+00:00`;
	throw new InputError(
		`The filter "${label}" is "${date}".`,
		'Enter a time such as 2026-01-31T08:00:00+03:00.',
	);
}

/** What an instant is called in `updated_since`. `epochMs` is epoch milliseconds. */
export function wireInstant(epochMs: number): string {
	return `${new Date(epochMs).toISOString().slice(0, 19)}+00:00`;
}

/** Most shops keep Moscow time; only a shop without any record leaves it at that, where nothing can match. */
const USUAL_OFFSET = '+03:00';

/**
 * The offset of the shop's clock. The account knows a zone by a name that is not a standard one
 * (section 7), and few keys may read it; every record carries the offset itself.
 */
export async function shopOffset(shop: InSalesShop, resource: string): Promise<string> {
	return await shop.once(`offset of ${resource}`, async () => {
		const query = { per_page: `${SMALLEST_PAGE}` };
		const [record] = await shop.records({ method: 'GET', path: [resource], query });
		const iso = isoTime(record?.updated_at) ?? '';
		return /[+-]\d\d:\d\d$/.exec(iso)?.[0] ?? (iso.endsWith('Z') ? '+00:00' : USUAL_OFFSET);
	});
}
