import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { isRecord } from '../api/codec';
import type { Json } from '../api/codec';
import { allOf } from '../api/reads';
import type { InSalesShop } from '../api/reads';
import { settled } from '../../shared/protocol/settled';
import { isDenied } from '../../shared/reading/permissions';
import { sameText } from '../../shared/text/sameText';
import { priceKindNamed } from '../products/priceKinds';
import { priceKinds } from '../products/view';
import type { NamedValues } from '../writing/recordChanges';
import { parseJson, rowsOf } from '../../shared/text/userInput';
import { anew } from '../../shared/reading/records';

/** Values of a variant that have names of their own in a shop. */
export interface ShopNamedValues {
	/** Additional prices by the title of their kind, or by the shop's field. */
	prices: ReadonlyArray<readonly [kind: string, price: unknown]>;
	/** Stock by the title of a warehouse, or by its index. */
	warehouses: ReadonlyArray<readonly [warehouse: string, quantity: unknown]>;
}

/** The rows of the fixed collections `prices` and `warehouses`; one that came out empty is no wish to empty. */
export function shopNamedRows(prices: IDataObject, warehouses: IDataObject): ShopNamedValues {
	return {
		prices: rowsOf(prices).map((row) => [String(row.kind ?? ''), row.price ?? '']),
		warehouses: rowsOf(warehouses).map((row) => [String(row.warehouse ?? ''), row.quantity ?? '']),
	};
}

/**
 * Changes of a variant under the names the shop takes: `price2` for the second price kind,
 * `quantity_at_warehouse1` for the second warehouse (InSales API reference, section 5.7).
 *
 * @throws InputError for kinds and warehouses the shop does not have, and for what is no number
 */
export async function variantValues(
	shop: InSalesShop,
	named: NamedValues,
	{ prices, warehouses }: ShopNamedValues,
): Promise<Record<string, Json>> {
	const values: Record<string, Json> = {};
	const set = (name: string, value: Json) => {
		if (Object.hasOwn(values, name)) {
			throw new InputError(`"${name}" is named in two places.`, 'Keep one of them.');
		}
		values[name] = value;
	};
	for (const [name, value] of Object.entries(named)) {
		// The shop stores the Latin letter (source of section 5.7), and would seem not to obey.
		const isSize = name === 'dimensions' && typeof value === 'string';
		set(name, isSize ? value.replace(/[хХ×]/g, 'x') : value);
	}
	for (const [kind, value] of prices) {
		set(await priceField(shop, kind), price(`the price "${kind}"`, value));
	}
	for (const [warehouse, quantity] of warehouses) {
		set(await stockField(shop, warehouse), amount(`the stock of "${warehouse}"`, quantity));
	}
	if (warehouses.length > 0 && values.quantity !== undefined) {
		throw new InputError(
			'Both the stock of all warehouses and that of single ones are named.',
			'Keep one of them: each changes the other.',
		);
	}
	return values;
}

/** A price or a quantity; `null` empties it. */
export function amount(what: string, value: unknown): number | null {
	if (value === null) return null;
	const text = String(value ?? '')
		.trim()
		.replace(',', '.');
	const number = Number(text);
	if (text !== '' && Number.isFinite(number)) return number;
	throw new InputError(`The value of ${what} is "${String(value ?? '')}".`, 'Enter a number.');
}

/** A price, which is never negative; `null` empties it. */
export function price(what: string, value: unknown): number | null {
	const number = amount(what, value);
	if (number === null || number >= 0) return number;
	throw new InputError(
		`The value of ${what} is "${String(value)}".`,
		'Enter a number of at least 0.',
	);
}

async function priceField(shop: InSalesShop, kind: string): Promise<string> {
	const loaded = await settled(async () => await priceKinds(shop));
	if (!loaded.ok) {
		// The shop's own names need no list.
		if (isDenied(loaded.error) && /^price\d+$/.test(kind)) return kind;
		throw loaded.error;
	}
	const found = priceKindNamed(loaded.value, kind);
	if (found) return found.field;
	const titles = loaded.value.map(({ title }) => `"${title}"`).join(', ');
	throw new InputError(
		`The shop has no price kind "${kind}".`,
		titles === '' ? 'It has no additional prices.' : `Its price kinds are ${titles}.`,
	);
}

async function stockField(shop: InSalesShop, warehouse: string): Promise<string> {
	const loaded = await settled(async () => await allOf(shop, 'warehouses', anew));
	if (!loaded.ok) {
		if (isDenied(loaded.error) && /^\d+$/.test(warehouse)) {
			return `quantity_at_warehouse${warehouse}`;
		}
		throw loaded.error;
	}
	const all = [...loaded.value.values()];
	const found =
		all.find(({ title }) => sameText(title, warehouse)) ??
		all.find(({ array_index: index }) => String(index) === warehouse.trim());
	if (found) return `quantity_at_warehouse${String(found.array_index)}`;
	const names = all.map(({ title, array_index: index }) => `"${String(title)}" (${String(index)})`);
	throw new InputError(
		`The shop has no warehouse "${warehouse}".`,
		`Its warehouses are ${names.join(', ')}.`,
	);
}

/** A JSON object as pairs, such as `{"Опт": 1400}`. */
export function pairsOf(what: string, value: unknown): Array<readonly [string, unknown]> {
	if (value === undefined || value === null || value === '') return [];
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (isRecord(parsed)) return Object.entries(parsed);
	throw new InputError(`${what} is not a JSON object.`, 'Enter something like {"Опт": 1400}.');
}
