import type { ShopResponse } from '../shared/http.mts';
import type { ShopState } from './shopState.mts';

/** Developer mode on PHP 7.4 prints deprecation notes of version 1.6 before everything else (recorded exchange 509). */
export function withDevModeBanner(shop: ShopState, response: ShopResponse): ShopResponse {
	const banner = shop.settings.displayErrors ? shop.traits.devModeBanner : undefined;
	if (banner === undefined) return response;
	const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
	return { ...response, body: Buffer.concat([Buffer.from(banner), bytes]) };
}
