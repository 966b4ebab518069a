import { randomBytes } from 'node:crypto';

import type { ShopRequest } from '../shared/http.mts';
import { textOf } from './definitions.mts';
import type { Fields } from './definitions.mts';
import { WebApiError } from './errors.mts';
import type { ShopToken } from './keys.mts';
import type { ShopState } from './shopState.mts';

/** 30 days. */
const LIFETIME_SECONDS = 2_592_000;

/** Every client of the sandbox comes from here. */
const CALLER = '127.0.0.1';

/** The token a request bears, if the shop still accepts it. */
export function tokenOf(shop: ShopState, request: ShopRequest): ShopToken | undefined {
	const sent = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	const token = sent === undefined ? undefined : shop.tokens.get(sent);
	if (token?.expiresAt !== undefined && token.expiresAt <= shop.clock.now()) return undefined;
	return token;
}

/** Login and password from Basic, or from the query as old clients send them. */
function credentials(request: ShopRequest, query: Fields): { login: string; password: string } {
	const basic = /^Basic\s+(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (basic === undefined)
		return { login: textOf(query.client_id), password: textOf(query.client_secret) };
	const text = Buffer.from(basic, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	return colon < 0
		? { login: text, password: '' }
		: { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

function refusal(
	shop: ShopState,
	login: string,
	password: string,
): { code: string; text: string } | undefined {
	const admin = shop.admins.get(login);
	if (!admin || admin.password !== password)
		return { code: 'auth_failure', text: 'Niepoprawny login lub hasło' };
	if (admin.ips && !admin.ips.includes(CALLER))
		return { code: 'auth_ip_not_allowed', text: 'Logowanie z tego adresu IP jest niedozwolone' };
	if (admin.webapi === false)
		return { code: 'auth_webapi_access_denied', text: 'Brak dostępu do webapi' };
	if (admin.panel === false)
		return { code: 'auth_admin_access_denied', text: 'Brak dostępu do panelu' };
	return undefined;
}

/** `POST /auth`: a new token with the rights of the administrator (Shoper REST reference 1.3). */
export function logIn(shop: ShopState, request: ShopRequest, query: Fields): Fields {
	const { login, password } = credentials(request, query);
	const refused = refusal(shop, login, password);
	const at = shop.clock.wall();
	if (refused) {
		shop.logins.push({ login, ok: false, error: refused.code, at });
		throw new WebApiError(401, refused.code, refused.text);
	}
	shop.logins.push({ login, ok: true, at });
	if (shop.settings.newLoginInvalidates) endTokensOf(shop, login);
	const token = randomBytes(20).toString('hex');
	shop.tokens.set(token, {
		token,
		name: login,
		rights: shop.admins.get(login)?.rights ?? {},
		login,
		expiresAt: shop.clock.now() + LIFETIME_SECONDS * 1000,
	});
	return { access_token: token, expires_in: LIFETIME_SECONDS, token_type: 'bearer' };
}

/** Ends every token that was issued to an administrator. */
export function endTokensOf(shop: ShopState, login: string): void {
	for (const [key, token] of shop.tokens) if (token.login === login) shop.tokens.delete(key);
}
