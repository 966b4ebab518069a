import { InputError, ShopError } from '../../shared/protocol/errors';
import { settled } from '../../shared/protocol/settled';
import type { PrestaShopRecord } from './records';
import type { PrestaShopShop } from './reads';
import { listing, pageParts } from './query';
import type { ListQuery } from './query';

/**
 * PrestaShop 1.7.8 on PHP 7.4 stumbles over `id_default_image` of a product without a picture: the
 * record, and every list that holds it, is answered with 500 (recorded exchanges 399, 424, 489).
 * These are all fields of that version but the one (recorded exchange 41).
 */
const FIELDS: readonly string[] =
	`id id_manufacturer id_supplier id_category_default new cache_default_attribute
	id_default_combination id_tax_rules_group position_in_category manufacturer_name quantity type
	id_shop_default reference supplier_reference location width height depth weight
	quantity_discount ean13 isbn upc mpn cache_is_pack cache_has_attachments is_virtual state
	additional_delivery_times delivery_in_stock delivery_out_stock product_type on_sale online_only
	ecotax minimal_quantity low_stock_threshold low_stock_alert price wholesale_price unity
	unit_price_ratio additional_shipping_cost customizable text_fields uploadable_files active
	redirect_type id_type_redirected available_for_order available_date show_condition condition
	show_price indexed visibility advanced_stock_management date_add date_upd pack_stock_type
	meta_description meta_keywords meta_title link_rewrite name description description_short
	available_now available_later`.split(/\s+/);

const ASSOCIATIONS: readonly string[] = [
	'categories[id]',
	'images[id]',
	'combinations[id]',
	'product_option_values[id]',
	'product_features[id,id_feature_value]',
	'tags[id]',
	'stock_availables[id,id_product_attribute]',
	'attachments[id]',
	'accessories[id]',
];

/** Codes of PHP messages (section 7.2). */
const PHP_CODES = ['3', '5'];

/** Pages of whole products in parts: not for what {@link readProducts} reads by the names of fields. */
export const partsOfWholeProducts: typeof pageParts = {
	...pageParts,
	helpWith: (error) => !isCoverTrap(error),
};

type Display = NonNullable<ListQuery['display']>;

/** Reads products whole; where the shop stumbles over a missing picture, by the names of all other fields. */
export async function readProducts<T>(read: (display: Display) => Promise<T>): Promise<T> {
	const whole = await settled(async () => await read('full'));
	if (whole.ok) return whole.value;
	if (!isCoverTrap(whole.error)) throw whole.error;
	const named = await settled(async () => await read([...FIELDS, ...ASSOCIATIONS]));
	if (named.ok) return named.value;
	throw whole.error;
}

function isCoverTrap(error: unknown): boolean {
	if (!(error instanceof ShopError)) return false;
	const { kind, code = '' } = error.failure;
	return kind === 'server' && PHP_CODES.includes(code);
}

/**
 * Stops a PUT of a product that was read by the names of fields, unless the shop has exactly these:
 * a field that a module added would be wiped. Another product tells, once per run.
 */
export async function guardFieldsByName(
	shop: PrestaShopShop,
	record: PrestaShopRecord,
): Promise<void> {
	if (record.id_default_image !== undefined) return;
	const added = await shop.once('fields of products', async () => {
		const { first } = listing({ resource: 'products', limit: 1 });
		const result = await settled(async () => await shop.records(first));
		const other = result.ok ? result.value[0] : undefined;
		const known = [...FIELDS, 'id_default_image', 'associations'];
		return other && Object.keys(other).filter((field) => !known.includes(field));
	});
	if (added?.length === 0) return;
	throw new InputError(
		'This shop cannot show the product whole, because the product has no picture; an update by PUT could wipe fields it does not show.',
		'Add a picture to the product first.',
	);
}
