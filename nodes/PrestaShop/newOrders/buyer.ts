import { randomBytes } from 'crypto';

import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { notFound, single } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import { createOnce } from '../../shared/writing/create';
import type { PrestaShopRecord } from '../api/records';
import { lookup } from '../api/query';

import type { PrestaShopShop } from '../api/reads';
import { toWire } from '../writing/fieldRules';
import { writeProfileOf } from '../writing/writeProfiles';
import { creating } from './requests';

/** Groups of every fresh shop (section 4.5 of the webservice reference). */
const CUSTOMER_GROUP = '3';
const GUEST_GROUP = '2';

/** Single fields, so that neither hash nor key is read. */
const FIELDS = [
	'id',
	'email',
	'firstname',
	'lastname',
	'is_guest',
	'active',
	'deleted',
	'id_lang',
	'id_default_group',
];

const customersByEmail = lookup('customers', 'email', FIELDS);
const customersById = lookup('customers', 'id', FIELDS);

/** Who the order is for. */
export interface Buyer {
	/** The customer, if there is one already. */
	known: PrestaShopRecord | undefined;
	/** IDs of all records with the email: a guest gets a new one with every order. */
	ids: string[];
	email: string | undefined;
	/** What to create otherwise. */
	create: PrestaShopRecord | undefined;
}

/** What is given about a customer that may be new. */
export interface NewCustomer {
	firstname?: string;
	lastname?: string;
	isGuest?: boolean;
	newsletter?: boolean;
}

/**
 * Finds the customer: by ID, or by email, where an account goes before guests. An email that nobody
 * has, or that only guests have, makes a new customer.
 *
 * @param names names in the addresses, for a customer of whom none are given
 * @throws InputError when there is none and the names for a new one are missing
 */
export async function buyerNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
	given: NewCustomer,
	names: { firstname?: string; lastname?: string },
	generation: number | undefined,
): Promise<Buyer> {
	if (mode !== 'email') {
		const id = recordId(value, 'Customer');
		const [found] = await shop.find(customersById, id);
		const known = found ?? (await single(shop, 'customers', id));
		if (!known || known.deleted === '1') throw notFound('customer with the ID', id);
		return { known: usable(known), ids: [id], email: undefined, create: undefined };
	}
	const email = value.trim();
	const wire = (field: string, text: string) =>
		toWire(field, text, writeProfileOf('customers').rules[field], generation);
	wire('email', email);
	const all = (await shop.find(customersByEmail, email)).filter(({ deleted }) => deleted !== '1');
	const ids = all.map(({ id }) => id ?? '');
	// 1.6 lets several accounts have one address: the oldest is meant.
	const [account] = all
		.filter(({ is_guest: guest }) => guest !== '1')
		.sort((a, b) => Number(a.id) - Number(b.id));
	if (account) return { known: usable(account), ids, email, create: undefined };
	const isGuest = given.isGuest === true;
	const person = (field: 'firstname' | 'lastname', label: string) => {
		const text = given[field]?.trim() || names[field]?.trim() || '';
		if (text !== '') return wire(field, text);
		throw new InputError(
			`No account has the email "${email}", and the ${label} for a new one is missing.`,
			'Fill it in under "If the Customer Is New" or in the address.',
		);
	};
	const group = isGuest ? GUEST_GROUP : CUSTOMER_GROUP;
	const create: PrestaShopRecord = {
		passwd: randomBytes(24).toString('base64url'),
		lastname: person('lastname', 'last name'),
		firstname: person('firstname', 'first name'),
		email,
		id_default_group: group,
		active: '1',
		...(isGuest && { is_guest: '1' }),
		...(given.newsletter === true && { newsletter: '1' }),
		associations: { groups: [{ id: group }] },
	};
	return { known: undefined, ids, email, create };
}

function usable(customer: PrestaShopRecord): PrestaShopRecord {
	if (customer.active !== '0') return customer;
	throw new InputError(
		`The customer ${customer.id ?? ''} is not active.`,
		'Activate the account in the shop, or name another customer.',
	);
}

/** Creates the customer, once; after an unclear answer it is looked for by its email. */
export async function createBuyer(
	shop: PrestaShopShop,
	{ create = {}, ids, email = '' }: Buyer,
	languageId: string,
): Promise<{ id: string; warning?: string }> {
	const call = creating('customers', 'customer', [{ ...create, id_lang: languageId }]);
	const { record, warning } = await createOnce<PrestaShopRecord>({
		call,
		send: async () => {
			const [answer] = await shop.records(call);
			return answer?.id === undefined ? undefined : { id: answer.id };
		},
		find: async () => {
			const [search] = customersByEmail.calls([email]);
			const found = search ? await shop.records(search.call) : [];
			return found.filter(
				(each) => sameText(String(each.email), email) && !ids.includes(each.id ?? ''),
			);
		},
	});
	return { id: record.id ?? '', ...(warning !== undefined && { warning }) };
}
