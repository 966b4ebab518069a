import type { IDataObject } from 'n8n-workflow';

import { toJson, withIncluded } from '../../shared/output/toJson';
import { turn } from '../../shared/reading/turn';
import { allOf, ifPermitted, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { withoutSecrets } from '../api/secrets';
import { countriesOf, partsOf, recordPart } from './parts';
import { simplifyChange, simplifyDetail, simplifyOrder } from './simplify';

/** What the simplified shape joins unless told otherwise. */
export const includedParts = ['customer'];

/** How orders are shown: what is joined, in which language, simplified or as they are. */
export interface OrderView {
	simplify: boolean;
	/** Parts to join; unless told, {@link includedParts} with the simplified shape and nothing with raw records. */
	include?: readonly string[] | undefined;
	/** Language ID. */
	language: string | undefined;
}

/** Whether a part is joined. */
export function shows({ simplify, include }: OrderView, part: string): boolean {
	return (include ?? (simplify ? includedParts : [])).includes(part);
}

/** Shows an order with the parts asked for; parts the key may not read are named in `_missing`. */
export async function viewOrder(
	shop: PrestaShopShop,
	order: PrestaShopRecord,
	{ simplify, include = simplify ? includedParts : [], language }: OrderView,
): Promise<IDataObject> {
	await turn();
	const missing: string[] = [];
	const included = await partsOf(shop, order, include, missing);
	const { customer, billing, shipping, carrier, lines, history } = included;
	if (!simplify) {
		const shown = { ...included, customer: customer && withoutSecrets(customer) };
		return withIncluded(order, shown, missing);
	}
	const stateId = String(order.current_state ?? '');
	const [states, currency, zone, countries] = await Promise.all([
		ifPermitted(
			shop,
			'status name',
			'order_states',
			missing,
			async () => await allOf(shop, 'order_states', (all) => all.has(stateId)),
		),
		recordPart(shop, 'currency', 'currencies', order.id_currency, missing),
		zoneOf(shop, missing),
		countriesOf(shop, [billing, shipping], missing),
	]);
	await turn();
	const view = { shop: shop.address.host, zone, language };
	const state = states?.get(stateId);
	const parts = { state, customer, currency, carrier, billing, shipping, countries, missing };
	return toJson({
		...simplifyOrder(order, view, parts),
		...(lines && { lines: lines.map(simplifyDetail) }),
		...(history && { history: history.map((row) => simplifyChange(row, states, view)) }),
	});
}
