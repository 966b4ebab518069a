import { webhookId } from '../pickers/locators';
import {
	limit,
	readOptions,
	returnAll,
	simplify,
	wanted,
	writeOptions,
} from '../../shared/actions/fields';
import type { Resource } from '../../shared/actions/operation';
import { notFound, single } from '../../shared/reading/records';
import type { ShoperRecord } from '../api/codec';
import { deleteRecord } from '../writing/delete';
import { operation } from './operation';
import { pagedListing } from '../api/query';
import { withoutSecrets } from '../api/secrets';
import { viewWebhook, webhookIdOf } from '../webhooks/view';
import { createWebhook } from './webhook/create.operation';
import { updateWebhook } from './webhook/update.operation';

export const webhook: Resource<ShoperRecord> = {
	value: 'webhook',
	name: 'Webhook',
	operations: [
		operation({
			value: 'get',
			name: 'Get',
			action: 'Get a webhook',
			description: 'Retrieve one webhook by its ID; its secret is never shown',
			needs: ['webhooks GET'],
			findsOne: true,
			items: 'together',
			fields: [webhookId, simplify],
			run: async (shop, { webhookId: locator, simplify: simple }) => {
				const id = webhookIdOf(locator.value);
				const record = await single(shop, 'webhooks', id);
				if (!record) throw notFound('webhook with the ID', id);
				return viewWebhook(record, simple);
			},
		}),
		operation({
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many webhooks',
			description: 'Retrieve many webhooks; their secrets are never shown',
			needs: ['webhooks GET'],
			items: 'together',
			fields: [returnAll, limit, simplify, readOptions],
			run: async (shop, { simplify: simple, ...values }) => {
				const count = wanted(values);
				const list = pagedListing({ resource: 'webhooks', order: 'oldest', limit: count });
				const webhooks = await shop.list(list, count, 'leaveOut');
				return webhooks.map((each) => viewWebhook(each, simple));
			},
		}),
		createWebhook,
		updateWebhook,
		operation({
			value: 'delete',
			name: 'Delete',
			action: 'Delete a webhook',
			description: 'Delete a webhook, so that the shop no longer posts to its address',
			needs: ['webhooks GET', 'webhooks DELETE'],
			items: 'oneByOne',
			fields: [webhookId, writeOptions],
			run: async (shop, { webhookId: locator, options }) =>
				await deleteRecord(shop, 'webhooks', webhookIdOf(locator.value), {
					...options,
					show: withoutSecrets,
				}),
		}),
	],
};
