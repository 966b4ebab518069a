import { RecentMap } from '../../shared/http/recentMap';
import { textOrNull } from '../../shared/output/orderShape';
import type { FactKind, ToolFact, ToolStatus } from '../../shared/tools/shopTools';
import { idOf } from '../api/codec';
import { shopOffset } from '../api/dates';
import { allOf } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { nameOf } from '../orders/deliveryMethods';
import { phaseOf, statusChoices } from '../orders/statuses';

/** The custom statuses of the shop, or the system ones where it has none. */
export async function statuses(shop: InSalesShop): Promise<ToolStatus[]> {
	return (await statusChoices(shop)).map(({ permalink, title, system }) => ({
		id: permalink ?? system ?? '',
		names: [title],
		phase: phaseOf(system),
	}));
}

const RESOURCES: Partial<Record<FactKind, string>> = {
	delivery: 'delivery_variants',
	payment: 'payment_gateways',
};

/** InSales keeps one language and one currency, and tells neither. */
export async function facts(shop: InSalesShop, kind: FactKind): Promise<ToolFact[]> {
	const resource = RESOURCES[kind];
	if (resource === undefined) return [];
	return [...(await allOf(shop, resource)).values()].map((record) => {
		const price = textOrNull(record.price);
		return {
			id: idOf(record),
			name: price === null ? nameOf(record) : `${nameOf(record)}, ${price}`,
		};
	});
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
