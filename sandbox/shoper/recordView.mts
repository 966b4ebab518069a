import type { Fields, Json, Row } from './definitions.mts';
import { isFields } from './definitions.mts';
import { COMPUTED_ORDER_FIELDS, orderView } from './orderView.mts';
import type { ShopState } from './shopState.mts';
import { baseStock, computedPrices } from './stocks.mts';

/** Value of a field that is not stored; undefined where it is. */
export function computedField(
	shop: ShopState,
	resource: string,
	row: Row,
	field: string,
): Json | undefined {
	if (resource === 'orders') return COMPUTED_ORDER_FIELDS[field]?.(shop, row);
	if (resource === 'product-stocks' && /^(comp_|calculated_)/.test(field))
		return computedPrices(shop, row)[field];
	return undefined;
}

/** Values without the shop's private ones. */
function shown(values: Readonly<Fields>): Fields {
	const fields: Fields = {};
	for (const name in values) {
		const value = values[name];
		if (value !== undefined && !name.startsWith('_')) fields[name] = value;
	}
	return fields;
}

function mainImage(shop: ShopState, productId: number): Json {
	const images = shop.database.table('product-images').rowsWhere('product_id', String(productId));
	const image = images.find((row) => row.values.main === 1);
	if (!image) return false;
	const { product_id: _product, main: _main, ...rest } = shown(image.values);
	return rest;
}

function productView(shop: ShopState, row: Row): Fields {
	const base = baseStock(shop, row.id);
	const stock = base ? shown({ ...base.values, ...computedPrices(shop, base) }) : {};
	delete stock.options;
	return { ...shown(row.values), stock, main_image: mainImage(shop, row.id) };
}

/** An empty map leaves PHP as `[]`, a filled one as an object (Shoper REST reference 3.5). */
function phpMap(value: Json | undefined): Json {
	return isFields(value) && Object.keys(value).length > 0 ? value : [];
}

/** A record as the API shows it, in lists and alone. */
export function recordView(shop: ShopState, resource: string, row: Row): Fields {
	switch (resource) {
		case 'orders': {
			const view = shown(row.values);
			for (const [name, compute] of Object.entries(COMPUTED_ORDER_FIELDS))
				view[name] = compute(shop, row);
			return orderView(view);
		}
		case 'products':
			return productView(shop, row);
		case 'product-stocks':
			return {
				...shown({ ...row.values, ...computedPrices(shop, row) }),
				options: phpMap(row.values.options),
			};
		default:
			return shown(row.values);
	}
}
