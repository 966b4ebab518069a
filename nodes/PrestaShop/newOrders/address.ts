import { InputError } from '../../shared/protocol/errors';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { lookup } from '../api/query';
import { byId } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import type { PrestaShopRecord } from '../api/records';
import { toWire } from '../writing/fieldRules';
import { writeProfileOf } from '../writing/writeProfiles';
import type { Permitted } from './permitted';

/** An address as it is given. */
export interface AddressInput {
	addressId?: string;
	country?: string;
	state?: string;
	[field: string]: string | undefined;
}

/** An address to order with. */
export interface OrderAddress {
	/** One that exists. */
	id: string | undefined;
	/** What to create otherwise, without its customer. */
	create: PrestaShopRecord | undefined;
	countryId: string | undefined;
	stateId: string | undefined;
	/** Zone of the state or the country; `undefined` when the key may not read it. */
	zoneId: string | undefined;
}

/** What the shop calls the address in the customer's account. */
const ALIAS = 'Order';

/** Longest texts and what they may hold: sections 5.9 and 7 of the webservice reference. */
const MAX_LENGTHS: Readonly<Record<string, number>> = {
	address1: 128,
	address2: 128,
	postcode: 12,
	city: 64,
	company: 64,
	other: 300,
	phone: 32,
	phone_mobile: 32,
	vat_number: 32,
	dni: 16,
};

/**
 * Checks an address before anything is written: the shop itself takes any, and then fails to make the
 * order (recorded exchanges 789 to 794).
 *
 * @param look how countries, states and existing addresses are read; each answers `undefined` where
 * the key may not
 */
export async function orderAddress(
	shop: PrestaShopShop,
	label: string,
	given: AddressInput,
	person: { firstname?: string; lastname?: string },
	customerId: string | undefined,
	notChecked: string[],
	permitted: Permitted,
	generation: number | undefined,
): Promise<OrderAddress> {
	const { addressId, country = '', state = '', ...fields } = given;
	const places = { country, state };
	if (addressId !== undefined) {
		if (Object.keys(given).length > 1) {
			throw new InputError(
				`"${label}" names an address by its ID and by other fields.`,
				'Keep one of them.',
			);
		}
		return await knownAddress(shop, label, addressId, customerId, permitted);
	}
	const record: PrestaShopRecord = { alias: ALIAS };
	for (const [name, value] of Object.entries({ ...person, ...fields })) {
		const text = value?.trim() ?? '';
		if (text === '') continue;
		record[name] = checked(label, name, text, generation);
	}
	for (const name of ['firstname', 'lastname', 'address1', 'city']) {
		if (record[name] === undefined) throw lacks(label, name);
	}
	const where = await placeOf(shop, label, places, record, permitted, notChecked);
	return {
		id: undefined,
		create: {
			...record,
			id_country: where.countryId,
			...(where.stateId !== undefined && { id_state: where.stateId }),
		},
		...where,
	};
}

function lacks(label: string, name: string): InputError {
	return new InputError(`"${label}" lacks ${name}.`, 'Fill it in.');
}

function checked(
	label: string,
	name: string,
	text: string,
	generation: number | undefined,
): string {
	if (name === 'firstname' || name === 'lastname' || name === 'alias') {
		return toWire(name, text, writeProfileOf('customers').rules[name], generation);
	}
	const max = MAX_LENGTHS[name] ?? 255;
	if ([...text].length > max) {
		throw new InputError(
			`"${name}" in "${label}" is longer than ${max} characters.`,
			'Shorten it.',
		);
	}
	// What PrestaShop's validators for addresses, cities, phones and names refuse in every version.
	const strange = /[<>={}!?;@#"°$%]/.exec(name === 'other' ? '' : text)?.[0];
	if (strange === undefined) return text;
	throw new InputError(
		`"${name}" in "${label}" holds "${strange}".`,
		'PrestaShop refuses it there.',
	);
}

async function knownAddress(
	shop: PrestaShopShop,
	label: string,
	text: string,
	customerId: string | undefined,
	permitted: Permitted,
): Promise<OrderAddress> {
	const id = recordId(text, `Address ID in ${label}`);
	const wasRead = await permitted('the existing address', 'addresses', async () => ({
		address: await byId(shop, 'addresses', id),
	}));
	if (!wasRead)
		return { id, create: undefined, countryId: undefined, stateId: undefined, zoneId: undefined };
	const { address } = wasRead;
	if (!address || address.deleted === '1') throw notFound('address with the ID', id);
	if (address.id_customer !== customerId) {
		throw new InputError(
			`The address ${id} in "${label}" does not belong to the customer.`,
			'Name one of the customer, or fill in the fields of a new one.',
		);
	}
	const countryId = String(address.id_country);
	const stateId = ['', '0'].includes(String(address.id_state))
		? undefined
		: String(address.id_state);
	const country = await permitted('the country', 'countries', async () =>
		byId(shop, 'countries', countryId),
	);
	if (country) activeCountry(label, country);
	const state =
		stateId === undefined
			? undefined
			: await permitted('the state', 'states', async () => byId(shop, 'states', stateId));
	const zone = state?.id_zone ?? country?.id_zone;
	return {
		id,
		create: undefined,
		countryId,
		stateId,
		zoneId: typeof zone === 'string' ? zone : undefined,
	};
}

function activeCountry(label: string, country: PrestaShopRecord): void {
	if (country.active === '1') return;
	throw new InputError(
		`The country ${String(country.iso_code)} in "${label}" is switched off in the shop, which then fails to make the order.`,
		'Activate the country in the shop.',
	);
}

const countriesByCode = lookup('countries', 'iso_code');
const statesByCode = lookup('states', 'iso_code');

interface Place {
	countryId: string;
	stateId: string | undefined;
	zoneId: string | undefined;
}

async function placeOf(
	shop: PrestaShopShop,
	label: string,
	{ country, state }: { country: string; state: string },
	address: PrestaShopRecord,
	permitted: Permitted,
	notChecked: string[],
): Promise<Place> {
	const text = country.trim();
	if (text === '') throw lacks(label, 'country');
	const isId = /^\d+$/.test(text);
	const read = await permitted('country, zone and postcode', 'countries', async () => ({
		record: isId
			? await byId(shop, 'countries', recordId(text, `Country in ${label}`))
			: (await shop.find(countriesByCode, text))[0],
	}));
	if (!read) {
		if (isId) return { countryId: text, stateId: stateIdIn(state, label), zoneId: undefined };
		throw new InputError(
			`The country "${text}" in "${label}" cannot be looked up: ${notChecked.at(-1) ?? ''}.`,
			'Give the ID of the country, or the key that right.',
		);
	}
	const { record } = read;
	if (!record) throw notFound(`country with the ${isId ? 'ID' : 'ISO code'}`, text);
	activeCountry(label, record);
	checkPostcode(label, record, address);
	if (record.need_identification_number === '1' && address.dni === undefined) {
		throw lacks(label, 'the identification number (dni) that this country asks for');
	}
	const countryId = record.id ?? '';
	if (record.contains_states !== '1') {
		return { countryId, stateId: undefined, zoneId: textOf(record.id_zone) };
	}
	if (state.trim() === '') throw lacks(label, 'the state that this country asks for');
	const stateRead = await permitted('state and its zone', 'states', async () => ({
		record: /^\d+$/.test(state.trim())
			? await byId(shop, 'states', state.trim())
			: (await shop.find(statesByCode, state.trim())).find((each) => each.id_country === countryId),
	}));
	if (!stateRead) return { countryId, stateId: stateIdIn(state, label), zoneId: undefined };
	if (!stateRead.record) throw notFound('state', state);
	return {
		countryId,
		stateId: stateRead.record.id,
		zoneId: textOf(stateRead.record.id_zone) ?? textOf(record.id_zone),
	};
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' && value !== '0' ? value : undefined;
}

function stateIdIn(state: string, label: string): string | undefined {
	return state.trim() === '' ? undefined : recordId(state, `State in ${label}`);
}

/** `zip_code_format` stands for digits as N, letters as L and the country's code as C. */
function checkPostcode(label: string, country: PrestaShopRecord, address: PrestaShopRecord): void {
	if (country.need_zip_code !== '1') return;
	const postcode = address.postcode;
	if (typeof postcode !== 'string') throw lacks(label, 'postcode');
	const format = typeof country.zip_code_format === 'string' ? country.zip_code_format : '';
	if (format === '') return;
	const pattern = format
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replace(/[NLC]/g, (letter) =>
			letter === 'N' ? '[0-9]' : letter === 'L' ? '[a-z]' : String(country.iso_code),
		)
		.replace(/ /g, '( |)')
		.replace(/-/g, '(-|)');
	if (new RegExp(`^${pattern}$`, 'i').test(postcode)) return;
	throw new InputError(
		`The postcode "${postcode}" in "${label}" does not look like ${format}.`,
		`N stands for a digit, L for a letter, C for ${String(country.iso_code)}.`,
	);
}
