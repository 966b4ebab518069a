import { ShopError } from '../../shared/http/errors';
import { isDenied, loadIfGranted } from '../../shared/reading/permissions';
import type { Lookup } from '../../shared/reading/lookup';
import { settled } from '../../shared/protocol/settled';
import type { Shop } from '../../shared/reading/shop';
import { isTimeZone } from '../../shared/text/time';
import type { ShoperRecord } from './codec';
import { CODES } from './classify';
import { lookup, pagedListing } from './query';
import { idFieldOf, idOf } from './resources';
import { areaOf, rightName } from './rights';

export type ShoperShop = Shop<ShoperRecord>;

/**
 * Runs `load`; when the token has no right to it, answers `undefined` and notes in `missing` which
 * part is left out and which right would bring it. Other failures pass.
 */
export async function ifGranted<T>(
	shop: ShoperShop,
	part: string,
	resource: string,
	missing: string[],
	load: () => Promise<T>,
): Promise<T | undefined> {
	const right = rightName(areaOf(resource), 'GET');
	return await loadIfGranted(shop, { part, resource, right }, missing, load);
}

/** Whether a failure says that the shop does not know a field of the filter. */
export function isUnknownField(error: unknown): boolean {
	return error instanceof ShopError && error.failure.code === CODES.unknownField;
}

/** The one record with this ID, or `undefined`. Many IDs asked for at once share requests. */
export async function byId(
	shop: ShoperShop,
	resource: string,
	id: string,
): Promise<ShoperRecord | undefined> {
	const found = await settled(async () => (await shop.find(idLookup(resource), id))[0]);
	if (found.ok) return found.value;
	// That a resource can be filtered by its own ID is seen for orders and stocks only.
	if (!isUnknownField(found.error)) throw found.error;
	return await single(shop, resource, id);
}

const idLookups = new Map<string, Lookup<ShoperRecord>>();

function idLookup(resource: string): Lookup<ShoperRecord> {
	const known = idLookups.get(resource) ?? lookup(resource, idFieldOf(resource));
	idLookups.set(resource, known);
	return known;
}

/** The one record with this ID as it is now, or `undefined`: asks for it alone. */
export async function single(
	shop: ShoperShop,
	resource: string | readonly string[],
	id: string,
): Promise<ShoperRecord | undefined> {
	const path = typeof resource === 'string' ? [resource] : resource;
	const result = await settled(
		async () => await shop.records({ method: 'GET', path: [...path, id] }),
	);
	if (result.ok) return result.value[0];
	const { error } = result;
	if (error instanceof ShopError && error.failure.kind === 'notFound') return undefined;
	throw error;
}

/** All records of a small resource, read once per run, by ID. */
export async function allOf(
	shop: ShoperShop,
	resource: string,
): Promise<ReadonlyMap<string, ShoperRecord>> {
	return await shop.once(`all ${resource}`, async () => {
		const records = await shop.list(pagedListing({ resource, order: 'oldest' }));
		return new Map(records.map((record) => [idOf(resource, record), record]));
	});
}

/** The shop's settings, read once per run; empty when they cannot be read. They need no right. */
export async function configOf(shop: ShoperShop): Promise<ShoperRecord> {
	return await shop.once('config', async () => {
		const path = ['application-config'];
		const result = await settled(async () => await shop.records({ method: 'GET', path }));
		if (result.ok) return result.value[0] ?? {};
		if (isDenied(result.error)) return {};
		throw result.error;
	});
}

/** The IANA zone of the shop's clock, by which all its times go (Shoper REST reference 7.3). */
export async function zoneOf(
	shop: ShoperShop,
	missing: string[] = [],
): Promise<string | undefined> {
	const zone = String((await configOf(shop)).locale_timezone ?? '');
	if (isTimeZone(zone) && zone !== '') return zone;
	missing.push('offset of the times: the shop does not tell its time zone');
	return undefined;
}

/** Locale of the shop's main language, such as `pl_PL`; the language of names. */
export async function localeOf(shop: ShoperShop): Promise<string | undefined> {
	const locale = String((await configOf(shop)).default_language_name ?? '');
	return locale === '' ? undefined : locale;
}
