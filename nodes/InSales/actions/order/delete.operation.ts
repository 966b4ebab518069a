import type { IDataObject } from 'n8n-workflow';

import { settled } from '../../../shared/protocol/settled';
import { dryRun } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { idOf } from '../../api/codec';
import { orderId } from '../../pickers/locators';
import { operation } from '../operation';
import { orderNamed, viewOrder } from '../../orders/view';
import { didNotAnswerClearly, known } from '../../writing/update';

export const deleteOrder = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete an order',
	description:
		'Put an order into the archive: InSales keeps it there, out of the lists, and it can be looked up by its ID. Returns it as it was.',
	needs: ['orders GET', 'orders DELETE'],
	items: 'oneByOne',
	fields: [
		orderId,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [dryRun],
		},
	],
	run: async (shop, { orderId: locator, options }) => {
		const before = await orderNamed(shop, locator);
		const id = idOf(before);
		const result: IDataObject = { id, order: viewOrder(shop, before, true) };
		if (before.archived === true) {
			return { ...result, deleted: false, reason: 'already in the archive' };
		}
		if (options.dryRun) return { ...result, deleted: false, reason: 'dry run' };
		const sent = await settled(
			async () => await shop.send({ method: 'DELETE', path: ['orders', id] }),
		);
		if (sent.ok) return { ...result, deleted: true };
		const { error } = sent;
		if (!didNotAnswerClearly(error)) throw error;
		const looked = await settled(async () => await single(shop, 'orders', id));
		if (looked.ok && (looked.value === undefined || looked.value.archived === true)) {
			const warning = `The shop answered with an error (${error.explanation.reason}) but did archive the order.`;
			return { ...result, deleted: true, warning };
		}
		throw known(
			error,
			looked.ok
				? 'So far the order is not in the archive.'
				: 'It is not known whether the order was archived: looking at it failed as well.',
		);
	},
});
