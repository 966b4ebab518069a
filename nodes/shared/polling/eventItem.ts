import type { INodeExecutionData } from 'n8n-workflow';

import type { Shop } from '../reading/shop';
import type { StreamEvent, TriggerEvent } from './stream';

/** The item that tells of an event. Its ID is the same whenever the same change is delivered. */
export function toItem<R>(
	shop: Shop<R>,
	event: TriggerEvent<R>,
	{ recordId, changeId, occurredAt, json }: StreamEvent,
): INodeExecutionData {
	const { host } = shop.address;
	const id = `${host}:${event.value}:${recordId}:${changeId}`;
	return { json: { ...json, event: { id, type: event.value, occurredAt, shop: host } } };
}
