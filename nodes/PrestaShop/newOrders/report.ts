import type { PrestaShopRecord } from '../api/records';
import type { OrderDraft } from './draft';

/** A cent: less is a matter of how amounts are printed. */
const CENT = 0.005;

/** Everything in which the shop did something else than was asked for. */
export function differencesOf(draft: OrderDraft, orders: readonly PrestaShopRecord[]): string[] {
	const told: string[] = [];
	const totals = orders.reduce((sum, { total_paid: paid }) => sum + Number(paid), 0);
	const [first] = orders;
	const state = String(first?.current_state ?? '');
	if (state === draft.errorStateId) {
		told.push(
			`The order was made, but is in "Payment error" (status ${state}), and the customer got the shop's email about it: the total is ${totals.toFixed(2)}, and ${draft.total} was posted. No stock was taken.`,
		);
	} else if (draft.firstStateId !== undefined && state !== draft.firstStateId) {
		told.push(
			`The shop gave the order the status ${state} in place of ${draft.firstStateId}, as it does when it has too little in stock.`,
		);
	}
	const { expected } = draft;
	if (
		state !== draft.errorStateId &&
		expected !== undefined &&
		Math.abs(totals - expected) > CENT
	) {
		told.push(
			`The total of the order is ${totals.toFixed(2)}, not ${expected.toFixed(2)}: a voucher without a code joined it.`,
		);
	}
	if (orders.length > 1) {
		told.push(
			`The shop split the cart into ${orders.length} orders (${orders.map(({ id }) => id ?? '').join(', ')}) with one reference, because its products go with different carriers; the payment is booked on the last.`,
		);
	}
	const wanted = draft.carrier?.id;
	const isVirtual = draft.lines.every(({ product }) => product.is_virtual === '1');
	const replaced = orders.filter(({ id_carrier: used }) => wanted !== undefined && used !== wanted);
	if (!isVirtual && replaced.length > 0) {
		told.push(
			`The shop replaced the carrier ${wanted ?? ''} by ${replaced.map(({ id_carrier: used }) => String(used)).join(', ')}, as it does when a carrier is not offered for the address, the group or the weight.`,
		);
	}
	return told;
}
