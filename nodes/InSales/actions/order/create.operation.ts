import type { IDataObject } from 'n8n-workflow';

import { simplify } from '../../../shared/actions/fields';
import { oneAtATime } from '../../../shared/writing/oneAtATime';
import type { InSalesRecord, Json } from '../../api/codec';
import { madeTwice } from '../../../shared/writing/create';
import { idOf } from '../../api/codec';
import { createRecord } from '../../writing/create';
import { extraFields } from '../../writing/extraFields';
import { deliveryVariantId, paymentGatewayId } from '../../pickers/locators';
import type { InSalesShop } from '../../api/reads';
import {
	isMarked,
	markerOf,
	newestMarked,
	orderMarked,
	rememberMarked,
} from '../../orders/externalId';
import type { Marker } from '../../orders/externalId';
import { orderDraft } from '../../orders/newOrder';
import { operation } from '../operation';
import { orderWriteFields, shippingAddress } from '../../orders/fields';
import { lines, linesJson } from '../../orders/newLines';
import { viewOrder } from '../../orders/view';
import { hasStatus } from '../../orders/statuses';
import { orderClient } from '../../orders/client';
import { createOptions } from './createOptions';

/** How far back a repeated run is recognised, unless the user says otherwise. */
const LOOK_BACK_DAYS = 7;

/** Older than any shop. */
const MAX_LOOK_BACK_DAYS = 36_500;

export const createOrder = operation({
	value: 'create',
	name: 'Create',
	action: 'Create an order',
	description:
		'Create an order with its lines, client, delivery and payment. With an external ID, running it again finds the first order instead of making a second one.',
	needs: ['orders GET', 'orders POST'],
	uses: [
		'delivery_variants GET',
		'payment_gateways GET',
		'clients GET',
		'products GET',
		'custom_statuses GET',
		'fields GET',
	],
	items: 'oneByOne',
	fields: [
		lines,
		linesJson,
		...orderClient,
		deliveryVariantId,
		paymentGatewayId,
		shippingAddress,
		extraFields,
		{
			...orderWriteFields,
			displayName: 'Additional Fields',
			name: 'additionalFields' as const,
			description: 'Entries that come out empty are left out',
		},
		simplify,
		createOptions,
	],
	run: async (shop, values) => {
		const { options, simplify: simple } = values;
		const marker = markerOf(options.externalId, options.externalIdField);
		const days = Math.min(options.lookBackDays ?? LOOK_BACK_DAYS, MAX_LOOK_BACK_DAYS);
		const draft = await orderDraft(shop, values, options, marker);
		const show = (order: InSalesRecord, created: boolean, notes: IDataObject): IDataObject => ({
			...viewOrder(shop, order, simple),
			_created: created,
			...notes,
		});
		const warned = (more: readonly string[] = []) => {
			const all = [...draft.warnings, ...more];
			return all.length === 0 ? {} : { _warning: all.join(' ') };
		};
		// Runs side by side with one external ID must not pass each other: the first makes the order.
		const work = async (wasBusy: boolean): Promise<IDataObject> => {
			const known = marker && (await orderMarked(shop, marker, days, wasBusy));
			if (known) return show(known, false, { _reason: 'an order has this external ID already' });
			if (options.dryRun) {
				const order = draft.fields as IDataObject;
				return { order, _created: false, _reason: 'dry run', ...warned() };
			}
			const { record, warning } = await send(shop, draft.fields, marker, days);
			if (marker) await rememberMarked(shop, marker, days, record);
			const notes = warning === undefined ? [] : [warning];
			if (marker && !isMarked(record, marker)) {
				notes.push(
					'The shop did not keep the external ID: a repeated run would create a second order.',
				);
			}
			const twice =
				marker &&
				(await madeTwice('order', { externalId: marker.id, id: idOf(record) }, async () =>
					newestMarked(shop, marker),
				));
			if (twice !== undefined) notes.push(twice);
			if (draft.status && !hasStatus(record, draft.status)) {
				notes.push(`The shop did not give the order the status "${draft.status.title}".`);
			}
			return show(record, true, warned(notes));
		};
		return marker
			? await oneAtATime(`${shop.address.host} ${marker.handle} ${marker.id}`, work)
			: await work(false);
	},
});

/** Sends the order once; after an unclear answer it is looked for by its marker, if it has one. */
async function send(
	shop: InSalesShop,
	fields: Record<string, Json>,
	marker: Marker | undefined,
	days: number,
) {
	const find = marker && (async () => await orderMarked(shop, marker, days, true));
	return await createRecord(shop, 'orders', 'order', fields, find);
}
