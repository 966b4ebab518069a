import { is } from './conditions';
import { ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import { isDenied, isLeftOut } from '../../shared/reading/permissions';
import { readsOf } from '../../shared/reading/records';
import type { Shop } from '../../shared/reading/shop';
import type { PrestaShopRecord } from './records';
import { listing, lookup } from './query';
import { rightName } from './rights';

export type PrestaShopShop = Shop<PrestaShopRecord>;

/** The reads every shop has (`shared/reading/records.ts`). */
export const { ifPermitted, byId, allOf, learn } = readsOf<PrestaShopRecord>({
	byId: (resource) => lookup(resource, 'id'),
	all: (resource) => listing({ resource }),
	idOf: ({ id }) => id ?? '',
	reference: [
		'order_states',
		'product_option_values',
		'languages',
		'currencies',
		'countries',
		'carriers',
		'shops',
		'shop_groups',
	],
	rightName: (resource) => rightName(resource, 'GET'),
});

/**
 * The IANA zone of the shop's clock: from the credential, else from the shop's configuration, which
 * few keys may read and some shops cannot even list (section 6.4, section 10 no. 35). A failure that
 * passes, such as an overload, is thrown: taken for "unknown", it would make times of the shop wrong.
 * Only where `missing` tells of it, a shop that leaves out what comes late does without.
 */
export async function zoneOf(
	shop: PrestaShopShop,
	missing?: string[],
): Promise<string | undefined> {
	const configured = shop.address.settings.timezone;
	if (typeof configured === 'string' && configured !== '') return configured;
	const known = shop.remember({ resource: 'configurations', key: 'time zone' }, async () => {
		const where = [is('name', 'PS_TIMEZONE')];
		const display = ['id', 'value', 'id_shop'];
		const read = async () =>
			await shop.list(listing({ resource: 'configurations', where, display }));
		let result = await settled(read);
		// Some shops can never list their configuration (section 10 no. 35); one failure may pass.
		if (!result.ok && isBroken(result.error)) result = await settled(read);
		if (!result.ok) {
			if (isDenied(result.error) || isBroken(result.error)) return undefined;
			throw result.error;
		}
		// A multistore can hold a row per shop; the one without a shop is everybody's.
		const rows = result.value;
		const row = rows.find(({ id_shop }) => id_shop === '' || id_shop === '0') ?? rows[0];
		return typeof row?.value === 'string' && row.value !== '' ? row.value : undefined;
	});
	const loaded = await settled(async () => await known);
	if (!loaded.ok && missing && isLeftOut(shop, loaded.error)) {
		missing.push('offset of the times: the shop did not send its time zone in time');
		return undefined;
	}
	if (!loaded.ok) throw loaded.error;
	const zone = loaded.value;
	if (zone === undefined) {
		missing?.push('offset of the times: set "Time Zone" in the credential');
	}
	return zone;
}

/** Statuses of an overload, which says nothing about the configuration. */
const OVERLOADED = [502, 503, 504];

/** Whether the shop fell over something that it may always fall over, rather than being overloaded. */
export function isBroken(error: unknown): boolean {
	if (!(error instanceof ShopError) || error.failure.kind !== 'server') return false;
	return !OVERLOADED.includes(error.failure.status ?? 0);
}
