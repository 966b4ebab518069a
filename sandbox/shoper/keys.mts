import { checkRights } from './areas.mts';
import type { Rights } from './areas.mts';

/** Static tokens of a fresh shop: 64 hex characters, as the panel issues them (Shoper REST reference 1.2). */
export const SHOPER_TOKENS = {
	/** Every area, every level. */
	full: 'f0'.repeat(32),
	/** Orders read and edit, users read, statuses read: what a help desk needs. */
	helpdesk: 'de'.repeat(32),
	/** Products read. */
	readonly: '4e'.repeat(32),
} as const;

/** An administrator of the shop, who logs in at `/auth`. */
export interface ShopAdmin {
	login: string;
	password: string;
	rights: Rights;
	/** Whether the group has web API access; true unless told. */
	webapi?: boolean;
	/** Whether the group has access to the panel where it is needed; true unless told. */
	panel?: boolean;
	/** Addresses that may log in; any unless told. */
	ips?: string[];
}

const HELPDESK: Rights = { orders: ['read', 'edit'], users: ['read'], statuses: ['read'] };

/** Administrators of a fresh shop. */
export const SHOPER_ADMINS = {
	owner: { login: 'owner', password: 'Owner-Pass-2026', rights: '*' },
	helpdesk: { login: 'helpdesk', password: 'Helpdesk-Pass-2026', rights: HELPDESK },
	nowebapi: { login: 'nowebapi', password: 'NoWebapi-Pass-2026', rights: HELPDESK, webapi: false },
	iplocked: {
		login: 'iplocked',
		password: 'IpLocked-Pass-2026',
		rights: HELPDESK,
		ips: ['192.0.2.10'],
	},
} as const satisfies Record<string, ShopAdmin>;

/** A token that the shop accepts. */
export interface ShopToken {
	token: string;
	/** Name in the request log. */
	name: string;
	rights: Rights;
	/** Login of the administrator it was issued to; static tokens have none. */
	login?: string;
	/** Shop's time in epoch milliseconds; static tokens never expire. */
	expiresAt?: number;
}

export function freshTokens(): Map<string, ShopToken> {
	const tokens: ShopToken[] = [
		{ token: SHOPER_TOKENS.full, name: 'full', rights: '*' },
		{ token: SHOPER_TOKENS.helpdesk, name: 'helpdesk', rights: HELPDESK },
		{ token: SHOPER_TOKENS.readonly, name: 'readonly', rights: { products: 'read' } },
	];
	return new Map(tokens.map((token) => [token.token, token]));
}

export function freshAdmins(): Map<string, ShopAdmin> {
	const admins = Object.values(SHOPER_ADMINS).map((admin: ShopAdmin) => ({ ...admin }));
	for (const admin of admins) checkRights(admin.rights);
	return new Map(admins.map((admin) => [admin.login, admin]));
}
