import { simplify, writeOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import type { ShoperRecord } from '../../api/codec';
import { showCreated } from '../../../shared/writing/create';
import { namedValues } from '../../../shared/writing/namedValues';
import { createRecord } from '../../writing/create';
import { operation } from '../operation';
import { is } from '../../api/conditions';
import { withoutSecrets } from '../../api/secrets';
import { additionalFields, requiredEvents, url } from '../../webhooks/fields';
import { JSON_FORMAT, eventList, viewWebhook, webhookUrl } from '../../webhooks/view';

export const createWebhook = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a webhook',
	description:
		'Let the shop post to an address when something happens. What it posts is shaped differently from what this node reads.',
	needs: ['webhooks GET', 'webhooks POST'],
	items: 'oneByOne',
	fields: [url, requiredEvents, additionalFields, simplify, writeOptions],
	run: async (shop, values) => {
		const { active, secret } = namedValues(values.additionalFields, { label: 'Additional Fields' });
		const address = webhookUrl(values.url);
		const events = eventList(values.events);
		const record: ShoperRecord = {
			url: address,
			format: JSON_FORMAT,
			active: active === false ? 0 : 1,
			events,
			...(secret !== undefined && { secret }),
		};
		if (values.options.dryRun === true) {
			return { ...withoutSecrets(record), created: false, reason: 'dry run' };
		}
		const created = await createRecord(shop, 'webhooks', record, {
			where: [is('url', address)],
			isIt: (each) =>
				each.url === address &&
				Array.isArray(each.events) &&
				[...(each.events as string[])].sort().join() === [...events].sort().join(),
		});
		return await showCreated(created, async () => {
			const webhook = await single(shop, 'webhooks', created.id);
			return viewWebhook(webhook ?? { ...record, webhook_id: created.id }, values.simplify);
		});
	},
});
