import type { IDataObject } from 'n8n-workflow';

import { orderParcels } from '../../orders/parts';
import { dryRun, optionsField, simplify, trackingNumber } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { notFound, single } from '../../../shared/reading/records';
import { sameText } from '../../../shared/text/sameText';
import type { ShoperRecord } from '../../api/codec';
import { showCreated } from '../../../shared/writing/create';
import { createRecord } from '../../writing/create';
import { orderId } from '../../pickers/locators';
import { allOf, configOf, ifPermitted, localeOf, zoneOf } from '../../api/reads';
import type { ShoperShop } from '../../api/reads';
import { operation } from '../operation';
import { is } from '../../api/conditions';
import { simplifyParcel } from '../../orders/simplify';
import { sendsMail, simplifyStatus } from '../../orders/statuses';

/** A parcel of everything in the order that is not in a parcel yet (LIVE), once. */
export const createParcel = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a parcel',
	description:
		'Add a parcel with a tracking number to an order, with everything that is not in a parcel yet. This can move the order to the status set in the shop for it and mail the customer. A repeated run finds the parcel by its tracking number.',
	needs: ['parcels GET', 'parcels POST', 'orders GET'],
	uses: ['statuses GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		trackingNumber,
		{
			displayName: 'Sent',
			name: 'sent',
			type: 'boolean',
			default: true,
			description:
				'Whether the parcel has been sent. The shop then moves the order to its status for sent parcels.',
		},
		simplify,
		optionsField([
			{
				displayName: 'Delivery Method ID',
				name: 'shippingId',
				type: 'string',
				default: '',
				description: 'Empty: that of the order',
			},
			dryRun,
		]),
	],
	run: async (shop, { orderId: { value }, trackingNumber, sent, simplify: simple, options }) => {
		const id = recordId(value, 'Order ID');
		const order = await single(shop, 'orders', id);
		if (!order) throw notFound('order with the ID', id);
		const show = async (each: ShoperRecord, report: IDataObject) => ({
			...(simple ? simplifyParcel(each, await zoneOf(shop)) : each),
			...report,
		});
		// The shop has no idempotency: what a repeated run must find is there before anything is sent.
		const known = (await orderParcels(shop, id)).find(({ shipping_code }) =>
			sameText(shipping_code, trackingNumber),
		);
		if (known) {
			return await show(known, {
				created: false,
				reason: 'the order has a parcel with this tracking number',
			});
		}
		const shipping = options.shippingId ?? '';
		const parcel: ShoperRecord = {
			order_id: Number(id),
			shipping_id: Number(
				shipping === '' ? order.shipping_id : recordId(shipping, 'Delivery Method ID'),
			),
			shipping_code: trackingNumber,
			sent,
		};
		const effect = await statusEffect(shop, sent);
		if (options.dryRun) {
			return { ...parcel, created: false, reason: 'dry run', ...effect };
		}
		const created = await createRecord(shop, 'parcels', parcel, {
			where: [is('order_id', Number(id))],
			isIt: ({ shipping_code }) => sameText(shipping_code, trackingNumber),
		});
		return await showCreated(created, async () => {
			const after = await single(shop, 'parcels', created.id);
			return await show(after ?? { ...parcel, parcel_id: created.id }, effect);
		});
	},
});

/** The status that the shop's settings give orders with a new parcel (section 7.2). */
async function statusEffect(shop: ShoperShop, sent: boolean): Promise<IDataObject> {
	const config = await configOf(shop);
	const setting = sent
		? config.shopping_parcel_send_status_id
		: config.shopping_parcel_create_status_id;
	const id = String(setting ?? '');
	if (!/^[1-9]\d*$/.test(id)) return { movesOrderTo: null };
	const missing: string[] = [];
	const statuses = await ifPermitted(shop, 'status', 'statuses', missing, async () =>
		allOf(shop, 'statuses', (all) => all.has(id)),
	);
	const status = statuses?.get(id);
	const shown = simplifyStatus(id, status, await localeOf(shop));
	return { movesOrderTo: { ...shown, sendsEmail: status ? sendsMail(status) : null } };
}
