/** What a shop's owner has set up in the panel: statuses, payments, deliveries, languages … */
import { isFields } from './definitions.mts';
import type { Fields, Json } from './definitions.mts';
import { resourceNamed } from './resources.mts';
import type { ShopState } from './shopState.mts';

const LOCALES = { pl_PL: '1', en_US: '2' } as const;

/** The same texts in both languages of the shop: `{name: ['po polsku', 'in English']}`. */
function translations(
	resource: string,
	idField: string,
	id: number,
	texts: Record<string, readonly [string, string]>,
): Fields {
	const { translation = {} } = resourceNamed(resource);
	const both = Object.entries(LOCALES).map(([locale, lang], index): [string, Json] => {
		const own: Fields = { ...translation };
		for (const [name, text] of Object.entries(texts)) own[name] = text[index] ?? '';
		if ('lang_id' in translation) own.lang_id = lang;
		if ('trans_id' in translation) own.trans_id = String(id * 2 - 1 + index);
		if (idField in translation) own[idField] = String(id);
		return [locale, own];
	});
	return Object.fromEntries(both);
}

type Entry = [id: number, values: Fields, texts?: Record<string, readonly [string, string]>];

function fill(shop: ShopState, resource: string, entries: Entry[]): void {
	const { blank, idField } = resourceNamed(resource);
	for (const [id, values, texts] of entries) {
		const translated: Fields = texts
			? { translations: translations(resource, idField, id, texts) }
			: {};
		shop.save(resource, id, { ...blank, ...translated, ...values, [idField]: String(id) });
	}
}

/** Name in both languages, type, and whether the buyer is mailed; 11 in all, so the default page misses one. */
const STATUSES: Array<[number, string, string, string, '0' | '1', string]> = [
	[1, 'złożone', 'placed', '1', '0', '#0b6e75'],
	[2, 'przyjęte do realizacji', 'accepted', '2', '1', '#1f6fb2'],
	[3, 'oczekiwanie na dostawę', 'waiting for supply', '2', '0', '#8a6d00'],
	[4, 'w trakcie kompletowania', 'being completed', '2', '0', ''],
	[5, 'oczekiwanie na płatność', 'waiting for payment', '2', '0', '#8a6d00'],
	[6, 'gotowe do wysłania', 'ready to be sent', '2', '0', '#1f6fb2'],
	[7, 'przesyłka wysłana', 'parcel sent', '3', '1', '#2d7d32'],
	[8, 'anulowane', 'cancelled', '4', '1', '#a33025'],
	[9, 'odrzucone', 'rejected', '4', '0', '#a33025'],
	[11, 'zwrócone', 'returned', '4', '0', '#6b4a86'],
	[12, 'odebrane', 'picked up', '3', '0', '#2d7d32'],
];

function statuses(shop: ShopState): void {
	const entries = STATUSES.map(([id, pl, en, type, mail, color]): Entry => {
		const values = {
			type,
			email_change: mail,
			color,
			order: String(id),
			default: id === 1 ? '1' : '0',
		};
		const messages = [
			`Status zamówienia zmienił się na: ${pl}.`,
			`The status of your order is now: ${en}.`,
		] as const;
		return [id, values, { name: [pl, en], message: messages, message_html: messages }];
	});
	fill(shop, 'statuses', entries);
}

function paymentsAndShippings(shop: ShopState): void {
	const title = (pl: string, en: string): Entry[2] => ({ title: [pl, en] });
	const currencies = ['1', '2'];
	fill(shop, 'payments', [
		[1, { name: 'external', order: '1', currencies }, title('Przelew bankowy', 'Bank transfer')],
		[2, { name: 'cod', order: '2', currencies }, title('Pobranie', 'Cash on delivery')],
		[3, { name: 'cash', order: '3', currencies }, title('Gotówka', 'Cash')],
		[4, { name: 'payu', order: '4', currencies }, title('PayU', 'PayU')],
	]);
	const tracking = 'https://tracking.example.com/?number={tracking_number}';
	const name = (pl: string, en: string): Entry[2] => ({ name: [pl, en] });
	fill(shop, 'shippings', [
		[1, { name: 'Odbiór osobisty', engine: 'personal' }, name('Odbiór osobisty', 'Pickup')],
		[2, { name: 'Paczkomat', cost: '12.99', url: tracking }, name('Paczkomat', 'Parcel locker')],
		[8, { name: 'Kurier', cost: '15.00', url: tracking }, name('Kurier', 'Courier')],
	]);
}

function smallLists(shop: ShopState): void {
	fill(shop, 'languages', [
		[1, { locale: 'pl_PL', order: '1' }],
		[2, { locale: 'en_US', order: '2' }],
	]);
	fill(shop, 'currencies', [
		[1, { name: 'PLN', default: '1', order: '1' }],
		[2, { name: 'EUR', rate: '4.3000', order: '2' }],
	]);
	const taxes = ['23%', '8%', '5%', '0%', 'zw.', 'np.'];
	fill(
		shop,
		'taxes',
		taxes.map((name, index): Entry => {
			// `0%`, `zw.` and `np.` all have the value 0: only the name tells them apart.
			return [index + 1, { name, value: String(parseInt(name, 10) || 0), class: String(index) }];
		}),
	);
	const name = (pl: string, en: string): Entry[2] => ({ name: [pl, en] });
	fill(shop, 'deliveries', [
		[1, { hours: '24', days: '1' }, name('24 godziny', '24 hours')],
		[2, { hours: '48', days: '2' }, name('48 godzin', '48 hours')],
		[3, { hours: '168', days: '7' }, name('tydzień', 'a week')],
	]);
	const steps: Array<[string, string]> = [
		['brak towaru', 'out of stock'],
		['mała ilość', 'few left'],
		['średnia ilość', 'some left'],
		['duża ilość', 'many left'],
		['dostępny', 'available'],
	];
	fill(
		shop,
		'availabilities',
		steps.map(([pl, en], index): Entry => [index + 1, { from: String(index * 10) }, name(pl, en)]),
	);
	fill(shop, 'units', [
		[1, {}, name('szt.', 'pcs')],
		[2, { floating_point: '1' }, name('kg', 'kg')],
	]);
	fill(shop, 'zones', [[1, { name: 'Polska', countries: ['PL'] }]]);
	fill(shop, 'gauges', [[1, { name: 'Standard' }]]);
	fill(shop, 'geolocation-countries', [
		[1, { isocode: 'PL' }, name('Polska', 'Poland')],
		[2, { isocode: 'DE' }, name('Niemcy', 'Germany')],
	]);
	fill(shop, 'additional-fields', [
		[2, { type: '2', locate: '104', req: '1' }, name('Zgoda', 'Consent')],
		[5, { type: '1', locate: '8' }, name('Uwagi do dostawy', 'Delivery remarks')],
	]);
	fill(shop, 'producers', [
		[1, { name: 'Producent Testowy', web: 'https://producer.example.com' }],
	]);
	fill(shop, 'options', [[40, { type: 'select', group_id: '1' }, name('Kolor', 'Colour')]]);
	fill(shop, 'option-values', [
		[95, { option_id: '40' }, { value: ['Zielony', 'Green'] }],
		[96, { option_id: '40' }, { value: ['Czerwony', 'Red'] }],
	]);
}

function categories(shop: ShopState): void {
	const name = (pl: string, en: string): Entry[2] => ({ name: [pl, en] });
	fill(shop, 'categories', [
		[1, { root: '1', order: '1', _parent: '0' }, name('Odzież', 'Clothes')],
		[2, { order: '2', _parent: '1' }, name('Koszulki', 'T-shirts')],
		[3, { order: '3', _parent: '1' }, name('Bluzy', 'Sweatshirts')],
		[4, { root: '1', order: '4', _parent: '0' }, name('Akcesoria', 'Accessories')],
	]);
}

/** Fills every list that an empty shop has all the same. */
export function fillReferenceData(shop: ShopState): void {
	smallLists(shop);
	statuses(shop);
	paymentsAndShippings(shop);
	categories(shop);
}

/** A name of a record in Polish, for pages and lines. */
export function polishName(values: Readonly<Fields> | undefined, field = 'name'): string {
	const texts = values?.translations;
	const polish = isFields(texts) ? texts.pl_PL : undefined;
	const name = isFields(polish) ? polish[field] : undefined;
	return typeof name === 'string' ? name : '';
}
