import { unitPrice } from './cartPricing.mts';
import type { WsContext } from './context.mts';
import type { Row } from './definitions.mts';
import { textIn } from './orderTransitions.mts';

/**
 * Element of `price[alias][...]` on products and combinations. Without `country` there is no tax: the shop's own country
 * has none without a state (recorded exchange 289).
 */
export function computePrice(ctx: WsContext, row: Row, alias: string): string {
	const price = ctx.params.get('price');
	const options = price instanceof Map ? price.get(alias) : undefined;
	const option = (name: string): string | undefined => {
		const value = options instanceof Map ? options.get(name) : undefined;
		return typeof value === 'string' ? value : undefined;
	};
	const id = (name: string): number => Number(option(name) ?? 0) || 0;
	const isCombination = ctx.resource.name === 'combinations';
	const of = {
		productId: isCombination ? Number(textIn(row, 'id_product')) : row.id,
		combinationId: isCombination ? row.id : id('product_attribute'),
		quantity: id('quantity') || 1,
		cartId: 0,
		customerId: 0,
		groupId: id('group'),
		countryId: id('country'),
		stateId: id('state'),
		currencyId: id('currency'),
		withGroupReduction: false,
	};
	const unit = unitPrice(ctx.shop, of, option('use_reduction') !== '0');
	const full = unitPrice(ctx.shop, of, false);
	const chosen = option('only_reduction') === '1' ? full.net - unit.net : unit.net;
	const taxed = option('use_tax') === '0' ? chosen : chosen * (1 + unit.rate / 100);
	const decimals = option('decimals');
	return Number(taxed.toFixed(decimals === undefined ? 2 : Number(decimals) || 0)).toFixed(6);
}
