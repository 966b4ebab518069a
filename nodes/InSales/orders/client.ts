import { by, locator } from '../../shared/pickers/locators';
import { InputError } from '../../shared/protocol/errors';
import { field } from '../../shared/actions/operation';
import type { Locator } from '../../shared/protocol/locator';
import { textOrNull } from '../../shared/output/orderShape';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { Json } from '../api/codec';
import { byId, ifPermitted } from '../api/reads';
import type { InSalesShop } from '../api/reads';

const existing = locator({
	displayName: 'Existing Client',
	name: 'clientId',
	description:
		'Leave empty for a new client, who needs a name and a phone. What is filled in below goes to an existing client as well and may change it.',
	required: false,
	list: 'searchClients',
	modes: [by('id', 'By ID', 'e.g. 4001')],
});

const name = field({
	displayName: 'Client First Name',
	name: 'clientName',
	type: 'string',
	default: '',
});

const surname = field({
	displayName: 'Client Last Name',
	name: 'clientSurname',
	type: 'string',
	default: '',
});

const phone = field({
	displayName: 'Client Phone',
	name: 'clientPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +79000000000',
});

const email = field({
	displayName: 'Client Email',
	name: 'clientEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
});

/** The client of a new order: one the shop has, or a new one. */
export const orderClient = [existing, name, surname, phone, email] as const;

/** What {@link orderClient} gives. */
export interface ClientInput {
	clientId: Locator;
	clientName: string;
	clientSurname: string;
	clientPhone: string;
	clientEmail: string;
}

/** The client's fields that were filled in, checked. Throws `InputError` for a new one without name or phone. */
export function checkedClient(input: ClientInput): Record<string, Json> {
	const given = {
		name: input.clientName,
		surname: input.clientSurname,
		phone: input.clientPhone,
		email: input.clientEmail,
	};
	const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
	if (given.email !== '' && !/^[^\s@]+@[^\s@]+$/.test(given.email)) {
		throw new InputError(
			`"Client Email" is "${given.email}".`,
			'Enter one like name@example.com, or leave it empty.',
		);
	}
	if (input.clientId.value !== '') {
		return { id: Number(recordId(input.clientId.value, 'Existing Client')), ...filled };
	}
	const missing = [
		given.name === '' && '"Client First Name"',
		given.phone === '' && '"Client Phone"',
	].filter(Boolean);
	if (missing.length === 0) return filled;
	throw new InputError(
		`A new client needs a name and a phone; ${missing.join(' and ')} is empty.`,
		'Fill it in, or choose an existing client.',
	);
}

/**
 * The client as the shop takes it. With an existing one, working clients send name and phone along (InSales
 * API reference, 5.9; whether the ID alone does is not confirmed), so what was left empty is sent as it is.
 */
export async function clientFields(
	shop: InSalesShop,
	checked: Record<string, Json>,
	warnings: string[],
): Promise<Record<string, Json>> {
	if (checked.id === undefined || (checked.name !== undefined && checked.phone !== undefined)) {
		return checked;
	}
	const id = String(checked.id);
	const known = await ifPermitted(
		shop,
		'name and phone of the client',
		'clients',
		warnings,
		async () => {
			const client = await byId(shop, 'clients', id);
			if (!client) throw notFound('client with the ID', id);
			return client;
		},
	);
	const kept = ['name', 'phone'].flatMap((each) => {
		const value = textOrNull(known?.[each]);
		return value === null ? [] : [[each, value] as const];
	});
	return { ...Object.fromEntries(kept), ...checked };
}
