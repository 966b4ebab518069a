import { MASK } from '../../shared/writing/namedValues';
import type { PrestaShopRecord } from './records';

/** What records hold that no workflow needs (PrestaShop webservice reference, section 9). */
const SECRETS = [
	'passwd',
	'secure_key',
	'last_passwd_gen',
	'reset_password_token',
	'reset_password_validity',
	'ip_registration_newsletter',
	// Conversations with customers, payments.
	'token',
	'card_number',
	'card_brand',
	'card_expiration',
	'card_holder',
];

/** Whether a field must not be shown unless asked for. */
export function isSecret(field: string): boolean {
	return SECRETS.includes(field);
}

/** A copy whose secret fields are masked where they hold something. */
export function withoutSecrets(record: PrestaShopRecord): PrestaShopRecord {
	return Object.fromEntries(
		Object.entries(record).map(([field, value]) => [
			field,
			isSecret(field) && typeof value === 'string' && value !== '' ? MASK : value,
		]),
	);
}
