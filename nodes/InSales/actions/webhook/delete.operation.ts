import { settled } from '../../../shared/protocol/settled';
import { notFound, single } from '../../../shared/reading/records';
import { recordId } from '../../../shared/text/recordId';
import { operation } from '../operation';
import { didNotAnswerClearly, known } from '../../writing/update';
import { webhookId } from '../../webhooks/fields';
import { viewWebhook } from '../../webhooks/view';

export const deleteWebhook = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a webhook',
	description: 'Stop the shop from reporting to an address',
	needs: ['webhooks GET', 'webhooks DELETE'],
	items: 'oneByOne',
	fields: [webhookId],
	run: async (shop, { webhookId: locator }) => {
		const id = recordId(locator.value, 'Webhook');
		// The shop may say "ok" to the deletion of what is not there, as it does for products.
		const held = await single(shop, 'webhooks', id);
		if (!held) throw notFound('webhook with the ID', id);
		const sent = await settled(
			async () => await shop.send({ method: 'DELETE', path: ['webhooks', id] }),
		);
		if (sent.ok) return { ...viewWebhook(held, true), deleted: true };
		if (!didNotAnswerClearly(sent.error)) throw sent.error;
		const looked = await settled(async () => await single(shop, 'webhooks', id));
		if (looked.ok && !looked.value) {
			const warning = 'The shop answered with an error but did delete the webhook.';
			return { ...viewWebhook(held, true), deleted: true, warning };
		}
		throw known(sent.error, 'The webhook may still exist; deleting it again does no harm.');
	},
});
