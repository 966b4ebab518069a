import { BLANK } from './answers.mts';
import type { FieldErrors } from './answers.mts';
import type { Client, JsonObject } from './records.mts';
import { textOf, truthy } from './records.mts';
import type { ShopState } from './shopState.mts';

/** A client with nothing in it: every field of a genuine one (InSales API reference, 5.5 and 11.4). */
export const BLANK_CLIENT: JsonObject = {
	id: 0,
	email: null,
	name: null,
	surname: null,
	middlename: null,
	phone: null,
	created_at: '',
	updated_at: '',
	comment: null,
	registered: false,
	subscribe: true,
	client_group_id: null,
	bonus_points: 0,
	type: 'Client::Individual',
	correspondent_account: null,
	settlement_account: null,
	consent_to_personal_data: null,
	o_auth_provider: null,
	messenger_subscription: true,
	contact_name: null,
	progressive_discount: null,
	group_discount: null,
	ip_addr: null,
	fields_values: [],
};

const WRITABLE = [
	'email',
	'name',
	'surname',
	'middlename',
	'phone',
	'comment',
	'registered',
	'subscribe',
	'client_group_id',
	'bonus_points',
	'type',
	'consent_to_personal_data',
	'messenger_subscription',
];

/** Only companies have these. */
const JURIDICAL = [
	'inn',
	'kpp',
	'ogrn',
	'okpo',
	'bik',
	'bank_name',
	'settlement_account',
	'correspondent_account',
	'juridical_address',
];

/** The fields of a client that were sent and may be written. */
export function pickClientFields(source: JsonObject): JsonObject {
	const company = source.type === 'Client::Juridical';
	const names = company ? [...WRITABLE, ...JURIDICAL] : WRITABLE;
	const fields: JsonObject = {};
	for (const name of names) if (source[name] !== undefined) fields[name] = source[name];
	return fields;
}

/** The rules for a client; `next` is what it would be, `password` what was sent. */
export function checkClient(
	shop: ShopState,
	next: JsonObject,
	password: string | undefined,
	errors: FieldErrors,
): void {
	const email = textOf(next.email);
	if (textOf(next.name) === '') errors.name = [BLANK];
	if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
		errors.email = ['имеет неверное значение'];
	if (!truthy(next.registered)) return;
	if (email === '') errors.email = [BLANK];
	const taken = shop.database.clients
		.all()
		.some(
			(client) => client.registered === true && client.email === email && client.id !== next.id,
		);
	if (taken) errors.email = ['уже существует'];
	if (password !== undefined && password.length < 6)
		errors.password = ['недостаточной длины (не может быть меньше 6 символов)'];
}

/** Adds a client. */
export function insertClient(
	shop: ShopState,
	fields: JsonObject,
	at: { id?: number; stamp?: string } = {},
): Client {
	const stamp = at.stamp ?? shop.stamp();
	const name = [textOf(fields.surname), textOf(fields.name)].filter(Boolean).join(' ');
	const client = {
		...BLANK_CLIENT,
		...fields,
		contact_name: name || null,
		id: at.id ?? shop.database.clients.reserveId(),
		created_at: stamp,
		updated_at: stamp,
	} as unknown as Client;
	shop.database.clients.put(client);
	return client;
}
