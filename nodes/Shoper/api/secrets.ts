import { MASK } from '../../shared/writing/namedValues';
import { isRecord } from './codec';
import type { ShoperRecord } from './codec';

/** What records hold that no workflow needs: the key of a webhook can be read back (section 8.1). */
const SECRETS = ['secret', 'password', 'access_token', 'refresh_token', 'client_secret'];

/** A copy whose secret fields are masked where they hold something. */
export function withoutSecrets(record: ShoperRecord): ShoperRecord {
	return Object.fromEntries(
		Object.entries(record).map(([field, value]) => {
			if (SECRETS.includes(field) && typeof value === 'string' && value !== '')
				return [field, MASK];
			return [field, masked(value)];
		}),
	);
}

function masked(value: ShoperRecord[string]): ShoperRecord[string] {
	if (isRecord(value)) return withoutSecrets(value);
	return Array.isArray(value) ? ((value as ShoperRecord[]).map(masked) as typeof value) : value;
}

/** Whether a field is never shown; parts of a field are named with dots. */
export function isSecret(field: string): boolean {
	return SECRETS.includes(field.split('.').at(-1) ?? '');
}
