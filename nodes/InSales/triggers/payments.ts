import type { ResolveContext, Resolved } from '../../shared/polling/stream';
import type { InSalesRecord } from '../api/codec';
import { feedByChange } from './feeds';
import type { InSalesStream } from './feeds';
import { orderEvent } from './orderEvents';
import { isSince, paymentsOf } from './orderHistory';
import { cursorAtStamp } from './cursors';

/** What is remembered of an order that was told of, whatever becomes of it. */
const PAID = 'paid';

/**
 * "Paid": each order once, when it is found paid for the first time. Of an order that was not seen
 * before, its history tells when that was. One that was paid and set back between two polls is told
 * when it is paid again.
 */
export function paidOrderStream(): InSalesStream {
	const { recordOf, ...feed } = feedByChange({
		resource: 'orders',
		rows: (order) => [{ key: `$${paymentOf(order)}`, data: { payment: paymentOf(order) } }],
		remembers: true,
	});
	/** Orders looked at in this poll that were told of before. */
	const done = new Set<string>();
	return {
		...feed,
		name: 'orders_paid',
		resolve: async (shop, rows, about) =>
			rows.map((row): Resolved => {
				const order = recordOf(row);
				const wasPaid = about.trackedValues[row.recordId] === PAID;
				if (wasPaid) done.add(row.recordId);
				if (!order || wasPaid || row.data.payment !== PAID) return 'skip';
				if (!isPaidSince(order, row.recordId, about)) return 'skip';
				const stamp = paymentsOf(order).at(-1)?.stamp ?? order.paid_at ?? order.updated_at;
				return orderEvent(shop, order, about.choice, { kind: 'paid', changeId: 'paid', stamp });
			}),
		track: ({ recordId, data }) => (done.has(recordId) ? PAID : data.payment),
	};
}

function paymentOf({ financial_status: status }: InSalesRecord): string {
	return String(status ?? '');
}

/** Whether an order that is paid now became so after everything that was handled. */
function isPaidSince(
	order: InSalesRecord,
	id: string,
	{ trackedValues, since }: Pick<ResolveContext, 'trackedValues' | 'since'>,
): boolean {
	// Seen before, and not paid then.
	if (trackedValues[id] !== undefined) return true;
	const payment = paymentsOf(order).at(-1);
	if (payment) return isSince(order, payment, since);
	// Orders can be placed as paid, without an entry in their history.
	const stamp = order.paid_at ?? order.created_at;
	return cursorAtStamp({ id, stamp }) > since;
}
