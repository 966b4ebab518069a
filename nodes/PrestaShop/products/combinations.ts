import type { IDataObject } from 'n8n-workflow';

import { textOrNull } from '../../shared/output/orderShape';
import { languageText } from '../api/codec';
import type { FieldValue, PrestaShopRecord } from '../api/records';
import { lookup } from '../api/query';
import { byId, ifPermitted } from '../api/reads';
import type { PrestaShopShop } from '../api/reads';

const combinationsOfProduct = lookup('combinations', 'id_product', [
	'id',
	'id_product',
	'reference',
	'product_option_values[id]',
]);

/** The right that brings the names of {@link attributesOf}. */
export const ATTRIBUTE_NAMES = 'product_option_values GET';

/**
 * What tells a combination from the others of its product, such as "S" and "White": IDs and names of
 * its attribute values. Names are `null` when the key may not read them, which `missing` then says.
 * `null` when the attributes were not read with the combination.
 *
 * @param language ID of the language for names
 */
export async function attributesOf(
	shop: PrestaShopShop,
	{ associations }: PrestaShopRecord,
	language: string | undefined,
	missing: string[],
): Promise<IDataObject[] | null> {
	const rows = associations?.product_option_values;
	if (!rows) return null;
	const values = await ifPermitted(
		shop,
		'attribute names',
		'product_option_values',
		missing,
		async () =>
			await Promise.all(
				rows.map(async (row) => await byId(shop, 'product_option_values', String(row.id))),
			),
	);
	return rows.map((row, at) => ({
		id: String(row.id),
		name: textOrNull(languageText(values?.[at]?.name as FieldValue | undefined, language)),
	}));
}

/** SKUs and attributes of a product's combinations, by ID; empty, and told in `missing`, without the right. */
export async function combinationsOf(
	shop: PrestaShopShop,
	productId: string,
	missing: string[],
): Promise<ReadonlyMap<string, PrestaShopRecord>> {
	const found = await ifPermitted(
		shop,
		'SKUs and attributes',
		'combinations',
		missing,
		async () => await shop.find(combinationsOfProduct, productId),
	);
	return new Map(found?.map((each) => [each.id ?? '', each]));
}

/** Combinations a message names. */
const MAX_NAMED = 20;

/** "9 (demo_1, S, White), 10 (demo_1, S, Black)": what tells combinations of a product apart, for messages. */
export async function combinationNames(
	shop: PrestaShopShop,
	productId: string,
	ids: readonly string[],
): Promise<string> {
	const combinations = await combinationsOf(shop, productId, []);
	const names = ids.slice(0, MAX_NAMED).map(async (id) => {
		const combination = combinations.get(id) ?? {};
		const attributes = (await attributesOf(shop, combination, undefined, [])) ?? [];
		const about = [textOrNull(combination.reference), ...attributes.map(({ name }) => name)];
		const known = about.filter((each) => each !== null);
		return known.length === 0 ? id : `${id} (${known.join(', ')})`;
	});
	const more = ids.length > MAX_NAMED ? `, and ${ids.length - MAX_NAMED} more` : '';
	return `${(await Promise.all(names)).join(', ')}${more}`;
}
