import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { InputError } from '../protocol/errors';
import type { Vendor } from '../protocol/vendor';

/**
 * A credential's `authenticate`: adds the key to requests to the shop of the credential, and to no
 * others. n8n lets any HTTP Request node use a credential, for any address.
 */
export function authenticateOwnShop<R>(vendor: Vendor<R>): IAuthenticate {
	return async (credentials, request) => {
		refuseOtherShops(vendor, credentials, request);
		return vendor.authenticate(credentials, request);
	};
}

function refuseOtherShops<R>(
	vendor: Vendor<R>,
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): void {
	const own = new URL(vendor.address(credentials).url);
	// Older helpers of n8n call the address `uri`.
	const { uri } = request as { uri?: string };
	const asked = String(request.url ?? uri ?? '');
	const base = request.baseURL;
	const target = URL.canParse(asked, base) ? new URL(asked, base) : undefined;
	if (target?.origin === own.origin) return;
	throw new InputError(
		`This credential is for ${own.origin}, so its key is not sent to ${target?.origin ?? 'an address that cannot be read'}.`,
		`Use an address that begins with ${own.origin}, or the credential of the other shop.`,
	);
}
