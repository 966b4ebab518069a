import { RecentMap } from '../../shared/http/recentMap';
import { shopOffset, wireInstant } from './dates';
import type { InSalesShop } from './reads';

/**
 * The shop's clock now, as `updated_since` takes it; `undefined` when the shop does not tell. One small
 * request.
 *
 * @param resource one that is counted, such as `products`
 */
export async function shopNow(shop: InSalesShop, resource: string): Promise<string | undefined> {
	const reply = await shop.send({ method: 'GET', path: [resource, 'count'] });
	const date = Date.parse(reply.headers.date ?? '');
	return Number.isNaN(date) ? undefined : wireInstant(date);
}

/** Offsets of shops, each for ten minutes: they change twice a year, if at all. */
const offsets = new RecentMap<{ zone: string | undefined; until: number }>(1_000, 10 * 60_000);

/**
 * A zone with the offset of the shop's clock now; the account calls its zone by a name that is none (InSales
 * API reference, 7).
 */
export async function zoneOf(shop: InSalesShop): Promise<string | undefined> {
	const known = offsets.get(shop.address.url);
	if (known && known.until > Date.now()) return known.zone;
	const [, sign = '', hours = '', minutes = ''] =
		/^([+-])(\d\d):(\d\d)$/.exec(await shopOffset(shop, 'orders')) ?? [];
	// The names of these zones count the other way round.
	const zone = minutes === '00' ? `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}` : undefined;
	offsets.set(shop.address.url, { zone, until: Date.now() + 10 * 60_000 });
	return zone;
}
