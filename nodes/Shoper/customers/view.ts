import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { notFound } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { byId, learn, zoneOf } from '../api/reads';
import type { ShoperShop } from '../api/reads';
import { lookup } from '../api/query';
import { emailAddress } from '../api/input';
import { withoutSecrets } from '../api/secrets';
import { simplifyCustomer } from './simplify';

const usersByEmail = lookup('users', 'email');

/** All customers with an e-mail address, guests included; capitals do not count. */
export async function customersWithEmail(shop: ShoperShop, email: string): Promise<ShoperRecord[]> {
	const found = await shop.find(usersByEmail, emailAddress(email));
	learn(shop, 'users', found);
	return found;
}

/**
 * The one customer a locator names. The shop keeps e-mail addresses unique (LIVE), but old data may
 * hold one in several spellings; then the one spelled as given counts.
 *
 * @throws InputError when there is none, or when the address does not tell which one is meant
 */
export async function customerNamed(
	shop: ShoperShop,
	{ mode, value }: Locator,
): Promise<ShoperRecord> {
	if (mode !== 'email') {
		const id = recordId(value, 'Customer ID');
		const user = await byId(shop, 'users', id);
		if (user) return user;
		throw notFound('customer with the ID', id);
	}
	const all = await customersWithEmail(shop, value);
	const exact = all.filter(({ email }) => email === value.trim());
	const candidates = exact.length > 0 ? exact : all;
	const [user, ...others] = candidates;
	if (!user) throw notFound('customer with the email', value);
	if (others.length === 0) return user;
	const ids = candidates.map(({ user_id }) => String(user_id)).join(', ');
	throw new InputError(
		`The email "${value}" belongs to several customers (IDs ${ids}).`,
		'Name the customer by ID.',
	);
}

/** Shows a customer, never with secrets. */
export async function viewCustomer(
	shop: ShoperShop,
	user: ShoperRecord,
	simple: boolean,
): Promise<IDataObject> {
	if (!simple) return withoutSecrets(user);
	const missing: string[] = [];
	const zone = await zoneOf(shop, missing);
	const view = { shop: shop.address.host, zone };
	return toJson(simplifyCustomer(user, view, missing));
}
