import type { IDataObject } from 'n8n-workflow';

import { toJson } from '../../shared/output/toJson';
import { InputError } from '../../shared/protocol/errors';
import { recordsWithKey } from '../../shared/reading/keySearch';
import type { Locator } from '../../shared/protocol/locator';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { byId } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { keyedList } from '../api/keyedList';
import { emailKey, emailKeys, phoneKey, phoneKeys } from '../api/keys';
import { simplifyCustomer } from './simplify';
import { withoutSecrets } from '../api/secrets';

/**
 * The one client a locator names, by ID, email or phone. There is no search for the latter two (InSales
 * API reference, 3.2): all clients are read once, later what changed. Guests get a new record with every order, so an
 * email means the registered client where there is one.
 *
 * @throws InputError when there is none, or when it cannot be told which one is meant
 */
export async function clientNamed(
	shop: InSalesShop,
	{ mode, value }: Locator,
): Promise<InSalesRecord> {
	if (mode === 'email' || mode === 'phone') {
		const key = mode === 'email' ? emailKey(value, 'Client') : phoneKey(value, 'Client');
		return theOne(await recordsWithKey(shop, keyedClients, key), mode, value);
	}
	const id = recordId(value, 'Client');
	const client = await byId(shop, 'clients', id);
	if (client) return client;
	throw notFound('client with the ID', id);
}

/** Clients by email and phone. */
export const keyedClients = keyedList('clients', ({ email, phone }) => [
	...emailKeys(email),
	...phoneKeys(phone),
]);

function theOne(
	found: readonly InSalesRecord[],
	mode: 'email' | 'phone',
	value: string,
): InSalesRecord {
	const registered = found.filter((each) => each.registered === true);
	const candidates = registered.length > 0 ? registered : found;
	const [client, ...others] = candidates;
	if (!client) throw notFound(`client with the ${mode}`, value);
	if (others.length === 0) return client;
	throw new InputError(
		`The ${mode} "${value}" belongs to several clients (IDs ${candidates.map(idOf).join(', ')}).`,
		'Name the client by ID.',
	);
}

/** Whether clients have this email address, in any case of letters. */
export function hasEmail(email: string): (client: InSalesRecord) => boolean {
	return (client) => sameText(client.email, email);
}

/** Whether clients have this phone number, however it is written. Throws `InputError` for too short ones. */
export function hasPhone(phone: string, label: string): (client: InSalesRecord) => boolean {
	const wanted = phoneKey(phone, label);
	return (client) => phoneKeys(client.phone).includes(wanted);
}

/** Shows a client, in the shape of all shops or as the shop has it. */
export function viewClient(shop: InSalesShop, client: InSalesRecord, simple: boolean): IDataObject {
	if (!simple) return withoutSecrets(client) as IDataObject;
	return toJson(simplifyCustomer(client, shop.address.host));
}
