import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { ShopAddress, Vendor } from '../protocol/vendor';

/**
 * Tells a credential from all others, or nothing when it says that nothing is to be remembered. No
 * secret can be read from it; a new key or password is another owner.
 */
export function ownerOf<R>(
	vendor: Vendor<R>,
	{ url, settings }: ShopAddress,
	credentials: ICredentialDataDecryptedObject,
): string | undefined {
	if (credentials.rememberReferenceData === false) return undefined;
	const parts = [vendor.credential, url, settings, credentials];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
