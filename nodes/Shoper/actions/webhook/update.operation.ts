import { webhookId } from '../../pickers/locators';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import type { ShoperRecord } from '../../api/codec';
import { namedValues, somethingNamed, MASK } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import { updateReport, type Difference } from '../../../shared/writing/update';
import { updateRecord } from '../../writing/update';
import { webhookUpdateFields } from '../../webhooks/fields';
import { eventList, viewWebhook, webhookIdOf, webhookUrl } from '../../webhooks/view';

export const updateWebhook = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a webhook',
	description: 'Change the address, the events or the secret of a webhook, or switch it on or off',
	needs: ['webhooks GET', 'webhooks PUT'],
	items: 'oneByOne',
	fields: [webhookId, webhookUpdateFields, simplify, updateOptions],
	run: async (shop, { webhookId: locator, updateFields, simplify: simple, options }) => {
		const id = webhookIdOf(locator.value);
		const { active, events, url, ...others } = somethingNamed(namedValues(updateFields));
		const named: ShoperRecord = {
			...others,
			...(active !== undefined && { active: active === true ? 1 : 0 }),
			...(events !== undefined && { events: eventList(String(events)) }),
			...(url !== undefined && { url: webhookUrl(String(url)) }),
		};
		const updated = await updateRecord(shop, 'webhooks', id, named, {
			...options,
			unshown: ['secret'],
		});
		const report = updateReport({ ...updated, changed: masked(updated.changed) });
		return { ...viewWebhook(updated.record, simple), ...report };
	},
});

/** That the secret changed may be told, not what it was or is. */
function masked(changed: Record<string, Difference>): Record<string, Difference> {
	if (changed.secret === undefined) return changed;
	return { ...changed, secret: { before: MASK, after: MASK } };
}
