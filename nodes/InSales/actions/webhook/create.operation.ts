import { simplify, writeOptions } from '../../../shared/actions/fields';
import { createRecord } from '../../writing/create';

import { namedValues } from '../../../shared/writing/namedValues';
import { operation } from '../operation';
import {
	address,
	batchSize,
	format,
	salesChannelId,
	topic,
	warehouseId,
} from '../../webhooks/fields';
import { checkAddress, twinOf, viewWebhook } from '../../webhooks/view';

export const createWebhook = operation({
	value: 'create',
	name: 'Create',
	action: 'Create a webhook',
	description:
		'Have the shop report events to an address. Address and topic are unique together: where there is such a webhook already, it is returned and nothing is created.',
	needs: ['webhooks GET', 'webhooks POST'],
	items: 'oneByOne',
	fields: [
		{ ...address, required: true },
		topic,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [batchSize, format, salesChannelId, warehouseId],
		},
		simplify,
		writeOptions,
	],
	run: async (shop, { address: url, topic: about, simplify: simple, options, ...values }) => {
		checkAddress(url);
		const fields = {
			address: url,
			topic: about,
			format_type: 'json',
			...namedValues(values.additionalFields, { label: 'Additional Fields' }),
		};
		const held = await twinOf(shop, url, about);
		if (held) return { ...viewWebhook(held, simple), created: false, reason: 'it exists already' };
		if (options.dryRun === true) return { ...fields, created: false, reason: 'dry run' };
		// The pair is unique and was not there before, so what is there after an unclear answer is ours.
		const { record, warning } = await createRecord(
			shop,
			'webhooks',
			'webhook',
			fields,
			async () => await twinOf(shop, url, about),
		);
		return {
			...viewWebhook(record, simple),
			created: true,
			...(warning !== undefined && { warning }),
		};
	},
});
