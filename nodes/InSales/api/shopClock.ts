import { wireInstant } from './dates';
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
