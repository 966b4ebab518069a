import { money, numberOrNull, roundedTo } from '../../shared/output/orderShape';
import type { Rounding } from '../../shared/output/orderShape';
import type { PrestaShopRecord } from '../api/records';

/** How an order's amounts were rounded: `round_type`, `round_mode`, and the decimals of its currency. */
export interface AmountRounding {
	type: string;
	mode: string;
	decimals: number;
}

/** Each piece is rounded, or nothing before the sum of all lines; else each line. */
const PER_PIECE = '1';
const PER_TOTAL = '3';

const half = (value: number) => value % 1 === 0.5;
const isEven = (value: number) => value % 2 === 0;

/** The shop's ways to round that are not the usual one, by `round_mode` (PS_PRICE_ROUND_MODE). */
const MODES: Readonly<Record<string, Rounding>> = {
	0: Math.ceil,
	1: Math.floor,
	3: (value) => (half(value) ? Math.floor(value) : Math.round(value)),
	4: (value) => (half(value) && isEven(Math.floor(value)) ? Math.floor(value) : Math.round(value)),
	5: (value) => (half(value) && !isEven(Math.floor(value)) ? Math.floor(value) : Math.round(value)),
};

const USUAL_DECIMALS = 2;

/** What an order and its currency tell of rounding; shops before 1.6.1 tell nothing. */
export function roundingOf(
	{ round_type: type, round_mode: mode }: PrestaShopRecord,
	currency: PrestaShopRecord | undefined,
): AmountRounding {
	const isTold = typeof type === 'string' && type !== '' && type !== '0';
	// Older currencies have a switch for decimals, newer ones their number.
	const { precision, decimals } = currency ?? {};
	return {
		type: isTold ? type : '',
		mode: isTold ? String(mode ?? '') : '',
		decimals: numberOrNull(precision) ?? (decimals === '0' ? 0 : USUAL_DECIMALS),
	};
}

/** What a line costs, rounded as the shop rounded it (its formulas: PrestaShop selling reference, section 1). */
export function lineTotal(
	quantity: number,
	unitPrice: number,
	{ type, mode, decimals }: AmountRounding,
): number {
	const rounded = (value: number) => roundedTo(value, decimals, MODES[mode]);
	if (type === PER_TOTAL) return money(quantity * unitPrice);
	if (type === PER_PIECE) return money(quantity * rounded(unitPrice));
	return rounded(quantity * unitPrice);
}
