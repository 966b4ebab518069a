import { webhookId } from '../../pickers/locators';
import { InputError } from '../../../shared/protocol/errors';
import { simplify, updateOptions } from '../../../shared/actions/fields';
import { notFound, single } from '../../../shared/reading/records';
import { recordId } from '../../../shared/text/recordId';
import { idOf } from '../../api/codec';
import { namedValues, somethingNamed } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import type { NamedValues } from '../../writing/recordChanges';
import { updateRecord } from '../../writing/update';
import { updateReport } from '../../../shared/writing/update';
import {
	address,
	batchSize,
	format,
	salesChannelId,
	topic,
	warehouseId,
} from '../../webhooks/fields';
import { checkAddress, twinOf, viewWebhook } from '../../webhooks/view';

export const updateWebhook = operation({
	value: 'update',
	name: 'Update',
	action: 'Update a webhook',
	description: 'Change address, topic or settings of a webhook',
	needs: ['webhooks GET', 'webhooks PUT'],
	items: 'oneByOne',
	fields: [
		webhookId,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [address, batchSize, format, salesChannelId, topic, warehouseId],
		},
		simplify,
		updateOptions,
	],
	run: async (shop, { webhookId: locator, simplify: simple, options, ...values }) => {
		const named = somethingNamed(namedValues(values.updateFields)) as NamedValues;
		if (named.address !== undefined) checkAddress(String(named.address));
		const id = recordId(locator.value, 'Webhook');
		const before = await single(shop, 'webhooks', id);
		if (!before) throw notFound('webhook with the ID', id);
		const next = { ...before, ...named };
		const twin = await twinOf(shop, next.address, next.topic);
		if (twin && idOf(twin) !== id) {
			throw new InputError(
				`The webhook ${idOf(twin)} has this address and topic already.`,
				'Address and topic are unique together: delete one of the two.',
			);
		}
		const target = { resource: 'webhooks', id, root: 'webhook', noun: 'webhook', before };
		const updated = await updateRecord(shop, target, named, options);
		return { ...viewWebhook(updated.record, simple), ...updateReport(updated) };
	},
});
