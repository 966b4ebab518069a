import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';

/**
 * Element of `price[alias][...]`: the list price less the product's reduction. The demo shop has no tax for its own
 * country, so net and gross are the same (recorded exchange 289).
 */
export function computePrice(ctx: WsContext, row: Row, alias: string): string {
	const price = ctx.params.get('price');
	const options = price instanceof Map ? price.get(alias) : undefined;
	const withReduction = !(options instanceof Map && options.get('use_reduction') === '0');
	const list = Number(row.values.price ?? 0);
	let reduced = list;
	for (const special of ctx.database.table('specific_prices').rows()) {
		const { id_product, id_product_attribute, reduction, reduction_type } = special.values;
		if (id_product !== String(row.id) || (id_product_attribute ?? '0') !== '0') continue;
		const by = Number(reduction ?? 0);
		reduced = reduction_type === 'percentage' ? list * (1 - by) : list - by;
	}
	const onlyReduction = options instanceof Map && options.get('only_reduction') === '1';
	const result = onlyReduction ? list - reduced : withReduction ? reduced : list;
	const decimals = options instanceof Map ? options.get('decimals') : undefined;
	return Number(result.toFixed(typeof decimals === 'string' ? Number(decimals) || 0 : 2)).toFixed(
		6,
	);
}
