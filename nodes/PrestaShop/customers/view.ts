import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { recordId } from '../../shared/text/recordId';
import { notFound, single } from '../../shared/reading/records';
import type { PrestaShopRecord } from '../api/records';
import { byId, learn, zoneOf } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { lookup } from '../api/query';
import { withoutSecrets } from '../api/secrets';
import { simplifyCustomer } from './simplify';

/** How customers are shown. */
export interface CustomerView {
	simplify: boolean;
	/** Shows the password hash and keys of raw records. */
	secrets: boolean;
}

const customersByEmail = lookup('customers', 'email');

/** All customers and guests with an e-mail address that were not deleted. */
export async function customersWithEmail(
	shop: PrestaShopShop,
	email: string,
): Promise<PrestaShopRecord[]> {
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
		throw new InputError(`"${email}" is not an email address.`, 'Enter one like name@example.com.');
	}
	const found = await shop.find(customersByEmail, email);
	learn(shop, 'customers', found);
	return found.filter(({ deleted }) => deleted !== '1');
}

/**
 * The one customer a locator names. A guest gets a new record with every order, so an e-mail
 * address means the registered account where there is one.
 *
 * @throws InputError when there is none, or when the address does not tell which one is meant
 */
export async function customerNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
): Promise<PrestaShopRecord> {
	if (mode !== 'email') {
		const id = recordId(value, 'Customer ID');
		const customer = (await byId(shop, 'customers', id)) ?? (await single(shop, 'customers', id));
		if (customer) return customer;
		throw notFound('customer with the ID', id);
	}
	const all = await customersWithEmail(shop, value);
	const registered = all.filter(({ is_guest: guest }) => guest !== '1');
	const candidates = registered.length > 0 ? registered : all;
	const [customer, ...others] = candidates;
	if (!customer) throw notFound('customer with the email', value);
	if (others.length === 0) return customer;
	const ids = candidates.map(({ id }) => id ?? '').join(', ');
	throw new InputError(
		`The email "${value}" belongs to several ${registered.length > 0 ? 'accounts' : 'guests'} (IDs ${ids}).`,
		'Name the customer by ID.',
	);
}

/** Shows a customer, never with secrets unless asked for. */
export async function viewCustomer(
	shop: PrestaShopShop,
	customer: PrestaShopRecord,
	{ simplify, secrets }: CustomerView,
): Promise<IDataObject> {
	if (!simplify) return (secrets ? customer : withoutSecrets(customer)) as IDataObject;
	const missing: string[] = [];
	const zone = await zoneOf(shop, missing);
	const view = { shop: shop.address.host, zone };
	return toJson(simplifyCustomer(customer, view, missing));
}
