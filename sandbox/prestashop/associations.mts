import type { WsContext } from './context.mts';
import type { LinkedItem, Row } from './definitions.mts';
import type { Draft } from './draft.mts';
import { PhpFatal } from './errors.mts';

/** Associations that have a setter; sending another one is accepted and does nothing (reference, section 4.5). */
const WRITABLE: Record<string, string[]> = {
	products: [
		'categories',
		'combinations',
		'product_features',
		'tags',
		'attachments',
		'accessories',
		'product_bundle',
	],
	combinations: ['product_option_values', 'images'],
	customers: ['groups'],
	carts: ['cart_rows'],
	order_slip: ['order_slip_details'],
	customizations: ['customized_data_text_fields'],
};

function emptyCombination(ctx: WsContext, productId: number): Row {
	const { fields } = ctx.shop.resource('combinations');
	const values: Row['values'] = {};
	for (const [name, field] of fields) {
		if (field.i18n) values[name] = {};
		else values[name] = field.type === 'dec6' ? '0.000000' : field.type === 'int' ? '0' : '';
	}
	values.id_product = String(productId);
	values.minimal_quantity = '1';
	return { id: ctx.database.table('combinations').reserveId(), values, links: {} };
}

/** Combinations that are not listed are deleted with their stock; an unknown id creates one (reference, section 4.5). */
function setCombinations(ctx: WsContext, draft: Draft, items: LinkedItem[]): void {
	const combinations = ctx.database.table('combinations');
	const stock = ctx.database.table('stock_availables');
	const wanted = new Set(items.map((item) => Number(item.id ?? 0)));
	const owned = combinations.rowsWhere('id_product', String(draft.id));
	for (const row of owned) {
		if (wanted.has(row.id)) continue;
		combinations.delete(row.id);
		for (const level of stock.rowsWhere('id_product', String(draft.id))) {
			if (level.values.id_product_attribute === String(row.id)) stock.delete(level.id);
		}
	}
	for (const id of wanted) {
		if (!combinations.get(id)) combinations.put(emptyCombination(ctx, draft.id));
	}
	if (combinations.rowsWhere('id_product', String(draft.id)).length === 0) {
		draft.values.id_default_combination = ctx.traits.integerDefaultCombination ? '0' : '';
		draft.links.product_option_values = [];
	}
}

/** Columns of a product that its associations move along. */
function productValues(
	ctx: WsContext,
	draft: Draft,
	name: string,
	items: LinkedItem[],
): Row['values'] {
	const values: Row['values'] = {
		id_default_combination: draft.values.id_default_combination ?? '0',
	};
	if (name === 'categories' && ctx.shop.version === '1.6.1.24') {
		// 1.6 numbers the positions by the order in which the categories were sent (recorded exchange 384).
		const index = items.findIndex((item) => item.id === draft.values.id_category_default);
		if (index >= 0) values.position_in_category = String(index);
	}
	return values;
}

/**
 * Rows of a cart. Two rows of the same product, or none at all, leave the cart without any (recorded exchange 946); 8.2.1
 * dies of both (recorded exchange 690).
 */
function setCartRows(ctx: WsContext, draft: Draft, items: LinkedItem[]): void {
	const keys = items.map((item) =>
		[item.id_product, item.id_product_attribute ?? '0', item.id_customization ?? '0'].join(),
	);
	const isBroken = items.length === 0 || new Set(keys).size !== keys.length;
	const known = ctx.shop.resource('carts').associations.get('cart_rows')?.fields ?? [];
	draft.links.cart_rows = isBroken
		? []
		: items.map((item) => Object.fromEntries(known.map(({ name }) => [name, item[name] || '0'])));
	if (isBroken && ctx.traits.duplicateRow === 'crash')
		throw new PhpFatal(500, '', 'PrestaShopDatabaseException: rows of the cart');
}

/** Replaces one association of a saved record. */
export function applyAssociation(
	ctx: WsContext,
	draft: Draft,
	name: string,
	items: LinkedItem[],
): void {
	const resource = ctx.resource.name;
	if (!WRITABLE[resource]?.includes(name)) return;
	if (resource === 'products' && name === 'combinations') setCombinations(ctx, draft, items);
	else if (resource === 'carts') setCartRows(ctx, draft, items);
	else draft.links[name] = items.filter((item) => item.id !== '');
	const table = ctx.database.table(resource);
	const row = table.get(draft.id);
	if (!row) return;
	const values =
		resource === 'products'
			? { ...row.values, ...productValues(ctx, draft, name, items) }
			: row.values;
	table.put({ ...row, values, links: draft.links });
}
