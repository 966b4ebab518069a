import { digits } from '../../shared/polling/wallClock';
import type { Resolved } from '../../shared/polling/stream';
import { idOf } from '../api/codec';
import { createdStream } from './created';
import type { InSalesStream } from './feeds';
import { orderEvent } from './orderEvents';

/** "New order". */
export function orderStream(): InSalesStream {
	return createdStream(
		'orders',
		'orders_created',
		(shop, order, choice): Resolved =>
			orderEvent(shop, order, choice, {
				kind: 'order',
				changeId: digits(String(order.created_at ?? idOf(order))),
				stamp: order.created_at,
			}),
	);
}
