import type { IDataObject } from 'n8n-workflow';

import { orderNamed } from '../../orders/find';
import { deleteOnce } from '../../../shared/writing/delete';
import { writeOptions } from '../../../shared/actions/fields';
import { single } from '../../../shared/reading/records';
import { idOf } from '../../api/codec';
import { orderId } from '../../pickers/locators';
import { operation } from '../operation';
import { viewOrder } from '../../orders/view';
import { isGone } from '../../api/reads';

export const deleteOrder = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete an order',
	description:
		'Put an order into the archive: InSales keeps it there, out of the lists, and it can be looked up by its ID. Returns it as it was.',
	needs: ['orders GET', 'orders DELETE'],
	items: 'oneByOne',
	fields: [orderId, writeOptions],
	run: async (shop, { orderId: locator, options }) => {
		const before = await orderNamed(shop, locator);
		const id = idOf(before);
		const result: IDataObject = { id, order: viewOrder(shop, before, true) };
		if (before.archived === true) {
			return { ...result, deleted: false, reason: 'already in the archive' };
		}
		if (options.dryRun) return { ...result, deleted: false, reason: 'dry run' };
		const deletion = {
			noun: 'order',
			send: async () => await shop.send({ method: 'DELETE', path: ['orders', id] }),
			isGone: async () => isGone(await single(shop, 'orders', id)),
		};
		return { ...result, ...(await deleteOnce(deletion)) };
	},
});
