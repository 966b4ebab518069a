import { ShopError } from '../../shared/protocol/errors';
import { isDenied } from '../../shared/reading/permissions';
import { readsOf } from '../../shared/reading/records';
import { settled } from '../../shared/protocol/settled';
import type { Shop } from '../../shared/reading/shop';
import { isTimeZone } from '../../shared/text/time';
import type { ShoperRecord } from './codec';
import { CODES } from './classify';
import { lookup, pagedListing } from './query';
import { idFieldOf, idOf } from './resources';
import { areaOf, rightName } from './rights';

export type ShoperShop = Shop<ShoperRecord>;

/** Whether a failure says that the shop does not know a field of the filter. */
export function isUnknownField(error: unknown): boolean {
	return error instanceof ShopError && error.failure.code === CODES.unknownField;
}

/** The reads every shop has (`shared/reading/records.ts`). */
export const { ifPermitted, byId, allOf, learn } = readsOf<ShoperRecord>({
	byId: (resource) => lookup(resource, idFieldOf(resource)),
	// That a resource can be filtered by its own ID is seen for orders and stocks only.
	cannotSearch: isUnknownField,
	all: (resource) => pagedListing({ resource, order: 'oldest' }),
	idOf: (record, resource) => idOf(resource, record),
	reference: [
		'option-values',
		'statuses',
		'languages',
		'currencies',
		'payments',
		'shippings',
		'taxes',
	],
	rightName: (resource) => rightName(areaOf(resource), 'GET'),
});

/** The shop's settings, read once a minute; empty when they cannot be read. They need no right. */
export async function configOf(shop: ShoperShop): Promise<ShoperRecord> {
	return await shop.remember({ resource: 'application-config' }, async () => {
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
