import type { IDataObject } from 'n8n-workflow';

import type { StreamEvent, TriggerChoice } from '../../shared/polling/stream';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import { viewOrder } from '../orders/view';

/** What one event about an order says besides the order. */
interface OrderEvent {
	/** Part of the event's key; the same whenever the change is read. */
	kind: string;
	changeId: string;
	/** The shop's time of the change. */
	stamp: unknown;
	extra?: IDataObject;
}

/** An event about an order, with the order as it was listed. */
export function orderEvent(
	shop: InSalesShop,
	order: InSalesRecord,
	{ simplify }: TriggerChoice,
	{ kind, changeId, stamp, extra }: OrderEvent,
): StreamEvent {
	const recordId = idOf(order);
	return {
		key: `${kind} ${recordId} ${changeId}`,
		recordId,
		changeId,
		occurredAt: isoTime(stamp),
		json: { ...viewOrder(shop, order, simplify), ...extra },
	};
}
