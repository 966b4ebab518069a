import type { JsonObject } from './records.mts';

/** Countries of the address form: metadata that bloats every order (InSales API reference, 5.4 and pitfall 22). */
const COUNTRIES =
	'RU:Россия BY:Беларусь KZ:Казахстан AM:Армения KG:Киргизия UZ:Узбекистан TJ:Таджикистан GE:Грузия AZ:Азербайджан MD:Молдова RS:Сербия TR:Турция CN:Китай IN:Индия DE:Германия FR:Франция IT:Италия ES:Испания PT:Португалия PL:Польша CZ:Чехия SK:Словакия HU:Венгрия RO:Румыния BG:Болгария GR:Греция AT:Австрия CH:Швейцария NL:Нидерланды BE:Бельгия FI:Финляндия SE:Швеция NO:Норвегия DK:Дания LT:Литва LV:Латвия EE:Эстония IL:Израиль AE:ОАЭ JP:Япония'.split(
		' ',
	);

const COUNTRY_OPTIONS: JsonObject[] = COUNTRIES.map((entry) => {
	const [value = '', label = ''] = entry.split(':');
	return { value, label };
});

const formField = (name: string, title: string, position: number): JsonObject => ({
	name,
	title,
	position,
	obligatory: position === 1,
	type: 'Field::SystemTextField',
	hint: null,
});

const RECIPIENT_FIELDS = [
	formField('name', 'Имя получателя', 1),
	formField('surname', 'Фамилия получателя', 2),
	formField('phone', 'Телефон получателя', 3),
];

const BACKOFFICE_FIELDS = [
	formField('address', 'Адрес', 1),
	formField('zip', 'Индекс', 2),
	formField('street', 'Улица', 3),
	formField('house', 'Дом', 4),
	formField('flat', 'Квартира', 5),
];

/** Parts of an address that a client may write. */
export const ADDRESS_FIELDS = [
	'name',
	'surname',
	'middlename',
	'phone',
	'address',
	'country',
	'state',
	'city',
	'zip',
	'street',
	'house',
	'flat',
	'entrance',
	'doorphone',
	'floor',
];

function joined(parts: unknown[], by: string): string {
	return parts.filter((part) => typeof part === 'string' && part !== '').join(by);
}

/** An address as orders show it, without the form's metadata. `given` holds what was written. */
export function completeAddress(given: JsonObject): JsonObject {
	const text = (name: string): string | null => {
		const value = given[name];
		return typeof value === 'string' && value !== '' ? value : null;
	};
	const city = text('city');
	const locality = city === null ? null : `г ${city}`;
	const street = text('address') ?? (joined([text('street'), text('house')], ', ') || null);
	return {
		id: given.id ?? null,
		fields_values: given.fields_values ?? [],
		name: text('name'),
		surname: text('surname'),
		middlename: text('middlename'),
		phone: text('phone'),
		formatted_phone: text('phone'),
		full_name: joined([text('surname'), text('name'), text('middlename')], ' '),
		full_locality_name: locality,
		full_delivery_address: joined([locality, street], ', ') || null,
		address_for_gis: joined([locality, street], ', ') || null,
		location_valid: city !== null,
		address: text('address'),
		country: text('country') ?? 'RU',
		state: text('state') ?? locality,
		city,
		zip: text('zip'),
		street: text('street'),
		house: text('house'),
		flat: text('flat'),
		entrance: text('entrance'),
		doorphone: text('doorphone'),
		floor: text('floor'),
		no_delivery: false,
		kladr_autodetected_address: null,
		kladr_json: null,
		location: {
			kladr_code: null,
			zip: text('zip'),
			kladr_zip: null,
			region_zip: null,
			country: text('country') ?? 'RU',
			state: text('state') ?? city,
			state_type: 'г',
			area: null,
			area_type: null,
			city,
			city_type: 'г',
			settlement: null,
			settlement_type: null,
			address: text('address'),
			street: text('street'),
			street_type: null,
			house: text('house'),
			flat: text('flat'),
			is_kladr: city !== null,
			latitude: null,
			longitude: null,
			autodetected: false,
		},
	};
}

/** The address of an answer, with the metadata of the form. */
export function addressView(address: JsonObject): JsonObject {
	return {
		...address,
		recipient_fields: RECIPIENT_FIELDS,
		backoffice_fields: BACKOFFICE_FIELDS,
		country_options: COUNTRY_OPTIONS,
	};
}
