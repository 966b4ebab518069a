import type { Call, Method } from '../../shared/protocol/call';
import { ShopError } from '../../shared/protocol/errors';
import { sendOnce, withAdvice } from '../../shared/writing/outcome';
import { encodeRecords } from '../api/codec';
import type { KeyRights } from '../api/keyRights';
import type { PrestaShopRecord } from '../api/records';
import type { PrestaShopShop } from '../api/reads';
import { rightName, tickRight } from '../api/rights';

/**
 * Refuses before anything is written what the key may not do in the end.
 *
 * @param needed rights such as `carts POST`
 * @throws ShopError naming the right and where to tick it
 */
export function requireRights(rights: KeyRights, needed: readonly string[]): void {
	for (const need of needed) {
		const [resource = '', method = 'GET'] = need.split(' ') as [string, Method];
		if (rights.has(resource, method)) continue;
		const right = rightName(resource, method);
		throw new ShopError(
			{ kind: 'permission', sent: false },
			{ method, path: [resource] },
			{
				reason: `The API key may not do this: the right "${right}" is missing. Nothing was written.`,
				fix: tickRight(resource, method),
				right,
			},
		);
	}
}

/** A request that creates records of one resource. */
export function creating(
	resource: string,
	node: string,
	records: readonly PrestaShopRecord[],
): Call {
	return {
		method: 'POST',
		path: [resource],
		body: { contentType: 'text/xml; charset=utf-8', text: encodeRecords(node, [...records]) },
	};
}

/**
 * Creates what an order needs before it exists, once. What an unclear answer leaves behind does no
 * harm, so that nothing is looked for: it is said that no order was made.
 *
 * @param left what may be left behind, as in "an address"
 */
export async function prepare(
	shop: PrestaShopShop,
	call: Call,
	left: string,
): Promise<readonly PrestaShopRecord[]> {
	const { answer, unclear } = await sendOnce(async () => await shop.records(call));
	if (!unclear) return answer;
	throw withAdvice(
		unclear,
		`No order was made; ${left} may be left in the shop. It is safe to repeat this.`,
	);
}
