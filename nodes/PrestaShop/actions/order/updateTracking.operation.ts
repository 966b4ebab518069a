import type { IDataObject } from 'n8n-workflow';

import { is } from '../../api/conditions';
import { orderCarrierId } from '../../orders/fields';
import { orderNamed } from '../../orders/find';
import { InputError } from '../../../shared/protocol/errors';
import { idOrNull } from '../../../shared/output/orderShape';
import { settled } from '../../../shared/protocol/settled';
import type { Call } from '../../../shared/protocol/call';
import { recordId } from '../../../shared/text/recordId';
import { doneAnyway, notDone, notKnown, sendOnce } from '../../../shared/writing/outcome';
import { dryRun, optionsField, trackingNumber } from '../../../shared/actions/fields';
import { notFound } from '../../../shared/reading/records';
import { encodeRecord } from '../../api/codec';
import type { PrestaShopRecord } from '../../api/records';
import { orderId } from '../../pickers/locators';
import { byId, ifPermitted } from '../../api/reads';
import type { PrestaShopShop } from '../../api/reads';
import { keyRights } from '../../api/keyRights';
import { operation } from '../operation';
import { listing } from '../../api/query';
import { mayUpdate, writeMethod } from '../../writing/verbs';

/** Longest tracking number the shop stores. */
const MAX_LENGTH = 64;

/** First version that mails a tracking number set through the webservice (section 4.5). */
const MAILS_SINCE = 1.7;

/** From here on, the shop mails only when the carrier has a tracking URL (recorded exchanges side-*). */
const NEEDS_URL_SINCE = 8;

/** The tracking number lives in `order_carriers`, which has a row for each shipment of the order. */
export const updateTracking = operation({
	value: 'updateTracking',
	name: 'Update Tracking',
	action: 'Update the tracking number of an order',
	description:
		'Store the tracking number of a shipment. Do this before the status that mails the customer, because that email shows the number the order has at that moment.',
	needs: ['orders GET', 'order_carriers GET', 'order_carriers PUT|PATCH'],
	uses: ['carriers GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		trackingNumber,
		{
			displayName: 'Notify Customer',
			name: 'notifyCustomer',
			type: 'boolean',
			default: false,
			description:
				'Whether the shop mails the number to the customer ("in transit"). PrestaShop 8 and 9 do so only when the carrier has a tracking URL, 1.6 never.',
		},
		optionsField([
			dryRun,
			orderCarrierId,
			{
				displayName: 'Skip If Current',
				name: 'skipIfCurrent',
				type: 'boolean',
				default: true,
				description:
					'Whether to do nothing, and mail nobody, when the shipment already has this number',
			},
		]),
	],
	run: async (shop, { orderId: locator, trackingNumber, notifyCustomer, options }) => {
		const { dryRun: dry = false, orderCarrierId = '', skipIfCurrent = true } = options;
		if (trackingNumber.length > MAX_LENGTH) {
			throw new InputError(
				`"Tracking Number" has ${trackingNumber.length} characters.`,
				`PrestaShop stores up to ${MAX_LENGTH}.`,
			);
		}
		const order = await orderNamed(shop, locator);
		const rows = await shipmentsOf(shop, order.id ?? '');
		const row = chosen(rows, order.id ?? '', orderCarrierId);
		const before = String(row.tracking_number ?? '');
		const others = rows.filter((each) => each !== row).map(({ id }) => id ?? '');
		const result: IDataObject = {
			orderId: order.id ?? '',
			reference: String(order.reference ?? ''),
			orderCarrierId: row.id ?? '',
			carrierId: idOrNull(row.id_carrier),
			previousTrackingNumber: before === '' ? null : before,
			trackingNumber,
			...(others.length > 0 && { otherOrderCarrierIds: others }),
		};
		if (skipIfCurrent && before === trackingNumber) {
			return {
				...result,
				changed: false,
				emailRequested: false,
				reason: 'already has this number',
			};
		}
		const note = notifyCustomer ? await mailObstacle(shop, row) : undefined;
		const told = { emailRequested: notifyCustomer, ...(note !== undefined && { note }) };
		if (dry) return { ...result, ...told, changed: false, reason: 'dry run' };
		const warning = await write(shop, row, trackingNumber, notifyCustomer);
		return { ...result, ...told, changed: true, ...(warning !== undefined && { warning }) };
	},
});

/** The shipments of an order, the newest first. */
async function shipmentsOf(shop: PrestaShopShop, id: string): Promise<PrestaShopRecord[]> {
	const where = [is('id_order', id)];
	return await shop.list(listing({ resource: 'order_carriers', where, order: 'newest' }));
}

function chosen(
	rows: readonly PrestaShopRecord[],
	order: string,
	wanted: string,
): PrestaShopRecord {
	const key = wanted === '' ? undefined : recordId(wanted, 'Order Carrier ID');
	const row = key === undefined ? rows[0] : rows.find(({ id }) => id === key);
	if (row) return row;
	if (rows.length === 0) {
		throw new InputError(
			`The order ${order} has no shipment that could carry a tracking number.`,
			'Orders of virtual products have none; otherwise set a carrier in the back office.',
		);
	}
	throw notFound(
		`shipment (${rows.map(({ id }) => id ?? '').join(', ')} belong to the order) with the ID`,
		wanted,
	);
}

/** Why the shop will send no mail, as far as that is known. */
async function mailObstacle(
	shop: PrestaShopShop,
	row: PrestaShopRecord,
): Promise<string | undefined> {
	const { generation } = await keyRights(shop);
	if (generation !== undefined && generation < MAILS_SINCE) {
		return 'This version of PrestaShop sends no email about tracking numbers set from outside.';
	}
	const carrierId = idOrNull(row.id_carrier);
	if (carrierId === null || (generation ?? NEEDS_URL_SINCE) < NEEDS_URL_SINCE) return undefined;
	const carrier = await ifPermitted(
		shop,
		'carrier',
		'carriers',
		[],
		async () => await byId(shop, 'carriers', carrierId),
	);
	if (!carrier || carrier.url !== '') return undefined;
	return `No email is sent: the carrier "${String(carrier.name)}" has no tracking URL in the shop.`;
}

/** Writes the number; an unclear answer is looked into and never repeated, because of the mail. */
async function write(
	shop: PrestaShopShop,
	row: PrestaShopRecord,
	trackingNumber: string,
	notify: boolean,
): Promise<string | undefined> {
	const id = row.id ?? '';
	const rights = await keyRights(shop, (each) => mayUpdate(each, 'order_carriers'));
	const method = writeMethod(rights, 'order_carriers', id);
	const call: Call = {
		method,
		path: ['order_carriers', id],
		...(notify && { query: { sendemail: '1' } }),
		body: {
			contentType: 'text/xml; charset=utf-8',
			text: encodeRecord('order_carrier', {
				// A PUT empties what it leaves out (section 4.3).
				...(method === 'PUT' ? row : { id }),
				tracking_number: trackingNumber,
			}),
		},
	};
	const { unclear } = await sendOnce(async () => await shop.send(call));
	const looked = await settled(
		async () => await shop.records({ method: 'GET', path: ['order_carriers', id] }),
	);
	if (!looked.ok && !unclear) return 'The number could not be read back.';
	const now = looked.ok ? String(looked.value[0]?.tracking_number ?? '') : undefined;
	if (now === trackingNumber) {
		if (!unclear) return undefined;
		const mail = notify ? ' Whether the email was sent is not known.' : '';
		return doneAnyway(unclear, 'did store the number', mail);
	}
	if (!unclear) return `The shop stored "${now ?? ''}" instead.`;
	if (!looked.ok) throw notKnown(unclear, 'the number was stored');
	throw notDone(unclear, 'The number was not stored', 'Check the order before you repeat this.');
}
