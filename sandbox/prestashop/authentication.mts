import type { ShopRequest } from '../shared/http.mts';
import type { ErrorList } from './errors.mts';
import type { WebserviceKey } from './keys.mts';
import { textOf } from './query.mts';
import type { PhpArray } from './query.mts';
import type { ShopState } from './shopState.mts';

/** The key as it reaches PHP: Basic user name first, `ws_key` only without one (reference, section 1.2). */
function keyFromRequest(
	shop: ShopState,
	request: ShopRequest,
	params: PhpArray,
): string | undefined {
	const header = shop.settings.stripAuthorization ? undefined : request.headers.authorization;
	const basic = header === undefined ? undefined : /^Basic\s+(.*)$/i.exec(header)?.[1];
	if (basic !== undefined) {
		const decoded = Buffer.from(basic, 'base64').toString('utf8');
		return decoded.split(':')[0] ?? '';
	}
	return textOf(params, 'ws_key');
}

/**
 * Checks activation and key: the key, `plain401` when none reached PHP, or undefined with the errors listed (22, then
 * 16 to 21).
 */
export function authenticate(
	shop: ShopState,
	request: ShopRequest,
	params: PhpArray,
	errors: ErrorList,
): WebserviceKey | 'plain401' | undefined {
	const sent = keyFromRequest(shop, request, params);
	if (sent === undefined) return 'plain401';
	if (!shop.settings.webserviceEnabled) {
		errors.add(
			503,
			22,
			'The PrestaShop webservice is disabled. Please activate it in the PrestaShop Back Office',
		);
		return undefined;
	}
	const text = sent.trim();
	if (text === '') {
		errors.add(401, 17, 'Authentication key is empty');
		return undefined;
	}
	if (text.length !== 32) {
		errors.add(401, 18, 'Invalid authentication key format');
		return undefined;
	}
	const key = shop.keys.find((candidate) => candidate.key.toUpperCase() === text.toUpperCase());
	if (!key?.active) errors.add(401, 20, 'Authentification key is not active');
	const permitted =
		key?.active && (key.permissions === '*' || Object.keys(key.permissions).length > 0);
	if (!permitted) {
		errors.add(401, 21, 'No permission for this authentication key');
		return undefined;
	}
	return key;
}
