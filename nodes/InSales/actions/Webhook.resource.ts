import { webhookId } from '../pickers/locators';
import { limit, readOptions, returnAll, simplify, wanted } from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { notFound } from '../../shared/reading/records';
import { recordId } from '../../shared/text/recordId';
import type { InSalesRecord } from '../api/codec';
import { byId } from '../api/reads';
import { operation } from './operation';
import { viewWebhook, webhooksOf } from '../webhooks/view';
import { createWebhook } from './webhook/create.operation';
import { deleteWebhook } from './webhook/delete.operation';
import { updateWebhook } from './webhook/update.operation';

export const webhook: Resource<InSalesRecord> = {
	value: 'webhook',
	name: 'Webhook',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a webhook',
			description: 'Retrieve one webhook of this access key by its ID',
			needs: ['webhooks GET'],
			findsOne: true,
			items: 'together',
			fields: [webhookId, simplify],
			run: async (shop, { webhookId: locator, simplify: simple }) => {
				const id = recordId(locator.value, 'Webhook');
				const found = await byId(shop, 'webhooks', id);
				if (!found) throw notFound('webhook with the ID', id);
				return viewWebhook(found, simple);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many webhooks',
			description:
				'Retrieve many webhooks: those that this access key made, for the back office does not show them',
			needs: ['webhooks GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, readOptions],
			run: async (shop, { simplify: simple, ...values }) =>
				(await webhooksOf(shop)).slice(0, wanted(values)).map((each) => viewWebhook(each, simple)),
		}),
		createWebhook,
		updateWebhook,
		deleteWebhook,
	],
};
