import { loadIfGranted } from '../../shared/reading/permissions';
import type { Lookup } from '../../shared/reading/lookup';
import { settled } from '../../shared/protocol/settled';
import type { Shop } from '../../shared/reading/shop';
import type { PrestaShopRecord } from './codec';
import { is, listing, lookup } from './query';
import { rightName } from './rights';

export type PrestaShopShop = Shop<PrestaShopRecord>;

/**
 * Runs `load`; when the key has no right to it, answers `undefined` and notes in `missing` which
 * part is left out and which right would bring it. Other failures pass.
 */
export async function ifGranted<T>(
	shop: PrestaShopShop,
	part: string,
	resource: string,
	missing: string[],
	load: () => Promise<T>,
): Promise<T | undefined> {
	const right = rightName(resource, 'GET');
	return await loadIfGranted(shop, { part, resource, right }, missing, load);
}

/** The one record with this ID, or `undefined`. Many IDs asked for at once share requests. */
export async function byId(
	shop: PrestaShopShop,
	resource: string,
	id: string,
): Promise<PrestaShopRecord | undefined> {
	return (await shop.find(idLookup(resource), id))[0];
}

const idLookups = new Map<string, Lookup<PrestaShopRecord>>();

function idLookup(resource: string): Lookup<PrestaShopRecord> {
	const known = idLookups.get(resource) ?? lookup(resource, 'id');
	idLookups.set(resource, known);
	return known;
}

/** All records of a small resource, read once per run, by ID. */
export async function allOf(
	shop: PrestaShopShop,
	resource: string,
): Promise<ReadonlyMap<string, PrestaShopRecord>> {
	return await shop.once(`all ${resource}`, async () => {
		const records = await shop.list(listing({ resource }));
		return new Map(records.map((record) => [record.id ?? '', record]));
	});
}

/**
 * The IANA zone of the shop's clock: from the credential, else from the shop's configuration, which
 * few keys may read and some shops cannot even list (section 6.4, section 10 no. 35).
 */
export async function zoneOf(
	shop: PrestaShopShop,
	missing: string[] = [],
): Promise<string | undefined> {
	const configured = shop.address.settings.timezone;
	if (typeof configured === 'string' && configured !== '') return configured;
	const zone = await shop.once('time zone', async () => {
		const where = [is('name', 'PS_TIMEZONE')];
		const display = ['id', 'value', 'id_shop'];
		const result = await settled(
			async () => await shop.list(listing({ resource: 'configurations', where, display })),
		);
		if (!result.ok) return undefined;
		// A multistore can hold a row per shop; the one without a shop is everybody's.
		const rows = result.value;
		const row = rows.find(({ id_shop }) => id_shop === '' || id_shop === '0') ?? rows[0];
		return typeof row?.value === 'string' && row.value !== '' ? row.value : undefined;
	});
	if (zone === undefined) {
		missing.push('offset of the times: set "Time Zone" in the credential');
	}
	return zone;
}
