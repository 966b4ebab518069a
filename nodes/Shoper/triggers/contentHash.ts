import { fingerprint } from '../../shared/text/hash';
import { isRecord } from '../api/codec';
import type { ShoperRecord } from '../api/codec';

/**
 * What tells two contents of a product apart. Not what changes without an edit: pieces in stock and
 * sold, and prices the shop works out from offers and their dates.
 */
const PRODUCT = (
	'type producer_id group_id tax_id category_id categories unit_id other_price code ean pkwiu ' +
	'dimension_w dimension_h dimension_l vol_weight gauge_id currency_id in_loyalty loyalty_price ' +
	'bestseller newproduct is_product_of_day is_digital unit_price_calculation collections tags ' +
	'related feeds_excludes options options_non_stock attributes translations main_image ' +
	'safety_information'
).split(' ');

/** The same of its base stock. */
const STOCK = (
	'price price_wholesale price_special active code ean weight package warn_level ' +
	'availability_id delivery_id gfx_id additional_codes'
).split(' ');

/** A short text that differs for different contents of a product (Shoper REST reference 6.7). */
export function contentHash(product: ShoperRecord): string {
	const stock = isRecord(product.stock) ? product.stock : {};
	const values = [
		...PRODUCT.map((name) => product[name] ?? ''),
		...STOCK.map((name) => stock[name] ?? ''),
	];
	return fingerprint(JSON.stringify(values));
}
