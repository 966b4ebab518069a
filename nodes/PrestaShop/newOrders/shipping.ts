import { is } from '../api/conditions';
import { InputError } from '../../shared/protocol/errors';
import type { Locator } from '../../shared/protocol/locator';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import { sameText } from '../../shared/text/sameText';
import type { PrestaShopRecord } from '../api/records';
import { listing } from '../api/query';
import { allOf, byId } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';
import { round } from './amounts';
import type { PricedLine } from './amounts';
import type { OrderAddress } from './address';
import type { Permitted } from './permitted';
import type { Settings } from './settings';

/** The carrier of an order. */
export interface OrderCarrier {
	id: string;
	/** Absent when the key may not read it. */
	record: PrestaShopRecord | undefined;
}

/**
 * The carrier a locator names. Editing a carrier in the back office makes a new record and marks the old
 * one deleted, so that an old ID is answered with the present one.
 *
 * @throws InputError when it is switched off: the shop would silently take another (recorded exchange 669)
 */
export async function carrierNamed(
	shop: PrestaShopShop,
	{ mode, value }: Locator,
	permitted: Permitted,
): Promise<OrderCarrier | undefined> {
	if (value.trim() === '') return undefined;
	const read = await permitted('the carrier', 'carriers', async () => allOf(shop, 'carriers'));
	if (!read) {
		if (mode !== 'name') return { id: recordId(value, 'Carrier'), record: undefined };
		throw new InputError(
			`The carrier "${value}" cannot be looked up by its name.`,
			'Name it by its ID, or give the key the right to view carriers.',
		);
	}
	const carriers = [...read.values()];
	const live = carriers.filter(({ deleted }) => deleted !== '1');
	const choice = `The carriers are ${live.map(({ id, name }) => `${id ?? ''} ${String(name)}`).join(', ')}.`;
	if (mode === 'name') {
		const [named, ...others] = live.filter(({ name }) => sameText(String(name), value));
		if (!named) throw new InputError(`The shop has no carrier called "${value}".`, choice);
		if (others.length > 0) {
			throw new InputError(`Several carriers are called "${value}".`, choice);
		}
		return { id: named.id ?? '', record: usable(named, choice) };
	}
	const id = recordId(value, 'Carrier');
	const record = read.get(id);
	if (!record) throw notFound('carrier with the ID', id);
	const present =
		record.deleted === '1'
			? live.find(({ id_reference }) => id_reference === record.id_reference)
			: record;
	if (!present) {
		throw new InputError(`The carrier ${id} was deleted in the shop.`, choice);
	}
	return { id: present.id ?? '', record: usable(present, choice) };
}

function usable(carrier: PrestaShopRecord, choice: string): PrestaShopRecord {
	if (carrier.active !== '0') return carrier;
	throw new InputError(
		`The carrier "${String(carrier.name)}" is switched off: the shop would take another without a word.`,
		choice,
	);
}

/**
 * Refuses a carrier that does not deliver to the zone of the address: the shop would replace it without
 * a word (recorded exchanges 669, 1117).
 */
export async function checkZone(
	shop: PrestaShopShop,
	{ id, record }: OrderCarrier,
	{ zoneId }: OrderAddress,
	permitted: Permitted,
): Promise<void> {
	// Nothing tells the zones of a free carrier.
	if (!record || record.is_free === '1' || zoneId === undefined) return;
	const rows = await permitted('the zones of the carrier', 'deliveries', async () =>
		pricesOf(shop, id),
	);
	if (!rows || rows.some(({ id_zone }) => id_zone === zoneId)) return;
	throw new InputError(
		`The carrier "${String(record.name)}" does not deliver to the zone ${zoneId} of the shipping address: the shop would take another without a word.`,
		'Name another carrier, or give it prices for that zone in the shop.',
	);
}

async function pricesOf(
	shop: PrestaShopShop,
	carrierId: string,
): Promise<readonly PrestaShopRecord[]> {
	return await shop.once(`prices of carrier ${carrierId}`, async () =>
		shop.list(listing({ resource: 'deliveries', where: [is('id_carrier', carrierId)] })),
	);
}

/** What is known for computing what a carrier takes. */
export interface ShippingContext {
	settings: Settings | undefined;
	address: OrderAddress;
	/** Whether the order is in the shop's default currency. */
	isDefaultCurrency: boolean;
}

/** By what a carrier's price goes (`shipping_method`; 0 is the shop's setting). */
const BY_WEIGHT = '1';

/**
 * What the carrier takes with tax, as the shop computes it: the price of the range and zone, plus the
 * handling charge, plus tax; nothing from the shop's limit for free shipping on.
 *
 * @param goods what the goods cost with tax
 * @throws InputError when it cannot be known; it names what would help
 */
export async function shippingCost(
	shop: PrestaShopShop,
	carrier: OrderCarrier | undefined,
	lines: readonly PricedLine[],
	goods: number,
	{ settings, address, isDefaultCurrency }: ShippingContext,
	permitted: Permitted,
): Promise<number> {
	if (lines.every(({ product }) => product.is_virtual === '1')) return 0;
	if (!carrier) throw unknown('no carrier is named', 'Name a carrier');
	const { record } = carrier;
	if (record?.is_free === '1') return 0;
	if (!record) throw unknown('the key may not read the carrier', 'Give the key that right');
	if (record.shipping_external === '1') {
		throw unknown('a module of the shop computes it', 'Look it up in the shop');
	}
	if (!isDefaultCurrency) {
		throw unknown('the order is in another currency than the default', 'Look it up in the shop');
	}
	if (!settings) throw unknown('the key may not read configurations', 'Give the key that right');
	const weight = lines.reduce(
		(sum, { product, quantity }) => sum + (Number(product.weight) || 0) * quantity,
		0,
	);
	const freeFrom = Number(settings.PS_SHIPPING_FREE_PRICE ?? 0);
	const freeWeight = Number(settings.PS_SHIPPING_FREE_WEIGHT ?? 0);
	if ((freeFrom > 0 && goods >= freeFrom) || (freeWeight > 0 && weight >= freeWeight)) return 0;
	const method =
		String(record.shipping_method) === '0'
			? settings.PS_SHIPPING_METHOD === '0'
				? '2'
				: BY_WEIGHT
			: String(record.shipping_method);
	const base = await rangePrice(
		shop,
		carrier,
		address,
		{ byWeight: method === BY_WEIGHT, measure: method === BY_WEIGHT ? weight : goods },
		permitted,
	);
	const handling =
		record.shipping_handling === '1' ? Number(settings.PS_SHIPPING_HANDLING ?? 0) : 0;
	const rate = await taxOf(shop, record, address, permitted);
	return round((base + handling) * (1 + rate / 100));
}

async function rangePrice(
	shop: PrestaShopShop,
	{ id, record }: OrderCarrier,
	{ zoneId }: OrderAddress,
	{ byWeight, measure }: { byWeight: boolean; measure: number },
	permitted: Permitted,
): Promise<number> {
	if (zoneId === undefined)
		throw unknown(
			'the zone of the address is not known',
			'Give the key the right to view countries and states',
		);
	const resource = byWeight ? 'weight_ranges' : 'price_ranges';
	const [prices, ranges] = await Promise.all([
		permitted('prices of the carrier', 'deliveries', async () => pricesOf(shop, id)),
		permitted('ranges of the carrier', resource, async () =>
			shop.list(listing({ resource, where: [is('id_carrier', id)] })),
		),
	]);
	if (!prices || !ranges)
		throw unknown('the key may not read deliveries and ranges', 'Give the key these rights');
	const sorted = [...ranges].sort((a, b) => Number(a.delimiter1) - Number(b.delimiter1));
	const fitting = sorted.find(
		({ delimiter1, delimiter2 }) => measure >= Number(delimiter1) && measure < Number(delimiter2),
	);
	// Beyond its ranges a carrier takes the price of the highest one, or is not offered.
	const range = fitting ?? (record?.range_behavior === '1' ? undefined : sorted.at(-1));
	const field = byWeight ? 'id_range_weight' : 'id_range_price';
	const row = prices.find((each) => each.id_zone === zoneId && each[field] === range?.id);
	if (row && range) return Number(row.price);
	throw new InputError(
		`The carrier "${String(record?.name)}" has no price for this order: the shop would take another without a word.`,
		'Name another carrier.',
	);
}

async function taxOf(
	shop: PrestaShopShop,
	carrier: PrestaShopRecord,
	{ countryId, stateId }: OrderAddress,
	permitted: Permitted,
): Promise<number> {
	const group = String(carrier.id_tax_rules_group ?? '0');
	if (['', '0'].includes(group)) return 0;
	if (countryId === undefined)
		throw unknown(
			'the country of the address is not known',
			'Give the key the right to view addresses',
		);
	const rate = await permitted('the tax of the carrier', 'tax_rules', async () => {
		const where = [is('id_tax_rules_group', group), is('id_country', countryId)];
		const rules = await shop.list(listing({ resource: 'tax_rules', where }));
		const rule = rules.find(({ id_state }) => ['0', '', stateId].includes(String(id_state)));
		if (!rule) return 0;
		const tax = await permitted('the tax of the carrier', 'taxes', async () =>
			byId(shop, 'taxes', String(rule.id_tax)),
		);
		return tax ? Number(tax.rate) || 0 : undefined;
	});
	if (rate === undefined)
		throw unknown('the key may not read tax_rules and taxes', 'Give the key these rights');
	return rate;
}

function unknown(why: string, fix: string): InputError {
	return new InputError(
		`What the shop takes for shipping cannot be computed: ${why}.`,
		`Enter "Shipping Price" in Options or the "Total", or use the mode Prepared Shop. ${fix}.`,
	);
}
