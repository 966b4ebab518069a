import type { IDataObject } from 'n8n-workflow';

import { toJson, withIncluded } from '../../shared/output/toJson';
import { turn } from '../../shared/reading/turn';
import type { ShoperRecord } from '../api/codec';
import { allOf, ifPermitted, localeOf, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { withoutSecrets } from '../api/secrets';
import { currencyOf, partsOf } from './parts';
import { simplifyOrder, simplifyParcel } from './simplify';
import type { OrderParts, View } from './simplify';

/** What the simplified shape joins unless told otherwise. */
export const includedParts = ['lines'];

/** How orders are shown: what is joined, simplified or as they are. */
export interface OrderView {
	simplify: boolean;
	/** Parts to join; unless told, {@link includedParts} with the simplified shape and nothing with raw records. */
	include?: readonly string[] | undefined;
	/** Locale of names; the shop's main language when absent. */
	locale?: string;
}

/** Zone, language and address, for everything that is simplified. */
export async function viewOf(
	shop: ShoperShop,
	missing: string[] = [],
	chosen?: string,
): Promise<View> {
	const [zone, locale] = [await zoneOf(shop, missing), chosen ?? (await localeOf(shop))];
	return { shop: shop.address.host, url: shop.address.url, zone, locale };
}

/** Shows an order with the parts asked for; parts the token may not read are named in `_missing`. */
export async function viewOrder(
	shop: ShoperShop,
	order: ShoperRecord,
	{ simplify, include = simplify ? includedParts : [], locale }: OrderView,
): Promise<IDataObject> {
	await turn();
	const missing: string[] = [];
	const included = await partsOf(shop, order, include, missing);
	const { customer: user, payment, shipping, lines, parcels } = included;
	if (!simplify) {
		const shown = { ...included, customer: user && withoutSecrets(user) };
		return withIncluded(order, shown, missing);
	}
	const [statuses, currency, view] = await Promise.all([
		ifPermitted(
			shop,
			'status name',
			'statuses',
			missing,
			async () => await allOf(shop, 'statuses', (all) => all.has(String(order.status_id))),
		),
		currencyOf(shop, order, missing),
		viewOf(shop, missing, locale),
	]);
	await turn();
	const status = statuses?.get(String(order.status_id));
	const parts: OrderParts = {
		...(status && { status }),
		...(user && { user }),
		...(payment && { payment }),
		...(shipping && { shipping }),
		...(currency !== undefined && { currency }),
		...(lines && { lines }),
		...(parcels && { parcels }),
		missing,
	};
	return toJson({
		...simplifyOrder(order, view, parts),
		...(parcels && { parcels: parcels.map((parcel) => simplifyParcel(parcel, view.zone)) }),
	});
}
