import { webhookId } from '../../pickers/locators';
import { writeOptions } from '../../../shared/actions/fields';
import { notFound, single } from '../../../shared/reading/records';
import { recordId } from '../../../shared/text/recordId';
import { deleteOnce } from '../../../shared/writing/delete';
import { operation } from '../operation';
import { viewWebhook } from '../../webhooks/view';

export const deleteWebhook = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a webhook',
	description: 'Stop the shop from reporting to an address',
	needs: ['webhooks GET', 'webhooks DELETE'],
	items: 'oneByOne',
	fields: [webhookId, writeOptions],
	run: async (shop, { webhookId: locator, options }) => {
		const id = recordId(locator.value, 'Webhook');
		// The shop may say "ok" to the deletion of what is not there, as it does for products.
		const held = await single(shop, 'webhooks', id);
		if (!held) throw notFound('webhook with the ID', id);
		const shown = viewWebhook(held, true);
		if (options.dryRun) return { ...shown, deleted: false, reason: 'dry run' };
		const deletion = {
			noun: 'webhook',
			send: async () => await shop.send({ method: 'DELETE', path: ['webhooks', id] }),
			isGone: async () => (await single(shop, 'webhooks', id)) === undefined,
		};
		return { ...shown, ...(await deleteOnce(deletion)) };
	},
});
