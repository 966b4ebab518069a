import { orderNamed } from '../../orders/find';
import { dryRun, optionsField } from '../../../shared/actions/fields';
import { orderId, statusId } from '../../pickers/locators';
import { operation } from '../operation';
import { hasStatus, statusFields, statusNamed, statusOf } from '../../orders/statuses';
import { idOf } from '../../api/codec';
import { updateRecord } from '../../writing/update';

/** InSales has no switch for messages: templates of the shop decide (InSales API reference, 5.10). */
const MESSAGES =
	'Whether the customer gets a message is decided by the templates of the shop (Диалоги > Шаблоны).';

export const changeStatus = operation({
	value: 'changeStatus',
	name: 'Change Status',
	action: 'Change the status of an order',
	description:
		"Give an order another status: a custom one of the shop or a system one. The shop's own message templates decide whether the customer hears about it; the API cannot silence or force them.",
	needs: ['orders GET', 'orders PUT'],
	uses: ['custom_statuses GET'],
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
					'Whether to do nothing when the order already has this status, so that no message goes out twice',
			},
		]),
	],
	run: async (shop, { orderId: locator, statusId: target, options }) => {
		const { dryRun: onlyTell = false, skipIfCurrent = true } = options;
		const [before, status] = await Promise.all([
			orderNamed(shop, locator),
			statusNamed(shop, target),
		]);
		const id = idOf(before);
		const result = { orderId: id, number: String(before.number ?? '') };
		const previousStatus = statusOf(before);
		const previous = { previousStatus: previousStatus && { ...previousStatus } };
		const current = { status: previousStatus && { ...previousStatus }, ...previous };
		if (skipIfCurrent && hasStatus(before, status)) {
			return { ...result, ...current, changed: false, reason: 'already has this status' };
		}
		const planned = {
			...(status.permalink !== undefined && { permalink: status.permalink }),
			title: status.title,
			...(status.system !== undefined && { systemStatus: status.system }),
		};
		if (onlyTell) {
			return { ...result, ...current, planned, changed: false, reason: 'dry run', note: MESSAGES };
		}
		const updated = await updateRecord(
			shop,
			{ resource: 'orders', id, root: 'order', noun: 'order', before },
			statusFields(status),
			{ onlyIfChanged: false },
		);
		const now = statusOf(updated.record);
		return {
			...result,
			status: now && { ...now },
			...previous,
			changed: updated.written,
			note: MESSAGES,
			...(updated.warnings.length > 0 && { warning: updated.warnings.join(' ') }),
		};
	},
});
