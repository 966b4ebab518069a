import type { IDataObject } from 'n8n-workflow';

import { dryRun, optionsField } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { settled } from '../../../shared/protocol/settled';
import type { Call } from '../../../shared/protocol/call';
import { notFound, single } from '../../../shared/reading/records';
import { doneAnyway, notDone, notKnown, sendOnce } from '../../../shared/writing/outcome';
import { jsonBody } from '../../api/codec';
import type { ShoperRecord } from '../../api/codec';
import { orderId, statusId } from '../../pickers/locators';
import { allOf, localeOf } from '../../api/reads';
import type { ShoperShop } from '../../api/reads';
import { operation } from '../operation';
import { sendsMail, simplifyStatus, statusNamed } from '../../orders/statuses';

/**
 * The one safe way to change an order's status (Shoper REST reference 7.1): the order is read as it
 * is at that moment, the change is sent once, and after an unclear answer the node looks.
 */
export const changeStatus = operation({
	value: 'changeStatus',
	name: 'Change Status',
	action: 'Change the status of an order',
	description:
		'Give an order another status. Whether the shop mails the customer is set for each status in the shop (email on change); a request cannot ask for the email nor prevent it, so choose a status without it to be silent.',
	needs: ['orders GET', 'orders PUT', 'statuses GET'],
	items: 'oneByOne',
	fields: [
		orderId,
		statusId,
		optionsField([
			dryRun,
			{
				displayName: 'Skip If Current',
				name: 'skipIfCurrent',
				type: 'boolean',
				default: true,
				description:
					'Whether to do nothing, and mail nobody, when the order already has this status',
			},
		]),
	],
	run: async (shop, { orderId: { value }, statusId: target, options }) => {
		const { dryRun: dry = false, skipIfCurrent = true } = options;
		const id = recordId(value, 'Order ID');
		const status = await statusNamed(shop, target);
		// Alone, not through a list that other items share: what counts is the status now.
		const order = await single(shop, 'orders', id);
		if (!order) throw notFound('order with the ID', id);
		const locale = await localeOf(shop);
		const before = String(order.status_id ?? '');
		const statuses = await allOf(shop, 'statuses', (all) => all.has(before));
		const mails = sendsMail(status);
		const result: IDataObject = {
			orderId: id,
			status: { ...simplifyStatus(String(status.status_id), status, locale) },
			previousStatus: { ...simplifyStatus(before, statuses.get(before), locale) },
			statusSendsEmail: mails,
		};
		const skipped = (reason: string) => ({
			...result,
			changed: false,
			emailExpected: false,
			reason,
		});
		if (skipIfCurrent && before === String(status.status_id)) {
			return skipped('already has this status');
		}
		if (dry) return { ...skipped('dry run'), wouldSendEmail: mails };
		const warning = await send(shop, order, String(status.status_id), mails);
		return {
			...result,
			changed: true,
			// The setting says so; that it holds for changes through the API is not confirmed (section 7.2).
			emailExpected: mails,
			...(warning !== undefined && { warning }),
		};
	},
});

/** Sends the change, once. Returns a warning when the answer was unclear but the change took place. */
async function send(
	shop: ShoperShop,
	order: ShoperRecord,
	wanted: string,
	mails: boolean,
): Promise<string | undefined> {
	const id = String(order.order_id);
	const body = jsonBody({ status_id: Number(wanted) });
	const call: Call = { method: 'PUT', path: ['orders', id], body };
	const { unclear } = await sendOnce(async () => await shop.send(call));
	if (!unclear) return undefined;
	const looked = await settled(async () => await single(shop, 'orders', id));
	if (!looked.ok) throw notKnown(unclear, 'the status was changed');
	const now = looked.value;
	const has = String(now?.status_id ?? '') === wanted;
	// Where the status is repeated on purpose, only its time tells old from new.
	const isRepeat = String(order.status_id) === wanted;
	if (has && (!isRepeat || now?.status_date !== order.status_date)) {
		const mail = mails ? ' Whether the email was sent is not known.' : '';
		return doneAnyway(unclear, 'the order has the status', mail);
	}
	throw notDone(unclear, 'The status was not changed', 'Check the order before you repeat this.');
}
