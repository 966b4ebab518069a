import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/protocol/errors';
import { idOrNull, numberOrNull, textOrNull } from '../../shared/output/orderShape';
import { idOf } from '../api/codec';
import type { InSalesRecord } from '../api/codec';
import { isoTime } from '../api/dates';
import type { InSalesShop } from '../api/reads';
import { pages } from '../api/query';

/** All webhooks of the access key, always asked for anew; those of other keys do not show. */
export async function webhooksOf(shop: InSalesShop): Promise<InSalesRecord[]> {
	return await shop.list(pages({ path: 'webhooks' }));
}

/** The webhook with this address and topic, a pair that is unique (InSales API reference, section 8). */
export async function twinOf(
	shop: InSalesShop,
	address: unknown,
	topic: unknown,
): Promise<InSalesRecord | undefined> {
	const all = await webhooksOf(shop);
	return all.find((each) => each.address === address && each.topic === topic);
}

/** Refuses what the shop could not call. Throws `InputError`. */
export function checkAddress(address: string): void {
	if (/^https?:\/\/[^\s/]+\.?[^\s]*$/i.test(address)) return;
	throw new InputError(`"Address" is "${address}".`, 'Enter an address that begins with https://.');
}

/** A webhook in plain fields, or as the shop has it. */
export function viewWebhook(record: InSalesRecord, simple: boolean): IDataObject {
	if (!simple) return record as IDataObject;
	return {
		id: idOf(record),
		address: textOrNull(record.address),
		topic: textOrNull(record.topic),
		format: textOrNull(record.format_type),
		batchSize: numberOrNull(record.batch_size),
		warehouseId: idOrNull(record.warehouse_id),
		salesChannelId: idOrNull(record.sales_channel_id),
		createdAt: isoTime(record.created_at),
	};
}
