import { numberOrNull, textOrNull } from '../../shared/output/orderShape';
import type { InSalesRecord } from '../api/codec';

/** An additional price of all variants: its title, and the field of the variant that holds it. */
export interface PriceKind {
	title: string;
	/** `price2`, `price3`, … */
	field: string;
	/** Position in the variant's list `prices`, from 0. */
	at: number;
}

/**
 * The additional prices of a shop: `prices[price_index - 1]` is `price{price_index + 1}` (InSales
 * API reference, section 5.7). Equal titles are told apart by their fields.
 */
export function priceKindsOf(records: readonly InSalesRecord[]): PriceKind[] {
	const kinds = records.flatMap((record) => {
		const index = numberOrNull(record.price_index);
		if (index === null || index < 1) return [];
		const field = textOrNull(record.variant_price_method_name) ?? `price${index + 1}`;
		return [{ title: textOrNull(record.title) ?? field, field, at: index - 1 }];
	});
	const isTwice = (title: string) => kinds.filter((kind) => kind.title === title).length > 1;
	return kinds.map((kind) =>
		isTwice(kind.title) ? { ...kind, title: `${kind.title} (${kind.field})` } : kind,
	);
}

/**
 * Additional prices of a variant by their title; by the shop's field where the titles are not known.
 * `undefined` when the record has none, because the key may not see them or the shop has none.
 */
export function namedPrices(
	variant: InSalesRecord,
	kinds: readonly PriceKind[] | undefined,
): Record<string, number | null> | undefined {
	const list: unknown[] = Array.isArray(variant.prices) ? variant.prices : [];
	if (kinds === undefined) {
		if (list.length === 0) return undefined;
		return Object.fromEntries(list.map((price, at) => [`price${at + 2}`, numberOrNull(price)]));
	}
	const known = kinds.filter(({ field, at }) => variant[field] !== undefined || at < list.length);
	if (known.length === 0) return undefined;
	return Object.fromEntries(
		known.map(({ title, field, at }) => [title, numberOrNull(variant[field] ?? list[at])]),
	);
}

/** The kind a user named: by title or by the shop's field, in any case of letters. */
export function priceKindNamed(kinds: readonly PriceKind[], name: string): PriceKind | undefined {
	const wanted = name.trim().toLowerCase();
	return kinds.find(
		({ title, field }) => title.toLowerCase() === wanted || field.toLowerCase() === wanted,
	);
}
