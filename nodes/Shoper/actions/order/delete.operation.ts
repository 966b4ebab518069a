import { writeOptions } from '../../../shared/actions/fields';
import { recordId } from '../../../shared/text/recordId';
import { deleteRecord } from '../../writing/delete';
import { orderId } from '../../pickers/locators';
import { operation } from '../operation';

export const deleteOrder = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete an order',
	description:
		'Delete an order for good; the shop puts what its lines took back in stock. Returns the order as it was. To keep it on record, change its status to a cancelled one instead.',
	needs: ['orders GET', 'orders DELETE'],
	items: 'oneByOne',
	fields: [orderId, writeOptions],
	run: async (shop, { orderId: { value }, options }) => {
		const id = recordId(value, 'Order ID');
		return await deleteRecord(shop, 'orders', id, { dryRun: options.dryRun ?? false });
	},
});
