import { InputError } from '../../shared/protocol/errors';
import type { PrestaShopShop } from '../api/reads';
import type { OrderLine } from './lines';

/** Decimals of a net price: fewer would spoil the price with tax. */
const NET_DECIMALS = 6;

/** For whom prices are. */
export interface PriceContext {
	countryId: string | undefined;
	stateId: string | undefined;
	/** `undefined` for the shop's default currency. */
	currencyId: string | undefined;
	groupId: string | undefined;
}

/** A line with its price. */
export interface PricedLine extends OrderLine {
	/** One piece, without and with tax, in the currency of the order. */
	net: number;
	gross: number;
}

/** Rounds half up, as the shop does by default. */
export function round(value: number, decimals = 2): number {
	const factor = 10 ** decimals;
	return Math.round(value * factor + 1e-7) / factor;
}

/**
 * The price of each line as the shop computes it (recorded exchanges 622, 673, 952), or as it is given.
 * A given price becomes one without tax, with six decimals: that is what the shop keeps.
 */
export async function pricedLines(
	shop: PrestaShopShop,
	lines: readonly OrderLine[],
	context: PriceContext,
	isGross: boolean,
): Promise<PricedLine[]> {
	return await Promise.all(
		lines.map(async (line) => {
			const { net, gross } = await catalogPrice(shop, line, context);
			const { price } = line;
			if (price === undefined) return { ...line, net, gross };
			if (price === 0) return { ...line, net: 0, gross: 0 };
			const factor = taxFactor(line, net, gross);
			const own = round(isGross ? price / factor : price, NET_DECIMALS);
			return { ...line, net: own, gross: own * factor };
		}),
	);
}

function taxFactor({ productId, what }: OrderLine, net: number, gross: number): number {
	if (net > 0) return round(gross / net, NET_DECIMALS);
	throw new InputError(
		`Product ${productId} (${what}) is free in the shop, so that its tax cannot be told from its price.`,
		'Give it a price in the shop, or use the mode Prepared Shop with prices without tax.',
	);
}

async function catalogPrice(
	shop: PrestaShopShop,
	{ productId, combinationId, quantity }: OrderLine,
	{ countryId, stateId, currencyId, groupId }: PriceContext,
): Promise<{ net: number; gross: number }> {
	const options: Record<string, string> = {
		decimals: String(NET_DECIMALS),
		quantity: String(quantity),
		...(combinationId !== '0' && { product_attribute: combinationId }),
		...(countryId !== undefined && { country: countryId }),
		...(stateId !== undefined && { state: stateId }),
		...(currencyId !== undefined && { currency: currencyId }),
		...(groupId !== undefined && { group: groupId }),
	};
	const query: Record<string, string> = {
		'filter[id]': `[${productId}]`,
		display: '[id,net_price,gross_price]',
	};
	for (const [alias, useTax] of [
		['net_price', '0'],
		['gross_price', '1'],
	] as const) {
		for (const [name, value] of Object.entries({ ...options, use_tax: useTax })) {
			query[`price[${alias}][${name}]`] = value;
		}
	}
	const [record] = await shop.records({ method: 'GET', path: ['products'], query });
	const net = Number(record?.net_price);
	const gross = Number(record?.gross_price);
	if (Number.isFinite(net) && Number.isFinite(gross)) return { net, gross };
	throw new InputError(
		`The shop tells no price for product ${productId}.`,
		'Enter the total of the order in "Total".',
	);
}

/** How the shop rounds (`PS_ROUND_TYPE`): per piece, per line (the default), or the total. */
export type RoundType = '1' | '2' | '3';

/** What the goods cost with tax. */
export function goodsTotal(lines: readonly PricedLine[], type: RoundType): number {
	switch (type) {
		case '1':
			return round(lines.reduce((sum, each) => sum + round(each.gross) * each.quantity, 0));
		case '3':
			return round(lines.reduce((sum, each) => sum + each.gross * each.quantity, 0));
		default:
			return round(lines.reduce((sum, each) => sum + round(each.gross * each.quantity), 0));
	}
}
