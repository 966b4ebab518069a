import { isRecord } from './codec';
import type { ShoperRecord } from './codec';

/** What records hold that no workflow needs: the key of a webhook can be read back (section 8.1). */
const SECRETS = ['secret', 'password', 'access_token', 'refresh_token', 'client_secret'];

export const MASK = '***';

/** A copy whose secret fields are masked where they hold something. */
export function withoutSecrets(record: ShoperRecord): ShoperRecord {
	return Object.fromEntries(
		Object.entries(record).map(([field, value]) => {
			if (SECRETS.includes(field) && typeof value === 'string' && value !== '')
				return [field, MASK];
			return [field, isRecord(value) ? withoutSecrets(value) : value];
		}),
	);
}
